package hub

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/consistency"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
)

// TestLostForGood: the error if the lists do not resolve a lost create.
func TestLostForGood(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		faults      []mockhub.Fault
		lost        bool // the error is a LostError without candidates
		posts, most int
	}{
		"twice":         {[]mockhub.Fault{{Route: tagCreate, Status: 500, Times: 2}}, true, 2, 12},
		"no list":       {[]mockhub.Fault{{Route: tagCreate, Drop: true}, {Route: nouns["tag"].list, Status: 401, Times: -1}}, false, 1, 6},
		"a bad list":    {[]mockhub.Fault{{Route: tagCreate, Drop: true, Process: true}, {Route: nouns["tag"].list, HTML: true, Times: -1}}, false, 1, 6},
		"nobody's home": {[]mockhub.Fault{{Drop: true, Times: -1}}, false, 1, 20},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := olderServiceInProcess(t, mockhub.Quirks{})
				for _, f := range c.faults {
					s.Inject(f)
				}
				begin := time.Now()
				_, err := nouns["tag"].create(t.Context(), s, 1)
				e, is := errors.AsType[*LostError](err)
				if is != c.lost || is && len(e.Candidates) > 0 || !IsAmbiguous(err) || s.Count(tagCreate) != c.posts || s.Count(nouns["tag"].list) > c.most {
					t.Errorf("%v after %d creates and %d lists", err, s.Count(tagCreate), s.Count(nouns["tag"].list))
				}
				if took := time.Since(begin); took > 15*time.Second {
					t.Errorf("it took %s", took)
				}
			})
		})
	}
}

// TestCreateLeft: a caller that leaves during a create gets the answer if it arrives within the grace time, or else the object from a list.
func TestCreateLeft(t *testing.T) {
	t.Parallel()
	hang := func(r *http.Request) (*http.Response, error) {
		<-r.Context().Done()
		return nil, r.Context().Err()
	}
	for name, c := range map[string]struct {
		post func(r *http.Request, next http.RoundTripper) (*http.Response, error)
		get  func(r *http.Request, next http.RoundTripper) (*http.Response, error)
		made bool
		most time.Duration
	}{
		"answered late": {post: func(r *http.Request, next http.RoundTripper) (*http.Response, error) {
			time.Sleep(rest.AnswerGrace - time.Second)
			if r.Context().Err() != nil {
				return nil, r.Context().Err()
			}
			return next.RoundTrip(r)
		}, made: true, most: rest.AnswerGrace},
		"done, not answered": {post: func(r *http.Request, next http.RoundTripper) (*http.Response, error) {
			_, _ = next.RoundTrip(r)
			return hang(r)
		}, made: true, most: rest.AnswerGrace + time.Second},
		"reset": {post: func(*http.Request, http.RoundTripper) (*http.Response, error) { return nil, errReset }, most: time.Second},
		"unreachable": {post: func(r *http.Request, _ http.RoundTripper) (*http.Response, error) { return hang(r) },
			get: func(r *http.Request, _ http.RoundTripper) (*http.Response, error) { return hang(r) }, most: rest.AnswerGrace + consistency.ListGrace},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := olderServiceInProcess(t, mockhub.Quirks{})
				ctx, leave := context.WithCancel(t.Context())
				if c.get != nil {
					s.on(http.MethodGet, c.get)
				}
				posts := 0
				s.on(http.MethodPost, func(r *http.Request, next http.RoundTripper) (*http.Response, error) {
					posts++
					leave()
					return c.post(r, next)
				})
				begin := time.Now()
				id, err := nouns["tag"].create(ctx, s, 1)
				if took := time.Since(begin); took > c.most || posts != 1 {
					t.Errorf("%d creates in %s, want one in %s at most", posts, took, c.most)
				}
				if stored := nouns["tag"].stored(s); c.made && (err != nil || len(stored) != 1 || stored[0] != string(id)) || !c.made && err == nil {
					t.Errorf("%q of %v, %v", id, stored, err)
				}
			})
		})
	}
}
