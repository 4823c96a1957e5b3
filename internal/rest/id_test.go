package rest

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest/resttest"
)

func TestParseID(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]ID{
		string(someID):                             someID,
		"43474DA7AE3B4B7191EE29C2DE798257":         someID,
		"43474da7-ae3b-4b71-91ee-29c2de798257":     someID,
		"  43474da7-AE3B-4b71-91ee-29c2de798257\n": someID,
		"":                                             "",
		"43474da7ae3b4b7191ee29c2de79825":              "",
		"43474da7ae3b4b7191ee29c2de7982570":            "",
		"43474da7ae3b4b7191ee29c2de79825g":             "",
		"{43474da7ae3b4b7191ee29c2de798257}":           "",
		"../chatbot/43474da7ae3b4b7191ee29c2":          "",
		"43474da7ae3b4b7191ee29c2de79825/":             "",
		"43474da7ae3b4b7191ee29c2de79825%":             "",
		"43474da7ae3b4b7191ee29c2de79825\x00":          "",
		"43474da7ae3b4b7191ee29c2de79\uff21\xff":       "", // a full-width A
		"4\u0663474da7ae3b4b7191ee29c2de7982":          "", // an Arabic digit
		"43474da7\u2010ae3b4b7191ee29c2de798257":       "", // a typographic hyphen
		"43474da7\u200bae3b4b7191ee29c2de798257":       "", // a zero-width space
		strings.Repeat("a", 1<<20):                     "",
		strings.Repeat("-", 1000) + string(someID):     someID,
		string(someID) + "," + string(someID):          "",
		"\u00a043474da7ae3b4b7191ee29c2de798257\u00a0": someID, // pasted from a web page
	} {
		got, err := ParseID(raw)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("ParseID(%.50q) = %q, %v", raw, got, err)
		}
		if err != nil && len(err.Error()) > 500 {
			t.Errorf("ParseID(%.50q): an error of %d bytes", raw, len(err.Error()))
		}
	}
}

func TestRoutePath(t *testing.T) {
	t.Parallel()
	for _, r := range []Route{Get("/chatbot/{uuid}"), Get("/chatbots", someID), Get("/chatbot/{uuid}", someID, someID), Get("/chatbot/{uuid}", "")} {
		if p, err := r.Path(); err == nil {
			t.Errorf("%v gives %q", r, p)
		}
	}
	if p, err := Get("/a/{uuid}/b/{uuid}", someID, ID(strings.Repeat("0", 32))).Path(); err != nil || p != "/a/"+string(someID)+"/b/"+strings.Repeat("0", 32) {
		t.Errorf("two ids: %q, %v", p, err)
	}
}

// FuzzIDInPath: whatever is taken for an id, a request reaches the route that it is for, by its URL and by the verdict of a router (goals.md S3).
func FuzzIDInPath(f *testing.F) {
	for _, s := range []string{string(someID), "..", "%2e%2e%2f", "a/b", "{uuid}", "?x=1", "#", "\u0663", "43474DA7-AE3B-4B71-91EE-29C2DE798257"} {
		f.Add(s)
	}
	shape := regexp.MustCompile(`\Ahttps://hub\.test/api/v1/chatbot/[0-9a-f]{32}/update\z`)
	c := clientFor(f, "https://hub.test")
	router := mockhub.New(mockhub.Options{Key: resttest.APIKey})
	f.Cleanup(router.Close)
	f.Fuzz(func(t *testing.T, s string) {
		ids := []ID{ID(s)}
		if id, err := ParseID(s); err == nil {
			ids = append(ids, id)
		}
		var fromAnswer ID
		if raw, err := json.Marshal(s); err == nil && fromAnswer.UnmarshalJSON(raw) == nil {
			ids = append(ids, fromAnswer)
		}
		for i, id := range ids {
			r := Update("/chatbot/{uuid}/update", id)
			if _, err := r.Path(); err != nil {
				if i > 0 {
					t.Fatalf("%q was taken for an id and is refused in a path", s)
				}
				continue
			}
			req, err := c.request(t.Context(), r, nil)
			if err != nil || !shape.MatchString(req.URL.String()) {
				t.Fatalf("%q reaches %v, %v", s, req.URL, err)
			}
			router.Forget()
			router.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(t.Context(), req.Method, req.URL.RequestURI(), http.NoBody))
			if got := router.Requests(); len(got) != 1 || got[0].Route != "POST /chatbot/{uuid}/update" {
				t.Fatalf("%q reaches %v", s, got)
			}
		}
	})
}
