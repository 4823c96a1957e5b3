package provider_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

const listChatbots = "GET /chatbots"

// listed are the nouns with a list resource of objects in chatbots.
var listed = func() []acctest.Noun {
	return slices.DeleteFunc(slices.Clone(acctest.Nouns), func(n acctest.Noun) bool { return n.List == nil })
}()

// account has three chatbots, each with two objects of a noun that has a list; want are the objects' ids, chatbot by chatbot, oldest first.
func account(t *testing.T, n acctest.Noun) (e *acctest.Env, bots []string, want [][]string) {
	t.Helper()
	e = acctest.Start(t, func(q *mockhub.Quirks) { q.ListNewestFirst = true })
	e.Clock().Advance(time.Hour)
	for i := range 3 {
		bots = append(bots, e.AddChatbot(mockhub.Chatbot{Name: fmt.Sprint("Bot ", i)}))
		var ids []string
		if n.List != nil && n.List.DefaultAgents {
			ids = append(ids, e.DefaultAgent(bots[i]))
		}
		for range 2 {
			e.Clock().Advance(time.Second)
			if n.List != nil {
				ids = append(ids, acctest.LastID(n.Add(e, bots[i])))
			}
		}
		want = append(want, ids)
	}
	e.Forget()
	return e, bots, want
}

// requests fails the test unless exactly these requests were sent since the last Forget.
func requests(t *testing.T, e *acctest.Env, want map[string]int) {
	t.Helper()
	got := map[string]int{}
	for _, r := range e.Requests() {
		got[r.Route]++
	}
	if !maps.Equal(got, want) {
		t.Errorf("sent %v, want %v", got, want)
	}
	e.Forget()
}

// idsOf returns the ids of results. It fails the test if one has diagnostics.
func idsOf(t *testing.T, s *acctest.Server, results []acctest.Listed) []string {
	t.Helper()
	var ids []string
	for _, r := range results {
		s.Clean(r.Diagnostics)
		ids = append(ids, r.Identity["id"])
	}
	return ids
}

// TestLists: all lists of objects in chatbots behave alike. A list sends one request for each chatbot that Terraform needs.
func TestLists(t *testing.T) {
	t.Parallel()
	for _, l := range listed {
		t.Run(acctest.Prefix+l.Type, func(t *testing.T) {
			t.Parallel()
			e, bots, want := account(t, l)
			list := func(filters map[string]string, limit int64) []string {
				s := e.Server(t)
				return idsOf(t, s, s.List(acctest.Prefix+l.Type, acctest.Strings(filters), false, limit))
			}
			if got := list(map[string]string{"chatbot_id": bots[1]}, 100); !slices.Equal(got, want[1]) {
				t.Errorf("of one chatbot: %v, want %v", got, want[1])
			}
			requests(t, e, map[string]int{l.ListRoute: 1})
			if got := list(map[string]string{"chatbot_id": bots[1]}, 1); !slices.Equal(got, want[1][:1]) {
				t.Errorf("the first of one chatbot: %v, want %v", got, want[1][:1])
			}
			e.Forget()
			if l.List.ChatbotIsRequired {
				return
			}
			for limit, asked := range map[int]int{0: 3, 100: 3, len(want[0]): 1, len(want[0]) + 1: 2} {
				all := slices.Concat(want...)
				if limit > 0 {
					all = all[:min(limit, len(all))]
				}
				if got := list(nil, int64(limit)); !slices.Equal(got, all) {
					t.Errorf("at most %d: %v, want %v", limit, got, all)
				}
				requests(t, e, map[string]int{listChatbots: 1, l.ListRoute: asked})
			}
			for range e.Server(t).Stream(acctest.Prefix+l.Type, nil, false, 100) {
				break // as Terraform does at its limit
			}
			requests(t, e, map[string]int{listChatbots: 1, l.ListRoute: 1})
		})
	}
}

// TestListedIsImported: a result equals what an import by its identity reads, and the configuration that Terraform generates for it plans no
// change.
func TestListedIsImported(t *testing.T) {
	t.Parallel()
	for _, l := range listed {
		t.Run(acctest.Prefix+l.Type, func(t *testing.T) {
			t.Parallel()
			e, bots, want := account(t, l)
			s := e.Server(t)
			results := s.List(acctest.Prefix+l.Type, acctest.Strings(map[string]string{"chatbot_id": bots[0]}), true, 100)
			if len(results) != len(want[0]) {
				t.Fatalf("%d results, want %d", len(results), len(want[0]))
			}
			for _, r := range results {
				asImported(t, s, acctest.Prefix+l.Type, r)
			}
		})
	}
	t.Run("aichatbothub_chatbot", func(t *testing.T) {
		t.Parallel()
		e, bots, _ := account(t, acctest.Noun{})
		s := e.Server(t)
		results := s.List("aichatbothub_chatbot", nil, true, 100)
		if got := idsOf(t, s, results); !slices.Equal(got, bots) {
			t.Errorf("got %v, want %v", got, bots)
		}
		requests(t, e, map[string]int{listChatbots: 1})
		for _, r := range results {
			asImported(t, s, "aichatbothub_chatbot", r)
		}
	})
}

