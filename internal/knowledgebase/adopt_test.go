package knowledgebase_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// TestAdoptWarning: the plan of a create with adopt says which documents the apply uploads, and why the chatbot's sources are not the same. The
// texts of questions are not quoted.
func TestAdoptWarning(t *testing.T) {
	t.Parallel()
	text := func(v any) tftypes.Value { return tftypes.NewValue(tftypes.String, v) }
	sources := []mockhub.Source{
		{Type: "upload", FileName: "a.md", FileSize: 1, Status: "success"},
		{Type: "upload", FileName: "same.md", FileSize: 4, Status: "success"},
		{Type: "qa", Question: "When?", Answer: "From 9 to 18.", Status: "success"},
		{Type: "qa", Question: "Where?", Answer: "In Hamburg.", Status: "success"},
		{Type: "link", FileName: "https://shop.example.com/", Status: "success"},
	}
	for name, c := range map[string]struct {
		adopt   bool
		chatbot any // nil for that of the mock
		answers map[string]string
		files   map[string]string
		pages   []string
		want    []string // nil: there is no warning
	}{
		"all the same": {true, nil, map[string]string{"When?": "From 9 to 18.", "Where?": " In Hamburg. "}, map[string]string{"same.md": "same"}, []string{"https://Shop.example.com"}, nil},
		"others": {true, nil, map[string]string{"When?": "From 9 to 19.", "Where?": "In Hamburg."}, map[string]string{"a.md": "longer", "new.md": "new", "same.md": "same"}, []string{"https://shop.example.com/faq"},
			[]string{"no source that is the same as 4 of the 6 documents", "\n- \"a.md\": the chatbot has a file of this name with another size: 1 byte, and the file has 6 bytes. A chatbot can", "\n- \"new.md\"",
				"\n- question 1 of 2 in the order of keys(questions): the chatbot has this question with another answer, and will have both", "\n- \"https://shop.example.com/…\""}},
		"without adopt":      {false, nil, map[string]string{"When?": "Never."}, nil, nil, nil},
		"an unknown chatbot": {true, tftypes.UnknownValue, map[string]string{"When?": "Never."}, nil, nil, nil},
		"no such chatbot":    {true, strings.Repeat("0", 32), map[string]string{"When?": "Never."}, nil, nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t)
			for _, s := range sources {
				e.AddSource(e.chatbot, s)
			}
			chatbot := c.chatbot
			if chatbot == nil {
				chatbot = e.chatbot
			}
			e.files(c.files)
			answers, pages := map[string]tftypes.Value{}, []tftypes.Value{}
			for question, answer := range c.answers {
				answers[question] = text(answer)
			}
			for _, page := range c.pages {
				pages = append(pages, text(page))
			}
			values := map[string]tftypes.Value{"chatbot_id": text(chatbot), "adopt": tftypes.NewValue(tftypes.Bool, c.adopt), "questions": tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, answers)}
			if len(c.files) > 0 {
				values["folder"] = e.folderValue()
			}
			if len(pages) > 0 {
				values["pages"] = tftypes.NewValue(tftypes.Set{ElementType: tftypes.String}, pages)
			}
			o := e.Server(t).Object("aichatbothub_knowledge_base")
			p, err := o.Plan(o.Configuration(values))
			if err != nil {
				t.Fatal(err)
			}
			got := strings.Join(p.Warnings, "\n\n")
			if c.want == nil && got != "" {
				t.Errorf("the plan warns:\n%s", got)
			}
			for _, want := range c.want {
				if !strings.Contains(got, want) {
					t.Errorf("the warning lacks %q:\n%s", want, got)
				}
			}
			for _, secret := range []string{"When?", "Hamburg", "same.md"} {
				if strings.Contains(got, secret) {
					t.Errorf("the warning has %q:\n%s", secret, got)
				}
			}
		})
	}
}
