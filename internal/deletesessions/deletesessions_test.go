package deletesessions

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/provider"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/subcommand"
)

const day = 24 * time.Hour

// result is the output and the exit code of a run.
type result struct {
	code           int
	stdout, stderr string
}

func deleteFrom(ctx context.Context, e *acctest.Env, args ...string) result {
	var stdout, stderr bytes.Buffer
	env := map[string]string{"AICHATBOTHUB_API_KEY": e.Key(), "AICHATBOTHUB_BASE_URL": e.URL}
	code := Subcommand.Run(ctx, subcommand.Command{Args: args, Version: "0.1.0", Getenv: func(name string) string { return env[name] }, Stdout: &stdout, Stderr: &stderr,
		Options: []provider.Option{acctest.ShortWaits}})
	return result{code, stdout.String(), stderr.String()}
}

// shop is a chatbot with three old conversations, one that is old and was continued, and a new one.
type shop struct {
	*acctest.Env
	id, other string
	old       []string
}

// newShop makes a shop 60 days after its first conversation.
func newShop(t *testing.T, quirks ...func(*mockhub.Quirks)) shop {
	t.Helper()
	s := shop{Env: acctest.Start(t, quirks...)}
	s.id = s.AddChatbot(mockhub.Chatbot{Name: "Shop"})
	s.other = s.AddChatbot(mockhub.Chatbot{Name: "Other"})
	began := s.Clock().Now().Add(-60 * day)
	s.old = s.AddSessions(s.id, 3, began, time.Hour)
	for _, id := range s.old {
		s.AddMessage(id, mockhub.Message{CreatedAt: began.Add(4 * time.Hour)})
	}
	s.AddSession(s.other, mockhub.Session{CreatedAt: began})
	s.AddSession(s.id, mockhub.Session{CreatedAt: began, ModifiedAt: s.Clock().Now().Add(-day)})
	s.AddSession(s.id, mockhub.Session{CreatedAt: s.Clock().Now().Add(-30*day + time.Minute)})
	return s
}

// TestList: without -yes the old conversations are listed, with two requests, and nothing is sent but GET.
func TestList(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	got := deleteFrom(t.Context(), s.Env, "-chatbot", s.id, "-older-than", "720h")
	lines := strings.Split(strings.TrimSpace(got.stdout), "\n")
	if got.code != subcommand.Finding || len(lines) != 4 || got.stderr != "" {
		t.Fatalf("exit code %d\n%s%s", got.code, got.stdout, got.stderr)
	}
	for i, id := range s.old {
		if !strings.HasPrefix(lines[i], id+"  begun 20") {
			t.Errorf("line %d is %q, want %s", i, lines[i], id)
		}
	}
	if !strings.HasPrefix(lines[3], `3 conversations of chatbot "Shop" (`+s.id+") last changed before ") || !strings.HasSuffix(lines[3], "add -yes to delete.") {
		t.Errorf("%q", lines[3])
	}
	if n := s.Count(""); n != 2 || s.Count("GET /chatbot/{uuid}/sessions") != 1 {
		t.Errorf("%d requests, want the lists of chatbots and of conversations", n)
	}
}

// TestDelete: -yes deletes the old conversations and no others, and says how many. A second run finds none.
func TestDelete(t *testing.T) {
	t.Parallel()
	for name, quirks := range map[string]func(*mockhub.Quirks){
		"usual":                      func(*mockhub.Quirks) {},
		"bounds of times ignored":    func(q *mockhub.Quirks) { q.SessionsIgnoreTimes = true },
		"second delete is a success": func(q *mockhub.Quirks) { q.SecondDeleteSucceeds = true },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newShop(t, quirks)
			got := deleteFrom(t.Context(), s.Env, "-chatbot", "Shop", "-yes", "-older-than", "720h")
			if got.code != subcommand.OK || got.stdout != `Deleted 3 of 3 conversations of chatbot "Shop" (`+s.id+").\n" || got.stderr != "" {
				t.Errorf("exit code %d\n%s%s", got.code, got.stdout, got.stderr)
			}
			if left := s.Sessions(s.id); len(left) != 2 || len(s.Sessions(s.other)) != 1 {
				t.Errorf("%d conversations are left, and %d of the other chatbot", len(left), len(s.Sessions(s.other)))
			}
			if n := s.Count("POST /session/{uuid}/delete"); n != 3 {
				t.Errorf("%d deletes", n)
			}
			again := deleteFrom(t.Context(), s.Env, "-chatbot", s.id, "-yes", "-older-than", "720h")
			if again.code != subcommand.OK || again.stdout != `No conversation of chatbot "Shop" (`+s.id+") is older than 720h.\n" {
				t.Errorf("again: exit code %d\n%s%s", again.code, again.stdout, again.stderr)
			}
		})
	}
}

