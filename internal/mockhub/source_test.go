package mockhub_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

const (
	sourcesPath = "/chatbot/" + chatbotID + "/data-sources"
	qaPath      = "/chatbot/" + chatbotID + "/data-source/qa"
	urlPath     = "/chatbot/" + chatbotID + "/data-source/url"
	badLink     = "invalid or missing URL scheme or host"
)

// source returns a source as it is stored now.
func (w *testHub) source(uuid string) mockhub.Source {
	w.t.Helper()
	s, is := w.Source(uuid)
	if !is {
		w.t.Fatalf("there is no source %s", uuid)
	}
	return s
}

// listedSource is a source as the list shows it.
func (w *testHub) listedSource(uuid string) map[string]any {
	w.t.Helper()
	for _, item := range w.do("GET", sourcesPath, "").list(w.t) {
		if item["uuid"] == uuid {
			return item
		}
	}
	w.t.Fatalf("the list has no source %s", uuid)
	return nil
}

// makeSource sends a create that must succeed and returns the new source's uuid.
func (w *testHub) makeSource(path, body string) string {
	w.t.Helper()
	return w.do("POST", path, body).object(w.t)["uuid"].(string)
}

func TestUploadLife(t *testing.T) {
	t.Parallel()
	w := bot(t, mockhub.Quirks{TrainingTime: time.Minute})
	made := w.upload("Größe <&> 1.MD", "# Title\n", "https://example.com/ref?a=b&c=d")
	id := made.object(t)["uuid"].(string)
	made.is(t, 200, `{"file_name":"Größe <&> 1.MD","status":"await","title":"About Größe <&> 1.MD","type":"upload","uuid":"`+id+`"}`)
	head := `{"created_at":"2024-07-26T12:00:00Z","file_name":"Größe <&> 1.MD",`
	meta := `"meta_json":"{\"reference_source_link\":\"https://example.com/ref?a=b&c=d\"}",`
	rest := `,"type":"upload","uuid":"` + id + `"}`
	w.do("GET", sourcesPath, "").is(t, 200, `[`+head+`"file_size":0,`+meta+
		`"modified_at":"2024-07-26T12:00:00Z","status":"await","title":"About Größe <&> 1.MD","tokens":0`+rest+`]`)
	w.Clock().Advance(time.Minute)
	after := head + `"file_size":8,` + meta + `"modified_at":"2024-07-26T12:01:00Z","status":"success","title":" T ","tokens":2` + rest
	w.do("POST", "/data-source/"+id+"/update", `{"title":" T "}`).is(t, 200, after)
	w.do("GET", sourcesPath, "").is(t, 200, `[`+after+`]`)
	sum := sha256.Sum256([]byte("# Title\n"))
	want := mockhub.Source{
		UUID: id, ChatbotUUID: chatbotID, Type: "upload", Title: " T ", FileName: "Größe <&> 1.MD", FileSize: 8, Tokens: 2,
		Text: "# Title\n", ReferenceSourceLink: "https://example.com/ref?a=b&c=d", Hash: hex.EncodeToString(sum[:]), Status: "success",
		TrainingBegan: noon, TrainingEnds: noon.Add(time.Minute), Trainings: 1, TitleWritten: true,
		CreatedAt: noon, ModifiedAt: noon.Add(time.Minute),
	}
	if got := w.source(id); !reflect.DeepEqual(got, want) || !reflect.DeepEqual(w.Sources(chatbotID), []mockhub.Source{want}) {
		t.Errorf("stored %+v\nwant   %+v", got, want)
	}
	if got := w.UploadHash(id); got != want.Hash || w.UploadHash(unknownID) != "" {
		t.Errorf("hash %s, want %s", got, want.Hash)
	}
	w.do("POST", "/data-source/"+id+"/delete", "").is(t, 200, `{"success":true}`)
	w.do("POST", "/data-source/"+id+"/delete", "").is(t, 404, `{"error":"data source not found"}`)
	w.do("GET", sourcesPath, "").is(t, 200, `[]`)
}

