package hub

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// noun is a kind of object in tests of lost creates.
type noun struct {
	route  string                                                             // of the create
	list   string                                                             // the route that lists the created objects
	create func(ctx context.Context, s *testService, variant int) (ID, error) // equal variants send equal requests
	stored func(s *testService) []string                                      // ids of all created objects
}

// uuidsOf returns the ids of objects, except those that existed before.
func uuidsOf[T any](objects []T, id func(T) string, but ...string) []string {
	var out []string
	for _, o := range objects {
		if len(but) == 0 || id(o) != but[0] {
			out = append(out, id(o))
		}
	}
	return out
}

func storedSources(s *testService) []string {
	return uuidsOf(s.Hub.Sources(s.chatbot), func(o mockhub.Source) string { return o.UUID })
}

func text(format string, a ...any) *string {
	out := fmt.Sprintf(format, a...)
	return &out
}

const sourcesList = "GET /chatbot/{uuid}/data-sources"

var nouns = map[string]noun{
	"chatbot": {"POST /chatbot/create", "GET /chatbots", func(ctx context.Context, s *testService, v int) (ID, error) {
		settings := settings()
		settings.Name = *text("bot %d", v)
		b, err := s.CreateChatbot(ctx, settings)
		return b.ID, err
	}, func(s *testService) []string {
		return uuidsOf(s.Hub.Chatbots(), func(o mockhub.Chatbot) string { return o.UUID }, s.chatbot)
	}},
	"agent": {"POST /chatbot/{uuid}/agent/create", "GET /chatbot/{uuid}/agents", func(ctx context.Context, s *testService, v int) (ID, error) {
		a, err := s.CreateAgent(ctx, ID(s.chatbot), AgentSettings{Type: UserFacing, Name: text("agent"), Prompt: text("\nPrompt %d\r\n", v), AgentMeta: AgentMeta{Model: text("gpt-4o-mini-4k")}})
		return a.ID, err
	}, func(s *testService) []string {
		return uuidsOf(s.Hub.Agents(s.chatbot), func(o mockhub.Agent) string { return o.UUID }, s.DefaultAgent(s.chatbot))
	}},
	"tool function": {"POST /agent/{uuid}/function/create", "GET /chatbot/{uuid}/agents", func(ctx context.Context, s *testService, v int) (ID, error) {
		f, err := s.CreateToolFunction(ctx, ID(s.chatbot), ID(s.DefaultAgent(s.chatbot)), ToolFunctionSettings{Name: text("f%d", v), Description: text("d"), ExternalURL: text("https://example.com")})
		return f.ID, err
	}, func(s *testService) []string {
		a, _ := s.Hub.Agent(s.DefaultAgent(s.chatbot))
		return uuidsOf(a.Functions, func(o mockhub.Function) string { return o.UUID })
	}},
	"question": {"POST /chatbot/{uuid}/data-source/qa", sourcesList, func(ctx context.Context, s *testService, v int) (ID, error) {
		o, err := s.CreateQASource(ctx, ID(s.chatbot), QA{Question: *text("Question %d?", v), Answer: "Yes"})
		return o.ID, err
	}, storedSources},
	"page": {"POST /chatbot/{uuid}/data-source/url", sourcesList, func(ctx context.Context, s *testService, v int) (ID, error) {
		o, err := s.CreateURLSource(ctx, ID(s.chatbot), Link{URL: *text("https://example.com/%d", v)})
		return o.ID, err
	}, storedSources},
	"file": {"POST /chatbot/{uuid}/data-source/upload", sourcesList, func(ctx context.Context, s *testService, v int) (ID, error) {
		content := []byte(*text("content %d", v))
		o, err := s.UploadSource(ctx, ID(s.chatbot), Upload{Name: *text("%d.txt", v), Size: int64(len(content)), SHA256: sha256.Sum256(content), Open: func() (io.ReadCloser, error) {
			return io.NopCloser(bytes.NewReader(content)), nil
		}})
		return o.ID, err
	}, storedSources},
	"tag": {"POST /chatbot/{uuid}/source-tag/create", "GET /chatbot/{uuid}/source-tags", func(ctx context.Context, s *testService, v int) (ID, error) {
		o, err := s.CreateSourceTag(ctx, ID(s.chatbot), SourceTagSettings{Name: text("tag %d", v), Color: text("#0071F9")})
		return o.ID, err
	}, func(s *testService) []string {
		return uuidsOf(s.Tags(s.chatbot), func(o mockhub.SourceTag) string { return o.UUID })
	}},
	"session": {"POST /chatbot/{uuid}/session/create", "GET /chatbot/{uuid}/sessions", func(ctx context.Context, s *testService, v int) (ID, error) {
		o, err := s.CreateSession(ctx, ID(s.chatbot), map[string]string{"tier": *text("%d", v)})
		return o.ID, err
	}, func(s *testService) []string {
		return uuidsOf(s.Hub.Sessions(s.chatbot), func(o mockhub.Session) string { return o.UUID }, string(s.session))
	}},
}

