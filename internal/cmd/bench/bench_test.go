package main

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// TestResults: the text and the picture in the guide have the figures of performance.json, which are from a full run.
func TestResults(t *testing.T) {
	t.Parallel()
	read := func(name string) string {
		raw, err := os.ReadFile(filepath.Join("results", name))
		if err != nil {
			t.Fatal(err)
		}
		return string(raw)
	}
	var r results
	if err := json.Unmarshal([]byte(read("performance.json")), &r); err != nil {
		t.Fatal(err)
	}
	if r.Short {
		t.Error("the figures are of a short run")
	}
	if read("performance.txt") != r.table() {
		t.Error("performance.txt does not have the figures of performance.json: run make bench")
	}
	if read("performance.svg") != r.picture() {
		t.Error("performance.svg does not have the figures of performance.json: run make bench")
	}
	for _, goal := range goals {
		for id := range strings.SplitSeq(goal.ids, ",") {
			if id != "core" && !strings.Contains(read("performance.txt"), "\n"+id+" ") {
				t.Errorf("there is no figure for %s", id)
			}
		}
	}
}

// TestPicture: the picture is well-formed and has a point for each figure.
func TestPicture(t *testing.T) {
	t.Parallel()
	r := &results{Plans: []point{
		{Provider: ours, N: 1, cost: cost{Requests: 4, Wall: 0.5}}, {Provider: ours, N: 1000, cost: cost{Requests: 4, Wall: 5}},
		{Provider: naive, N: 1, cost: cost{Requests: 42, Wall: 0.6}}, {Provider: noOp, N: 1000, cost: cost{Wall: 4}},
	}}
	picture := r.picture()
	d := xml.NewDecoder(strings.NewReader(picture))
	for {
		_, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if got := strings.Count(picture, "<circle "); got != 7 { // no-op sends nothing, which a logarithmic axis cannot show
		t.Errorf("%d points, want 7", got)
	}
	if strings.Contains(picture, "NaN") || strings.Contains(picture, "Inf") {
		t.Error("a point has no position")
	}
}

// TestLimitUse: requests that were sent before the first 429 was received are not early. Later ones are.
func TestLimitUse(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	at := func(d time.Duration, status int) mockhub.Request {
		return mockhub.Request{At: start.Add(d), Status: status}
	}
	got := limitUse([]mockhub.Request{
		at(0, http.StatusOK), at(time.Second, http.StatusOK),
		at(2*time.Second, http.StatusTooManyRequests), at(2*time.Second+50*time.Millisecond, http.StatusTooManyRequests),
		at(3*time.Second, http.StatusTooManyRequests), // in spite of the cooldown
		at(60*time.Second, http.StatusOK), at(61*time.Second, http.StatusOK),
	})
	if want := (use{early: 1, served: 2, windows: 1}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}

// TestMedians: the median of each figure is computed separately.
func TestMedians(t *testing.T) {
	t.Parallel()
	got := medians([]cost{{Wall: 3, CPU: 1, Requests: 4}, {Wall: 1, CPU: 9, Requests: 4}, {Wall: 2, CPU: 5, Requests: 4}})
	if want := (cost{Wall: 2, CPU: 5, Requests: 4}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	if got := medians([]cost{{Wall: 1}, {Wall: 3}}).Wall; got != 2 {
		t.Errorf("the median of two is %v", got)
	}
}

// TestWants: -only ignores case and spaces.
func TestWants(t *testing.T) {
	t.Parallel()
	for only, want := range map[string]bool{"": true, "P2": true, "p7, p3": true, "P3": false} {
		if got := (options{only: only}).wants("P1,P2,P7"); got != want {
			t.Errorf("%q: %v", only, got)
		}
	}
}

// TestWith: a run with -only keeps the other figures.
func TestWith(t *testing.T) {
	t.Parallel()
	old := results{Rows: []row{{ID: "P3", What: "a", Ours: "1"}, {ID: "P4", What: "b", Ours: "2"}}, Core: []corePoint{{N: 1}}, Plans: []point{{Provider: ours, N: 1, Runs: 5}}}
	got := old.with(results{Rows: []row{{ID: "P4", What: "b", Ours: "3"}, {ID: "P5", What: "c"}}})
	if len(got.Rows) != 3 || got.Rows[0].Ours != "1" || got.Rows[1].Ours != "3" || len(got.Core) != 1 || len(got.Plans) != 1 {
		t.Errorf("%+v", got)
	}
}
