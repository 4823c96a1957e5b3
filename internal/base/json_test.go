package base_test

import (
	"reflect"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
)

func TestSameJSON(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{`{"a":1,"b":[1,2]}`, "{ \"b\": [1, 2],\n\"a\": 1 }", true},
		{`{"a":1}`, `{"a":1.0}`, true},
		{`{"a":100}`, `{"a":1e2}`, true},
		{`0`, `-0`, true},
		{`0`, `0.0e5`, true},
		{`0.1`, `1e-1`, true},
		{`123456789012345678901`, `123456789012345678901`, true},
		{`1e300`, `10e299`, true},
		{`9007199254740993`, `9007199254740993.5`, false},
		{`"<\u00e9>"`, `"\u003cé>"`, true},
		{`{"a":"b\r\nc\r\n"}`, `{"a":"b\nc\n"}`, true},
		{`{"a":"b\rc"}`, `{"a":"b\nc"}`, false},
		{`"^a $"`, `"^a $ "`, false},
		{`9007199254740993`, `9007199254740992`, false},
		{`1e999`, `2e999`, false}, // beyond a float64: equal only as text
		{`[1,2]`, `[2,1]`, false},
		{`[1]`, `[1,1]`, false},
		{`{"a":null}`, `{}`, false},
		{`{"a":null}`, `{"b":null}`, false},
		{`{}`, `[]`, false},
		{`"1"`, `1`, false},
		{`1`, `true`, false},
		{`{}`, `{} {}`, false},
		{`{`, `{`, false},
		{``, ``, false},
	} {
		if got := base.SameJSON(c.a, c.b); got != c.same {
			t.Errorf("%s and %s: same is %t", c.a, c.b, got)
		}
		if got := base.SameJSON(c.b, c.a); got != c.same {
			t.Errorf("%s and %s: same is %t", c.b, c.a, got)
		}
		a, errA := base.NormalJSON(c.a)
		b, errB := base.NormalJSON(c.b)
		if got := errA == nil && errB == nil && reflect.DeepEqual(a, b); got != c.same {
			t.Errorf("%s and %s: normal forms are %v (%v) and %v (%v)", c.a, c.b, a, errA, b, errB)
		}
	}
}
