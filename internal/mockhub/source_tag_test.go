package mockhub_test

import (
	"bytes"
	"reflect"
	"testing"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

const tagPath = "/chatbot/" + chatbotID + "/source-tag/create"

// tag returns a source tag as it is stored.
func (w *testHub) tag(uuid string) mockhub.SourceTag {
	w.t.Helper()
	tag, is := w.Tag(uuid)
	if !is {
		w.t.Fatalf("there is no source tag %s", uuid)
	}
	return tag
}

func TestTagLife(t *testing.T) {
	t.Parallel()
	w := bot(t, mockhub.Quirks{})
	first, second := w.AddSource(chatbotID, mockhub.Source{}), w.AddSource(chatbotID, mockhub.Source{})
	made := w.do("POST", tagPath, `{"name":" <t> ","color":"#aBcDeF"}`)
	id := made.object(t)["uuid"].(string)
	made.is(t, 200, `{"color":"#aBcDeF","created_at":"2024-07-26T12:00:00Z","data_source_uuids":[],"modified_at":"2024-07-26T12:00:00Z","name":" <t> ","uuid":"`+id+`"}`)
	w.Clock().Advance(time.Second)
	want := `{"color":"#000000","created_at":"2024-07-26T12:00:00Z","data_source_uuids":["` + second + `","` + first +
		`"],"modified_at":"2024-07-26T12:00:01Z","name":"u","uuid":"` + id + `"}`
	w.do("POST", "/source-tag/"+id+"/update", `{"name":"u","color":"#000000","data_source_uuids":["`+second+`","`+first+`"]}`).is(t, 200, want)
	w.do("GET", "/chatbot/"+chatbotID+"/source-tags", "").is(t, 200, "["+want+"]")
	stored := mockhub.SourceTag{UUID: id, ChatbotUUID: chatbotID, Name: "u", Color: "#000000", DataSourceUUIDs: []string{second, first},
		CreatedAt: noon, ModifiedAt: noon.Add(time.Second)}
	if got := w.Tags(chatbotID); !reflect.DeepEqual(got, []mockhub.SourceTag{stored}) || !reflect.DeepEqual(w.tag(id), stored) {
		t.Errorf("stored %+v\nwant   %+v", got, stored)
	}
	for body, edit := range map[string]func(*mockhub.SourceTag){
		`{"name":"v"}`:                               func(t *mockhub.SourceTag) { t.Name = "v" },
		`{"color":"#FFFFFF"}`:                        func(t *mockhub.SourceTag) { t.Color = "#FFFFFF" },
		`{"data_source_uuids":["` + first + `"]}`:    func(t *mockhub.SourceTag) { t.DataSourceUUIDs = []string{first} },
		`{"data_source_uuids":[],"color":"#FFFFFE"}`: func(t *mockhub.SourceTag) { t.DataSourceUUIDs, t.Color = []string{}, "#FFFFFE" },
	} {
		want := w.tag(id)
		edit(&want)
		w.do("POST", "/source-tag/"+id+"/update", body).object(t)
		if got := w.tag(id); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: stored %+v\nwant   %+v", body, got, want)
		}
	}
	w.do("DELETE", "/source-tag/"+id+"/delete", "").is(t, 200, `{"success":true}`)
	w.do("GET", "/chatbot/"+chatbotID+"/source-tags", "").is(t, 200, "[]")
	if len(w.Sources(chatbotID)) != 2 {
		t.Error("the tag's sources were deleted with it")
	}
}

