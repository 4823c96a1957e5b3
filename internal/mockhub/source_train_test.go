package mockhub_test

import (
	"strings"
	"testing"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// statuses lists a source at once and after each step, and returns the statuses without repetitions.
func (w *testHub) statuses(uuid string, steps int, step time.Duration) string {
	w.t.Helper()
	var out []string
	for range steps + 1 {
		s := w.listedSource(uuid)["status"].(string)
		if s != w.source(uuid).Status {
			w.t.Errorf("listed %s, stored %s", s, w.source(uuid).Status)
		}
		if len(out) == 0 || out[len(out)-1] != s {
			out = append(out, s)
		}
		w.Clock().Advance(step)
	}
	return strings.Join(out, " ")
}

func TestTraining(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		quirks mockhub.Quirks
		want   string
		first  string
	}{
		"at once":     {mockhub.Quirks{}, "success", "await"},
		"default":     {mockhub.Quirks{TrainingTime: time.Minute}, "await queued downloading extracting chunking embedding success", "await"},
		"docs":        {mockhub.Quirks{TrainingTime: time.Minute, TrainingStatuses: mockhub.DocsStatuses()}, "await queued assigned running success", "await"},
		"one":         {mockhub.Quirks{TrainingTime: time.Minute, TrainingStatuses: []string{"new one"}}, "new one success", "new one"},
		"one source":  {mockhub.Quirks{TrainingTimes: map[string]time.Duration{"https://example.com": time.Minute}}, "await queued downloading extracting chunking embedding success", "await"},
		"another one": {mockhub.Quirks{TrainingTime: time.Minute, TrainingTimes: map[string]time.Duration{"https://example.com": 0}}, "success", "await"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := bot(t, tc.quirks)
			made := w.do("POST", urlPath, `{"url":"https://example.com"}`).object(t)
			if made["status"] != tc.first {
				t.Errorf("answer to the create: %v", made)
			}
			id := made["uuid"].(string)
			if got := w.statuses(id, 60, time.Second); got != tc.want {
				t.Errorf("statuses: %s, want %s", got, tc.want)
			}
			w.Clock().Advance(-24 * time.Hour) // before its beginning
			if got := w.source(id).Status; got != tc.first {
				t.Errorf("a day before: %s", got)
			}
		})
	}
}

// TestNumbersComeWithTheTraining: size and tokens are known once a training has succeeded, and stay known.
func TestNumbersComeWithTheTraining(t *testing.T) {
	t.Parallel()
	w := bot(t, mockhub.Quirks{TrainingTime: time.Minute})
	id := w.makeSource(urlPath, `{"url":"https://example.com"}`)
	want := func(tokens, size any) {
		t.Helper()
		if got := w.listedSource(id); got["tokens"] != tokens || got["file_size"] != size {
			t.Errorf("listed %v, want %v %v", got, tokens, size)
		}
	}
	w.Clock().Advance(time.Minute - 1)
	want(0.0, 0.0)
	w.SetQuirks(func(q *mockhub.Quirks) { q.SourceNumbersNull = true })
	want(nil, nil)
	w.SetQuirks(func(q *mockhub.Quirks) { q.SourceNumbersNull, q.SourceNumbersAsStrings = false, true })
	want("0", "0")
	w.Clock().Advance(1)
	want("1200", "4800")
	w.do("POST", "//api/data-sources/restart", `{"uuids":["`+id+`"]}`).is(t, 200, `{"success":true}`)
	want("1200", "4800")
	w.SetSourceStatus(id, "error:storage")
	want("1200", "4800")
	failed := w.AddSource(chatbotID, mockhub.Source{Status: "error:storage"})
	if got := w.source(failed); got.Tokens != 0 || got.FileSize != 0 {
		t.Errorf("failed %+v", got)
	}
	w.SetSourceStatus(failed, "success")
	if got := w.source(failed); got.Tokens != 1200 || got.FileSize != 4800 {
		t.Errorf("trained by hand %+v", got)
	}
	w.SetSourceStatus(failed, "running")
	if got := w.source(failed); got.Tokens != 1200 {
		t.Errorf("running again %+v", got)
	}
}