func TestQAAndURL(t *testing.T) {
	t.Parallel()
	w := bot(t, mockhub.Quirks{})
	qa := w.do("POST", qaPath, `{"question":" Why?\r\n","answer":"<Because> 🤖","reference_source_link":"http://localhost:1"}`)
	id := qa.object(t)["uuid"].(string)
	qa.is(t, 200, `{"file_name":"","status":"await","title":"About  Why?\r\n","type":"qa","uuid":"`+id+`"}`)
	item := w.listedSource(id)
	if item["meta_json"] != `{"answer":"<Because> 🤖","question":" Why?\r\n","reference_source_link":"http://localhost:1"}` ||
		item["status"] != "success" || item["file_size"] != 21.0 || item["tokens"] != 6.0 {
		t.Errorf("listed %v", item)
	}
	if s := w.source(id); s.Question != " Why?\r\n" || s.Answer != "<Because> 🤖" || s.ReferenceSourceLink != "http://localhost:1" || w.UploadHash(id) != "" {
		t.Errorf("stored %+v", s)
	}
	url := w.do("POST", urlPath, `{"url":"https://example.com/a?b=c#d"}`)
	id = url.object(t)["uuid"].(string)
	url.is(t, 200, `{"file_name":"https://example.com/a?b=c#d","status":"await","title":"About https://example.com/a?b=c#d","type":"link","uuid":"`+id+`"}`)
	if item := w.listedSource(id); item["meta_json"] != `{}` || item["status"] != "success" || item["tokens"] != 1200.0 {
		t.Errorf("listed %v", item)
	}
}

func TestSourceBodies(t *testing.T) {
	t.Parallel()
	w := bot(t, mockhub.Quirks{})
	id := w.AddSource(chatbotID, mockhub.Source{})
	before, _ := w.Save()
	link := `"reference_source_link"`
	links := []refusal{
		{link + `:null`, link, noNull}, {link + `:7`, link, noText}, {link + `:""`, link, badLink}, {link + `:"example.com"`, link, badLink},
		{`"title":"t"`, `"title"`, noKey},
	}
	w.refused(qaPath, `"question":"q","answer":"a",`, links...)
	w.refused(urlPath, `"url":"https://example.com",`, links...)
	w.refused(qaPath, "", []refusal{
		{`"question":"q"`, `"answer"`, needed}, {`"answer":"a"`, `"question"`, needed},
		{`"question":"","answer":"a"`, `"question"`, tooShort}, {`"question":"q","answer":""`, `"answer"`, tooShort},
		{`"question":null,"answer":"a"`, `"question"`, noNull}, {`"question":"q","answer":["a"]`, `"answer"`, noText},
	}...)
	w.refused(urlPath, "", []refusal{
		{``, `"url"`, needed}, {`"url":""`, `"url"`, badLink}, {`"url":"ftp://example.com"`, `"url"`, badLink},
		{`"url":"https://a b"`, `"url"`, badLink}, {`"url":null`, `"url"`, noNull}, {`"url":["https://example.com"]`, `"url"`, noText},
	}...)
	w.refused("/data-source/"+id+"/update", "", []refusal{
		{``, `"title"`, needed}, {`"title":""`, `"title"`, tooShort}, {`"title":null`, `"title"`, noNull}, {`"title":1`, `"title"`, noText},
		{`"title":"t","reference_source_link":"https://example.com"`, link, noKey}, {`"title":"t","status":"success"`, `"status"`, noKey},
	}...)
	w.do("POST", "/data-source/"+id+"/delete", "{}").is(t, 422, `[{"loc":["body"],"msg":"this endpoint takes no body","type":"value_error.extra"}]`)
	if after, _ := w.Save(); !bytes.Equal(after, before) {
		t.Errorf("refused requests left\n%s", after)
	}
}

// TestDeletedSource: deleting a source removes it from agents and tags; deleting a chatbot deletes its sources and tags.
func TestDeletedSource(t *testing.T) {
	t.Parallel()
	w := bot(t, mockhub.Quirks{TrainingTime: time.Hour})
	first, second := w.makeSource(urlPath, `{"url":"https://example.com"}`), w.AddSource(chatbotID, mockhub.Source{})
	agent := w.AddAgent(chatbotID, mockhub.Agent{DataSourceUUIDs: []string{first, second}})
	tag := w.AddTag(chatbotID, mockhub.SourceTag{DataSourceUUIDs: []string{second, first}})
	w.Clock().Advance(time.Minute)
	if got := w.source(first).Status; got != "await" {
		t.Errorf("status %s", got)
	}
	w.do("POST", "/data-source/"+first+"/delete", "").is(t, 200, `{"success":true}`) // while it is trained
	if a := w.agent(agent); !reflect.DeepEqual(a.DataSourceUUIDs, []string{second}) || !a.ModifiedAt.Equal(noon) {
		t.Errorf("agent %+v", a)
	}
	if got := w.tag(tag); !reflect.DeepEqual(got.DataSourceUUIDs, []string{second}) || !got.ModifiedAt.Equal(noon) {
		t.Errorf("tag %+v", got)
	}
	w.do("DELETE", "/chatbot/"+chatbotID+"/delete", "").is(t, 200, `{"success":true}`)
	if _, is := w.Source(second); is {
		t.Error("the source is still there")
	}
	if _, is := w.Tag(tag); is {
		t.Error("the tag is still there")
	}
}

