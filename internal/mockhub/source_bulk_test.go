package mockhub_test

import (
	"bytes"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

const restartPath = "//api/data-sources/restart"

// uuidsOf is the body of a bulk call.
func uuidsOf(uuids ...string) string { return `{"uuids":["` + strings.Join(uuids, `","`) + `"]}` }

func TestBulkBodies(t *testing.T) {
	t.Parallel()
	w := bot(t, mockhub.Quirks{MaxBulk: 2})
	a, b := w.AddSource(chatbotID, mockhub.Source{Type: "link"}), w.AddSource(chatbotID, mockhub.Source{Type: "link"})
	before, _ := w.Save()
	for _, path := range []string{"/data-sources/delete", "/data-sources/url/re-scrape", restartPath} {
		w.refused(path, "", []refusal{
			{``, `"uuids"`, needed}, {`"uuids":null`, `"uuids"`, noNull}, {`"uuids":"` + a + `"`, `"uuids"`, noList},
			{`"uuids":[]`, `"uuids"`, tooFew}, {`"uuids":["x"]`, `"uuids",0`, badUUID}, {`"uuids":[null]`, `"uuids",0`, noNull},
			{`"uuids":["` + a + `","` + a + `"]`, `"uuids",1`, twice}, {`"uuids":["` + a + `"],"force":true`, `"force"`, noKey},
			{`"uuids":["` + a + `","` + b + `","` + unknownID + `"]`, `"uuids"`, "ensure this value has at most 2 items"},
		}...)
	}
	if after, _ := w.Save(); !bytes.Equal(after, before) {
		t.Errorf("refused requests left\n%s", after)
	}
	w.do("POST", "/data-sources/delete", uuidsOf(a, b)).is(t, 200, `{"success":true}`)
}

const tooFew = "ensure this value has at least 1 items"

func TestBulkDelete(t *testing.T) {
	t.Parallel()
	unknown := `{"error":"data source not found","uuid":"` + unknownID + `"}`
	for name, tc := range map[string]struct {
		quirks  mockhub.Quirks
		uuids   string // a, b and c exist, d was deleted, 0 never existed
		want    string
		left    string
		changes int64
	}{
		"all":             {mockhub.Quirks{}, "a b c", "", "", 1},
		"some":            {mockhub.Quirks{}, "c a", "", "b", 1},
		"atomic":          {mockhub.Quirks{}, "a 0 b", "[" + unknown + "]", "a b c", 0},
		"partial":         {mockhub.Quirks{BulkDeletePartial: true}, "a 0 b", "[" + unknown + "]", "c", 1},
		"partial, none":   {mockhub.Quirks{BulkDeletePartial: true}, "0", "[" + unknown + "]", "a b c", 0},
		"deleted":         {mockhub.Quirks{BulkDeletePartial: true}, "d a 0", `[{"error":"data source not found","uuid":"d"},` + unknown + "]", "b c", 1},
		"ignored":         {mockhub.Quirks{BulkDeleteIgnoresUnknown: true}, "a 0 d", "", "b c", 1},
		"2nd goes":        {mockhub.Quirks{SecondDeleteSucceeds: true}, "d a", "", "b c", 1},
		"leaves some":     {mockhub.Quirks{BulkDeleteLeaves: 2}, "c b a", "", "a b", 1},
		"leaves all":      {mockhub.Quirks{BulkDeleteLeaves: 9}, "a b", "", "a b c", 1},
		"leaves, unknown": {mockhub.Quirks{BulkDeleteLeaves: 1, BulkDeletePartial: true}, "a 0", "[" + unknown + "]", "b c", 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var changes atomic.Int64
			w := serve(t, mockhub.Options{Quirks: tc.quirks, OnChange: func() { changes.Add(1) }})
			w.AddChatbot(mockhub.Chatbot{UUID: chatbotID})
			ids := map[string]string{"0": unknownID}
			for _, name := range []string{"a", "b", "c", "d"} {
				ids[name] = w.AddSource(chatbotID, mockhub.Source{FileName: name})
			}
			w.RemoveSource(ids["d"])
			tag := w.AddTag(chatbotID, mockhub.SourceTag{DataSourceUUIDs: []string{ids["a"]}})
			changes.Store(0)
			var uuids []string
			for name := range strings.FieldsSeq(tc.uuids) {
				uuids = append(uuids, ids[name])
			}
			status, want := 422, strings.ReplaceAll(tc.want, `"d"`, `"`+ids["d"]+`"`)
			if want == "" {
				status, want = 200, `{"success":true}`
			}
			w.do("POST", "/data-sources/delete", uuidsOf(uuids...)).is(t, status, want)
			var left []string
			for _, s := range w.Sources(chatbotID) {
				left = append(left, s.FileName)
			}
			if got := strings.Join(left, " "); got != tc.left || changes.Load() != tc.changes {
				t.Errorf("left %q after %d changes, want %q after %d", got, changes.Load(), tc.left, tc.changes)
			}
			if tagged := len(w.tag(tag).DataSourceUUIDs) == 1; tagged != strings.Contains(tc.left, "a") {
				t.Errorf("tag %+v", w.tag(tag))
			}
		})
	}
}

