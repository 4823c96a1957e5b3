package probe

import (
	"context"
	"encoding/json"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
)

var chatbotFacts = []fact{
	{
		id: "chatbot-update", section: "§4", documented: "nothing", note: "Every update sends all five settings.",
		readings: []reading{{name: "keeps what is left out"}, {name: "resets what is left out", quirk: "ChatbotUpdateResets=true"}},
		try: func(ctx context.Context, p *probe) (observation, error) {
			update := rest.Update("/chatbot/{uuid}/update", p.chatbot)
			if a, err := p.do(ctx, update, map[string]any{"name": p.name, "rate_limit": []int{19, 241}}); err != nil || !a.ok() {
				return observation{}, firstError(err, a, "an update of the chatbot")
			}
			a, err := p.do(ctx, update, map[string]any{"name": p.name, "rate_limit_message": "Slow down"})
			if err != nil || !a.ok() {
				return observation{}, firstError(err, a, "an update of the chatbot")
			}
			if a, err = p.do(ctx, rest.Get("/chatbot/{uuid}", p.chatbot), nil); err != nil || !a.ok() {
				return observation{}, firstError(err, a, "a read of the chatbot")
			}
			limit, _ := member(a.object(), "meta", "rate_limit")
			pair, _ := limit.([]any)
			switch {
			case len(pair) != 2:
				return saw("rate_limit has another form")
			case isNumber(pair[0], 19) && isNumber(pair[1], 241):
				return saw("keeps what is left out")
			}
			return saw("resets what is left out")
		},
	},
}

// firstError returns err, or the error for an answer that is no success.
func firstError(err error, a answer, doing string) error {
	if err != nil {
		return err
	}
	return a.unexpected(doing)
}

// isNumber reports whether a JSON value is a number, also as a text.
func isNumber(v any, want float64) bool {
	switch v := v.(type) {
	case json.Number:
		n, err := v.Float64()
		return err == nil && n == want
	case string:
		return isNumber(json.Number(v), want)
	}
	return false
}
