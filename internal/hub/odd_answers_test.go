package hub

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
)

// TestOddErrorMessages: an error_message in an unknown form does not make a failure of a complete answer, which would be asked for and paid
// again.
func TestOddErrorMessages(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]struct{ complete, incomplete bool }{
		`null`: {false, false}, `""`: {false, false}, `"  "`: {false, false}, `"failed"`: {true, true}, `"Error 500"`: {true, true},
		`{}`: {false, false}, `[]`: {false, false}, `false`: {false, false}, `0`: {false, false}, `[{}]`: {false, true}, `{"code":null}`: {false, true},
		`[{"odd":[1]}]`: {false, true}, `7`: {false, true}, `true`: {false, true},
	} {
		for _, finish := range []string{`"stop"`, `null`} {
			var m Message
			if err := json.Unmarshal([]byte(`{"error_message":`+raw+`,"finish_reason":`+finish+`}`), &m); err != nil {
				t.Fatal(err)
			}
			expected := want.complete
			if finish == "null" {
				expected = want.incomplete
			}
			if got := m.failure() != ""; got != expected {
				t.Errorf("%s with finish_reason %s is a failure: %t", raw, finish, got)
			}
		}
	}
}

// TestOddModels: one model in an unknown form does not make the list of models unreadable.
func TestOddModels(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string][]string{
		`["a",7,null,{},"b"]`: {"a", "b"}, `[{"name":"a"},{"model":"b"}]`: {"a", "b"}, `[]`: {}, `[[]]`: {}, `null`: nil, `{"a":1}`: nil, `"a"`: nil,
	} {
		l, err := rest.Decode[modelList]([]byte(`{"models":` + raw + `}`))
		if (err == nil) != (want != nil) || !slices.Equal(l.Models, want) {
			t.Errorf("%s: %q, %v", raw, l.Models, err)
		}
	}
}
