package account_test

import (
	"errors"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/account"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// start starts a service, and returns a client of it.
func start(t *testing.T) (*mockhub.Hub, *hub.Client) {
	t.Helper()
	h := mockhub.New(mockhub.Options{})
	server := httptest.NewServer(h)
	t.Cleanup(func() { h.Close(); server.Close() })
	at, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	cfg := hub.Config{}
	cfg.BaseURL, cfg.APIKey = at, h.Key()
	return h, hub.New(cfg)
}

// TestReadAll: one request for each list that is asked for, chatbots that vanish are left out, and an error names the chatbot.
func TestReadAll(t *testing.T) {
	t.Parallel()
	h, c := start(t)
	var ids []string
	for range 6 {
		id := h.AddChatbot(mockhub.Chatbot{Name: "Shop \x1b[31m"})
		h.AddSource(id, mockhub.Source{Type: "qa", Question: "a", Answer: "b"})
		h.AddTag(id, mockhub.SourceTag{Name: "c"})
		ids = append(ids, id)
		h.Clock().Advance(2e9)
	}
	all, err := account.List(t.Context(), c)
	if err != nil || len(all) != len(ids) {
		t.Fatalf("%d chatbots (%v)", len(all), err)
	}
	h.RemoveChatbot(ids[2])
	var mu sync.Mutex
	most := 0
	read, err := account.ReadAll(t.Context(), c, all, account.Lists{Agents: true, SourceTags: true}, func(done int) {
		mu.Lock()
		defer mu.Unlock()
		most = max(most, done)
	})
	if err != nil || len(read) != 5 || len(all) != 6 || most != 6 {
		t.Fatalf("%d of %d chatbots, %d reported (%v)", len(read), len(all), most, err)
	}
	for _, b := range read {
		if string(b.ID) == ids[2] || len(b.Agents) != 1 || len(b.SourceTags) != 1 || b.Sources != nil {
			t.Errorf("chatbot %s has %d agents, %d tags and %d sources", b.ID, len(b.Agents), len(b.SourceTags), len(b.Sources))
		}
	}
	h.Inject(mockhub.Fault{Route: "GET /chatbot/{uuid}/data-sources", Status: 403, Body: `{"error": "suspended"}`, Times: -1})
	_, err = account.ReadAll(t.Context(), c, read[:1], account.AllLists, func(int) {})
	if hub.AsError(err) == nil || !strings.HasPrefix(err.Error(), `chatbot "Shop \\u001b[31m" (`+ids[0]) {
		t.Errorf("%v", err)
	}
}

// TestFind: a name comes before an id, and an id before nothing.
func TestFind(t *testing.T) {
	t.Parallel()
	h, c := start(t)
	id := h.AddChatbot(mockhub.Chatbot{Name: "Shop"})
	h.Clock().Advance(2e9)
	named := h.AddChatbot(mockhub.Chatbot{Name: id})
	all, err := account.List(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	for selector, want := range map[string]string{
		"Shop": id, id: named, named: named, strings.ToUpper(id[:8]) + "-" + id[8:]: id, "https://example.com/widget/" + id: id,
		"shop": "", "": "", "https://example.com/": "", strings.Repeat("0", 32): "",
	} {
		b, err := account.Find(all, selector)
		if (err != nil) != (want == "") || err == nil && string(b.ID) != want {
			t.Errorf("%q selects %v (%v), want %q", selector, b, err, want)
		}
		if err != nil && (!strings.Contains(err.Error(), id+"  Shop") || errors.Unwrap(err) != nil) {
			t.Errorf("%q: %v", selector, err)
		}
	}
	if got, err := account.Select(all, []string{named, "Shop", named}); err != nil || len(got) != 2 || string(got[0].ID) != id {
		t.Errorf("%v (%v)", got, err)
	}
}
