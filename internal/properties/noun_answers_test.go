package properties_test

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"pgregory.net/rapid"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

const stateOnly = "kept in Terraform's state only"

var answerTestFacts = facts{
	unchangeable: map[string]string{
		"cases": stateOnly, "cases.ask": stateOnly, "cases.contains": stateOnly, "cases.not_contains": stateOnly, "cases.matches": stateOnly, "cases.not_matches": stateOnly,
		"cases.cites": stateOnly, "cases.max_chars": stateOnly, "variables": stateOnly, "triggers": stateOnly, "confirm": stateOnly, "max_credits": stateOnly, "on_miss": stateOnly,
		"answers": stateOnly, "missed": stateOnly, "sessions": stateOnly, "passed": "made by the provider",
	},
	specials: map[string]special{
		"chatbot_id": sharedChatbot,
		"cases": func(_ *fixture, t *rapid.T, ty tftypes.Type) tftypes.Value {
			cases := map[string]tftypes.Value{}
			for _, name := range rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"a", "é", "a \"b\"", "c.d"}), 1, 3, rapid.ID).Draw(t, "cases") {
				of, _ := ty.(tftypes.Map)
				one, _ := of.ElementType.(tftypes.Object)
				list := one.AttributeTypes["ask"]
				cases[name] = object(one, map[string]tftypes.Value{
					"ask": texts(list, solid(t, "question")), "not_contains": texts(list, "ZZZ"+solid(t, "not_contains")),
					"max_chars": number(fmt.Sprint(rapid.IntRange(200, 300).Draw(t, "max_chars"))), "not_matches": str("^ZZZ" + rapid.SampledFrom([]string{"", "\n", "é"}).Draw(t, "end")),
				})
			}
			return tftypes.NewValue(ty, cases)
		},
		"confirm": func(_ *fixture, t *rapid.T, _ tftypes.Type) tftypes.Value {
			return number(fmt.Sprint(rapid.IntRange(0, 5).Draw(t, "confirm")))
		},
		"max_credits": func(_ *fixture, t *rapid.T, _ tftypes.Type) tftypes.Value {
			return number(fmt.Sprint(rapid.IntRange(1000, 2000).Draw(t, "credits")))
		},
		"on_miss": one("error", "warning"),
	},
	fit: func(w *fixture, _ *rapid.T, values map[string]tftypes.Value) {
		w.SetQuirks(func(q *mockhub.Quirks) {
			if q.ModelsMissing != "" || q.ModelCostsMissing != "" { // a limit is an error then
				delete(values, "max_credits")
			}
		})
	},
	example: func(e example) map[string]tftypes.Value {
		cases, _ := e.types["cases"].(tftypes.Map)
		one, _ := cases.ElementType.(tftypes.Object)
		list := one.AttributeTypes["ask"]
		return map[string]tftypes.Value{"chatbot_id": str(e.chatbot), "variables": texts(e.types["variables"], "tier", "gold"), "triggers": texts(e.types["triggers"], "a", "1"),
			"cases": tftypes.NewValue(cases, map[string]tftypes.Value{"hours": object(one, map[string]tftypes.Value{"ask": texts(list, "When?"), "contains": texts(list, "T"),
				"not_contains": texts(list, "tea"), "matches": str("(?i)T"), "not_matches": str("tea"), "max_chars": number("999")})})}
	},
}