// olderServiceInProcess is serviceInProcess with objects that are older than those of the test. Identical files and pages are accepted.
func olderServiceInProcess(t *testing.T, quirks mockhub.Quirks) *testService {
	t.Helper()
	quirks.DuplicateFiles, quirks.DuplicateURLs, quirks.SessionEcho = "never", "never", true
	s := serviceInProcess(t, quirks)
	time.Sleep(time.Minute)
	return s
}

// outcome is the result of a request.
type outcome int

const (
	answered outcome = iota
	lostBefore
	lostAfter
)

var errReset = errors.New("connection reset by peer")

// decide applies outcomes to the first requests of a route, in the order of their arrival, and gives every request of the service a random
// duration.
func (s *testService) decide(r *rand.Rand, suffix string, outcomes []outcome) {
	next := networkOf(s.Client).next
	var mu sync.Mutex
	networkOf(s.Client).next = tripFunc(func(req *http.Request) (*http.Response, error) {
		mu.Lock()
		own, pause := answered, time.Duration(r.IntN(900))*time.Millisecond
		if req.Method == http.MethodPost && len(outcomes) > 0 && strings.HasSuffix(req.URL.Path, suffix) {
			own, outcomes = outcomes[0], outcomes[1:]
		}
		mu.Unlock()
		time.Sleep(pause)
		if own == lostBefore {
			connected(req)
			if req.Body != nil {
				_, _ = io.Copy(io.Discard, req.Body)
			}
			return nil, errReset
		}
		resp, err := next.RoundTrip(req)
		time.Sleep(pause / 2)
		if own == lostAfter && err == nil {
			return nil, errReset
		}
		return resp, err
	})
}

// figures counts the results of lost creates.
type figures struct {
	mu                                                        sync.Mutex
	cases, orphans, duplicates, adopted, sentAgain, undecided int
}

// String returns the line for goal R2.
func (f *figures) String() string {
	return fmt.Sprintf("R2: cases=%d orphans=%d duplicates=%d adopted=%d sent again=%d undecided=%d", f.cases, f.orphans, f.duplicates, f.adopted, f.sentAgain, f.undecided)
}

// count compares the results of creates with the objects of the service. lost is the number of lost answers, sent that of requests.
func (f *figures) count(t *testing.T, stored []string, given []ID, errs []error, lost, sent int) {
	t.Helper()
	known, owners := map[string]bool{}, map[string]int{}
	undecided := 0
	for i, err := range errs {
		e, is := errors.AsType[*LostError](err)
		switch {
		case err == nil:
			owners[string(given[i])]++
			known[string(given[i])] = true
		case is:
			undecided++
			for _, id := range e.Candidates {
				known[string(id)] = true
			}
		default:
			t.Errorf("create %d: %v", i, err)
		}
	}
	orphans := 0
	for _, id := range stored {
		if !known[id] {
			orphans++
		}
	}
	for id, n := range owners {
		if n > 1 {
			t.Errorf("%s was given to %d creates", id, n)
		}
	}
	duplicates := max(len(stored)-len(errs), 0)
	if orphans > 0 || duplicates > 0 {
		t.Errorf("%d orphans, %d duplicates", orphans, duplicates)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	again := sent - len(errs)
	f.cases += lost
	f.orphans += orphans
	f.duplicates += duplicates
	f.sentAgain += again
	f.undecided += undecided
	f.adopted += lost - again - undecided
}
