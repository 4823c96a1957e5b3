package rest

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-log/tflogtest"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest/resttest"
)

func TestRequests(t *testing.T) {
	t.Parallel()
	h, c := mock(t, mockhub.Quirks{})
	h.AddChatbot(mockhub.Chatbot{UUID: string(someID)})
	for _, send := range []func(context.Context, *Client) error{read, change, createBot, deleteBot} {
		if err := send(t.Context(), c); err != nil {
			t.Fatal(err)
		}
	}
	for i, want := range []struct{ method, path, kind string }{
		{"GET", "/api/v1/chatbots", ""},
		{"POST", "/api/v1/chatbot/" + string(someID) + "/update", "application/json"},
		{"POST", "/api/v1/chatbot/create", "application/json"},
		{"DELETE", "/api/v1/chatbot/" + string(someID) + "/delete", ""},
	} {
		r := h.Requests()[i]
		if r.Method != want.method || r.Path != want.path || r.ContentType != want.kind || r.Query != "" || (len(r.Body) > 0) != (want.kind != "") {
			t.Errorf("%+v, want %v", r, want)
		}
		if r.Authorization != "Bearer "+resttest.APIKey || r.UserAgent != c.userAgent || r.Header.Get("Accept") != "application/json" || r.Header.Get("Referer") != "" {
			t.Errorf("headers %v", r.Header)
		}
	}
}

// TestPaths covers a base URL with a path, and a path outside /api/v1.
func TestPaths(t *testing.T) {
	t.Parallel()
	c := clientFor(t, "https://host.test/hub/api/v1/")
	for path, want := range map[string]string{"/chatbots": "https://host.test/hub/api/v1/chatbots", "/api/data-sources/restart": "https://host.test/hub/api/data-sources/restart"} {
		if req, err := c.request(t.Context(), Get(path), nil); err != nil || req.URL.String() != want {
			t.Errorf("%s: %v, %v", path, req.URL, err)
		}
	}
}

func TestNewSendsNothing(t *testing.T) {
	t.Parallel()
	h, _ := mock(t, mockhub.Quirks{})
	if h.Count("") != 0 {
		t.Error("New sent a request")
	}
	c := New(Config{BaseURL: mustURL(t, "https://hub.test"), MaxRetries: 4})
	if c.http.RetryMax != 4 || transportOf(c).minBackoff != 500*time.Millisecond || transportOf(c).maxBackoff != 30*time.Second || transportOf(c).timeout != time.Minute || transportOf(c).limits.bucket != nil {
		t.Error("defaults")
	}
}

// TestLog: the log contains each attempt and its result, and no contents.
func TestLog(t *testing.T) {
	t.Parallel()
	var out resttest.Buffer
	h, c := mock(t, mockhub.Quirks{})
	h.AddChatbot(mockhub.Chatbot{UUID: string(someID), Name: "answer-canary"})
	h.Inject(mockhub.Fault{Status: 503})
	h.Inject(mockhub.Fault{Drop: true})
	if err := change(tflogtest.RootLogger(t.Context(), &out), c); err != nil {
		t.Fatal(err)
	}
	lines, err := tflogtest.MultilineJSONDecode(bytes.NewBufferString(out.String()))
	if err != nil || len(lines) != 3 {
		t.Fatalf("%v: %s", err, out.String())
	}
	for i, line := range lines {
		for field := range line {
			if !strings.Contains(" @level @message @module method path attempt status ms error ", " "+field+" ") {
				t.Errorf("a field %q", field)
			}
		}
		if line["method"] != "POST" || line["path"] != "/chatbot/{uuid}/update" || line["attempt"] != float64(i+1) || line["ms"] == nil {
			t.Errorf("%v", line)
		}
	}
	if lines[0]["status"] != float64(503) || lines[1]["error"] == nil || lines[2]["status"] != float64(200) {
		t.Error(out.String())
	}
	for _, word := range []string{string(someID), "canary", resttest.APIKey, "Bearer"} {
		if strings.Contains(out.String(), word) {
			t.Errorf("the log has %q: %s", word, out.String())
		}
	}
}

// forms returns the encodings in which a service, a proxy or a library may repeat the key.
func forms() []string {
	inJSON, _ := json.Marshal(resttest.APIKey)
	list := []string{resttest.APIKey, strings.Trim(string(inJSON), `"`), url.QueryEscape(resttest.APIKey), url.PathEscape(resttest.APIKey)}
	for _, s := range []string{resttest.APIKey, "Bearer " + resttest.APIKey} {
		list = append(list, base64.StdEncoding.EncodeToString([]byte(s)), base64.URLEncoding.EncodeToString([]byte(s)),
			base64.RawStdEncoding.EncodeToString([]byte(s)), base64.RawURLEncoding.EncodeToString([]byte(s)))
	}
	return list
}