func TestTagBodies(t *testing.T) {
	t.Parallel()
	w := bot(t, mockhub.Quirks{})
	id := w.AddTag(chatbotID, mockhub.SourceTag{})
	mine, other := w.AddSource(chatbotID, mockhub.Source{}), w.AddSource(w.AddChatbot(mockhub.Chatbot{}), mockhub.Source{})
	before, _ := w.Save()
	sources := `"data_source_uuids"`
	both := []refusal{
		{sources + `:null`, sources, noNull}, {sources + `:"x"`, sources, noList}, {sources + `:[7]`, sources + `,0`, noText},
		{sources + `:["x"]`, sources + `,0`, badUUID}, {sources + `:["` + mine + `","` + mine + `"]`, sources + `,1`, twice},
		{sources + `:["` + unknownID + `"]`, sources + `,0`, noSource}, {sources + `:["` + mine + `","` + other + `"]`, sources + `,1`, noSource},
		{`"uuid":"` + unknownID + `"`, `"uuid"`, noKey},
	}
	w.refused(tagPath, `"name":"n","color":"#123456",`, both...)
	w.refused("/source-tag/"+id+"/update", "", both...)
	named := []refusal{{`"name":""`, `"name"`, tooShort}, {`"name":null`, `"name"`, noNull}, {`"name":1`, `"name"`, noText}}
	colored := []refusal{{`"color":null`, `"color"`, noNull}, {`"color":"#12345"`, `"color"`, badColor}, {`"color":"red"`, `"color"`, badColor},
		{`"color":""`, `"color"`, badColor}, {`"color":"#12345g"`, `"color"`, badColor}}
	w.refused(tagPath, `"color":"#123456",`, named...)
	w.refused(tagPath, `"name":"n",`, colored...)
	w.refused("/source-tag/"+id+"/update", "", append(named, colored...)...)
	w.refused("/source-tag/"+id+"/update", "", refusal{``, `"body"`, "nothing to update"})
	w.refused(tagPath, "", refusal{`"color":"#123456"`, `"name"`, needed}, refusal{`"name":"n"`, `"color"`, needed})
	if after, _ := w.Save(); !bytes.Equal(after, before) {
		t.Errorf("refused requests left\n%s", after)
	}
}

func TestTagQuirks(t *testing.T) {
	t.Parallel()
	for how, want := range map[string]string{"": "#aBcDeF", "upper": "#ABCDEF", "lower": "#abcdef"} {
		w := bot(t, mockhub.Quirks{TagColorCase: how, TrimsText: true})
		made := w.do("POST", tagPath, `{"name":" n ","color":"#aBcDeF"}`).object(t)
		if made["color"] != want || made["name"] != "n" {
			t.Errorf("%s: %v", how, made)
		}
		w.AddTag(chatbotID, mockhub.SourceTag{UUID: unknownID, Color: "#aAaAaA"})
		if got := w.do("POST", "/source-tag/"+unknownID+"/update", `{"name":"x"}`).object(t)["color"]; got != "#aAaAaA" {
			t.Errorf("%s: an update without a color made it %s", how, got)
		}
	}
	w := bot(t, mockhub.Quirks{TagUpdateMerges: true})
	first, second := w.AddSource(chatbotID, mockhub.Source{}), w.AddSource(chatbotID, mockhub.Source{})
	id := w.makeSource(tagPath, `{"name":"n","color":"#123456","data_source_uuids":["`+second+`"]}`)
	for _, body := range []string{`{"data_source_uuids":["` + second + `","` + first + `"]}`, `{"data_source_uuids":[]}`, `{"name":"m"}`} {
		w.do("POST", "/source-tag/"+id+"/update", body).object(t)
		if got := w.tag(id).DataSourceUUIDs; !reflect.DeepEqual(got, []string{second, first}) {
			t.Errorf("after %s: %v", body, got)
		}
	}
}

func TestTagsOutOfBand(t *testing.T) {
	t.Parallel()
	w := bot(t, mockhub.Quirks{})
	given := mockhub.SourceTag{DataSourceUUIDs: []string{unknownID}}
	id := w.AddTag(chatbotID, given)
	given.DataSourceUUIDs[0] = "x"
	want := mockhub.SourceTag{UUID: id, ChatbotUUID: chatbotID, Name: "tag", Color: "#0071F9", DataSourceUUIDs: []string{unknownID}, CreatedAt: noon, ModifiedAt: noon}
	got := w.tag(id)
	if !reflect.DeepEqual(got, want) {
		t.Errorf("added %+v\nwant  %+v", got, want)
	}
	got.DataSourceUUIDs[0] = "x"
	w.Clock().Advance(time.Minute)
	var kept *mockhub.SourceTag
	if !w.EditTag(id, func(t *mockhub.SourceTag) { kept, t.UUID, t.ChatbotUUID, t.Name = t, unknownID, unknownID, "n" }) {
		t.Error("EditTag did not")
	}
	kept.DataSourceUUIDs[0] = "x"
	want.Name, want.ModifiedAt = "n", noon.Add(time.Minute)
	if got := w.Tags(chatbotID); len(got) != 1 || !reflect.DeepEqual(got[0], want) {
		t.Errorf("edited %+v\nwant   %+v", got, want)
	}
	if !w.RemoveTag(id) || w.RemoveTag(id) || w.EditTag(id, func(*mockhub.SourceTag) { t.Error("called") }) {
		t.Error("RemoveTag: want true once, and nothing to edit after it")
	}
}
