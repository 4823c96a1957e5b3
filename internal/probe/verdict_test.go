package probe

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/subcommand"
)

// dashed returns a body with all ids in the form with dashes and upper case.
func dashed(body string) string {
	return regexp.MustCompile(`"[0-9a-f]{32}"`).ReplaceAllStringFunc(body, func(id string) string {
		id = strings.ToUpper(id)
		return id[:9] + "-" + id[9:13] + "-" + id[13:17] + "-" + id[17:21] + "-" + id[21:]
	})
}

// TestUnjustified: what a service answers that does what no reading says, or nothing, is not taken for a reading.
func TestUnjustified(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fact, path string
		status     int // of the answers that are changed
		old, new   string
		want       string // the beginning of "seen"
		verdict    string
	}{
		"an update that is not applied":      {"chatbot-update", "/chatbot/", 200, `"rate_limit":[19,241]`, `"rate_limit":[20,240]`, "nothing: ", notSeen},
		"numbers that are none":              {"whole-numbers", "/chatbot/", 200, `"rate_limit":[19,241]`, `"rate_limit":[null,null]`, "nothing: ", notSeen},
		"a 422 of a refused key":             {"unknown-chatbot-status", "/chatbot/" + string(unknownID), 404, `{"error":`, `{"msg":`, `422 {"msg"}`, notHandled},
		"a 422 of a refused key, of a model": {"bad-model", "/agent/create", 422, `[`, `{"msg":"a"}`, `422 {"msg"}`, notHandled},
		"a limit of requests, of an id":      {"unknown-session-status", "/session/" + string(unknownID), 404, ``, ``, "nothing: ", notSeen},
		"a limit of requests, of a file":     {"duplicate-file", "/data-source/upload", 409, ``, ``, "nothing: ", notSeen},
		"a limit of requests, of a page":     {"duplicate-url", "/data-source/url", 409, ``, ``, "nothing: ", notSeen},
		"a limit of requests, of a type":     {"unknown-file-type", "/data-source/upload", 400, ``, ``, "nothing: ", notSeen},
		"a limit of requests, of a restart":  {"retrain-answer", "/data-sources/restart", 200, ``, ``, "nothing: ", notSeen},
		"a limit of requests, of a bulk":     {"bulk-delete-unknown", "/data-sources/delete", 422, ``, ``, "nothing: ", notSeen},
		"a session without an id":            {"session-variables", "/api/v1/session/", 200, `"uuid":`, `"other":`, "nothing: ", notSeen},
		"sources that are not in the answer": {"unknown-source-in-agent", "/update", 422, `[`, `no list`, "nothing: ", notSeen},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, env := changed(t, func(r *http.Request, status int, body string) (int, string) {
				if status != c.status || !strings.Contains(r.URL.Path, c.path) || !strings.Contains(body, c.old) {
					return status, body
				}
				switch {
				case c.new == "no list":
					return http.StatusOK, `{"uuid":"` + r.URL.Path[len("/api/v1/agent/"):][:32] + `"}`
				case c.old == "":
					return http.StatusTooManyRequests, `{"error":"slow down"}`
				case strings.HasPrefix(c.new, `{"msg"`):
					return http.StatusUnprocessableEntity, `{"msg":"a"}`
				}
				return status, strings.ReplaceAll(body, c.old, c.new)
			})
			out := probeFrom(t.Context(), t, env, "-json")
			for _, f := range out.report.Facts {
				if f.ID == c.fact && (f.Verdict != c.verdict || !strings.HasPrefix(f.Seen, c.want)) {
					t.Errorf("%s: %s", f.Verdict, f.Seen)
				}
			}
		})
	}
}

// TestDashes: ids in their other form change one fact only.
func TestDashes(t *testing.T) {
	t.Parallel()
	h, env := changed(t, func(_ *http.Request, status int, body string) (int, string) { return status, dashed(body) })
	out := probeFrom(t.Context(), t, env, "-json", "-ask")
	for _, f := range out.report.Facts {
		if want := map[bool]string{true: handled, false: asAssumed}[f.ID == "uuid-form"]; f.Verdict != want {
			t.Errorf("%s: %s: %s", f.ID, f.Verdict, f.Seen)
		}
	}
	if left := h.Chatbots(); out.code != subcommand.OK || len(left) > 0 {
		t.Errorf("exit code %d, %d chatbots are left\n%s", out.code, len(left), out.stderr)
	}
}

