package source

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"
)

// TestObjectNames: diagnostics show no more of an address than its host, also when it has no scheme and nothing but its form shows that it is
// one.
func TestObjectNames(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"https://example.com/c4nary?key=c4nary": `"https://example.com/…" of chatbot b`,
		"Example.com/c4nary?key=c4nary":         `"https://Example.com/…" of chatbot b`,
		"example.com:8080/c4nary":               `"https://example.com:8080/…" of chatbot b`,
		"prices.pdf":                            `"prices.pdf" of chatbot b`,
		"Team/Plans 2026":                       `"Team/Plans 2026" of chatbot b`,
		"":                                      "of chatbot b",
	} {
		for _, url := range []types.String{types.StringNull(), types.StringValue("https://example.com/a")} {
			if !url.IsNull() && !strings.Contains(name, "example") {
				continue
			}
			m := model{ChatbotID: types.StringValue("b"), FileName: types.StringValue(name), createSettings: createSettings{QA: types.ObjectNull(qaTypes), URL: url}}
			if got := m.object(); got != want {
				t.Errorf("%s: %s, want %s", name, got, want)
			}
		}
	}
}
