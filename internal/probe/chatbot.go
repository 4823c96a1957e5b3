package probe

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
)

// chatbotObjects are answers about the chatbot that several facts share.
type chatbotObjects struct {
	updated memo[answer] // the chatbot after two updates
}

// The updates of the chatbot. Each leaves out what the other one sets.
var (
	firstUpdate  = map[string]any{"rate_limit": []int{19, 241}, "visibility": "private"}
	secondUpdate = map[string]any{"rate_limit_message": oddText, "show_citations": true}
)

// updatedChatbot returns the answer to a read of the chatbot after both updates.
func (p *probe) updatedChatbot(ctx context.Context) (answer, error) {
	return p.updated.get(func() (answer, error) {
		a, err := p.updateChatbot(ctx, firstUpdate)
		if err != nil {
			return answer{}, err
		}
		if pair := limitOf(a); len(pair) != 2 || !isNumber(pair[0], 19) || !isNumber(pair[1], 241) {
			return answer{}, errNotApplied
		}
		if a, err = p.updateChatbot(ctx, secondUpdate); err != nil {
			return answer{}, err
		}
		message, _ := member(a.object(), "meta", "rate_limit_message")
		if !sameText(message, oddText) {
			return answer{}, errNotApplied
		}
		p.texts = append(p.texts, sentText{name: "rate_limit_message", stored: message})
		return a, nil
	})
}

// errNotApplied is the error of the facts about the chatbot when an update has no effect.
var errNotApplied = errors.New("an update of the chatbot was not applied")

// updateChatbot updates the chatbot and returns the answer to a read of it.
func (p *probe) updateChatbot(ctx context.Context, body map[string]any) (answer, error) {
	if a, err := p.do(ctx, rest.Update("/chatbot/{uuid}/update", p.chatbot), body); err != nil || !a.isAbout(p.chatbot) {
		return answer{}, firstError(err, a, "an update of the chatbot")
	}
	a, err := p.do(ctx, rest.Get("/chatbot/{uuid}", p.chatbot), nil)
	if err != nil || !a.isAbout(p.chatbot) {
		return answer{}, firstError(err, a, "a read of the chatbot")
	}
	return a, nil
}

// limitOf returns rate_limit of a chatbot.
func limitOf(a answer) []any {
	limit, _ := member(a.object(), "meta", "rate_limit")
	pair, _ := limit.([]any)
	return pair
}

var chatbotFacts = []fact{
	{
		id: "chatbot-create-answer", section: "§3", documented: "all settings",
		readings: []reading{{name: "with its settings"}, {name: "without its settings", quirk: "ChatbotAnswerShort=true"}},
		note:     "A setting that the answer lacks keeps the value that was sent until the next refresh.",
		try: func(_ context.Context, p *probe) (observation, error) {
			bot := p.created.object()
			if bot == nil {
				return observation{}, errors.New("the create of the chatbot had no answer")
			}
			return withAndWithout(bot, []string{"meta"}, []string{"uuid", "name", "created_at", "modified_at"}, "with its settings", "without its settings")
		},
	},
	{
		id: "chatbot-update", section: "§4", documented: "nothing", note: "Every update sends all five settings.",
		readings: []reading{{name: "keeps what is left out"}, {name: "resets what is left out", quirk: "ChatbotUpdateResets=true"}},
		try: func(ctx context.Context, p *probe) (observation, error) {
			pair, err := p.rateLimit(ctx)
			switch {
			case err != nil:
				return observation{}, err
			case isNumber(pair[0], 19) && isNumber(pair[1], 241):
				return saw("keeps what is left out")
			}
			return saw("resets what is left out")
		},
	},
	{
		id: "show-citations-key", section: "§3", documented: "show_citations and show_citation",
		readings: []reading{{name: "show_citations"}, {name: "show_citation", quirk: "ShowCitationSingular=true"},
			{name: "both", reason: "The provider reads the first one and, without it, the other one."}},
		note: "show_citations and show_citation are read. Requests have show_citations.",
		try: func(ctx context.Context, p *probe) (observation, error) {
			a, err := p.updatedChatbot(ctx)
			if err != nil {
				return observation{}, err
			}
			plural, _ := member(a.object(), "meta", "show_citations")
			singular, _ := member(a.object(), "meta", "show_citation")
			switch {
			case isTrue(plural) && singular != nil:
				return saw("both")
			case isTrue(plural):
				return saw("show_citations")
			case isTrue(singular) && plural == nil:
				return saw("show_citation")
			case plural == nil && singular == nil:
				return saw("neither key")
			}
			return saw("the setting was not applied")
		},
	},
	{
		id: "whole-numbers", section: "§1", documented: "20",
		readings: []reading{{name: "20"}, {name: "20.0", quirk: "NumbersAsFloats=true"}, {name: `"20"`, quirk: "NumbersAsStrings=true"}},
		note:     `20, 20.0 and "20" are equal.`,
		try: func(ctx context.Context, p *probe) (observation, error) {
			pair, err := p.rateLimit(ctx)
			if err != nil {
				return observation{}, err
			}
			switch n := pair[0].(type) {
			case string:
				return saw(`"20"`)
			case json.Number:
				if strings.ContainsAny(n.String(), ".eE") {
					return saw("20.0")
				}
			}
			return saw("20")
		},
	},
}

// rateLimit returns the two numbers of rate_limit after the updates.
func (p *probe) rateLimit(ctx context.Context) ([]any, error) {
	a, err := p.updatedChatbot(ctx)
	if err != nil {
		return nil, err
	}
	pair := limitOf(a)
	if len(pair) != 2 {
		return nil, errors.New("rate_limit of the chatbot is not a list of two")
	}
	return pair, nil
}

// withAndWithout returns the reading with if an object has all of the keys, and the reading without if it lacks one of them. Other keys
// that should be there and are not are details.
func withAndWithout(object map[string]any, keys, others []string, with, without string) (observation, error) {
	o := observation{reading: with}
	var lacking []string
	for _, key := range keys {
		if object[key] == nil {
			o.reading = without
			lacking = append(lacking, key)
		}
	}
	if len(lacking) == len(keys) {
		lacking = nil // the reading says so
	}
	for _, key := range others {
		if _, found := object[key]; !found {
			lacking = append(lacking, key)
		}
	}
	if len(lacking) > 0 {
		o.details = "without " + strings.Join(lacking, ", ")
	}
	return o, nil
}

// firstError returns err, or the error for an answer that is no success.
func firstError(err error, a answer, doing string) error {
	if err != nil {
		return err
	}
	return a.unexpected(doing)
}

// numberOf returns a JSON number, also one in a text.
func numberOf(v any) (float64, bool) {
	switch v := v.(type) {
	case json.Number:
		n, err := v.Float64()
		return n, err == nil
	case string:
		return numberOf(json.Number(v))
	}
	return 0, false
}

// isNumber reports whether a JSON value is a number, also in a text.
func isNumber(v any, want float64) bool {
	n, is := numberOf(v)
	return is && n == want
}

// isTrue reports whether a JSON value is true in one of the forms of the service (api.md §1).
func isTrue(v any) bool { return v == true || v == "true" || isNumber(v, 1) }
