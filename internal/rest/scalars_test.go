package rest

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest/resttest"
)

func TestBool(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]bool{
		`true`: true, `false`: false, `1`: true, `0`: false, `1.0`: true, `0.0`: false,
		`"true"`: true, `"True"`: true, `"false"`: false, `"1"`: true, `"0"`: false, `""`: false, `" true "`: true,
	} {
		got := Bool(!want)
		if err := json.Unmarshal([]byte(raw), &got); err != nil || bool(got) != want {
			t.Errorf("%s = %v, %v", raw, got, err)
		}
	}
	for _, raw := range []string{`2`, `-1`, `"yes"`, `[]`, `{}`, `"` + resttest.APIKey + `"`} {
		var got Bool
		if err := json.Unmarshal([]byte(raw), &got); err == nil {
			t.Errorf("%s = %v", raw, got)
		}
	}
}

func TestNumber(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]float64{`20`: 20, `20.0`: 20, `"20"`: 20, `" 20 "`: 20, `-10`: -10, `0.35`: 0.35, `2e1`: 20,
		`0.699999988079071`: 0.7, `0.69999998807907104`: 0.7, `-0.10000000149011612`: -0.1, `0.5`: 0.5, `123456792`: 123456792, `0.123456789`: 0.123456789} {
		var got Number
		if err := json.Unmarshal([]byte(raw), &got); err != nil || float64(got) != want {
			t.Errorf("%s = %v, %v", raw, got, err)
		}
	}
	for _, raw := range []string{`"NaN"`, `"Inf"`, `"-infinity"`, `1e999`, `""`, `"x"`, `true`, `[]`, `{}`} {
		var got Number
		if err := json.Unmarshal([]byte(raw), &got); err == nil {
			t.Errorf("%s = %v", raw, got)
		}
	}
}

// TestErrorsQuoteWholeValues: a part of a secret could not be redacted, so errors contain whole values or none.
func TestErrorsQuoteWholeValues(t *testing.T) {
	t.Parallel()
	long := `"` + strings.Repeat("x", 30) + resttest.APIKey + `"`
	for _, target := range []any{new(Bool), new(Number), new(ID)} {
		err := json.Unmarshal([]byte(long), target)
		if err == nil || strings.Contains(err.Error(), resttest.APIKey[:5]) {
			t.Errorf("%T: %v", target, err)
		}
	}
}

// FuzzPlain: plain agrees with the JSON decoder or declines.
func FuzzPlain(f *testing.F) {
	for _, raw := range []string{`""`, `"43474da7ae3b4b7191ee29c2de798257"`, `"a\"b"`, `"\u0041"`, `"é"`, "\"\t\"", `"`, `"a"b"`, `1`, `null`, `"</b>"`} {
		f.Add([]byte(raw))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		text, ok := plain(raw)
		var want string
		if err := json.Unmarshal(raw, &want); ok && (err != nil || text != want) {
			t.Errorf("%q is %q, want %q, %v", raw, text, want, err)
		}
	})
}
