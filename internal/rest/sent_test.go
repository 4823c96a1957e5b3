package rest

import (
	"crypto/sha256"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest/resttest"
)

// TestHideTexts: a text that was sent is hidden as a whole and in parts, and other words stay.
func TestHideTexts(t *testing.T) {
	t.Parallel()
	const prompt = "Be kind.\n  Use the key c4nary-71 for \"orders\".  \n"
	for name, c := range map[string]struct {
		message string
		texts   []string
		want    string
	}{
		"whole":             {"cannot use " + prompt + "!", []string{prompt}, "cannot use (sensitive value)!"},
		"trimmed":           {"<" + strings.TrimSpace(prompt) + ">", []string{prompt}, "<(sensitive value)>"},
		"a line":            {`line 'Use the key c4nary-71 for "orders".' is bad`, []string{prompt}, "line '(sensitive value)' is bad"},
		"a token":           {"the key c4nary-71 is bad", []string{prompt}, "the key (sensitive value) is bad"},
		"a part of a URL":   {"me, pass-word9 and to ken99999", []string{"https://me:pass-word9@example.com/?a=to%20ken99999"}, "me, (sensitive value) and (sensitive value)"},
		"short":             {"gold is not golden", []string{"gold"}, "(sensitive value) is not golden"},
		"short at the ends": {"gold", []string{"gold"}, "(sensitive value)"},
		"too short":         {"a yes is no value", []string{"yes", "a", ""}, "a yes is no value"},
		"a word of JSON":    {"must be true or false", []string{"true", "false"}, "must be true or false"},
		"one in another":    {"abcdefghij-1", []string{"abcdefghij", "abcdefghij-1"}, "(sensitive value)"},
		"cut":               {"begins with \"Use the key c4nary-71 for ...\" and c4nary", []string{prompt}, "begins with \"(sensitive value)...\" and (sensitive value)"},
		"a common beginning": {`{"a": "https://api.example.com/hooks/long?key=abc", "b": "https://api.example.com/hooks/s?key=opensesame"}`,
			[]string{"https://api.example.com/hooks/long?key=abc", "https://api.example.com/hooks/s?key=opensesame"}, `{"a": "(sensitive value)", "b": "(sensitive value)"}`},
		"an overlap":        {"beginning and middle and end", []string{"beginning and middle", "middle and end"}, "(sensitive value)"},
		"the path of a URL": {"example.com/hooks/opensesame refused, and https://EXAMPLE.com/hooks/opensesame?key=swordfish too", []string{"https://example.com/hooks/opensesame?key=swordfish"}, "example.com(sensitive value) refused, and https://EXAMPLE.com(sensitive value) too"},
		"a short path":      {"example.com/docs refused", []string{"https://example.com/docs"}, "example.com/docs refused"},
		"letters in a URL":  {"wrong: opensesame, swordfish", []string{"https://me:swordfish@example.com/?key=opensesame"}, "wrong: (sensitive value), (sensitive value)"},
		"a credential":      {"wrong: sesame", []string{"Bearer sesame"}, "wrong: (sensitive value)"},
		"nothing":           {"field required", []string{prompt}, "field required"},
	} {
		if got := HideTexts(c.message, c.texts...); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// TestSentTexts: errors and log lines repeat the public fields of a request only.
func TestSentTexts(t *testing.T) {
	t.Parallel()
	type part struct {
		Name string `json:"name"`
		Text string `json:"text"`
	}
	body := struct {
		part
		Parts []part            `json:"parts"`
		Free  map[string]string `json:"free"`
		Count int               `json:"count"`
	}{part{"Support", "hidden text one"}, []part{{"first", "hidden text two"}}, map[string]string{"name": "hidden text three"}, 7}
	public := func(path []string) bool {
		return slices.Contains([]string{"name", "parts.name"}, strings.Join(path, "."))
	}
	for _, status := range []int{200, 400, 422, 500} {
		address := resttest.Serve(t, func(w http.ResponseWriter, r *http.Request) {
			raw, _ := io.ReadAll(r.Body)
			text, _ := json.Marshal("bad: " + string(raw))
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(status)
			_, _ = w.Write([]byte(`{"error": ` + string(text) + `}`))
		})
		_, err := Call[Empty](t.Context(), clientFor(t, address, func(cfg *Config) { cfg.Public = public }), Update("/x"), body)
		if err == nil || strings.Contains(err.Error(), "hidden") || !strings.Contains(err.Error(), "Support") || !strings.Contains(err.Error(), "first") {
			t.Errorf("%d: %v", status, err)
		}
	}
}

// TestUploadedTexts: the content of an uploaded text file and its fields are not repeated either, and its name is.
func TestUploadedTexts(t *testing.T) {
	t.Parallel()
	address := resttest.Serve(t, func(w http.ResponseWriter, r *http.Request) {
		raw, _ := io.ReadAll(r.Body)
		w.WriteHeader(http.StatusBadRequest)
		_, _ = w.Write(raw)
	})
	const content = "the content of the file"
	body := NewUploadBody("file", File{Name: "a.txt", Size: int64(len(content)), SHA256: sha256.Sum256([]byte(content)), Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(content)), nil }},
		map[string]string{"link": "https://example.com/hidden"})
	_, err := Call[Empty](t.Context(), clientFor(t, address), Create("/x"), body)
	if err == nil || strings.Contains(err.Error(), "hidden") || strings.Contains(err.Error(), content) || !strings.Contains(err.Error(), "a.txt") {
		t.Errorf("%v", err)
	}
}

// TestByteOrderMark: a byte order mark before a JSON answer is ignored.
func TestByteOrderMark(t *testing.T) {
	t.Parallel()
	for status, text := range map[int]string{200: `{"uuid": "` + string(someID) + `"}`, 404: `{"error": "no such thing"}`} {
		c := offline(t, func(req *http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: status, Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(strings.NewReader("\ufeff" + text)), Request: req}, nil
		})
		got, err := Call[bot](t.Context(), c, Get("/x"), nil)
		if e := AsError(err); status == 200 && (err != nil || got.ID != someID) || status == 404 && (e == nil || !e.JSON || e.Message != "no such thing") {
			t.Errorf("%d: %v %v", status, got, err)
		}
	}
}
