package probe

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/subcommand"
)

// keyVariable is the environment variable with the API key.
const keyVariable, urlVariable = "AICHATBOTHUB_API_KEY", "AICHATBOTHUB_BASE_URL"

// TestCannotRun: without a key, with a wrong one, and with an address where no service answers, there is one clear line, and nothing is made.
func TestCannotRun(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte("<!doctype html><title>Welcome</title>"))
	}))
	t.Cleanup(site.Close)
	closed := httptest.NewServer(http.NotFoundHandler())
	closed.Close()
	for name, c := range map[string]struct {
		env  map[string]string
		args []string
		want string
	}{
		"no key":        {map[string]string{urlVariable: e.URL}, nil, "Missing API key"},
		"wrong key":     {map[string]string{urlVariable: e.URL, keyVariable: "made-up-key"}, nil, "The API key was refused. Check AICHATBOTHUB_API_KEY"},
		"a web page":    {map[string]string{urlVariable: site.URL, keyVariable: e.Key()}, nil, "web page"},
		"no network":    {map[string]string{urlVariable: closed.URL, keyVariable: e.Key()}, nil, "Check the network"},
		"an option":     {map[string]string{urlVariable: closed.URL, keyVariable: e.Key()}, []string{"-base-url", site.URL}, "Check -base-url: it must be the address"},
		"not a URL":     {map[string]string{keyVariable: e.Key()}, []string{"-base-url", "ftp://example.com"}, "Invalid base URL: The value of -base-url cannot be used"},
		"bad argument":  {map[string]string{keyVariable: e.Key()}, []string{"all"}, `unexpected argument "all"`},
		"bad option":    {map[string]string{keyVariable: e.Key()}, []string{"-everything"}, "-everything"},
		"no rate limit": {map[string]string{keyVariable: e.Key()}, []string{"-requests-per-minute", "-1"}, "must be 1 or more"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			out := probeFrom(t.Context(), t, c.env, c.args...)
			first, _, _ := strings.Cut(out.stderr, "\n")
			if out.code != subcommand.Failed || out.stdout != "" || !strings.HasPrefix(first, "Error: ") || !strings.Contains(out.stderr, c.want) || strings.Contains(out.stderr, "made-up-key") {
				t.Errorf("exit code %d\n%s%s", out.code, out.stdout, out.stderr)
			}
			if usage := strings.Contains(out.stderr, "Usage:"); usage != (len(c.args) > 0 && c.args[0] != "-base-url") {
				t.Errorf("with the usage: %v\n%s", usage, out.stderr)
			}
		})
	}
	t.Cleanup(func() {
		if made := e.Chatbots(); len(made) > 0 {
			t.Errorf("%d chatbots were made", len(made))
		}
	})
}

// TestPlanLimit: when the plan of the account has no room for a chatbot, the facts that need none are tried, and the exit code follows from
// them.
func TestPlanLimit(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t, func(q *mockhub.Quirks) { q.MaxChatbots = 1 })
	e.AddChatbot(mockhub.Chatbot{Name: "Support"})
	out := probeWith(t, e, "-json", "-ask")
	if out.code != subcommand.OK || !strings.Contains(out.stderr, `The service did not create a chatbot: it answered 403 {"error":"the plan's limit of chatbots is reached"}.`) || !strings.Contains(out.stderr, "limits the number of chatbots") {
		t.Errorf("exit code %d\n%s", out.code, out.stderr)
	}
	for i, f := range out.report.Facts {
		if facts[i].alone != (f.Verdict == asAssumed) || !facts[i].alone && f.Seen != "nothing: there is no chatbot" {
			t.Errorf("%s: %s: %s", f.ID, f.Verdict, f.Seen)
		}
	}
	if left := e.Chatbots(); len(left) != 1 || len(out.report.LeftBehind) > 0 {
		t.Errorf("%d chatbots, left behind %q", len(left), out.report.LeftBehind)
	}
}

// TestKeep: with -keep the chatbot stays and is named, and without questions nothing is asked.
func TestKeep(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	out := probeWith(t, e, "-json", "-keep")
	left := e.Chatbots()
	if out.code != subcommand.OK || len(left) != 1 || len(out.report.LeftBehind) != 1 || !strings.Contains(out.report.LeftBehind[0], left[0].Name) || !strings.Contains(out.stderr, left[0].Name) {
		t.Errorf("exit code %d, %d chatbots, left behind %q\n%s", out.code, len(left), out.report.LeftBehind, out.stderr)
	}
	if e.Answers() > 0 {
		t.Errorf("%d questions were answered", e.Answers())
	}
}

// TestQuestions: -ask sends as many questions as the help says.
func TestQuestions(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	probeWith(t, e, "-ask")
	sent := e.Count("POST /session/{uuid}/message/stream")
	if sent != questions() || !strings.Contains(help(), "questions too") || e.Count("POST /session/{uuid}/message/non-stream") > 0 {
		t.Errorf("%d questions, and the help says %d", sent, questions())
	}
}

// TestNotDeleted: a chatbot that cannot be deleted is named, and the run fails.
func TestNotDeleted(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	e.Inject(mockhub.Fault{Route: "DELETE /chatbot/{uuid}/delete", Status: http.StatusInternalServerError, Times: -1})
	out := probeWith(t, e, "-json")
	left := e.Chatbots()
	if out.code != subcommand.Failed || len(left) != 1 || len(out.report.LeftBehind) != 1 || !strings.Contains(out.report.LeftBehind[0], left[0].Name) || !strings.Contains(out.stderr, "Not deleted") {
		t.Errorf("exit code %d, %d chatbots, left behind %q\n%s", out.code, len(left), out.report.LeftBehind, out.stderr)
	}
}

