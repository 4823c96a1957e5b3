package hub

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest/resttest"
)

// later returns a new client for the same service, as in a later run.
func (s *testService) later(t *testing.T) *Client {
	t.Helper()
	c := clientFor(t, "https://hub.test")
	networkOf(c).next = inProcess{s.Hub}
	return c
}

// TestListsThatLag is goal R5: a list that is behind what the caller has seen is sent again, and a deletion is found nevertheless.
func TestListsThatLag(t *testing.T) {
	t.Parallel()
	const lag = 25 * time.Second
	list := nouns["tag"].list
	for name, c := range map[string]struct {
		age         time.Duration // of what the caller has seen
		then        func(t *testing.T, s *testService, tag SourceTag) SourceTag
		gone        bool
		least, most time.Duration
		lists       int // at most
	}{
		"made": {0, func(_ *testing.T, _ *testService, tag SourceTag) SourceTag { return tag }, false, time.Second, lag + 2*time.Second, 60},
		"changed": {time.Hour, func(t *testing.T, s *testService, tag SourceTag) SourceTag {
			t.Helper()
			tag, err := s.UpdateSourceTag(t.Context(), ID(s.chatbot), tag.ID, SourceTagSettings{Name: text("new")})
			if err != nil {
				t.Error(err)
			}
			return tag
		}, false, time.Second, lag + 2*time.Second, 60},
		"made and deleted": {0, func(_ *testing.T, s *testService, tag SourceTag) SourceTag { s.RemoveTag(string(tag.ID)); return tag }, true, time.Second, 32 * time.Second, 70},
		"old":              {time.Hour, func(_ *testing.T, _ *testService, tag SourceTag) SourceTag { return tag }, false, 0, 0, 1},
		"old and deleted": {time.Hour, func(_ *testing.T, s *testService, tag SourceTag) SourceTag {
			s.RemoveTag(string(tag.ID))
			time.Sleep(lag)
			return tag
		}, true, 0, 0, 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := olderServiceInProcess(t, mockhub.Quirks{ListLag: lag})
				tag, err := s.CreateSourceTag(t.Context(), ID(s.chatbot), SourceTagSettings{Name: text("first"), Color: text("#0071F9")})
				if err != nil {
					t.Fatal(err)
				}
				time.Sleep(c.age)
				tag = c.then(t, s, tag)
				begin := time.Now()
				got, err := s.later(t).SourceTag(t.Context(), ID(s.chatbot), tag.ID, tag.ModifiedAt)
				took := time.Since(begin)
				if c.gone != IsGone(err) || !c.gone && (err != nil || got.Name != tag.Name) {
					t.Errorf("%+v, %v", got, err)
				}
				if took < c.least || took > c.most || s.Count(list) > c.lists {
					t.Errorf("%d lists in %s, want %d in %s to %s", s.Count(list), took, c.lists, c.least, c.most)
				}
			})
		})
	}
}

// TestLagOfFunctions: a list of agents that is behind a tool function is sent again as well.
func TestLagOfFunctions(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := olderServiceInProcess(t, mockhub.Quirks{ListLag: 25 * time.Second})
		agent := ID(s.DefaultAgent(s.chatbot))
		f, err := s.CreateToolFunction(t.Context(), ID(s.chatbot), agent, ToolFunctionSettings{Name: text("f"), Description: text("d"), ExternalURL: text("https://example.com")})
		if err != nil {
			t.Fatal(err)
		}
		if got, err := s.later(t).ToolFunction(t.Context(), ID(s.chatbot), agent, f.ID, f.ModifiedAt); err != nil || got.ID != f.ID {
			t.Errorf("%+v, %v", got, err)
		}
	})
}

// TestLagWithinASecond: times have whole seconds, so a list that is behind can show the first of two writes of one second as the last.
func TestLagWithinASecond(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const lag = 25 * time.Second
		s := olderServiceInProcess(t, mockhub.Quirks{ListLag: lag})
		time.Sleep(time.Until(time.Now().Truncate(time.Second).Add(time.Second)))
		tag, err := s.CreateSourceTag(t.Context(), ID(s.chatbot), SourceTagSettings{Name: text("first"), Color: text("#0071F9")})
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(150 * time.Millisecond)
		second, err := s.UpdateSourceTag(t.Context(), ID(s.chatbot), tag.ID, SourceTagSettings{Name: text("second")})
		if err != nil || second.ModifiedAt != tag.ModifiedAt {
			t.Fatalf("%+v, %v, want a time like that of %+v", second, err, tag)
		}
		time.Sleep(900 * time.Millisecond) // so that a list is read while it shows the first write
		got, err := s.later(t).SourceTag(t.Context(), ID(s.chatbot), tag.ID, second.ModifiedAt)
		if err != nil || got.Name != "second" {
			t.Errorf("%+v, %v", got, err)
		}
	})
}

// TestMaximumLag: a list with the maximum lag is behind a write at the end of a second.
func TestMaximumLag(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := olderServiceInProcess(t, mockhub.Quirks{ListLag: 30 * time.Second})
		time.Sleep(time.Until(time.Now().Truncate(time.Second).Add(1900 * time.Millisecond)))
		tag, err := s.CreateSourceTag(t.Context(), ID(s.chatbot), SourceTagSettings{Name: text("first"), Color: text("#0071F9")})
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(29500 * time.Millisecond)
		if got, err := s.later(t).SourceTag(t.Context(), ID(s.chatbot), tag.ID, tag.ModifiedAt); err != nil || got.ID != tag.ID {
			t.Errorf("%+v, %v", got, err)
		}
	})
}

// TestAgentsOfANewChatbot: a new chatbot has an agent, so a list without any may be behind and is sent again. A list that stays empty is
// accepted after the lag.
func TestAgentsOfANewChatbot(t *testing.T) {
	t.Parallel()
	for name, removed := range map[string]bool{"there": false, "deleted": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := olderServiceInProcess(t, mockhub.Quirks{ListLag: 25 * time.Second})
				bot, err := s.CreateChatbot(t.Context(), ChatbotSettings{Name: "new", Visibility: "private", RateLimit: RateLimit{20, 240}})
				if err != nil {
					t.Fatal(err)
				}
				want := 1
				if removed {
					s.RemoveAgent(s.DefaultAgent(string(bot.ID)))
					want = 0
				}
				begin := time.Now()
				agents, err := s.AgentsIncludingDefault(t.Context(), bot)
				if took := time.Since(begin); err != nil || len(agents) != want || took > 32*time.Second {
					t.Errorf("%+v, %v after %s", agents, err, took)
				}
			})
		})
	}
}

// TestClockThatStands: if the Date of the service does not advance, the wait ends nevertheless.
func TestClockThatStands(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := mockhub.New(mockhub.Options{Key: resttest.APIKey, Clock: mockhub.NewFrozenClock(time.Now())})
		t.Cleanup(h.Close)
		s := &testService{Hub: h, chatbot: h.AddChatbot(mockhub.Chatbot{})}
		begin := time.Now()
		_, err := s.later(t).SourceTag(t.Context(), ID(s.chatbot), ID(strings.Repeat("e", 32)), begin.UTC().Format(time.RFC3339))
		if took := time.Since(begin); !IsGone(err) || took > 32*time.Second {
			t.Errorf("%v after %s", err, took)
		}
	})
}
