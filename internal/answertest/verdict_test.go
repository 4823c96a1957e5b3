package answertest

import (
	"context"
	"regexp"
	"strings"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// TestVerdict: the rule of confirm, for sequences of passes (P) and misses (M) of one case. asked is how many of the tries are made.
func TestVerdict(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		confirm int
		tries   string
		asked   int
		passes  bool
	}{
		{0, "P", 1, true}, {0, "M", 1, false}, {5, "P", 1, true}, {2, "P", 1, true},
		{1, "MP", 1, false}, // a tie is a miss, so the first miss decides
		{2, "MPP", 3, true}, {2, "MPM", 3, false}, {2, "MMP", 2, false},
		{3, "MPPP", 4, true}, {3, "MPPM", 4, false}, {3, "MPMP", 3, false}, {3, "MMPP", 2, false},
		{4, "MPPPM", 4, true}, {4, "MMPPP", 5, true}, {4, "MPMPP", 5, true}, {4, "MPMPM", 5, false}, {4, "MMMPP", 3, false}, {4, "MPMMP", 4, false},
		{5, "MPPPPM", 5, true}, {5, "MMPPPP", 6, true}, {5, "MMPPPM", 6, false}, {5, "MMMPPP", 3, false},
	} {
		v, all := &verdict{}, 1+c.confirm
		for i := 0; i < len(c.tries) && !v.decided(all); i++ {
			if c.tries[i] == 'P' {
				v.passes++
			} else {
				v.misses++
			}
		}
		if v.tried() != c.asked || v.passed(all) != c.passes || v.missed(all) == c.passes {
			t.Errorf("confirm = %d, %s: %d tries, passed %t, missed %t", c.confirm, c.tries, v.tried(), v.passed(all), v.missed(all))
		}
	}
}

// TestJudge: each rule, and what is said of an answer that breaks it.
func TestJudge(t *testing.T) {
	t.Parallel()
	const answer = " Wir haben in der STRASSE\u00a0 7 geöffnet,\nvon 9 bis 18 Uhr 🕘. "
	const cited = `{"1.1": {"data_source_uuid": "4347", "title": "How to return", "file_name": "returns.0a1b2c3d.md"}}`
	re := func(text string) *testCase { return &testCase{matches: regexp.MustCompile(text)} }
	for name, c := range map[string]struct {
		rules *testCase
		want  string // of the problem; "" if there is none
	}{
		"contains":             {&testCase{contains: []string{"straße 7", "GEO\u0308FFNET, von"}}, ""},
		"contains not":         {&testCase{contains: []string{"9 bis 17 Uhr"}}, `contains: the answer does not contain "9 bis 17 Uhr". The nearest is "9 bis 18 Uhr"`},
		"nothing near":         {&testCase{contains: []string{"Rückgabe"}}, `contains: the answer does not contain "Rückgabe"`},
		"not_contains":         {&testCase{notContains: []string{"17 Uhr"}}, ""},
		"not_contains broken":  {&testCase{notContains: []string{"strasse"}}, `not_contains: the answer contains "strasse", in "haben in der STRASSE 7 geöffnet, von"`},
		"matches":              {re(`\d+ Uhr`), ""},
		"matches by case":      {re(`uhr`), `matches: no part of the answer matches "uhr". With (?i) in front it would match "Uhr", because case is ignored then`},
		"matches by lines":     {re(`geöffnet.*18`), `matches: no part of the answer matches "geöffnet.*18". With (?s) in front it would match "geöffnet,\nvon 9 bis 18", because . matches line breaks then`},
		"matches not":          {re(`Mo.*Di`), `matches: no part of the answer matches "Mo.*Di"`},
		"not_matches":          {&testCase{notMatches: regexp.MustCompile(`[0-9]{2}`)}, `not_matches: a part of the answer matches "[0-9]{2}": "18"`},
		"cites a file":         {&testCase{cites: []string{"returns.0a1b2c3d.md", "How to return", "4347"}}, ""},
		"cites by an old name": {&testCase{cites: []string{"Returns"}}, ""},
		"cites another":        {&testCase{cites: []string{"delivery.md"}}, `cites: the answer does not cite "delivery.md". It cites "returns.0a1b2c3d.md"`},
		"characters":           {&testCase{maxChars: 57}, ""},
		"too many characters":  {&testCase{maxChars: 56}, "max_chars: the answer has 57 characters, 1 more than 56"},
		"control characters":   {&testCase{contains: []string{"a\x1b[31m\u202eb"}}, "contains: the answer does not contain \"a\\x1b[31m\\u202eb\""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text := answer
			got := strings.Join(c.rules.judge(hub.Message{Response: &text, CiteDataJSON: cited}, sourceNames{"Returns": {hub.Source{Object: hub.Object{ID: "4347"}}}}), "\n")
			if got != c.want {
				t.Errorf("got %s\nwant %s", got, c.want)
			}
		})
	}
	text := answer
	if got := strings.Join((&testCase{cites: []string{"a.md"}}).judge(hub.Message{Response: &text, CiteDataJSON: "{}"}, nil), "\n"); got != `cites: the answer cites nothing, so not "a.md". Not every deployment returns citations unless show_citations of the chatbot is true` {
		t.Error(got)
	}
}