// TestMarkers goes through trainings that fail, each followed by restarts.
func TestMarkers(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		quirks mockhub.Quirks
		make   func(*testHub) string
		want   string
	}{
		"final":         {mockhub.Quirks{}, file("fail-error:token.txt", ""), "error:token error:token error:token"},
		"fail":          {mockhub.Quirks{}, file("a fail-fail.txt", ""), "fail fail fail"},
		"error":         {mockhub.Quirks{}, file("fail-error.txt", ""), "error error error"},
		"new reason":    {mockhub.Quirks{}, file("fail-error:new reason.txt", ""), "error:new reason error:new reason error:new reason"},
		"transient":     {mockhub.Quirks{}, file("fail-error:rate limit.txt", ""), "error:rate limit success success"},
		"scraper":       {mockhub.Quirks{}, link("https://example.com/fail-error:scraper_rate%20limit/x"), "error:scraper rate limit success success"},
		"download":      {mockhub.Quirks{TransientFailures: 2}, link("https://example.com/?q=fail-error:download"), "error:download error:download success"},
		"for ever":      {mockhub.Quirks{TransientFailures: -1}, link("https://example.com/fail-error:download"), "error:download error:download error:download"},
		"own number":    {mockhub.Quirks{TransientFailures: -1}, link("https://example.com/fail-1x-error:download"), "error:download success success"},
		"final, number": {mockhub.Quirks{}, file("fail-2x-error:token.pdf", ""), "error:token error:token success"},
		"content":       {mockhub.Quirks{}, file("a.txt", "x\nfail-error:no text\n"), "error:no text error:no text error:no text"},
		"name first":    {mockhub.Quirks{}, file("fail-fail.txt", "fail-error:token"), "fail fail fail"},
		"far in":        {mockhub.Quirks{}, file("a.txt", strings.Repeat(" ", 8<<10)+"fail-fail"), "success success success"},
		"empty file":    {mockhub.Quirks{}, file("a.txt", ""), "error:no text error:no text error:no text"},
		"question":      {mockhub.Quirks{}, qa("fail-error:storage?", "a"), "error:storage error:storage error:storage"},
		"answer":        {mockhub.Quirks{}, qa("q", "So fail-error:storage."), "error:storage error:storage error:storage"},
		"no marker":     {mockhub.Quirks{}, qa("a fail-safe", "failure fail-7"), "success success success"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tc.quirks.TrainingTime = time.Minute
			w := bot(t, tc.quirks)
			id := tc.make(w)
			var got []string
			for range 3 {
				if working := w.source(id).Status; working != "await" {
					t.Errorf("at the beginning: %s", working)
				}
				w.Clock().Advance(time.Minute)
				got = append(got, w.listedSource(id)["status"].(string))
				w.do("POST", "//api/data-sources/restart", `{"uuids":["`+id+`"]}`).is(t, 200, `{"success":true}`)
			}
			if s := strings.Join(got, " "); s != tc.want || w.source(id).Trainings != 4 {
				t.Errorf("%s after %d trainings, want %s", s, w.source(id).Trainings, tc.want)
			}
		})
	}
}

func file(name, content string) func(*testHub) string {
	return func(w *testHub) string { return w.upload(name, content, "").object(w.t)["uuid"].(string) }
}

func link(url string) func(*testHub) string {
	return func(w *testHub) string { return w.makeSource(urlPath, `{"url":"`+url+`"}`) }
}

func qa(question, answer string) func(*testHub) string {
	return func(w *testHub) string {
		return w.makeSource(qaPath, `{"question":"`+question+`","answer":"`+answer+`"}`)
	}
}

