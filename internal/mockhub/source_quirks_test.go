package mockhub_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// keys are an object's, in order.
func keys(object map[string]any) string {
	return strings.Join(slices.Sorted(maps.Keys(object)), " ")
}

func TestSourceAnswers(t *testing.T) {
	t.Parallel()
	const short, full = "file_name status title type uuid", "created_at file_name file_size meta_json modified_at status title tokens type uuid"
	for create, wantCreate := range map[bool]string{false: short, true: full} {
		for update, wantUpdate := range map[bool]string{true: short, false: full} {
			w := bot(t, mockhub.Quirks{SourceCreateFull: create, SourceUpdateShort: update})
			made := w.upload("a.txt", "x", "").object(t)
			answers := []map[string]any{
				made, w.do("POST", qaPath, `{"question":"q","answer":"a"}`).object(t), w.do("POST", urlPath, `{"url":"http://a.example"}`).object(t),
			}
			for _, answer := range answers {
				if keys(answer) != wantCreate {
					t.Errorf("create: %s, want %s", keys(answer), wantCreate)
				}
			}
			id := made["uuid"].(string)
			if got := keys(w.do("POST", "/data-source/"+id+"/update", `{"title":"t"}`).object(t)); got != wantUpdate {
				t.Errorf("update: %s, want %s", got, wantUpdate)
			}
			if got := keys(w.listedSource(id)); got != full {
				t.Errorf("list: %s", got)
			}
		}
	}
}

func TestSourceTypes(t *testing.T) {
	t.Parallel()
	for want, quirks := range map[string]mockhub.Quirks{
		"upload upload upload upload link": {},
		"file file file file link":         {UploadTypeFile: true},
		"upload table table upload link":   {TablesByExtension: true},
		"file table table file link":       {TablesByExtension: true, UploadTypeFile: true},
		"upload upload upload upload url":  {LinkType: "url"},
		"file file file file video":        {LinkType: "video", UploadTypeFile: true},
	} {
		w := bot(t, quirks)
		var made, listed []string
		for _, name := range []string{"a.txt", "a.csv", "a.XLSX", "a.xls"} {
			made = append(made, w.upload(name, "x", "").object(t)["type"].(string))
		}
		made = append(made, w.do("POST", urlPath, `{"url":"https://example.com/a.csv"}`).object(t)["type"].(string))
		for _, item := range w.do("GET", sourcesPath, "").list(t) {
			listed = append(listed, item["type"].(string))
		}
		if a, b := strings.Join(made, " "), strings.Join(listed, " "); a != want || b != want {
			t.Errorf("made %s, listed %s, want %s", a, b, want)
		}
	}
	w := bot(t, mockhub.Quirks{UploadTypeFile: true})
	for _, kind := range []string{"google-drive", "table", "image", "video", "qa", "new"} {
		id := w.AddSource(chatbotID, mockhub.Source{Type: kind})
		if got := w.listedSource(id)["type"]; got != kind {
			t.Errorf("%s is listed as %v", kind, got)
		}
	}
}

