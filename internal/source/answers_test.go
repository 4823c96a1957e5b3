package source_test

import (
	"bytes"
	"maps"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// qaType is the type of the attribute qa.
var qaType = tftypes.Object{AttributeTypes: map[string]tftypes.Type{"question": tftypes.String, "answer": tftypes.String}}

// TestOtherAnswers: the state keeps the planned values of settings that only a create sends, without a warning, when the service returns
// them in another form. After an error the state has the values of the service.
func TestOtherAnswers(t *testing.T) {
	t.Parallel()
	qa := map[string]tftypes.Value{"qa": tftypes.NewValue(qaType, acctest.Strings(map[string]string{"question": "When?", "answer": "From 9 to 18."}))}
	page := acctest.Strings(map[string]string{"url": "https://example.com/a"})
	for name, c := range map[string]struct {
		values   map[string]tftypes.Value
		from, to string // of the list
	}{
		"another answer":    {qa, "From 9 to 18.", "Nine to six."},
		"a video":           {page, `"type":"link"`, `"type":"video"`},
		"a link of its own": {page, `"meta_json":"{}"`, `"meta_json":"{\"reference_source_link\":\"https://example.com/b\"}"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t)
			e.Inject(mockhub.Fault{Route: list, Times: -1, Mutate: func(answer []byte) []byte {
				if !bytes.Contains(answer, []byte(c.from)) && bytes.Contains(answer, []byte("uuid")) {
					t.Errorf("%s is not in %s", c.from, answer)
				}
				return bytes.ReplaceAll(answer, []byte(c.from), []byte(c.to))
			}})
			values := acctest.Strings(map[string]string{"chatbot_id": e.SeedChatbot()})
			maps.Copy(values, c.values)
			o := e.Server(t).Object("aichatbothub_source")
			config := o.Configuration(values)
			p, err := o.Plan(config)
			if err != nil {
				t.Fatal(err)
			}
			if warnings, err := o.Apply(config, p); err != nil || len(warnings) > 0 {
				t.Errorf("warnings %q, error %v", warnings, err)
			}
		})
	}
}

// TestTitleRefused: a title that the service refuses is not in the state, and the error is that of the service.
func TestTitleRefused(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	o := e.Server(t).Object("aichatbothub_source")
	values := acctest.Strings(map[string]string{"chatbot_id": e.SeedChatbot(), "url": "https://example.com/a", "title": "One"})
	for _, title := range []string{"One", "Two"} {
		values["title"] = tftypes.NewValue(tftypes.String, title)
		config := o.Configuration(values)
		p, err := o.Plan(config)
		if err != nil {
			t.Fatal(err)
		}
		_, err = o.Apply(config, p)
		if refused := err != nil && strings.Contains(err.Error(), "403"); refused != (title == "Two") {
			t.Errorf("title %s: %v", title, err)
		}
		e.Inject(mockhub.Fault{Route: update, Times: -1, Status: 403})
	}
	if got := acctest.At(o.State, "title"); !got.Equal(tftypes.NewValue(tftypes.String, "One")) {
		t.Errorf("the state has the title %s", got)
	}
}

// TestComputedIsRefused: a 422 that names an attribute that no configuration sets is reported without an attribute.
func TestComputedIsRefused(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	e.Inject(mockhub.Fault{Route: "POST /chatbot/{uuid}/data-source/url", Status: 422, Body: `[{"loc":["body","type"],"msg":"unknown type"}]`})
	s := e.Server(t)
	diags := s.Create("aichatbothub_source", acctest.Strings(map[string]string{"chatbot_id": e.SeedChatbot(), "url": "https://example.com/a"}), func() {})
	if len(diags) != 1 || diags[0].Attribute != nil || !strings.Contains(diags[0].Detail, "data-source/url") {
		t.Errorf("%+v", diags)
	}
}
