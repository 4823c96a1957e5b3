package source_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// created is a source after its create, with the warnings.
func created(t *testing.T, s *acctest.Server, values map[string]tftypes.Value) (o *acctest.Object, warnings []string, err error) {
	t.Helper()
	o = s.Object("aichatbothub_source")
	config := o.Configuration(values)
	p, err := o.Plan(config)
	if err != nil {
		t.Fatal(err)
	}
	warnings, err = o.Apply(config, p)
	return o, warnings, err
}

// TestUnreadableStatus: a wait for a source whose status the service answers in an unknown form ends after some polls with a warning, and not
// with the timeout. The source is in the state, not trained.
func TestUnreadableStatus(t *testing.T) {
	t.Parallel()
	for _, status := range []string{`{"state":"success"}`, `["success"]`, `7`} {
		t.Run(status, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t, slow)
			e.Inject(mockhub.Fault{Route: list, Times: -1, Mutate: func(answer []byte) []byte {
				return bytes.ReplaceAll(answer, []byte(`"status":"await"`), []byte(`"status":`+status))
			}})
			values := acctest.Strings(map[string]string{"chatbot_id": e.SeedChatbot()})
			values["qa"] = tftypes.NewValue(qaType, acctest.Strings(map[string]string{"question": "When?", "answer": "Now."}))
			o, warnings, err := created(t, e.Server(t), values)
			if err != nil || len(warnings) != 1 || !strings.Contains(warnings[0], "in a form that the provider does not know") {
				t.Errorf("warnings %q, error %v", warnings, err)
			}
			if n := e.Count(list); n > 10 {
				t.Errorf("%d polls", n)
			}
			if want := tftypes.NewValue(tftypes.Bool, false); !acctest.At(o.State, "trained").Equal(want) {
				t.Errorf("trained is %s", acctest.At(o.State, "trained"))
			}
		})
	}
}

// TestUnreadableNumbers: sizes and tokens that are no whole numbers count as absent.
func TestUnreadableNumbers(t *testing.T) {
	t.Parallel()
	for _, number := range []string{"1e300", "-1e300", "12.5", "9223372036854775808"} {
		t.Run(number, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t)
			e.Inject(mockhub.Fault{Route: list, Times: -1, Mutate: func(answer []byte) []byte {
				return bytes.ReplaceAll(answer, []byte(`"file_size":4800`), []byte(`"file_size":`+number))
			}})
			values := acctest.Strings(map[string]string{"chatbot_id": e.SeedChatbot(), "url": "https://example.com/a"})
			o, _, err := created(t, e.Server(t), values)
			if err != nil {
				t.Fatal(err)
			}
			if size := acctest.At(o.State, "file_size"); !size.IsNull() {
				t.Errorf("file_size is %s", size)
			}
		})
	}
}

// TestUnreadableMeta: members of meta_json in an unknown form make the warning about unreadable fields, if they are managed.
func TestUnreadableMeta(t *testing.T) {
	t.Parallel()
	for member, want := range map[string]bool{`"question":7`: true, `"answer":{}`: true, `"reference_source_link":["a"]`: true, `"other":7`: false} {
		t.Run(member, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t)
			values := acctest.Strings(map[string]string{"chatbot_id": e.SeedChatbot(), "reference_source_link": "https://example.com/a"})
			values["qa"] = tftypes.NewValue(qaType, acctest.Strings(map[string]string{"question": "When?", "answer": "Now."}))
			s := e.Server(t)
			o, _, err := created(t, s, values)
			if err != nil {
				t.Fatal(err)
			}
			before := o.State
			e.Inject(mockhub.Fault{Route: list, Times: -1, Mutate: func(answer []byte) []byte {
				return []byte(strings.Replace(string(answer), `"meta_json":`, `"meta_json":{`+member+`},"old":`, 1))
			}})
			if err := errors.Join(s.NewRun(e), o.Refresh()); err != nil {
				t.Fatal(err)
			}
			if got := strings.Contains(strings.Join(o.Warnings, " "), "meta_json."+strings.Trim(strings.Split(member, ":")[0], `"`)); got != want {
				t.Errorf("warnings: %q", o.Warnings)
			}
			if changed := acctest.Differences(before, o.State); len(changed) > 0 {
				t.Errorf("%v changed", changed)
			}
		})
	}
}
