package hub

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

const tagCreate = "POST /chatbot/{uuid}/source-tag/create"

// candidates returns the candidates of err, which must be a LostError.
func candidates(t *testing.T, err error) []ID {
	t.Helper()
	e, ok := errors.AsType[*LostError](err)
	if !ok {
		t.Fatalf("%v is not a LostError", err)
	}
	return e.Candidates
}

// on calls f instead of sending the requests of a method; next sends the request.
func (s *testService) on(method string, f func(r *http.Request, next http.RoundTripper) (*http.Response, error)) {
	next := networkOf(s.Client).next
	networkOf(s.Client).next = tripFunc(func(r *http.Request) (*http.Response, error) {
		if r.Method != method {
			return next.RoundTrip(r)
		}
		connected(r)
		return f(r, next)
	})
}

// TestLostAndHidden: if the service does not show the values in which lost creates differ, no create returns the object of another. It
// returns its own, or an error with the candidates.
func TestLostAndHidden(t *testing.T) {
	t.Parallel()
	for name, variant := range map[string]func(s *testService, id string) string{
		"question": func(s *testService, id string) string { o, _ := s.Hub.Source(id); return o.Question },
		"session": func(s *testService, id string) string {
			o, _ := s.Hub.Session(id)
			return fmt.Sprint(o.InitialVariables["tier"])
		},
	} {
		for seed := range uint64(10) {
			t.Run(fmt.Sprintf("%s/%d", name, seed), func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					s, r, n := olderServiceInProcess(t, mockhub.Quirks{MetaJSON: "absent"}), rand.New(rand.NewPCG(seed, 2)), nouns[name]
					s.SetQuirks(func(q *mockhub.Quirks) { q.SessionEcho = false })
					outcomes := []outcome{lostBefore, lostAfter, lostAfter, answered, answered, answered}
					r.Shuffle(len(outcomes), func(i, j int) { outcomes[i], outcomes[j] = outcomes[j], outcomes[i] })
					s.decide(r, n.route[strings.LastIndex(n.route, "/"):], outcomes)
					given, errs := together(t, s, n, 6, func(i int) int { return i })
					for i, id := range given {
						if errs[i] == nil && !strings.Contains(variant(s, string(id)), fmt.Sprint(i)) {
							t.Errorf("create %d got %q", i, variant(s, string(id)))
						}
					}
					var sum figures
					sum.count(t, n.stored(s), given, errs, 3, s.Count(n.route)+1)
					if sum.undecided == 0 {
						t.Error("all creates were resolved, which is not possible")
					}
				})
			})
		}
	}
}

// TestLostBesideMore: an object with all values that a create sent, and more, is not assigned to it if another create sent all of them.
func TestLostBesideMore(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := olderServiceInProcess(t, mockhub.Quirks{})
		prompts := []*string{nil, text("Be kind.")}
		s.on(http.MethodPost, func(r *http.Request, next http.RoundTripper) (*http.Response, error) {
			body, _ := io.ReadAll(r.Body)
			r.Body = io.NopCloser(strings.NewReader(string(body)))
			if strings.Contains(string(body), "prompt") {
				_, _ = next.RoundTrip(r)
			}
			return nil, errReset
		})
		_, errs := together(t, s, noun{create: func(ctx context.Context, s *testService, v int) (ID, error) {
			a, err := s.CreateAgent(ctx, ID(s.chatbot), AgentSettings{Type: UserFacing, Name: text("agent"), Prompt: prompts[v]})
			return a.ID, err
		}}, 2, func(i int) int { return i })
		if errs[0] == nil {
			t.Error("the create without a prompt got the object of the other")
		}
	})
}

