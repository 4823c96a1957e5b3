package probe

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
)

// training is what was seen of the trainings of the sources.
type training struct {
	list   []map[string]any // the latest list of sources
	seen   map[rest.ID][]seenStatus
	ended  bool
	titled error // of the update of the title
}

// seenStatus is a status of a source, and how long after its create it was first seen.
type seenStatus struct {
	status string
	after  time.Duration
}

// probeTitle is the title that the md source gets.
const probeTitle = "Title of the probe"

// training creates all sources, updates the title of one at once, and polls the list until all trainings have ended, for two minutes at most.
func (p *probe) training(ctx context.Context) (training, error) {
	return p.trained.get(func() (training, error) {
		t := training{seen: map[rest.ID][]seenStatus{}}
		sources := map[rest.ID]made{}
		var failed []error
		for _, kind := range []string{markdown, question, table, webPage, videoPage} {
			s, err := p.source(ctx, kind)
			if err != nil {
				failed = append(failed, err)
				continue
			}
			sources[s.id] = s
			t.see(s.answer.object(), 0)
			if kind == markdown {
				t.titled = p.updateTitle(ctx, s.id)
			}
		}
		if len(sources) == 0 {
			return t, errors.Join(failed...)
		}
		err := p.poll(ctx, &t, sources)
		return t, err
	})
}

// poll polls the list of sources until the trainings have ended.
func (p *probe) poll(ctx context.Context, t *training, sources map[rest.ID]made) error {
	for _, pause := range []int{1, 2, 4, 8, 12, 16, 20, 20, 20, 20} {
		if err := p.sleep(ctx, pause); err != nil {
			return err
		}
		a, err := p.list(ctx, rest.Get("/chatbot/{uuid}/data-sources", p.chatbot))
		if err != nil || !a.ok() || a.list() == nil {
			return firstError(err, a, "the list of sources")
		}
		t.list = a.list()
		ended := 0
		for _, item := range t.list {
			if s, own := sources[id(item)]; own && t.see(item, time.Since(s.at)) {
				ended++
			}
		}
		if t.ended = ended == len(sources); t.ended {
			return nil
		}
	}
	return nil
}

// see records the status of a source and reports whether its training has ended.
func (t *training) see(item map[string]any, after time.Duration) (ended bool) {
	status, _ := item["status"].(string)
	status = strings.ToLower(strings.TrimSpace(status))
	seen := t.seen[id(item)]
	if !slices.ContainsFunc(seen, func(s seenStatus) bool { return s.status == status }) {
		t.seen[id(item)] = append(seen, seenStatus{status, after})
	}
	return status == "success" || isFailure(status)
}

// statuses returns the statuses of the source that had the most of them, in their order, and then those of the other sources.
func (t *training) statuses() []seenStatus {
	sources := slices.Collect(maps.Values(t.seen))
	slices.SortFunc(sources, func(a, b []seenStatus) int { return cmp.Compare(len(b), len(a)) })
	var all []seenStatus
	for _, one := range slices.Concat(sources...) {
		if !slices.ContainsFunc(all, func(s seenStatus) bool { return s.status == one.status }) {
			all = append(all, one)
		}
	}
	return all
}

// isFailure reports whether a status is that of a training that failed.
func isFailure(status string) bool {
	return slices.Contains([]string{"fail", "failed", "error"}, strings.TrimSpace(strings.SplitN(status, ":", 2)[0]))
}

// updateTitle updates the title of a source.
func (p *probe) updateTitle(ctx context.Context, source rest.ID) error {
	a, err := p.do(ctx, rest.Update("/data-source/{uuid}/update", source), map[string]any{"title": probeTitle})
	if err != nil || !a.ok() {
		return firstError(err, a, "an update of the title")
	}
	return nil
}