// TestContinued: a conversation that began long ago and has a new message is kept, also where messages leave the times of their session as they are.
// Messages are read only where the times do not tell. If they cannot be read, the conversation is kept, and the run fails.
func TestContinued(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		quirks  func(*mockhub.Quirks)
		fault   int
		reads   int
		deleted int
		code    int
	}{
		"times move": {func(*mockhub.Quirks) {}, 0, 1, 4, subcommand.OK}, // the one without messages
		"times stay": {func(q *mockhub.Quirks) { q.MessagesKeepSession = true }, 0, 5, 4, subcommand.OK},
		"unreadable": {func(q *mockhub.Quirks) { q.MessagesKeepSession = true }, http.StatusForbidden, 5, 0, subcommand.Failed},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newShop(t, c.quirks)
			began := s.Clock().Now().Add(-59 * day)
			s.AddSession(s.id, mockhub.Session{CreatedAt: began}) // without messages
			goesOn := s.AddSession(s.id, mockhub.Session{CreatedAt: began})
			s.AddMessage(goesOn, mockhub.Message{CreatedAt: began})
			s.AddMessage(goesOn, mockhub.Message{CreatedAt: s.Clock().Now().Add(-time.Hour)})
			if c.fault != 0 {
				s.Inject(mockhub.Fault{Route: "GET /session/{uuid}/messages", Status: c.fault, Body: `{"error":"no"}`, Times: -1})
			}
			got := deleteFrom(t.Context(), s.Env, "-chatbot", "Shop", "-older-than", "720h", "-yes")
			if got.code != c.code || (c.code == subcommand.OK) != (got.stderr == "") || strings.Contains(got.stdout, goesOn) {
				t.Errorf("exit code %d\n%s%s", got.code, got.stdout, got.stderr)
			}
			if n := s.Count("POST /session/{uuid}/delete"); n != c.deleted {
				t.Errorf("%d deletes, want %d", n, c.deleted)
			}
			if n := s.Count("GET /session/{uuid}/messages"); n != c.reads {
				t.Errorf("the messages of %d conversations were read, want %d", n, c.reads)
			}
		})
	}
}

// TestMisuse: what is missing or too short is an error before a request is sent.
func TestMisuse(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	for args, want := range map[string]string{
		"-yes":                                     "-chatbot is missing",
		"-chatbot=Shop -yes":                       "-older-than is missing",
		"-chatbot=Shop -older-than=59m -yes":       "-older-than must be 1h or more",
		"-chatbot=Shop -older-than=-720h":          "-older-than must be 1h or more",
		"-chatbot=Shop -older-than=30d":            "-older-than: must be a duration in hours, minutes or seconds",
		"-chatbot=Shop -older-than=720h all":       `unexpected argument "all"`,
		"-older-than=1h -requests-per-minute=none": "must be 1 or more",
	} {
		if got := deleteFrom(t.Context(), s.Env, strings.Fields(args)...); got.code != subcommand.Failed || got.stdout != "" || !strings.Contains(got.stderr, want) || !strings.Contains(got.stderr, "Usage:") {
			t.Errorf("%s: exit code %d\n%s%s", args, got.code, got.stdout, got.stderr)
		}
	}
	if n := s.Count(""); n != 0 {
		t.Errorf("%d requests", n)
	}
}

// TestCannotTell: without the chatbot, the list or the service's time, nothing is deleted. Conversations with an invalid time are left out.
func TestCannotTell(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		quirks func(*mockhub.Quirks)
		faults []mockhub.Fault
		args   []string
		want   string
	}{
		"no chatbot":   {args: []string{"-chatbot", "Shops"}, want: `the account has no chatbot "Shops". It has these chatbots:`},
		"no time":      {quirks: func(q *mockhub.Quirks) { q.DateMissing = true }, want: "do not have a Date"},
		"no list":      {faults: []mockhub.Fault{{Route: "GET /chatbot/{uuid}/sessions", Status: http.StatusInternalServerError, Times: -1}}, want: `unable to list the conversations of chatbot "Shop"`},
		"wrong key":    {faults: []mockhub.Fault{{Route: "GET /chatbots", Status: http.StatusUnauthorized, Times: -1}}, want: "The API key was refused. Check AICHATBOTHUB_API_KEY"},
		"invalid time": {faults: []mockhub.Fault{{Route: "GET /chatbot/{uuid}/sessions", Body: `[{"uuid":"0123456789abcdef0123456789abcdef","created_at":"soon"}]`, Status: http.StatusOK}}, want: "no valid time for 1 conversation"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if c.quirks == nil {
				c.quirks = func(*mockhub.Quirks) {}
			}
			s := newShop(t, c.quirks)
			for _, f := range c.faults {
				s.Inject(f)
			}
			got := deleteFrom(t.Context(), s.Env, append([]string{"-chatbot", s.id, "-older-than", "720h", "-yes"}, c.args...)...)
			if want := name == "invalid time"; (got.code == subcommand.OK) != want || !strings.Contains(got.stderr, c.want) || strings.Contains(got.stderr, s.Key()) {
				t.Errorf("exit code %d\n%s%s", got.code, got.stdout, got.stderr)
			}
			if n := s.Count("POST /session/{uuid}/delete"); n != 0 {
				t.Errorf("%d deletes", n)
			}
		})
	}
}