// TestTitles walks a source through: created, in training, trained, trained for 10 s, restarted, trained again.
func TestTitles(t *testing.T) {
	t.Parallel()
	about := "About a.txt"
	for name, tc := range map[string]struct {
		quirks  mockhub.Quirks
		name    string
		written int // the step after which the title is written; 0 is never
		want    [6]string
	}{
		"default":             {mockhub.Quirks{}, "a.txt", 0, [6]string{about, about, about, about, about, about}},
		"written":             {mockhub.Quirks{}, "a.txt", 1, [6]string{about, "T", "T", "T", "T", "T"}},
		"appears":             {mockhub.Quirks{TitleAppearsLate: true}, "a.txt", 0, [6]string{"", "", about, about, about, about}},
		"appears, written":    {mockhub.Quirks{TitleAppearsLate: true}, "a.txt", 1, [6]string{"", "T", "T", "T", "T", "T"}},
		"appears later":       {mockhub.Quirks{TitleAppearsLate: true, TitleDelay: 10 * time.Second}, "a.txt", 0, [6]string{"", "", "", about, about, about}},
		"does not appear":     {mockhub.Quirks{TitleAppearsLate: true}, "fail-fail.txt", 0, [6]string{}},
		"appears 2nd time":    {mockhub.Quirks{TitleAppearsLate: true}, "fail-1x-fail.txt", 0, [6]string{5: "About fail-1x-fail.txt"}},
		"changes":             {mockhub.Quirks{TitleChangesLate: true}, "a.txt", 0, [6]string{"a.txt", "a.txt", about, about, about, about + ", training 2"}},
		"changes, written":    {mockhub.Quirks{TitleChangesLate: true}, "a.txt", 1, [6]string{"a.txt", "T", "T", "T", "T", "T"}},
		"overwritten":         {mockhub.Quirks{TitleOverwritten: true}, "a.txt", 1, [6]string{about, "T", about, about, about, about}},
		"overwritten, later":  {mockhub.Quirks{TitleOverwritten: true, TitleDelay: 10 * time.Second}, "a.txt", 1, [6]string{about, "T", "T", about, about, about}},
		"overwritten, late":   {mockhub.Quirks{TitleOverwritten: true, TitleDelay: 10 * time.Second}, "a.txt", 2, [6]string{about, about, "T", about, about, about}},
		"written after it":    {mockhub.Quirks{TitleOverwritten: true, TitleDelay: 10 * time.Second}, "a.txt", 3, [6]string{about, about, about, "T", "T", "T"}},
		"overwritten, 2nd":    {mockhub.Quirks{TitleOverwritten: true}, "a.txt", 4, [6]string{about, about, about, about, "T", about}},
		"not by a failure":    {mockhub.Quirks{TitleOverwritten: true}, "fail-fail.txt", 1, [6]string{"About fail-fail.txt", "T", "T", "T", "T", "T"}},
		"changes, overwrites": {mockhub.Quirks{TitleChangesLate: true, TitleOverwritten: true}, "a.txt", 4, [6]string{"a.txt", "a.txt", about, about, "T", about + ", training 2"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tc.quirks.TrainingTime = time.Minute
			w := bot(t, tc.quirks)
			made := w.upload(tc.name, "x", "").object(t)
			id := made["uuid"].(string)
			got := [6]string{made["title"].(string)}
			for step := 1; step < 6; step++ {
				w.Clock().Advance([]time.Duration{0, time.Second, 59 * time.Second, 10 * time.Second, 0, 70 * time.Second}[step])
				if step == 4 {
					w.do("POST", "//api/data-sources/restart", `{"uuids":["`+id+`"]}`)
				}
				if step == tc.written {
					if answered := w.do("POST", "/data-source/"+id+"/update", `{"title":"T"}`).object(t); answered["title"] != "T" {
						t.Errorf("answer to the update: %v", answered)
					}
				}
				got[step] = w.listedSource(id)["title"].(string)
			}
			if got != tc.want {
				t.Errorf("titles %q\nwant   %q", got, tc.want)
			}
		})
	}
}

func TestTrainingTouches(t *testing.T) {
	t.Parallel()
	for touches, want := range map[bool]string{false: "2024-07-26T12:00:00Z", true: "2024-07-26T12:01:00Z"} {
		w := bot(t, mockhub.Quirks{TrainingTouches: touches, TrainingTime: time.Minute})
		id := link("https://example.com")(w)
		w.Clock().Advance(59 * time.Second)
		if got := w.listedSource(id)["modified_at"]; got != "2024-07-26T12:00:00Z" {
			t.Errorf("%v: modified %v during the training", touches, got)
		}
		w.Clock().Advance(time.Hour)
		if got := w.listedSource(id); got["modified_at"] != want || got["created_at"] != "2024-07-26T12:00:00Z" {
			t.Errorf("%v: %v after the training", touches, got)
		}
	}
}
