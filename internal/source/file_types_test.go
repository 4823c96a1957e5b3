package source_test

import (
	"strings"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// TestFileTypes: no kind of file is an error of the plan, because nothing says what the service refuses. A file that it is not known to accept is
// a warning. When it is accepted, the apply succeeds; when it is refused, the error says so, and nothing is created.
func TestFileTypes(t *testing.T) {
	t.Parallel()
	for name, warns := range map[string]bool{
		"a.pdf": false, "a.TXT": false, "a.heic": false,
		"a.mp4": true, "a.zip": true, "a.exe": true, "a.mp3": true, "a.html": true, "a.json": true, "a.tar.gz": true, "README": true, "a.": true,
	} {
		for _, accepts := range []bool{true, false} {
			e := acctest.Start(t, func(q *mockhub.Quirks) { q.AcceptsAnyFile = accepts })
			s, chatbot := e.Server(t), e.SeedChatbot()
			values := acctest.Strings(map[string]string{"chatbot_id": chatbot})
			values["file"] = fileValue(map[string]string{"name": name, "content": "x"})
			_, diags := s.Plan("aichatbothub_source", values)
			warning := ""
			for _, d := range diags {
				warning += d.Severity.String() + " " + d.Summary + ": " + d.Detail
			}
			if got := strings.HasPrefix(warning, "WARNING Unknown file type: "); got != warns || len(diags) > 1 || strings.Contains(warning, "does not support") {
				t.Errorf("%s: %q", name, warning)
			}
			if name == "a.heic" && !accepts {
				continue // the mock does not have it in its list
			}
			o := s.Object("aichatbothub_source")
			config := o.Configuration(values)
			p, err := o.Plan(config)
			if err != nil {
				t.Fatal(err)
			}
			warnings, err := o.Apply(config, p)
			if len(warnings) > 0 {
				t.Errorf("%s: the apply repeats the warning of the plan: %q", name, warnings)
			}
			refused := warns && !accepts
			if got := len(e.Sources(chatbot)); (err != nil) != refused || (got == 0) != refused {
				t.Errorf("%s: %d sources: %v", name, got, err)
			}
			for _, want := range []string{"file type not allowed", "No source was created", "known to be accepted: pdf, docx"} {
				if refused && !strings.Contains(err.Error(), want) {
					t.Errorf("%s: the error lacks %q: %v", name, want, err)
				}
			}
		}
	}
}

// TestFileTypeRefusals: the refusal is recognized in every form of errors.
func TestFileTypeRefusals(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]mockhub.Fault{
		"text":      {Status: 400, Body: "file type not allowed", ContentType: "text/plain"},
		"415":       {Status: 415, Body: `{"error":"Unsupported Media Type"}`},
		"field":     {Status: 422, Body: `[{"loc":["file"],"msg":"File type not allowed"}]`},
		"in 200":    {Body: `{"error":"file type not allowed"}`},
		"with more": {Status: 403, Body: `{"msg":"The file type .mp4 is not allowed"}`},
	} {
		e := acctest.Start(t)
		fault.Route = upload
		e.Inject(fault)
		values := acctest.Strings(map[string]string{"chatbot_id": e.SeedChatbot()})
		values["file"] = fileValue(map[string]string{"name": "a.pdf", "content": "x"})
		diags := e.Server(t).Create("aichatbothub_source", values, func() {})
		if len(diags) != 1 || diags[0].Summary != "Unable to create source" || !strings.Contains(diags[0].Detail, "No source was created, because the service does not accept files of this type") {
			t.Errorf("%s: %+v", name, diags)
		}
	}
}