func asImported(t *testing.T, s *acctest.Server, typeName string, r acctest.Listed) {
	t.Helper()
	s.Clean(r.Diagnostics)
	if r.Name == "" {
		t.Errorf("%v has no name", r.Identity)
	}
	state, _, diags := s.Import(typeName, r.Identity)
	s.Clean(diags)
	for name, v := range state {
		if !v.Equal(r.State[name]) {
			t.Errorf("%s is listed as %s and imported as %s", name, r.State[name], v)
		}
	}
	changes, diags := s.PlanImported(typeName, r.Identity)
	s.Clean(diags)
	if len(changes) > 0 {
		t.Errorf("the generated configuration changes %v", changes)
	}
	if strings.Contains(fmt.Sprint(r.State), "c4nary") {
		t.Errorf("the state has a secret: %v", r.State)
	}
}

// TestListFailures: an error is the last result, and names the list that failed. Earlier results are kept, and no request follows.
func TestListFailures(t *testing.T) {
	t.Parallel()
	for _, l := range listed {
		t.Run(acctest.Prefix+l.Type, func(t *testing.T) {
			t.Parallel()
			e, bots, want := account(t, l)
			of := acctest.Strings(map[string]string{"chatbot_id": bots[0]})
			expect := func(s *acctest.Server, filters map[string]tftypes.Value, before int, words ...string) {
				t.Helper()
				results := s.List(acctest.Prefix+l.Type, filters, true, 100)
				if len(results) != before+1 {
					t.Fatalf("%d results, want %d and an error: %v", len(results), before, results)
				}
				idsOf(t, s, results[:before])
				failure := results[before].Diagnostics
				if len(failure) != 1 || results[before].Identity != nil {
					t.Fatalf("the last result is %v, want an error", results[before])
				}
				for _, word := range words {
					if text := fmt.Sprint(failure[0].Attribute, failure[0].Summary, failure[0].Detail); !strings.Contains(text, word) {
						t.Errorf("the error lacks %q: %s", word, text)
					}
				}
			}
			e.Inject(mockhub.Fault{Route: l.ListRoute, Status: 401, Times: -1})
			expect(e.Server(t), of, 0, "Unable to list", bots[0], "The API key was refused")
			e.ClearFaults()
			expect(e.Server(t), acctest.Strings(map[string]string{"chatbot_id": strings.Repeat("0", 32)}), 0, "chatbot_id", "Chatbot not found", "The account has no chatbot")
			expect(acctest.NewServer(t), of, 0, "Provider not configured yet")
			expect(e.Server(t), acctest.Strings(map[string]string{"chatbot_id": "Support"}), 0, "chatbot_id", "Invalid id")
			if l.List.ChatbotIsRequired {
				return
			}
			e.Inject(mockhub.Fault{Route: listChatbots, Status: 401})
			expect(e.Server(t), nil, 0, "Unable to list chatbots", "The API key was refused")
			e.Forget()
			e.Inject(mockhub.Fault{Route: l.ListRoute, Status: 500, Body: `{"error": "out of order"}`, Skip: 1, Times: -1})
			expect(e.Server(t), nil, len(want[0]), "Unable to list", bots[1], "out of order")
			for _, r := range e.Requests() {
				if strings.Contains(fmt.Sprint(r), bots[2]) {
					t.Errorf("%v was sent after the error", r)
				}
			}
			expect(e.Server(t), acctest.Strings(map[string]string{"name_regex": "("}), 0, "name_regex", "Invalid regular expression")
		})
	}
}

// TestListOfVanished: a chatbot that is deleted while the objects of another one are listed is skipped.
func TestListOfVanished(t *testing.T) {
	t.Parallel()
	for _, l := range listed {
		if l.List.ChatbotIsRequired {
			continue
		}
		for _, status := range []int{404, 403} {
			t.Run(fmt.Sprint(acctest.Prefix+l.Type, status), func(t *testing.T) {
				t.Parallel()
				e, bots, want := account(t, l)
				e.SetQuirks(func(q *mockhub.Quirks) { q.UnknownStatus = status })
				var results []tfprotov6.ListResourceResult
				s := e.Server(t)
				for result := range s.Stream(acctest.Prefix+l.Type, nil, false, 100) {
					s.Clean(result.Diagnostics)
					if results = append(results, result); len(results) == 1 {
						e.RemoveChatbot(bots[1])
					}
				}
				if n := len(want[0]) + len(want[2]); len(results) != n {
					t.Errorf("%d results, want %d", len(results), n)
				}
			})
		}
	}
}