var trainingFacts = []fact{
	{
		id: "training-statuses", section: "§5", documented: "await, queued, assigned, running, success, fail",
		readings: []reading{
			{name: "those of the vendor's client"},
			{name: "those of the documentation", quirk: "TrainingStatuses=assigned,running"},
			{name: "others", quirk: "TrainingStatuses=thinking"},
			{name: "a failure", reason: "the mock fails a training by a text in it"},
		},
		note: "success means trained; fail and everything that begins with error means failed. Every other status, also an unknown one, means in training.",
		try:  tryStatuses,
	},
	{
		id: "title-update", section: "§3", documented: "the only field that can be updated",
		readings: []reading{
			{name: "kept"},
			{name: "overwritten by the training", quirk: "TrainingTime=200ms TitleOverwritten=true"},
		},
		note: "A title is set after the create and, if it was overwritten, again after the training. A later change is a diff in the next plan.",
		try: func(ctx context.Context, p *probe) (observation, error) {
			item, err := p.listedSource(ctx, markdown)
			if err != nil {
				return observation{}, err
			}
			if t, err := p.training(ctx); err != nil || t.titled != nil {
				return observation{}, errors.Join(err, t.titled)
			}
			if item["title"] == probeTitle {
				return saw("kept")
			}
			return saw("overwritten by the training")
		},
	},
	{
		id: "retrain-answer", section: "§5", documented: "nothing",
		readings: []reading{
			{name: "one answer for all"},
			{name: "an item for each source", quirk: "RestartPerItem=true"},
			{name: "a web page", quirk: "RestartMissing=page"},
			{name: "404", quirk: "RestartMissing=404"},
		},
		note: "Sources that are no web page are restarted. If the service refuses that, they are scraped again.",
		try: func(ctx context.Context, p *probe) (observation, error) {
			return p.retrain(ctx, markdown, "/api/data-sources/restart")
		},
	},
	{
		id: "rescrape-answer", section: "§5", documented: "an item for each source",
		readings: []reading{
			{name: "an item for each source"},
			{name: "an item with an error", quirk: "LinkType=video"},
			{name: "a web page", quirk: "RescrapeMissing=page"},
			{name: "404", quirk: "RescrapeMissing=404"},
		},
		note: "Web pages are scraped again. If the service refuses that, their training is restarted.",
		try: func(ctx context.Context, p *probe) (observation, error) {
			return p.retrain(ctx, webPage, "/data-sources/url/re-scrape")
		},
	},
}

func tryStatuses(ctx context.Context, p *probe) (observation, error) {
	t, err := p.training(ctx)
	if err != nil {
		return observation{}, err
	}
	var details []string
	reading := "those of the vendor's client"
	for _, one := range t.statuses() {
		status := one.status
		details = append(details, fmt.Sprintf("%s %s", word(status), seconds(one.after)))
		switch {
		case isFailure(status):
			reading = "a failure"
		case reading == "a failure" || reading == "others":
		case slices.Contains([]string{"assigned", "running"}, status):
			reading = "those of the documentation"
		case !slices.Contains([]string{"success", "await", "queued", "pending", "downloading", "extracting", "chunking", "embedding"}, status):
			reading = "others"
		}
	}
	if !t.ended {
		details = append(details, "still in training")
	}
	return sawWith(reading, words(details))
}

// retrain trains a source again.
func (p *probe) retrain(ctx context.Context, kind, route string) (observation, error) {
	if _, err := p.training(ctx); err != nil {
		return observation{}, err
	}
	s, err := p.source(ctx, kind)
	if err != nil {
		return observation{}, err
	}
	a, err := p.do(ctx, rest.Update(route), map[string]any{"uuids": []rest.ID{s.id}})
	if err != nil {
		return observation{}, err
	}
	item := withID(a.list(), s.id)
	_, failed := item["error"]
	switch {
	case a.isPage():
		return saw("a web page")
	case a.Status == http.StatusNotFound:
		return sawWith("404", a.form())
	case !a.ok():
		return saw("refused: " + a.form())
	case failed:
		return saw("an item with an error")
	case item != nil:
		status, _ := item["status"].(string)
		return sawWith("an item for each source", word(status))
	case a.object() != nil:
		return sawWith("one answer for all", a.form())
	}
	return saw("another form: " + a.form())
}
