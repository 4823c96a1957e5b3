package probe

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
)

// knownLag is how far behind a write the provider expects lists to be (goals.md R5). Reads of the run do not wait longer.
const knownLag = 30 * time.Second

// The readings of the facts about how soon a list shows an object.
const (
	atOnce    = "at once"
	later     = "later"
	notListed = "not within a minute"
)

// listFacts come first: the others wait for lists as long as this one finds out.
var listFacts = []fact{
	{
		id: "list-lag", section: "§2", documented: "nothing",
		readings: []reading{{name: atOnce}, {name: later, quirk: "ListLag=100ms"}},
		note:     "What the state has seen within the last 30 seconds is requested again when a list lacks it or has an older version of it.",
		try:      tryLag,
	},
}

// tryLag creates a session, a tag and a source, and measures when the list of each shows it.
func tryLag(ctx context.Context, p *probe) (observation, error) {
	tries := []struct {
		name, list string
		create     func() (rest.ID, error)
	}{
		{"session", "/chatbot/{uuid}/sessions", func() (rest.ID, error) { s, err := p.session(ctx); return s.id, err }},
		{"tag", "/chatbot/{uuid}/source-tags", func() (rest.ID, error) { t, err := p.tag(ctx); return t.id, err }},
		{"source", "/chatbot/{uuid}/data-sources", func() (rest.ID, error) { s, err := p.source(ctx, question); return s.id, err }},
	}
	reading := atOnce
	var details []string
	var failed error
	for _, one := range tries {
		made, err := one.create()
		if err != nil {
			failed = err
			continue
		}
		after, absent, shown, err := p.listedAfter(ctx, rest.Get(one.list, p.chatbot), func(o map[string]any) bool { return id(o) == made })
		switch {
		case err != nil:
			failed = err
			continue
		case !shown:
			p.late = true
			return sawWith(notListed, one.name)
		case after > 0:
			reading = lagReading(absent)
			p.lag, p.late = max(p.lag, min(after*5/4, knownLag)), reading != later
		}
		if p.late {
			return sawWith(reading, fmt.Sprintf("%s after %s", one.name, seconds(after)))
		}
		details = append(details, fmt.Sprintf("%s after %s", one.name, seconds(after)))
	}
	if len(details) == 0 {
		return observation{}, failed
	}
	return sawWith(reading, strings.Join(details, ", "))
}

// lagReading returns the reading of a list that showed an object late: by the time of the last list without it.
func lagReading(absent time.Duration) string {
	if absent > knownLag {
		return "after more than half a minute"
	}
	return later
}

// errLate is the error of a fact that needs a list when lists are too far behind.
var errLate = errors.New("lists are too far behind")

// list requests a list. See do.
func (p *probe) list(ctx context.Context, r rest.Route) (answer, error) {
	if p.late {
		return answer{}, errLate
	}
	return p.do(ctx, r, nil)
}

// listedAfter requests a list until it has an object, with growing pauses for a minute. after is the time until it was listed, and 0 if the
// first list has it. absent is the time of the last list without it: a limit of requests can make the two very different.
func (p *probe) listedAfter(ctx context.Context, list rest.Route, match func(map[string]any) bool) (after, absent time.Duration, shown bool, err error) {
	begin := time.Now()
	for i, pause := range []int{0, 1, 2, 4, 8, 15, 30} {
		if err := p.sleep(ctx, pause); err != nil {
			return 0, 0, false, err
		}
		a, err := p.doAs(ctx, p.client, list, nil)
		if err != nil || !a.ok() {
			return 0, 0, false, firstError(err, a, "a list")
		}
		for _, o := range a.list() {
			if match(o) && i == 0 {
				return 0, 0, true, nil
			}
			if match(o) {
				return time.Since(begin), absent, true, nil
			}
		}
		absent = time.Since(begin)
	}
	return 0, absent, false, nil
}

// seconds returns a time in whole seconds, for reports.
func seconds(d time.Duration) string { return fmt.Sprintf("%.0f s", d.Seconds()) }