func TestDuplicates(t *testing.T) {
	t.Parallel()
	for how, want := range map[string][4]bool{
		"": {true, false, false, true}, "name": {true, false, false, true}, "content": {false, true, false, true}, "never": {},
		"either": {true, true, false, true}, "both": {false, false, false, true},
	} {
		w := bot(t, mockhub.Quirks{DuplicateFiles: how})
		w.makeFile("first.txt")
		first := w.upload("a.txt", "one", "").object(t)
		elsewhere := w.AddChatbot(mockhub.Chatbot{})
		for i, r := range []reply{w.upload("a.txt", "two", ""), w.upload("b.txt", "one", ""), w.uploadTo(elsewhere, "a.txt", "one", ""), w.upload("a.txt", "one", "")} {
			if !want[i] {
				r.object(t)
				continue
			}
			r.is(t, 409, `{"file_name":"a.txt","status":"success","title":"About a.txt","type":"upload","uuid":"`+first["uuid"].(string)+`"}`)
		}
	}
	for how, want := range map[string]int{"": 409, "url": 409, "never": 200} {
		w := bot(t, mockhub.Quirks{DuplicateURLs: how, SourceCreateFull: true})
		id := w.makeSource(urlPath, `{"url":"https://example.com/a"}`)
		w.makeSource(urlPath, `{"url":"https://example.com/a/"}`)
		r := w.do("POST", urlPath, `{"url":"https://example.com/a","reference_source_link":"https://example.com"}`)
		if r.status != want || want == 409 && (!strings.Contains(r.body, id) || !strings.Contains(r.body, `"tokens":1200`)) {
			t.Errorf("%s: %d %s", how, r.status, r.body)
		}
		// Q&A sources are no duplicates, and deleted sources are ignored.
		for range 2 {
			w.makeSource(qaPath, `{"question":"q","answer":"a"}`)
		}
		w.do("POST", "/data-source/"+id+"/delete", "")
		if how != "never" {
			w.makeSource(urlPath, `{"url":"https://example.com/a"}`)
		}
	}
	questions := bot(t, mockhub.Quirks{DuplicateQuestions: true})
	known := questions.makeSource(qaPath, `{"question":"q","answer":"a"}`)
	questions.makeSource(qaPath, `{"question":"q","answer":"b"}`)
	if r := questions.do("POST", qaPath, `{"question":"q","answer":"a"}`); r.status != 409 || !strings.Contains(r.body, known) {
		t.Errorf("%d %s", r.status, r.body)
	}
	// A failed source is a conflict as well, and so is an added one.
	w := bot(t, mockhub.Quirks{})
	id := w.makeFile("fail-fail.txt")
	if r := w.upload("fail-fail.txt", "y", ""); r.status != 409 || !strings.Contains(r.body, `"status":"fail"`) || !strings.Contains(r.body, id) {
		t.Errorf("%d %s", r.status, r.body)
	}
	w.AddSource(chatbotID, mockhub.Source{Type: "google-drive", FileName: "d.pdf"})
	if r := w.upload("d.pdf", "y", ""); r.status != 409 || !strings.Contains(r.body, `"google-drive"`) {
		t.Errorf("%d %s", r.status, r.body)
	}
}

func TestMetaJSON(t *testing.T) {
	t.Parallel()
	for how, want := range map[string][2]string{
		"":        {`{"reference_source_link":"https://e.example"}`, `{"answer":"a","question":"q","reference_source_link":"https://e.example"}`},
		"with":    {`{"reference_source_link":"https://e.example"}`, `{"answer":"a","question":"q","reference_source_link":"https://e.example"}`},
		"without": {`{}`, `{"answer":"a","question":"q"}`},
		"absent":  {},
	} {
		w := bot(t, mockhub.Quirks{MetaJSON: how})
		w.upload("a.txt", "x", "https://e.example").object(t)
		w.makeSource(qaPath, `{"question":"q","answer":"a","reference_source_link":"https://e.example"}`)
		for i, item := range w.do("GET", sourcesPath, "").list(t) {
			if got, is := item["meta_json"]; is != (how != "absent") || is && got != want[i] {
				t.Errorf("%q: %v", how, item)
			}
		}
	}
}

func TestSourceSpellings(t *testing.T) {
	t.Parallel()
	w := bot(t, mockhub.Quirks{NumbersAsFloats: true, ExtraFields: true, TrimsText: true})
	w.makeSource(qaPath, `{"question":" q ","answer":" ab\n"}`)
	list := w.do("GET", sourcesPath, "").body
	for _, s := range []string{`"tokens":1.0,`, `"file_size":3.0,`, `"moonphase":`, `"meta_json":"{\"answer\":\"ab\",\"question\":\"q\"}"`, `"title":"About q"`} {
		if !strings.Contains(list, s) {
			t.Errorf("no %s in %s", s, list)
		}
	}
	w.SetQuirks(func(q *mockhub.Quirks) { q.SourceNumbersAsStrings = true })
	if list := w.do("GET", sourcesPath, "").body; !strings.Contains(list, `"tokens":"1"`) {
		t.Error(list)
	}
}