// TestKeyIsNowhere: no error and no log line at the lowest level contains the key, whatever fails and however the service repeats it.
func TestKeyIsNowhere(t *testing.T) {
	t.Parallel()
	shapes := map[string]func(w http.ResponseWriter, key string){
		"error text": func(w http.ResponseWriter, key string) {
			w.WriteHeader(500)
			_, _ = io.WriteString(w, "Authorization: Bearer "+key)
		},
		"error JSON": func(w http.ResponseWriter, key string) {
			w.WriteHeader(400)
			_ = json.NewEncoder(w).Encode(map[string]string{"error": "key " + key})
		},
		"msg": func(w http.ResponseWriter, key string) {
			w.WriteHeader(401)
			_ = json.NewEncoder(w).Encode(map[string]any{"msg": key})
		},
		"unknown object": func(w http.ResponseWriter, key string) {
			w.WriteHeader(403)
			_ = json.NewEncoder(w).Encode(map[string]any{"headers": []string{key}})
		},
		"validation": func(w http.ResponseWriter, key string) {
			w.WriteHeader(422)
			_ = json.NewEncoder(w).Encode([]any{map[string]any{"loc": []string{"name", key}, "msg": key + " is no name"}})
		},
		"bulk": func(w http.ResponseWriter, key string) {
			w.WriteHeader(422)
			_ = json.NewEncoder(w).Encode([]any{map[string]any{"uuid": key, "error": key}})
		},
		"html": func(w http.ResponseWriter, key string) {
			w.Header().Set("Content-Type", "text/html")
			_, _ = io.WriteString(w, "<p>"+key)
		},
		"type": func(w http.ResponseWriter, key string) {
			w.Header()["Content-Type"] = []string{"text/" + key}
			_, _ = io.WriteString(w, "[]")
		},
		"uuid": func(w http.ResponseWriter, key string) { _ = json.NewEncoder(w).Encode(map[string]any{"uuid": key}) },
		"list": func(w http.ResponseWriter, key string) {
			_ = json.NewEncoder(w).Encode([]any{map[string]any{"uuid": key}})
		},
		"setting": func(w http.ResponseWriter, key string) {
			_ = json.NewEncoder(w).Encode(map[string]any{"uuid": someID, "meta": map[string]any{"show_citations": key, "rate_limit": []string{key, key}}})
		},
		"200 error": func(w http.ResponseWriter, key string) { _ = json.NewEncoder(w).Encode(map[string]any{"error": key}) },
		"half": func(w http.ResponseWriter, key string) {
			w.Header().Set("Content-Length", "9999")
			_, _ = io.WriteString(w, `{"a":"`+key)
		},
		"status": func(w http.ResponseWriter, key string) {
			hijack(w, func(c io.Writer) { _, _ = io.WriteString(c, "HTTP/1.1 500 "+key+"\r\nContent-Length: 0\r\n\r\n") })
		},
		"not HTTP": func(w http.ResponseWriter, key string) {
			hijack(w, func(c io.Writer) { _, _ = io.WriteString(c, "Bearer "+key+"\r\n\r\n") })
		},
		"header": func(w http.ResponseWriter, key string) {
			hijack(w, func(c io.Writer) { _, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\n"+key+"\r\n\r\n") })
		},
		"retry":    func(w http.ResponseWriter, key string) { w.Header()["Retry-After"] = []string{key}; w.WriteHeader(503) },
		"throttle": func(w http.ResponseWriter, key string) { w.Header()["Retry-After"] = []string{key}; w.WriteHeader(429) },
		"redirect": func(w http.ResponseWriter, key string) {
			w.Header()["Location"] = []string{"https://evil.test/?" + key}
			w.WriteHeader(307)
		},
		"host": func(w http.ResponseWriter, key string) {
			w.Header()["Location"] = []string{"https://" + key + ".test/"}
			w.WriteHeader(302)
		},
		"bad target": func(w http.ResponseWriter, key string) {
			w.Header()["Location"] = []string{"https://%zz/" + key}
			w.WriteHeader(302)
		},
		"encoding": func(w http.ResponseWriter, key string) {
			hijack(w, func(c io.Writer) { _, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nTransfer-Encoding: "+key+"\r\n\r\n") })
		},
		"hang-up": func(w http.ResponseWriter, _ string) { hijack(w, func(io.Writer) {}) },
	}
	kinds := map[string]func(context.Context, *Client) error{"read": read, "change": change, "erase": deleteBot, "create": createBot}
	for name, h := range shapes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, key := range forms() {
				address := resttest.Serve(t, func(w http.ResponseWriter, _ *http.Request) {
					w.Header().Set("Content-Type", "application/json")
					h(w, key)
				})
				c := clientFor(t, address, func(cfg *Config) { cfg.MaxRetries = 1 })
				for kind, send := range kinds {
					var log resttest.Buffer
					err := send(tflogtest.RootLogger(t.Context(), &log), c)
					var fields string
					if e := AsError(err); e != nil {
						fields = fmt.Sprint(e.Fields, e.Message)
					}
					if err == nil && name != "uuid" && name != "retry" && kind != "erase" {
						t.Errorf("%s: no error", kind)
					}
					if log.String() == "" {
						t.Error("nothing in the log")
					}
					for _, form := range forms() {
						if strings.Contains(fmt.Sprintf("%v %+v", err, err), form) || strings.Contains(fields, form) || strings.Contains(log.String(), form) {
							t.Fatalf("%s: the key, as %s:\n%v\n%s\n%s", kind, form, err, fields, log.String())
						}
					}
				}
			}
		})
	}
}

// TestKeyFromBelow: errors of the network can repeat the key too, such as the text of a proxy that refuses CONNECT.
func TestKeyFromBelow(t *testing.T) {
	t.Parallel()
	for _, form := range forms() {
		var log resttest.Buffer
		c := offline(t, func(*http.Request) (*http.Response, error) { return nil, errors.New("407 you sent " + form) })
		err := read(tflogtest.RootLogger(t.Context(), &log), c)
		if text := fmt.Sprint(err, log.String()); strings.Contains(text, form) || !strings.Contains(text, "you sent (API key)") {
			t.Errorf("the key: %s", text)
		}
	}
}