// TestLostAmongOthers: an object that another client creates at the same time is a candidate, unless it is older or has messages.
func TestLostAmongOthers(t *testing.T) {
	t.Parallel()
	like := mockhub.SourceTag{Name: "tag 1"}
	for name, c := range map[string]struct {
		before, meanwhile func(ctx context.Context, s *testService) // the POST is answered
		done              bool
		candidates, posts int
	}{
		"one more":       {nil, func(_ context.Context, s *testService) { s.AddTag(s.chatbot, like) }, true, 2, 1},
		"two of others":  {nil, func(_ context.Context, s *testService) { s.AddTag(s.chatbot, like); s.AddTag(s.chatbot, like) }, false, 2, 1},
		"another name":   {nil, func(_ context.Context, s *testService) { s.AddTag(s.chatbot, mockhub.SourceTag{Name: "tag 2"}) }, true, 0, 1},
		"an older one":   {func(_ context.Context, s *testService) { s.AddTag(s.chatbot, like); time.Sleep(3 * time.Second) }, nil, false, 0, 2},
		"older, and own": {func(_ context.Context, s *testService) { s.AddTag(s.chatbot, like); time.Sleep(3 * time.Second) }, nil, true, 0, 1},
		"in a list on hand": {func(ctx context.Context, s *testService) {
			s.AddTag(s.chatbot, like)
			_, _ = s.SourceTags(ctx, ID(s.chatbot))
		}, nil, false, 0, 2},
		"of this process": {func(ctx context.Context, s *testService) { _, _ = nouns["tag"].create(ctx, s, 1); s.Forget() }, nil, false, 0, 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := olderServiceInProcess(t, mockhub.Quirks{})
				if c.before != nil {
					c.before(t.Context(), s)
				}
				there := nouns["tag"].stored(s)
				posts := 0
				s.on(http.MethodPost, func(r *http.Request, next http.RoundTripper) (resp *http.Response, err error) {
					if posts++; posts > 1 {
						return next.RoundTrip(r)
					}
					if c.done {
						_, _ = next.RoundTrip(r)
					}
					if c.meanwhile != nil {
						c.meanwhile(t.Context(), s)
					}
					return nil, errReset
				})
				id, err := nouns["tag"].create(t.Context(), s, 1)
				if posts != c.posts {
					t.Errorf("%d creates were sent, want %d (%v)", posts, c.posts, err)
				}
				if c.candidates > 0 {
					if got := candidates(t, err); len(got) != c.candidates || !strings.Contains(err.Error(), string(got[0])) {
						t.Errorf("%v, want %d candidates", err, c.candidates)
					}
					return
				}
				if err != nil {
					t.Fatal(err)
				}
				for _, old := range there {
					if string(id) == old {
						t.Error("an older object was returned")
					}
				}
			})
		})
	}
}

// TestLostWithoutAge: an object of unknown age is not assigned to a create, and the create is not sent again.
func TestLostWithoutAge(t *testing.T) {
	t.Parallel()
	for name, hide := range map[string]func(*http.Response){
		"no Date": func(r *http.Response) { r.Header.Del("Date") },
		"no created_at": func(r *http.Response) {
			raw, _ := io.ReadAll(r.Body)
			r.Body = io.NopCloser(strings.NewReader(strings.ReplaceAll(string(raw), "created_at", "x")))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := olderServiceInProcess(t, mockhub.Quirks{})
				s.Inject(mockhub.Fault{Route: tagCreate, Process: true, Drop: true})
				s.on(http.MethodGet, func(r *http.Request, next http.RoundTripper) (*http.Response, error) {
					resp, err := next.RoundTrip(r)
					hide(resp)
					return resp, err
				})
				_, err := nouns["tag"].create(t.Context(), s, 1)
				if got := candidates(t, err); !sameIDs(got, nouns["tag"].stored(s)...) || s.Count(tagCreate) != 1 {
					t.Errorf("%v, %d creates", err, s.Count(tagCreate))
				}
			})
		})
	}
}

// TestLostInLateLists: an object that is listed late, but within the settle time, is found.
func TestLostInLateLists(t *testing.T) {
	t.Parallel()
	for name, n := range nouns {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := olderServiceInProcess(t, mockhub.Quirks{ListLag: 4900 * time.Millisecond})
				s.Inject(mockhub.Fault{Route: n.route, Process: true, Status: 502})
				begin := time.Now()
				id, err := n.create(t.Context(), s, 1)
				if stored := n.stored(s); err != nil || len(stored) != 1 || stored[0] != string(id) || s.Count(n.list) > 6 || time.Since(begin) > 6*time.Second {
					t.Errorf("%s of %v, %v, after %d lists and %s", id, stored, err, s.Count(n.list), time.Since(begin))
				}
			})
		})
	}
}

// TestLostBesideUsedSession: a session with messages is not that of the create.
func TestLostBesideUsedSession(t *testing.T) {
	t.Parallel()
	for _, done := range []bool{true, false} {
		synctest.Test(t, func(t *testing.T) {
			s, n := olderServiceInProcess(t, mockhub.Quirks{}), nouns["session"]
			s.SetQuirks(func(q *mockhub.Quirks) { q.SessionEcho = false })
			s.Inject(mockhub.Fault{Route: n.route, Process: done, Drop: true})
			used := s.AddSession(s.chatbot, mockhub.Session{CreatedAt: time.Now().Add(time.Second)})
			s.AddMessage(used, mockhub.Message{Query: "Hi"})
			if id, err := n.create(t.Context(), s, 1); err != nil || string(id) == used || len(n.stored(s)) != 2 {
				t.Errorf("done %t: %s of %v, %v", done, id, n.stored(s), err)
			}
		})
	}
}