func TestSourceAndTagOrder(t *testing.T) {
	t.Parallel()
	fill := func(q mockhub.Quirks) *testHub {
		w := bot(t, q)
		for _, name := range []string{"c", "a", "b", "d", "e"} {
			w.AddSource(chatbotID, mockhub.Source{Title: name})
			w.AddTag(chatbotID, mockhub.SourceTag{Name: name})
		}
		return w
	}
	orders := func(w *testHub) (string, string) {
		var titles []string
		for _, item := range w.do("GET", sourcesPath, "").list(t) {
			titles = append(titles, item["title"].(string))
		}
		return strings.Join(titles, " "), names(w.do("GET", "/chatbot/"+chatbotID+"/source-tags", "").list(t))
	}
	for want, quirks := range map[string]mockhub.Quirks{"c a b d e": {}, "e d b a c": {ListNewestFirst: true}} {
		if sources, tags := orders(fill(quirks)); sources != want || tags != want {
			t.Errorf("order of sources %s, of tags %s, want %s", sources, tags, want)
		}
	}
	first, second := fill(mockhub.Quirks{SourceOrderRandom: true}), fill(mockhub.Quirks{SourceOrderRandom: true})
	seen := map[string]bool{}
	for range 4 {
		a, b := orders(first)
		c, d := orders(second)
		if a != c || b != d || len(strings.Fields(a)) != 5 || len(strings.Fields(b)) != 5 {
			t.Errorf("the same calls gave %q %q and %q %q", a, b, c, d)
		}
		seen[a], seen[b] = true, true
	}
	if len(seen) < 3 || first.Sources(chatbotID)[0].Title != "c" || first.Tags(chatbotID)[0].Name != "c" {
		t.Errorf("orders %v", seen)
	}
}

// TestSourceListLag: a lagging list is behind both writes and training.
func TestSourceListLag(t *testing.T) {
	t.Parallel()
	const lag = 30 * time.Second
	w := bot(t, mockhub.Quirks{ListLag: lag, TrainingTime: time.Minute, SourceCreateFull: true})
	id := w.makeFile("a.txt")
	tag := w.makeSource(tagPath, `{"name":"A","color":"#123456"}`)
	list := func() string { return w.do("GET", sourcesPath, "").body }
	if got := list() + w.do("GET", "/chatbot/"+chatbotID+"/source-tags", "").body; got != "[]\n[]\n" {
		t.Errorf("at once: %s", got)
	}
	for _, want := range []string{"await", "extracting", "success"} {
		w.Clock().Advance(lag)
		if got := w.listedSource(id)["status"]; got != want {
			t.Errorf("%v, want %s", got, want)
		}
	}
	if got := w.do("POST", "/data-source/"+id+"/update", `{"title":"t"}`).object(t); got["status"] != "success" || got["title"] != "t" {
		t.Errorf("answer to the update: %v", got)
	}
	w.do("POST", "/source-tag/"+tag+"/update", `{"data_source_uuids":["`+id+`"]}`).object(t)
	if got := w.listedSource(id)["title"]; got != "About a.txt" {
		t.Errorf("title %v", got)
	}
	w.Clock().Advance(lag)
	w.do("POST", "/data-source/"+id+"/delete", "")
	if got := w.listedSource(id)["title"]; got != "t" {
		t.Errorf("title %v", got)
	}
	if got := w.do("GET", "/chatbot/"+chatbotID+"/source-tags", "").body; !strings.Contains(got, id) {
		t.Errorf("tags: %s", got)
	}
	w.Clock().Advance(lag)
	if got := list() + w.do("GET", "/chatbot/"+chatbotID+"/source-tags", "").body; strings.Contains(got, id) {
		t.Errorf("30 s after the delete: %s", got)
	}
}