// TestClocks: of the clocks of the service and of this machine the earlier one counts, and a difference is a warning.
func TestClocks(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		ahead   time.Duration // of the clock of the service, after its conversations have begun
		deleted int
		warning bool
	}{
		"equal":           {0, 3, false},
		"a little ahead":  {4 * time.Minute, 3, false},
		"ahead by a year": {365 * day, 3, true},
		"behind":          {-365 * day, 0, true},
		"a little behind": {-4 * time.Minute, 3, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newShop(t)
			s.Clock().Advance(c.ahead)
			got := deleteFrom(t.Context(), s.Env, "-chatbot", "Shop", "-yes", "-older-than", "720h")
			if left := len(s.Sessions(s.id)); got.code != subcommand.OK || left != 5-c.deleted {
				t.Errorf("exit code %d, %d conversations are left\n%s%s", got.code, left, got.stdout, got.stderr)
			}
			if strings.Contains(got.stderr, "The earlier one counts") != c.warning {
				t.Errorf("%s", got.stderr)
			}
		})
	}
}

// TestFailures: a conversation that cannot be deleted does not stop the others. A reason that concerns all of them does.
func TestFailures(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fault             mockhub.Fault
		sessions, deletes int // there are, and are sent at most
		want              string
	}{
		"one":    {mockhub.Fault{Status: http.StatusForbidden, Body: `{"error":"locked"}`, Times: 1}, 40, 40, "1 conversation could not be deleted. The first one is "},
		"all":    {mockhub.Fault{Status: http.StatusForbidden, Body: `{"error":"locked"}`, Times: -1}, 40, maxFailures + maxConcurrent, "No more deletes were sent."},
		"no key": {mockhub.Fault{Status: http.StatusUnauthorized, Times: -1}, 40, 2 * maxConcurrent, "The API key was refused. Check AICHATBOTHUB_API_KEY"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t)
			id := e.AddChatbot(mockhub.Chatbot{Name: "Shop"})
			e.AddSessions(id, c.sessions, e.Clock().Now().Add(-60*day), time.Second)
			c.fault.Route = "POST /session/{uuid}/delete"
			e.Inject(c.fault)
			got := deleteFrom(t.Context(), e, "-chatbot", "Shop", "-yes", "-older-than", "720h")
			if got.code != subcommand.Failed || !strings.Contains(got.stderr, c.want) || strings.Contains(got.stderr, e.Key()) {
				t.Errorf("exit code %d\n%s%s", got.code, got.stdout, got.stderr)
			}
			if n := e.Count("POST /session/{uuid}/delete"); n > c.deletes {
				t.Errorf("%d deletes, want at most %d", n, c.deletes)
			}
			if left := len(e.Sessions(id)); name == "one" && left != 1 || name != "one" && left != c.sessions {
				t.Errorf("%d conversations are left", left)
			}
		})
	}
}

// TestInterrupted: an interruption ends the run after the answers to the deletes that were sent, and says how many there were.
func TestInterrupted(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	s.AddSessions(s.id, 20, s.Clock().Now().Add(-40*day), time.Second)
	ctx, cancel := context.WithCancel(t.Context())
	reached, hold := make(chan struct{}, 8), make(chan struct{})
	s.Inject(mockhub.Fault{Route: "POST /session/{uuid}/delete", Reached: reached, Hold: hold, Times: -1})
	done := make(chan result, 1)
	go func() {
		done <- deleteFrom(ctx, s.Env, "-chatbot", "Shop", "-yes", "-older-than", "720h")
	}()
	select {
	case <-reached:
	case got := <-done:
		t.Fatalf("it ended by itself with exit code %d\n%s%s", got.code, got.stdout, got.stderr)
	}
	cancel()
	close(hold)
	got := <-done
	deleted := 0
	if _, err := fmt.Sscanf(got.stdout, "Deleted %d of 23 conversations", &deleted); err != nil || got.code != subcommand.Failed || !strings.HasPrefix(got.stderr, "Interrupted.") {
		t.Errorf("exit code %d (%v)\n%s%s", got.code, err, got.stdout, got.stderr)
	}
	if sent, left := s.Count("POST /session/{uuid}/delete"), len(s.Sessions(s.id)); sent > 2*maxConcurrent || left < 25-sent || deleted > 25-left {
		t.Errorf("%d deletes were sent, %d are reported, %d conversations are left", sent, deleted, left)
	}
}

func TestShort(t *testing.T) {
	t.Parallel()
	for d, want := range map[time.Duration]string{720 * time.Hour: "720h", 90 * time.Minute: "1h30m", 30 * time.Minute: "30m", 2*time.Hour + 30*time.Second: "2h0m30s", 10 * time.Second: "10s", 10 * time.Hour: "10h"} {
		if got := short(d); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