// TestUnknownSourcesAndTags: the quirks about unknown and deleted uuids hold for all nouns.
func TestUnknownSourcesAndTags(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		quirks                   mockhub.Quirks
		unknown, deleted, second int
	}{
		"default":  {mockhub.Quirks{}, 404, 404, 404},
		"400":      {mockhub.Quirks{UnknownStatus: 400}, 400, 400, 400},
		"422":      {mockhub.Quirks{UnknownStatus: 422}, 422, 422, 422},
		"deleted":  {mockhub.Quirks{DeletedStatus: 403}, 404, 403, 403},
		"2nd goes": {mockhub.Quirks{SecondDeleteSucceeds: true}, 404, 404, 200},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := bot(t, tc.quirks)
			source, tag := w.AddSource(chatbotID, mockhub.Source{}), w.AddTag(chatbotID, mockhub.SourceTag{})
			w.RemoveSource(source)
			w.RemoveTag(tag)
			want := func(r reply, status int, noun string) {
				t.Helper()
				if r.status != status || status != 200 && !strings.Contains(r.body, `"`+noun+` not found"`) {
					t.Errorf("got %d %s, want %d", r.status, r.body, status)
				}
			}
			for _, path := range []string{"/data-source/qa", "/data-source/url", "/source-tag/create"} {
				want(w.do("POST", "/chatbot/"+unknownID+path, "{}"), tc.unknown, "chatbot")
			}
			for _, path := range []string{"/data-sources", "/source-tags"} {
				want(w.do("GET", "/chatbot/"+unknownID+path, ""), tc.unknown, "chatbot")
			}
			want(w.uploadTo(unknownID, "a.txt", "a", ""), tc.unknown, "chatbot")
			want(w.do("POST", "/data-source/"+source+"/update", `{"title":"x"}`), tc.deleted, "data source")
			want(w.do("POST", "/data-source/"+unknownID+"/update", `{"title":"x"}`), tc.unknown, "data source")
			want(w.do("POST", "/data-source/"+source+"/delete", ""), tc.second, "data source")
			want(w.do("POST", "/data-source/"+unknownID+"/delete", ""), tc.unknown, "data source")
			want(w.do("POST", "/source-tag/"+tag+"/update", `{"name":"x"}`), tc.deleted, "source tag")
			want(w.do("POST", "/source-tag/"+unknownID+"/update", `{"name":"x"}`), tc.unknown, "source tag")
			want(w.do("DELETE", "/source-tag/"+tag+"/delete", ""), tc.second, "source tag")
			want(w.do("DELETE", "/source-tag/"+unknownID+"/delete", ""), tc.unknown, "source tag")
		})
	}
}

// TestNoOtherSourcePaths: what api.md §2 does not have is a mistyped path.
func TestNoOtherSourcePaths(t *testing.T) {
	t.Parallel()
	w := bot(t, mockhub.Quirks{})
	id, tag := w.AddSource(chatbotID, mockhub.Source{}), w.AddTag(chatbotID, mockhub.SourceTag{})
	for path, status := range map[string]int{
		"GET /data-source/" + id: 200, "GET /source-tag/" + tag: 200, "GET /data-sources": 200, "DELETE /data-source/" + id + "/delete": 405,
		"POST /source-tag/" + tag + "/delete": 405, "POST /data-sources/restart": 405, "POST //api/data-sources/delete": 405,
		"POST //data-sources/restart": 405, "GET //api/data-sources/restart": 200,
	} {
		method, rest, _ := strings.Cut(path, " ")
		if r := w.do(method, rest, ""); r.status != status || !strings.HasPrefix(r.body, "<!doctype html>") {
			t.Errorf("%s: %d %s", path, r.status, r.body)
		}
	}
	if len(w.Sources(chatbotID)) != 1 || len(w.Tags(chatbotID)) != 1 {
		t.Error("a mistyped path has deleted something")
	}
}
