package mockhub_test

import (
	"bytes"
	"reflect"
	"testing"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

func TestAddSource(t *testing.T) {
	t.Parallel()
	w := bot(t, mockhub.Quirks{TrainingTime: time.Hour}) // is for what the API creates
	id := w.AddSource(chatbotID, mockhub.Source{})
	want := mockhub.Source{
		UUID: id, ChatbotUUID: chatbotID, Type: "upload", Title: "About " + id + ".txt", FileName: id + ".txt", FileSize: 4800, Tokens: 1200,
		Status: "success", TrainingBegan: noon, TrainingEnds: noon, Trainings: 1, CreatedAt: noon, ModifiedAt: noon,
	}
	if got := w.source(id); !reflect.DeepEqual(got, want) {
		t.Errorf("added %+v\nwant  %+v", got, want)
	}
	if got := w.source(w.AddSource(chatbotID, mockhub.Source{Type: "qa"})); got.Question == "" || got.Answer == "" || got.FileName != "" {
		t.Errorf("qa %+v", got)
	}
	link := w.source(w.AddSource(chatbotID, mockhub.Source{Type: "link"}))
	if link.FileName != "https://example.com/"+link.UUID {
		t.Errorf("link %+v", link)
	}
	w.do("POST", urlPath, `{"url":"`+link.FileName+`"}`).is(t, 409,
		`{"file_name":"`+link.FileName+`","status":"success","title":"About `+link.FileName+`","type":"link","uuid":"`+link.UUID+`"}`)
	const short = 10 * time.Second
	for _, tc := range []struct {
		given mockhub.Source
		want  string
	}{
		{mockhub.Source{TrainingTime: short}, "await queued downloading extracting chunking embedding success"},
		{mockhub.Source{TrainingTime: short, TrainingStatuses: []string{"x", "y"}}, "x y success"},
		{mockhub.Source{TrainingTime: short, FailsWith: "error:x"}, "await queued downloading extracting chunking embedding error:x"},
		{mockhub.Source{TrainingTime: short, TrainingBegan: noon.Add(-short)}, "success"},
		{mockhub.Source{FailsWith: "error:x"}, "error:x"},
		{mockhub.Source{Status: "error:storage"}, "error:storage"},
		{mockhub.Source{Status: "running", TrainingTime: short}, "running"},
	} {
		if got := w.statuses(w.AddSource(chatbotID, tc.given), 12, time.Second); got != tc.want {
			t.Errorf("%+v: %s, want %s", tc.given, got, tc.want)
		}
	}
}

// TestFailuresLeft: an added source fails as often as FailuresLeft says, or always.
func TestFailuresLeft(t *testing.T) {
	t.Parallel()
	w := bot(t, mockhub.Quirks{})
	for left, want := range map[int][3]string{0: {"fail", "fail", "fail"}, 1: {"fail", "success", "success"}, 2: {"fail", "fail", "success"}} {
		id := w.AddSource(chatbotID, mockhub.Source{FailsWith: "fail", FailuresLeft: left})
		for _, status := range want {
			if got := w.source(id).Status; got != status {
				t.Errorf("%d failures: %s, want %s", left, got, status)
			}
			w.do("POST", restartPath, uuidsOf(id)).object(t)
		}
	}
}

func TestEditSource(t *testing.T) {
	t.Parallel()
	w := bot(t, mockhub.Quirks{TrainingTime: time.Minute, TitleAppearsLate: true})
	id := w.makeFile("a.txt")
	w.Clock().Advance(30 * time.Second)
	var kept *mockhub.Source
	if !w.EditSource(id, func(s *mockhub.Source) {
		if s.Status != "extracting" || s.Tokens != 0 || s.Title != "" {
			t.Errorf("shown %+v", s)
		}
		s.UUID, s.ChatbotUUID, s.FileName, s.TrainingStatuses = unknownID, unknownID, "b.txt", []string{"x"}
		kept = s
	}) {
		t.Error("EditSource found nothing")
	}
	kept.TrainingStatuses[0] = "y"
	if got := w.source(id); got.FileName != "b.txt" || got.Status != "x" || got.ChatbotUUID != chatbotID || !got.ModifiedAt.Equal(noon.Add(30*time.Second)) {
		t.Errorf("edited %+v", got)
	}
	// Values that were not edited continue to change.
	w.Clock().Advance(30 * time.Second)
	if got := w.source(id); got.Status != "success" || got.Tokens != 1 || got.FileSize != 1 || got.Title != "About a.txt" {
		t.Errorf("trained %+v", got)
	}
	old := noon.Add(-time.Hour)
	w.EditSource(id, func(s *mockhub.Source) {
		s.Status, s.Title, s.Tokens, s.FileSize, s.ModifiedAt = "error:theirs", "Theirs", 7, 8, old
	})
	w.Clock().Advance(time.Hour)
	if got := w.source(id); got.Status != "error:theirs" || got.Title != "Theirs" || got.Tokens != 7 || got.FileSize != 8 || !got.TitleWritten || !got.ModifiedAt.Equal(old) {
		t.Errorf("edited %+v", got)
	}
	if !w.SetSourceStatus(id, "") || w.source(id).Status != "success" {
		t.Errorf("following the training again: %+v", w.source(id))
	}
	if !w.SetSourceStatus(id, "new") || w.SetSourceStatus(unknownID, "new") || w.source(id).Status != "new" {
		t.Error("SetSourceStatus did not")
	}
	w.do("POST", restartPath, uuidsOf(id)).object(t)
	if got := w.source(id).Status; got != "x" {
		t.Errorf("after a restart: %s", got)
	}
	if !w.RemoveSource(id) || w.RemoveSource(id) || w.EditSource(id, func(*mockhub.Source) { t.Error("called") }) || w.SetSourceStatus(id, "x") {
		t.Error("RemoveSource: want true once, and nothing to edit after it")
	}
}

func TestSaveAndLoadSources(t *testing.T) {
	t.Parallel()
	quirks := mockhub.Quirks{TrainingTime: time.Minute, TitleChangesLate: true}
	w := bot(t, quirks)
	file := w.upload("fail-2x-error:rate limit.txt", "<&>\x00\xff", "https://e.example").object(t)["uuid"].(string)
	w.makeSource(qaPath, `{"question":"<q>","answer":"a\r\n"}`)
	fixed := w.AddSource(chatbotID, mockhub.Source{Type: "video", TrainingStatuses: []string{"x"}})
	w.SetSourceStatus(fixed, "error:theirs")
	w.makeSource(tagPath, `{"name":"n","color":"#123456","data_source_uuids":["`+file+`","`+fixed+`"]}`)
	w.AddTag(chatbotID, mockhub.SourceTag{})
	w.Clock().Advance(40 * time.Second)
	w.do("POST", "/data-source/"+file+"/update", `{"title":"T"}`).object(t)
	saved, err := w.Save()
	if err != nil {
		t.Fatal(err)
	}
	second := serve(t, mockhub.Options{Quirks: quirks, Clock: w.Clock()})
	if err := second.Load(saved); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if got, want := second.Sources(chatbotID), w.Sources(chatbotID); !reflect.DeepEqual(got, want) || len(got) != 3 {
			t.Errorf("loaded %+v\nwant   %+v", got, want)
		}
		if got, want := second.Tags(chatbotID), w.Tags(chatbotID); !reflect.DeepEqual(got, want) || len(got) != 2 {
			t.Errorf("loaded %+v\nwant   %+v", got, want)
		}
		for _, x := range []*testHub{w, second} {
			x.do("GET", sourcesPath, "").is(t, 200, second.do("GET", sourcesPath, "").trimmed())
			x.do("GET", "/chatbot/"+chatbotID+"/source-tags", "").is(t, 200, second.do("GET", "/chatbot/"+chatbotID+"/source-tags", "").trimmed())
		}
		w.Clock().Advance(30 * time.Second)
	}
	for _, x := range []*testHub{w, second} {
		x.do("POST", restartPath, uuidsOf(file)).object(t)
		x.Clock().Advance(time.Minute)
	}
	if a, b := w.source(file).Status, second.source(file).Status; a != "error:rate limit" || b != a {
		t.Errorf("the second training: %s and %s", a, b)
	}
	if again, err := second.Save(); err != nil || bytes.Equal(again, saved) {
		t.Errorf("saved again: %v", err)
	}
	// A saved state without tags and trainings.
	if err := second.Load([]byte(`{"format":1,"sources":[{"uuid":"` + unknownID + `","value":{"UUID":"` + unknownID + `"}}]}`)); err != nil || second.source(unknownID).Status != "success" {
		t.Errorf("old state: %v", err)
	}
}

func (r reply) trimmed() string { return string(bytes.TrimSpace([]byte(r.body))) }
