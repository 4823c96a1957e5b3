package hub

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// TestAskedWithoutLists: the question is accepted, and no list succeeds after it. A later run finds its message, also with lists that are
// behind, and not an older one.
func TestAskedWithoutLists(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fault   mockhub.Fault // of the lists after the question
		removed bool
		foreign bool
	}{
		"refused key":                  {fault: mockhub.Fault{Status: 401, Times: -1}},
		"no list for long":             {fault: mockhub.Fault{Status: 503, Times: -1}},
		"deleted since":                {fault: mockhub.Fault{Status: 401, Times: -1}, removed: true},
		"somebody else asked the same": {fault: mockhub.Fault{Status: 401, Times: -1}, foreign: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := serviceInProcess(t, mockhub.Quirks{ListLag: 10 * time.Second})
				before := s.AddMessage(string(s.session), mockhub.Message{Query: hello})
				time.Sleep(time.Minute)
				c.fault.Route, c.fault.Skip = messagesRoute, 1
				s.Inject(c.fault)
				_, err := s.ask(t.Context(), hello)
				s.once(t, true)
				e := asked(t, err)
				if e.ID != "" || e.Since.IsZero() {
					t.Fatalf("%+v", e)
				}
				s.ClearFaults()
				var own string
				for _, m := range s.stored() {
					if m.UUID != before {
						own = m.UUID
					}
				}
				if c.removed {
					s.RemoveMessage(own)
				}
				foreign := ""
				if c.foreign {
					foreign = s.AddMessage(string(s.session), mockhub.Message{Query: hello})
					time.Sleep(time.Minute)
				}
				m, err := s.later(t).ResolveQuestion(t.Context(), s.session, hello, e.Since)
				switch {
				case c.removed:
					if !IsGone(err) {
						t.Errorf("%+v, %v", m, err)
					}
				case c.foreign:
					if e := asked(t, err); !sameIDs(e.Candidates, own, foreign) {
						t.Errorf("%+v, want %s and %s", e, own, foreign)
					}
				case err != nil || string(m.ID) != own:
					t.Errorf("%+v, %v, want %s", m, err, own)
				}
			})
		})
	}
}