// TestLostAnswers: a chatbot whose create or delete has no answer is found by its name, and deleted.
func TestLostAnswers(t *testing.T) {
	t.Parallel()
	for _, route := range []string{"POST /chatbot/create", "DELETE /chatbot/{uuid}/delete"} {
		e := acctest.Start(t)
		e.AddChatbot(mockhub.Chatbot{Name: "Support"})
		e.Inject(mockhub.Fault{Route: route, Process: true, Drop: true})
		out := probeWith(t, e, "-json")
		if left := e.Chatbots(); out.code != subcommand.OK || len(left) != 1 || left[0].Name != "Support" {
			t.Errorf("%s: exit code %d, %d chatbots\n%s", route, out.code, len(left), out.stderr)
		}
	}
}

// TestSlowService: with lists that never show anything and trainings that never end, a run sends no more requests than it may, and leaves
// nothing behind.
func TestSlowService(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t, func(q *mockhub.Quirks) {
		q.ListLag, q.TrainingTime, q.MessageStoredFirst = 10*time.Minute, time.Hour, true
	})
	out := probeWith(t, e, "-json", "-ask")
	if n := e.Count(""); n > maxRequests || len(e.Chatbots()) > 0 || out.code == subcommand.Failed {
		t.Errorf("exit code %d, %d requests, %d chatbots\n%s", out.code, n, len(e.Chatbots()), out.stderr)
	}
}

// TestFailures: with a service that fails, no fact is taken for seen that was not, nothing of its answers gets into the report, and the limit
// of requests includes the repeated ones.
func TestFailures(t *testing.T) {
	t.Parallel()
	const text = "the plan of Jane Doe, 43474da7ae3b4b7191ee29c2de798257"
	for name, f := range map[string]mockhub.Fault{
		"500":          {Status: http.StatusInternalServerError, Body: `{"error":"` + text + `"}`},
		"503":          {Status: http.StatusServiceUnavailable, Body: text},
		"403":          {Status: http.StatusForbidden, Body: `{"error":"` + text + `"}`},
		"a page":       {HTML: true},
		"no answer":    {Drop: true},
		"empty":        {Status: http.StatusOK, Body: ""},
		"null":         {Status: http.StatusOK, Body: "null"},
		"a text":       {Status: http.StatusOK, Body: `"` + text + `"`},
		"a list":       {Status: http.StatusOK, Body: `[null, 1, "` + text + `", {"uuid": 7}]`},
		"other fields": {Status: http.StatusOK, Body: `{"uuid": null, "` + text + `": [], "meta": 3, "meta_json": 4}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t)
			f.Skip, f.Times = 2, 60 // the check of the key and the create of the chatbot succeed, and its delete
			e.Inject(f)
			out := probeWith(t, e, "-json", "-ask")
			if n := e.Count(""); n > maxRequests || len(out.report.Facts) != len(facts) {
				t.Errorf("%d requests, %d facts\n%s", n, len(out.report.Facts), out.stderr)
			}
			if left := e.Chatbots(); len(left) > len(out.report.LeftBehind) {
				t.Errorf("%d chatbots are left, and %q is reported", len(left), out.report.LeftBehind)
			}
			if strings.Contains(out.stdout+out.stderr, "Jane") || uuidForm.MatchString(out.stdout+out.stderr) {
				t.Errorf("the output has a text of the service\n%s%s", out.stdout, out.stderr)
			}
		})
	}
}

// uuidForm matches an id, with and without dashes.
var uuidForm = regexp.MustCompile(`[0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f]{4}-`)

// TestNoSecrets: the report has no key, no id and no text of the account.
func TestNoSecrets(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t, func(q *mockhub.Quirks) { q.SessionEcho, q.ExtraFields = true, true })
	bot := e.AddChatbot(mockhub.Chatbot{Name: "Payroll of Acme"})
	e.AddAgent(bot, mockhub.Agent{Type: "user-facing", Name: "Salaries", Prompt: "The secret word is xyzzy."})
	for _, args := range [][]string{{"-json", "-ask"}, {"-ask", "-keep"}} {
		out := probeWith(t, e, args...)
		all := out.stdout + out.stderr
		for _, text := range []string{e.Key(), "Acme", "Salaries", "xyzzy", "192.0.2.1"} {
			if strings.Contains(all, text) {
				t.Errorf("%v: the report has %q", args, text)
			}
		}
		if found := uuidForm.FindString(all); found != "" || out.code != subcommand.OK {
			t.Errorf("%v: exit code %d, the report has the id %q\n%s", args, out.code, found, out.stderr)
		}
	}
}

// TestWidth: the report and the help fit into a terminal of 80 columns.
func TestWidth(t *testing.T) {
	t.Parallel()
	usual := acctest.Start(t)
	odd := acctest.Start(t, func(q *mockhub.Quirks) {
		q.UnknownStatus, q.SourceCreateFull, q.LinkType = 422, true, "a long name of a type"
	})
	for name, text := range map[string]string{
		"help": help(), "usual": probeWith(t, usual, "-ask").stdout, "without questions": probeWith(t, usual).stdout, "odd": probeWith(t, odd, "-ask").stdout,
	} {
		if strings.Count(text, "\n") < 20 {
			t.Errorf("%s: %s", name, text)
		}
		for line := range strings.Lines(text) {
			if n := utf8.RuneCountInString(strings.TrimRight(line, "\n")); n > lineWidth {
				t.Errorf("%s: %d characters: %s", name, n, line)
			}
		}
	}
}