// TestCost: prices such as 1.1 are no binary fractions, and their sums are exact all the same.
func TestCost(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		n       int
		credits float64
		want    string
	}{{10, 1.1, "11 credits"}, {3, 0.1, "0.3 credits"}, {7, 0.25, "1.75 credits"}, {100, 10, "1000 credits"}, {1, 1, "1 credit"}} {
		if got := credits(costOf(c.n, c.credits)); got != c.want {
			t.Errorf("%d at %g cost %s, want %s", c.n, c.credits, got, c.want)
		}
	}
}

// TestDearest: the price is that of the dearest model of an enabled agent, and unknown if one of these has none.
func TestDearest(t *testing.T) {
	t.Parallel()
	agent := func(kind, model string, enabled hub.Bool) hub.Agent {
		return hub.Agent{Type: kind, Enabled: &enabled, Meta: hub.AgentMeta{Model: &model}}
	}
	credits := map[string]*float64{"a": new(0.5), "b": new(10.0), "none": nil}
	for name, c := range map[string]struct {
		agents  []hub.Agent
		credits float64
		unknown string
	}{
		"dearest":  {[]hub.Agent{agent("user-facing", "a", true), agent("background", "b", true)}, 10, ""},
		"enabled":  {[]hub.Agent{agent("user-facing", "a", true), agent("user-facing", "b", false), agent("user-facing", "none", false), {Type: "pre-canned"}}, 0.5, ""},
		"unlisted": {[]hub.Agent{agent("user-facing", "a", true), agent("user-facing", "none", true), agent("user-facing", "c", true), agent("user-facing", "c", true)}, 0.5, `the service lists no price of the model "c", "none"`},
		"no model": {[]hub.Agent{{Type: "user-facing"}}, 0, "an agent of the chatbot has no model"},
		"no agent": {[]hub.Agent{{Type: "pre-canned"}}, 0, "no enabled agent of the chatbot has a model"},
	} {
		if p := dearest(c.agents, credits); p.credits != c.credits || p.unknown != c.unknown {
			t.Errorf("%s: %+v", name, p)
		}
	}
}

// TestSessionsLeft: a session that no list has was not created.
func TestSessionsLeft(t *testing.T) {
	t.Parallel()
	failed := &hub.Error{Status: 500}
	for _, c := range []struct {
		err  error
		left bool
	}{
		{&openError{failed}, true}, {&openError{&hub.LostError{Err: failed, Candidates: []hub.ID{"1"}}}, true}, {&openError{context.Canceled}, true},
		{&openError{&hub.LostError{Err: failed}}, false}, {&openError{&hub.Error{Status: 403}}, false}, {&notAskedError{&openError{failed}}, false}, {failed, false},
	} {
		if got := reasonFor(c.err); strings.Contains(got, "A session without messages may have been created") != c.left {
			t.Errorf("%v: %s", c.err, got)
		}
	}
}