// TestLateLists: when lists are too far behind to show what the run wrote, the facts that depend on them are not seen.
func TestLateLists(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t, func(q *mockhub.Quirks) { setQuirk(t, q, "ListLag=10m") })
	out := probeWith(t, e, "-json", "-ask")
	for _, f := range out.report.Facts {
		switch f.ID {
		case "list-lag":
			if f.Verdict != notHandled {
				t.Errorf("%s: %s: %s", f.ID, f.Verdict, f.Seen)
			}
		case "bulk-delete-unknown", "session-list-filter", "default-agent", "tag-members", "training-statuses", "message-in-list-after":
			if f.Verdict != notSeen {
				t.Errorf("%s: %s: %s", f.ID, f.Verdict, f.Seen)
			}
		default:
			if f.Verdict == notHandled {
				t.Errorf("%s: %s: %s", f.ID, f.Verdict, f.Seen)
			}
		}
	}
	if out.code != subcommand.Finding || len(e.Chatbots()) > 0 {
		t.Errorf("exit code %d, %d chatbots are left\n%s", out.code, len(e.Chatbots()), out.stderr)
	}
}

// TestDefaultSettings: a default of the service that is the value of an update does not look as if the update had been applied.
func TestDefaultSettings(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t, func(q *mockhub.Quirks) { q.IgnoresOnUpdate = []string{"bias", "stickness", "default_message"} })
	e.Inject(mockhub.Fault{Route: "POST /agent/{uuid}/update", Times: -1, Mutate: func(answer []byte) []byte {
		return []byte(strings.Replace(strings.Replace(string(answer), `"meta":{`, `"meta":{"bias":0.5,"stickness":0.5,`, 1), ",}", "}", 1))
	}})
	if seen := seenOf(t, probeWith(t, e, "-json"), "agent-late-fields"); seen != ignored {
		t.Error(seen)
	}
}

// TestReportHasNoIDs: ids of the service that have the form of a key, a status, a media type or the name of a header are not in the report,
// and neither are a thousand keys.
func TestReportHasNoIDs(t *testing.T) {
	t.Parallel()
	const secret = "a3474da7ae3b4b7191ee29c2de798257"
	e := acctest.Start(t)
	var many strings.Builder
	for i := range 1000 {
		many.WriteString(`"key_` + strings.Repeat("x", i/26) + string(rune('a'+i%26)) + `": 1, `)
	}
	replace := func(route, old, with string) {
		e.Inject(mockhub.Fault{Route: route, Times: -1, Mutate: func(answer []byte) []byte {
			return []byte(strings.ReplaceAll(string(answer), old, with))
		}})
	}
	replace("POST /chatbot/{uuid}/data-source/upload", `{"`, `{"`+secret+`": 1, `+many.String()+`"`)
	replace("GET /chatbot/{uuid}/data-sources", `"status":"success"`, `"status":"error: `+secret+`"`)
	replace("POST /data-sources/url/re-scrape", `"status":"restarted scraping"`, `"status":"`+secret+`"`)
	e.Inject(mockhub.Fault{Route: "POST /session/{uuid}/message/stream", Times: -1, ContentType: "text/" + secret})
	header := http.Header{"X-Ratelimit-" + secret: {"1"}}
	e.Inject(mockhub.Fault{Route: "GET /session/{uuid}", Times: -1, Header: header})
	for _, args := range [][]string{{"-json", "-ask"}, {"-ask"}} {
		out := probeWith(t, e, args...)
		if all := strings.ToLower(out.stdout + out.stderr); strings.Contains(all, secret) || len(all) > 60_000 {
			i := max(0, strings.Index(all, secret))
			t.Errorf("%d bytes: %s", len(all), all[max(0, i-200):min(len(all), i+200)])
		}
	}
}