func TestRescrape(t *testing.T) {
	t.Parallel()
	w := bot(t, mockhub.Quirks{TrainingTime: time.Minute})
	link, file := w.AddSource(chatbotID, mockhub.Source{Type: "link"}), w.AddSource(chatbotID, mockhub.Source{})
	broken := w.AddSource(chatbotID, mockhub.Source{Type: "link", Status: "error:download"})
	w.do("POST", "/data-sources/url/re-scrape", uuidsOf(link, unknownID, broken, file)).is(t, 200,
		`[{"status":"restarted scraping","uuid":"`+link+`"},{"error":"invalid data source","uuid":"`+unknownID+`"},`+
			`{"status":"restarted scraping","uuid":"`+broken+`"},{"error":"invalid data source","uuid":"`+file+`"}]`)
	for _, want := range []string{"await", "extracting", "success"} {
		if a, b, c := w.source(link).Status, w.source(broken).Status, w.source(file).Status; a != want || b != want || c != "success" {
			t.Errorf("statuses: %s %s %s, want %s", a, b, c, want)
		}
		w.Clock().Advance(30 * time.Second)
	}
	if got := w.source(link); got.Trainings != 2 || !got.ModifiedAt.Equal(noon) || got.Status != "success" {
		t.Errorf("trained again %+v", got)
	}
	if got := w.source(file).Trainings; got != 1 {
		t.Errorf("a file was trained %d times", got)
	}
}

func TestRestart(t *testing.T) {
	t.Parallel()
	for _, each := range []bool{false, true} {
		w := bot(t, mockhub.Quirks{TrainingTime: time.Minute, RestartPerItem: each})
		drive := w.AddSource(chatbotID, mockhub.Source{Type: "google-drive", Status: "fail"})
		file := w.makeFile("a.txt")
		w.Clock().Advance(30 * time.Second) // during its training
		refused := `[{"error":"data source not found","uuid":"` + unknownID + `"}]`
		done := `{"success":true}`
		status, restarts := http.StatusUnprocessableEntity, 3
		if each {
			status, restarts = http.StatusOK, 2
			refused = `[{"error":"invalid data source","uuid":"` + unknownID + `"}]`
			done = `[{"status":"restarted","uuid":"` + file + `"},{"status":"restarted","uuid":"` + drive + `"}]`
		}
		w.do("POST", restartPath, uuidsOf(unknownID)).is(t, status, refused)
		if !each {
			w.do("POST", restartPath, uuidsOf(file, unknownID)).is(t, 422, refused)
		}
		if a, b := w.source(drive), w.source(file); a.Status != "fail" || b.Status != "extracting" || b.Trainings != 1 {
			t.Errorf("a refused restart left %+v %+v", a, b)
		}
		w.do("POST", restartPath, uuidsOf(file, drive)).is(t, 200, done)
		if a, b := w.source(drive).Status, w.source(file).Status; a != "await" || b != "await" {
			t.Errorf("restarted: %s %s", a, b)
		}
		w.Clock().Advance(time.Minute)
		if a, b := w.source(drive).Status, w.source(file); a != "success" || b.Status != "success" || b.Trainings != 2 {
			t.Errorf("trained: %s %+v", a, b)
		}
		if n := w.Count("POST /api/data-sources/restart"); n != restarts {
			t.Errorf("%d restarts counted", n)
		}
		w.Inject(mockhub.Fault{Route: "POST /api/data-sources/restart", Status: 503})
		if r := w.do("POST", restartPath, uuidsOf(file)); r.status != 503 {
			t.Errorf("%d %s", r.status, r.body)
		}
	}
}

// makeFile uploads a small file.
func (w *testHub) makeFile(name string) string {
	w.t.Helper()
	return w.upload(name, "x", "").object(w.t)["uuid"].(string)
}