func TestAddressForms(t *testing.T) {
	t.Parallel()
	for form, want := range map[string][2]string{
		"":           {"https://Example.com/A?b=/", "http://Example.com/"},
		"slash":      {"https://Example.com/A/?b=/", "http://Example.com/"},
		"no_slash":   {"https://Example.com/A?b=/", "http://Example.com"},
		"lower_host": {"https://example.com/A?b=/", "http://example.com/"},
		"no_scheme":  {"Example.com/A?b=/", "http://Example.com/"},
	} {
		w := bot(t, mockhub.Quirks{AddressForm: form})
		for i, url := range []string{"https://Example.com/A?b=/", "http://Example.com/"} {
			made := w.do("POST", urlPath, `{"url":"`+url+`","reference_source_link":"`+url+`"}`).object(t)
			listed := w.listedSource(made["uuid"].(string))
			if made["file_name"] != want[i] || listed["file_name"] != want[i] || listed["meta_json"] != `{"reference_source_link":"`+want[i]+`"}` {
				t.Errorf("%s: %s is %v, %v, %v", form, url, made["file_name"], listed["file_name"], listed["meta_json"])
			}
		}
		status := 200
		if form == "slash" || form == "no_slash" {
			status = 409
		}
		if got := w.do("POST", urlPath, `{"url":"https://Example.com/A/?b=/"}`); got.status != status {
			t.Errorf("%s: a page with a slash is answered with %d", form, got.status)
		}
	}
}

func TestLinksInvented(t *testing.T) {
	t.Parallel()
	w := bot(t, mockhub.Quirks{LinksInvented: true})
	for _, c := range []struct{ path, body, want string }{
		{urlPath, `{"url":"https://example.com/a"}`, `{"reference_source_link":"https://example.com/a"}`},
		{urlPath, `{"url":"https://example.com/b","reference_source_link":"https://example.com/c"}`, `{"reference_source_link":"https://example.com/c"}`},
		{qaPath, `{"question":"q","answer":"a"}`, `{"answer":"a","question":"q","reference_source_link":"https://cited.example.com/UUID"}`},
	} {
		id := w.do("POST", c.path, c.body).object(t)["uuid"].(string)
		if got := w.listedSource(id)["meta_json"]; got != strings.Replace(c.want, "UUID", id, 1) {
			t.Errorf("%s: %v", c.body, got)
		}
	}
	w.SetQuirks(func(q *mockhub.Quirks) { q.MetaJSON = "without" })
	if got := w.do("GET", sourcesPath, "").list(t)[0]["meta_json"]; got != "{}" {
		t.Errorf("without links: %v", got)
	}
}

func TestAcceptsAnyFile(t *testing.T) {
	t.Parallel()
	w := bot(t, mockhub.Quirks{AcceptsAnyFile: true})
	for _, name := range []string{"a.mp4", "a", "a.zip"} {
		w.upload(name, "x", "").object(t)
	}
}

func TestTrainingRequestsMissing(t *testing.T) {
	t.Parallel()
	const rescrapePath = "/data-sources/url/re-scrape"
	for _, path := range []string{rescrapePath, restartPath} {
		w := bot(t, mockhub.Quirks{})
		uuids := `{"uuids":["` + w.AddSource(chatbotID, mockhub.Source{Type: "link"}) + `"]}`
		if got := w.do("POST", path, uuids); got.status != 200 {
			t.Errorf("%s: %d", path, got.status)
		}
		w.SetQuirks(func(q *mockhub.Quirks) { q.LinkType = "video" })
		if got := w.do("POST", path, uuids).body; strings.Contains(got, "invalid data source") != (path == rescrapePath) {
			t.Errorf("%s of a video: %s", path, got)
		}
		w.SetQuirks(func(q *mockhub.Quirks) { q.RescrapeMissing, q.RestartMissing = "404", "404" })
		w.do("POST", path, uuids).is(t, 404, `{"error":"not found"}`)
		w.SetQuirks(func(q *mockhub.Quirks) { q.RescrapeMissing, q.RestartMissing = "page", "page" })
		if got := w.do("POST", path, uuids); got.status != 200 || !strings.HasPrefix(got.body, "<!") {
			t.Errorf("%s: %d %.60s", path, got.status, got.body)
		}
	}
}
