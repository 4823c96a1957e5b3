package probe

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

// headersSeen is what the headers of all answers have shown.
type headersSeen struct {
	answers, dated int      // how many answers there were, and how many of them had a valid Date
	limits         []string // the names of the headers about rate limits, sorted
}

// rateLimitNames are the beginnings of the names of headers about rate limits, in lower case.
var rateLimitNames = []string{"x-ratelimit", "x-rate-limit", "ratelimit", "retry-after"}

// observe records the headers of an answer.
func (h *headersSeen) observe(header http.Header) {
	h.answers++
	if _, err := http.ParseTime(header.Get("Date")); err == nil {
		h.dated++
	}
	for name := range header {
		lower := strings.ToLower(name)
		known := slices.ContainsFunc(rateLimitNames, func(start string) bool { return strings.HasPrefix(lower, start) })
		if !headerForm.MatchString(name) {
			name = "another name"
		}
		if i, found := slices.BinarySearch(h.limits, name); known && !found {
			h.limits = slices.Insert(h.limits, i, name)
		}
	}
}

var headerFacts = []fact{
	{
		id: "date-header", section: "§1", documented: "nothing", alone: true,
		readings: []reading{{name: "in all answers"}, {name: "in no answer", quirk: "DateMissing=true"},
			{name: "in some answers", reason: "The newest Date that was seen is used, so it is like the first one."}},
		note: "The time of the service tells which objects are new. Without it, an object whose create was not answered is never adopted.",
		try: func(_ context.Context, p *probe) (observation, error) {
			switch {
			case p.answers == 0:
				return observation{}, errors.New("there was no answer")
			case p.dated == p.answers:
				return saw("in all answers")
			case p.dated == 0:
				return saw("in no answer")
			}
			return sawWith("in some answers", fmt.Sprintf("%d of %d", p.dated, p.answers))
		},
	},
	{
		id: "rate-limit-headers", section: "§7", documented: "nothing", alone: true,
		readings: []reading{{name: "none"}, {name: "some", quirk: "RateLimitHeaders=true"}},
		note:     "Only Retry-After has an effect, and only after a 429, 502, 503 or 504.",
		try: func(_ context.Context, p *probe) (observation, error) {
			if len(p.limits) == 0 {
				return saw("none")
			}
			return sawWith("some", words(p.limits))
		},
	},
	{
		id: "time-format", section: "§1", documented: "2024-07-25T21:19:01Z",
		readings: []reading{{name: "whole seconds and Z"},
			{name: "fractions of a second", quirk: "TimeEnd=.123456Z"}, {name: "an offset", quirk: "TimeEnd=+00:00"}},
		note: "Every form of RFC 3339 is read.",
		try: func(_ context.Context, p *probe) (observation, error) {
			created, err := p.createdAt()
			if err != nil {
				return observation{}, err
			}
			return saw(timeForm(created))
		},
	},
	{
		id: "uuid-form", section: "§1", documented: "32 lower-case hexadecimal digits",
		readings: []reading{{name: "32 lower-case hexadecimal digits"}, {name: "with dashes", reason: "The tests of rest.ParseID read it."},
			{name: "with upper case", reason: "The tests of rest.ParseID read it."}},
		note: "Dashes and upper case are accepted, and ids are stored and sent without them.",
		try: func(_ context.Context, p *probe) (observation, error) {
			text, _ := p.created.object()["uuid"].(string)
			switch {
			case id(p.created.object()) == "":
				return observation{}, errors.New("the create of the chatbot had no answer")
			case strings.Contains(text, "-"):
				return saw("with dashes")
			case strings.ToLower(text) != text:
				return saw("with upper case")
			}
			return saw("32 lower-case hexadecimal digits")
		},
	},
}

// createdAt returns created_at of the chatbot.
func (p *probe) createdAt() (string, error) {
	created, isText := p.created.object()["created_at"].(string)
	if !isText {
		return "", errors.New("the answer to the create of the chatbot has no created_at")
	}
	return created, nil
}

// timeForm returns the form of a time.
func timeForm(text string) string {
	at, err := time.Parse(time.RFC3339, text)
	switch {
	case err != nil:
		return "not RFC 3339"
	case strings.Contains(text, "."):
		return "fractions of a second"
	case at.UTC().Format("2006-01-02T15:04:05Z") == text:
		return "whole seconds and Z"
	}
	return "an offset"
}
