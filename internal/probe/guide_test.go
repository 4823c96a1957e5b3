package probe

import (
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/subcommand"
)

const (
	guides           = "../../templates/guides/"
	limitationsGuide = guides + "known-limitations.md"
	probeGuide       = guides + "which-service.md"
)

func text(t *testing.T, file string) string {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// TestFacts: the table of facts is complete, and cites sections that exist.
func TestFacts(t *testing.T) {
	t.Parallel()
	contract := text(t, "../../contributing/api.md")
	kebab := regexp.MustCompile(`^[a-z]+(-[a-z]+)+$`)
	ids := map[string]bool{}
	for i := range facts {
		f := &facts[i]
		if ids[f.id] || !kebab.MatchString(f.id) || len(f.id)+len(notHandled)+1 > lineWidth {
			t.Errorf("the id %q is malformed, too long, or there twice", f.id)
		}
		ids[f.id] = true
		if !strings.HasPrefix(f.section, "§") || !strings.Contains(contract, "\n## "+strings.TrimPrefix(f.section, "§")+". ") {
			t.Errorf("%s: api.md has no section %q", f.id, f.section)
		}
		if f.documented == "" || !strings.HasSuffix(f.note, ".") || f.try == nil || len(f.readings) == 0 || f.questions > 0 && !f.ask {
			t.Errorf("%s is incomplete", f.id)
		}
		for n, r := range f.readings {
			if r.name == "" || strings.Contains(r.name, " (") || n == 0 && r.quirk+r.reason != "" || n > 0 && (r.quirk == "") == (r.reason == "") {
				t.Errorf("%s: the reading %q needs a switch of the mock or a reason; the first one is the mock's default", f.id, r.name)
			}
		}
	}
	_, unknown, _ := strings.Cut(contract, "\n## 7. ")
	for _, cited := range regexp.MustCompile("`([a-z]+(?:-[a-z]+)+)`").FindAllStringSubmatch(unknown, -1) {
		if !ids[cited[1]] {
			t.Errorf("api.md names %s, which is no fact", cited[1])
		}
	}
}

// rowsWithoutFact are the beginnings of the rows of the guide "Known limitations" that no fact is about, with the reasons.
var rowsWithoutFact = map[string]string{
	"Whether a refusal can have a success status":       "a request that the service refuses in that way is not known",
	"What changes `modified_at`":                        "the provider ignores it in any case",
	"Whether the service always applies a setting":      "about every setting; the facts about single ones show it",
	"The range of `bias` and `stickiness`":              "the provider does not check it in any case",
	"Whether lists within an agent are merged":          "they are sent complete in any case",
	"Whether the service checks that the agent belongs": "a tool function would be made in another chatbot",
	"Which failures are temporary":                      "a failure of a training cannot be caused",
	"How long an old failure is returned":               "a failure of a training cannot be caused",
	"Whether a chatbot can have two answers":            "duplicate-qa sends the same answer; the provider tries it in any case",
	"The largest upload":                                "finding it would take large uploads",
	"Whether sizes and tokens are available":            "they are shown as they are",
	"Whether an answer has its citations":               "finding out would take a trained source and several answers",
	"The form of the signed-in visitor":                 "a session of the probe has no visitor who signed in",
	"Whether the list begins with the oldest message":   "documented; finding it would take more questions",
	"How a failure inside the service is reported":      "a failure of the service cannot be caused",
	"The keys of `meta_json`, and the elements":         "a new conversation has no labels and no documents",
	"How many messages one request can delete":          "finding the limit would take many questions",
	"Whether bot protection or a proxy":                 "it answers before the service, and then the probe cannot run",
	"How many chatbots a plan of the service includes":  "finding the limit would take the account's room for chatbots",
}

// TestLimitations: each row of the guide "Known limitations" names the facts that it is about, or has a reason for none, and each fact is in
// one of the two guides.
func TestLimitations(t *testing.T) {
	t.Parallel()
	guide := text(t, limitationsGuide)
	reasons := map[string]bool{}
	rows := 0
	for line := range strings.Lines(guide) {
		line = strings.TrimSpace(line)
		if !strings.HasPrefix(line, "| ") || strings.HasPrefix(line, "| not known |") {
			continue
		}
		rows++
		cells := strings.Split(strings.Trim(line, "|"), " | ")
		row, last := strings.TrimSpace(cells[0]), strings.TrimSpace(cells[len(cells)-1])
		ids := regexp.MustCompile("^(`[a-z-]+` ?)+$").FindString(last)
		reason := ""
		for start := range rowsWithoutFact {
			if strings.HasPrefix(row, start) {
				reason, reasons[start] = start, true
			}
		}
		if (ids == "") == (reason == "") {
			t.Errorf("%q: it must have a fact, or a reason for none", row)
		}
		for id := range strings.FieldsSeq(strings.ReplaceAll(ids, "`", "")) {
			if !slices.ContainsFunc(facts, func(f fact) bool { return f.id == id }) {
				t.Errorf("%q: there is no fact %s", row, id)
			}
		}
	}
	if rows < 60 || len(reasons) != len(rowsWithoutFact) {
		t.Errorf("%d rows; %d of %d reasons are used", rows, len(reasons), len(rowsWithoutFact))
	}
	both := guide + text(t, probeGuide)
	for i := range facts {
		if !strings.Contains(both, "`"+facts[i].id+"`") {
			t.Errorf("no guide has the fact %s", facts[i].id)
		}
	}
}

// TestGuideExamples: what the guide "Which service is this" shows of a report is in one, and the options are those of the help. The issue form
// asks for the output of -json.
func TestGuideExamples(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t, func(q *mockhub.Quirks) { q.SessionEcho, q.DuplicateFiles = true, "content" })
	e.Inject(mockhub.Fault{Route: "GET /session/{uuid}", Status: http.StatusConflict})
	out := probeWith(t, e)
	guide := text(t, probeGuide)
	shown := regexp.MustCompile("(?s)```text\n(.*?)```").FindAllStringSubmatch(guide, -1)
	for _, block := range shown {
		if !strings.Contains(out.stdout, "\n"+block[1]+"\n") {
			t.Errorf("no report has\n%s", block[1])
		}
	}
	if len(shown) < 3 || out.code != subcommand.Finding {
		t.Errorf("%d examples, exit code %d", len(shown), out.code)
	}
	for _, option := range regexp.MustCompile(`(?m)^  (-[a-z-]+)`).FindAllStringSubmatch(help(), -1) {
		if option[1] != "-h" && !strings.Contains(guide, "| `"+option[1]) {
			t.Errorf("the guide does not explain %s", option[1])
		}
	}
	for _, verdict := range []string{asAssumed, handled, notHandled, notSeen} {
		if !strings.Contains(guide, "\n| "+verdict+" | ") {
			t.Errorf("the guide does not explain %q", verdict)
		}
	}
	if form := text(t, "../../.github/ISSUE_TEMPLATE/probe.yml"); !strings.Contains(form, "name: Report of a probe\n") || !strings.Contains(form, "render: json") || !strings.Contains(guide, `"Report of a probe"`) {
		t.Error("the issue form and the guide do not fit together")
	}
}
