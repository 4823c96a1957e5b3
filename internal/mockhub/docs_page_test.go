package mockhub_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

var update = flag.Bool("update", false, "write endpoints.json from contributing/api.md")

// endpoint is an endpoint of api.md, or of the page /docs, which adds the last field.
type endpoint struct {
	Operation string `json:"operation"`
	Method    string `json:"method"`
	Path      string `json:"path"`
	Body      string `json:"body"`
	Answer    string `json:"answer"`
	Support   string `json:"support"`
	Example   string `json:"example"`
	Curl      string `json:"curl,omitempty"`
}

func (e endpoint) name() string { return e.Method + " " + e.Path }

// cells returns the rows of the table after a heading of api.md, without the header.
func cells(t *testing.T, page, heading string) [][]string {
	t.Helper()
	_, after, found := strings.Cut(page, "\n"+heading+"\n")
	_, table, isTable := strings.Cut(after, "\n|---")
	if !found || !isTable {
		t.Fatalf("api.md has no table after %q", heading)
	}
	var rows [][]string
	for i, line := range strings.Split(table, "\n") {
		if i == 0 {
			continue
		}
		if !strings.HasPrefix(line, "| ") {
			break
		}
		row := strings.Split(strings.TrimSuffix(strings.TrimPrefix(line, "|"), "|"), "|")
		for i := range row {
			row[i] = strings.TrimSpace(row[i])
		}
		rows = append(rows, row)
	}
	return rows
}

var methodAndPath = regexp.MustCompile("^([A-Z]+) (?:\\*\\*)?`([^`]+)`")

// endpoints returns the endpoints of api.md §2 with their example bodies.
func endpoints(t *testing.T) []endpoint {
	t.Helper()
	raw, err := os.ReadFile("../../contributing/api.md")
	if err != nil {
		t.Fatal(err)
	}
	examples := map[string]string{}
	for _, row := range cells(t, string(raw), "### Example bodies") {
		m := methodAndPath.FindStringSubmatch(row[0])
		if m == nil || len(row) != 2 {
			t.Fatalf("a row of the examples: %q", row)
		}
		example := strings.Trim(row[1], "`")
		if !strings.HasPrefix(example, "{") {
			example = strings.Replace(example, "`: `", "\n", 1)
		}
		examples[m[1]+" "+m[2]] = example
	}
	var list []endpoint
	for _, row := range cells(t, string(raw), "## 2. Endpoints") {
		m := methodAndPath.FindStringSubmatch(row[1])
		if m == nil || len(row) != 5 {
			t.Fatalf("a row of the endpoints: %q", row)
		}
		e := endpoint{Operation: row[0], Method: m[1], Path: m[2], Body: row[2], Answer: row[3], Support: row[4]}
		e.Example = examples[e.name()]
		delete(examples, e.name())
		if e.Method == "POST" && e.Body != "" && e.Example == "" {
			t.Errorf("%s has no example body", e.name())
		}
		list = append(list, e)
	}
	if len(examples) > 0 {
		t.Errorf("examples of no endpoint: %q", slices.Collect(maps.Keys(examples)))
	}
	return list
}

// TestEndpointsFile: endpoints.json, which the page /docs shows, has the endpoints of api.md.
func TestEndpointsFile(t *testing.T) {
	t.Parallel()
	var want bytes.Buffer
	for i, e := range endpoints(t) {
		var line bytes.Buffer
		enc := json.NewEncoder(&line)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(e); err != nil {
			t.Fatal(err)
		}
		fmt.Fprint(&want, map[bool]string{true: "[\n", false: ",\n"}[i == 0], strings.TrimSpace(line.String()))
	}
	want.WriteString("\n]\n")
	if *update {
		if err := os.WriteFile("endpoints.json", want.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile("endpoints.json"); err != nil || !bytes.Equal(got, want.Bytes()) {
		t.Errorf("%v: endpoints.json differs from contributing/api.md; run: go test ./internal/mockhub -run TestEndpointsFile -update", err)
	}
}

// docs returns the endpoints that the page /docs shows.
func (w *testHub) docs(t *testing.T) []endpoint {
	t.Helper()
	var list []endpoint
	r := w.page(t, "GET", "/page/docs.json", "")
	if err := json.Unmarshal([]byte(r.body), &list); err != nil {
		t.Fatalf("%v: %+v", err, r)
	}
	return list
}

// TestDocsRoutes: the page /docs has each route of the mock, and no other.
func TestDocsRoutes(t *testing.T) {
	t.Parallel()
	w := serve(t, mockhub.Options{})
	var shown []string
	for _, e := range w.docs(t) {
		shown = append(shown, e.name())
	}
	served := w.Routes()
	slices.Sort(shown)
	slices.Sort(served)
	if !slices.Equal(shown, served) {
		t.Errorf("shown\n%s\nserved\n%s", strings.Join(shown, "\n"), strings.Join(served, "\n"))
	}
}

// TestDocsText: what does not ask for HTML, such as curl, gets the requests of the page /docs as text: a script for a shell.
func TestDocsText(t *testing.T) {
	t.Parallel()
	w := serve(t, mockhub.Options{})
	want := ""
	for _, e := range w.docs(t) {
		want += "# " + e.Operation + "\n" + e.Curl + "\n\n"
	}
	for _, accept := range []string{"", "*/*"} {
		if r := w.page(t, "GET", "/docs", "", "Accept", accept); r.status != 200 || r.body != want || r.header.Get("Content-Type") != "text/plain; charset=utf-8" {
			t.Errorf("Accept %q: %d %q\n%s", accept, r.status, r.header.Get("Content-Type"), r.body)
		}
	}
	if r := w.page(t, "GET", "/docs", "", "Accept", "text/html,application/xhtml+xml,*/*;q=0.8"); !strings.Contains(r.body, "<html") {
		t.Errorf("a browser gets %s", r.body)
	}
}

// full returns a hub with objects of every kind in its newest chatbot, and with objects in an older one that would not fit.
func full(t *testing.T) *testHub {
	t.Helper()
	w := populated(t)
	bot := w.AddChatbot(mockhub.Chatbot{Name: "O'Neill's \"books\""})
	w.AddFunction(w.DefaultAgent(bot), mockhub.Function{})
	w.AddAgent(bot, mockhub.Agent{Type: "human-escalation"})
	w.AddSource(bot, mockhub.Source{Type: "link", FileName: "https://shop.example.com/about"})
	w.AddSource(bot, mockhub.Source{Type: "qa", Question: "Q", Answer: "A"})
	w.AddTag(bot, mockhub.SourceTag{})
	w.AddMessage(w.AddSession(bot, mockhub.Session{}), mockhub.Message{})
	return w
}

// filled returns a request with the uuids of the newest chatbot in place of the words for them.
func (w *testHub) filled(curl string) string {
	bots := w.Chatbots()
	bot := bots[len(bots)-1].UUID
	sources, session := w.Sources(bot), w.Sessions(bot)[0].UUID
	agent, _ := w.Agent(w.DefaultAgent(bot))
	return strings.NewReplacer("CHATBOT_UUID", bot, "AGENT_UUID", agent.UUID, "FUNCTION_UUID", agent.Functions[0].UUID, "LINK_UUID", sources[0].UUID,
		"DATA_SOURCE_UUID", sources[1].UUID, "SOURCE_TAG_UUID", w.Tags(bot)[0].UUID, "SESSION_UUID", session, "MESSAGE_UUID", w.Messages(session)[0].UUID).Replace(curl)
}

// TestDocsCurl runs each request of the page /docs in a shell, as a user does. Each of them is answered with success.
func TestDocsCurl(t *testing.T) {
	t.Parallel()
	for _, program := range []string{"sh", "curl"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("the requests of the page /docs are not run: %v", err)
		}
	}
	for i := range full(t).docs(t) {
		w := full(t) // each request can delete objects that others need
		e := w.docs(t)[i]
		w.runs(t, e.name(), w.filled(e.Curl))
	}
}

// runs runs a request in a shell, and checks that it is answered with success.
func (w *testHub) runs(t *testing.T, route, curl string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "sh", "-c", curl+" -w '\\n%{http_code}'")
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "AICHATBOTHUB_API_KEY=" + w.Key()}
	before := w.Count(route)
	out, err := cmd.CombinedOutput()
	body, succeeded := strings.CutSuffix(string(out), "\n200")
	if err != nil || !succeeded || w.Count(route) != before+1 {
		t.Errorf("%v\n%s\n%s", err, curl, out)
	}
	if strings.Contains(curl, w.Key()) {
		t.Errorf("the key is in %s", curl)
	}
	var items []struct{ Error string }
	if json.Unmarshal([]byte(body), &items) == nil && slices.ContainsFunc(items, func(item struct{ Error string }) bool { return item.Error != "" }) {
		t.Errorf("%s is answered with %s", route, body)
	}
}

type quirkView struct {
	Name, Type, Text, Shown string
	Value                   json.RawMessage
	Changed                 bool
}

// TestQuirksPage: each switch is on the page once, with its comment in quirks.go and its current value.
func TestQuirksPage(t *testing.T) {
	t.Parallel()
	w := serve(t, mockhub.Options{Quirks: mockhub.Quirks{ListLag: 2 * time.Second, IgnoresOnUpdate: []string{"bias"}}})
	read := func() map[string]quirkView {
		var list []quirkView
		if err := json.Unmarshal([]byte(w.page(t, "GET", "/page/quirks.json", "").body), &list); err != nil {
			t.Fatal(err)
		}
		byName := map[string]quirkView{}
		for _, q := range list {
			if _, twice := byName[q.Name]; twice || len(q.Text) < 20 || !strings.HasSuffix(q.Text, ".") || cmp.Or(q.Type, "{") == "{" {
				t.Errorf("%+v", q)
			}
			byName[q.Name] = q
		}
		return byName
	}
	shown := read()
	var fields map[string]any
	raw, err := json.Marshal(mockhub.Quirks{})
	if err != nil || json.Unmarshal(raw, &fields) != nil || len(fields) < 90 {
		t.Fatalf("%v: %s", err, raw)
	}
	if got, want := slices.Sorted(maps.Keys(shown)), slices.Sorted(maps.Keys(fields)); !slices.Equal(got, want) {
		t.Errorf("the page has %q, and Quirks %q", got, want)
	}
	for name, want := range map[string]string{
		"UnknownStatus":     `int 0 "" false UnknownStatus is the status for an unknown uuid: 404 (also for 0), 400, 403, 410 or 422. 422 comes in the list form.`,
		"ListLag":           `time.Duration 2000000000 "2s" true ListLag makes lists show the objects as of that long ago, by the hub's clock (at most 10 minutes). Single objects are always current.`,
		"IgnoresOnUpdate":   `[]string ["bias"] "" true IgnoresOnUpdate has the names of fields that an update of an agent ignores without checking them, such as bias, stickness and default_message (api.md §2).`,
		"ModelCostsMissing": `string "" "" false ModelsMissing and ModelCostsMissing remove the endpoints of models and of their costs, as in older deployments. "page" answers 200 with a page of the web app, "404" answers an error.`,
		"TrainingTimes":     `map[string]time.Duration null "" false TrainingTime is the duration of the training of a source, by the hub's clock. With 0 the training is complete after the answer to the create. TrainingTimes has the durations of single sources by file name, URL or question.`,
	} {
		q := shown[name]
		if got := fmt.Sprintf("%s %s %q %t %s", q.Type, q.Value, q.Shown, q.Changed, q.Text); got != want {
			t.Errorf("%s:\ngot  %s\nwant %s", name, got, want)
		}
	}
	if text := shown["AnswerFails"].Text; !strings.Contains(text, "\n- \"empty\": sends nothing; stores an empty response without an error_message\n- ") ||
		!strings.Contains(text, "no finish_reason\n- \"broken_stored\"") || !strings.Contains(text, "says: \"fail-empty") && !strings.Contains(text, "\nA question can") {
		t.Errorf("a list in a comment: %s", text)
	}
	w.SetQuirks(func(q *mockhub.Quirks) { q.TrimsText, q.ListLag = true, 0 })
	if now := read(); !now["TrimsText"].Changed || string(now["TrimsText"].Value) != "true" || now["ListLag"].Changed {
		t.Errorf("after a change: %+v %+v", now["TrimsText"], now["ListLag"])
	}
}

// TestRequestsPage: the page has the requests, newest first, with their paths and without their headers and bodies.
func TestRequestsPage(t *testing.T) {
	t.Parallel()
	w := serve(t, mockhub.Options{})
	w.do("POST", "/chatbot/create", `{"name":"secret-text"}`)
	w.do("GET", "/chatbot/"+unknownID+"/sessions?start_timestamp=2025-07-16T07:00:00.000Z", "")
	w.Inject(mockhub.Fault{Status: 503})
	w.do("GET", "/chatbots", "")
	var list struct {
		Items []struct {
			At                  time.Time
			Method, Path, Route string
			Status              int
			Fault               bool
		}
		More int
	}
	body := w.page(t, "GET", "/page/requests.json", "").body
	if err := json.Unmarshal([]byte(body), &list); err != nil || len(list.Items) != 3 {
		t.Fatalf("%v: %s", err, body)
	}
	var got []string
	for _, r := range list.Items {
		got = append(got, fmt.Sprintf("%s %s %d %t", r.Method, r.Path, r.Status, r.Fault))
		if time.Since(r.At) < 0 || time.Since(r.At) > time.Hour {
			t.Errorf("at %s", r.At)
		}
	}
	want := []string{
		"GET /api/v1/chatbots 503 true",
		"GET /api/v1/chatbot/" + unknownID + "/sessions?start_timestamp=2025-07-16T07:00:00.000Z 404 false",
		"POST /api/v1/chatbot/create 200 false",
	}
	if !slices.Equal(got, want) || list.More != 0 {
		t.Errorf("got %q and %d more", got, list.More)
	}
	if strings.Contains(body, "secret-text") || strings.Contains(body, w.Key()) {
		t.Errorf("a body or a header is on the page: %s", body)
	}
	for range 250 {
		w.do("GET", "/agent/models", "")
	}
	if body := w.page(t, "GET", "/page/requests.json", "").body; strings.Count(body, `"path"`) != 200 || !strings.Contains(body, `"more":53`) {
		t.Errorf("%d requests of 253: %s", strings.Count(body, `"path"`), body[len(body)-40:])
	}
}

// TestSearch: a search finds objects of every kind, also those that the overview does not show without it.
func TestSearch(t *testing.T) {
	t.Parallel()
	w := populated(t)
	for i := range 60 {
		w.AddSource(chatbotID, mockhub.Source{FileName: fmt.Sprintf("page-%d.txt", i)})
	}
	quiet := `"Quiet one"`
	for query, c := range map[string]struct{ has, hasNo []string }{
		"":                 {[]string{quiet, `"Orders"`, `page-59.txt`}, []string{"page-3.txt"}},
		"quiet":            {[]string{quiet, `"General Q\u0026A"`}, []string{"Northwind", "Orders"}},
		"PAGE-3.txt":       {[]string{"Northwind", "page-3.txt"}, []string{quiet, "page-59.txt", `"Orders"`, visit}},
		"never+promise":    {[]string{`"Orders"`, "find_order"}, []string{quiet, "page-59.txt", `"A person"`}},
		"orders/find":      {[]string{`"Orders"`, "find_order"}, []string{quiet, `"A person"`}},
		"from 9 to 18":     {[]string{hours, visit}, []string{quiet, `"Orders"`}},
		"com/help":         {[]string{"shop.example.com/help"}, []string{hours, `"Orders"`}},
		"rate limit":       {[]string{"shop.example.com/help"}, []string{hours, `"Orders"`}},
		"#d9480f":          {[]string{internal}, []string{hours, `"Orders"`}},
		" " + visit + "  ": {[]string{visit}, []string{hours, `"Orders"`}},
		chatbotID:          {[]string{"Northwind", "page-59.txt", visit, internal, `"Orders"`}, []string{quiet}},
		"hidden-value":     {nil, []string{quiet, "Northwind"}},
		"nothing has this": {nil, []string{quiet, "Northwind"}},
	} {
		body := w.page(t, "GET", "/page/overview.json?q="+strings.NewReplacer(" ", "+", "#", "%23").Replace(query), "").body
		_, chatbots, _ := strings.Cut(body, `"chatbots":`)
		for _, want := range c.has {
			if !strings.Contains(chatbots, want) {
				t.Errorf("%q does not find %s: %s", query, want, chatbots)
			}
		}
		for _, bad := range c.hasNo {
			if strings.Contains(chatbots, bad) {
				t.Errorf("%q finds %s", query, bad)
			}
		}
		if !strings.Contains(body, `{"name":"source","count":63}`) {
			t.Errorf("%q changes the totals: %s", query, body)
		}
	}
}

// TestNoChat: the overview says why nobody can chat with a chatbot.
func TestNoChat(t *testing.T) {
	t.Parallel()
	w := serve(t, mockhub.Options{})
	w.AddChatbot(mockhub.Chatbot{UUID: chatbotID})
	agent := w.DefaultAgent(chatbotID)
	for _, c := range []struct {
		visibility string
		enabled    bool
		want       string
	}{
		{"private", true, "No chat: visibility is private"},
		{"hybrid", true, "Visibility is hybrid: the chat works only where it is embedded"},
		{"public", true, ""},
		{"public", false, "No chat: no user-facing agent is enabled"},
	} {
		w.EditChatbot(chatbotID, func(b *mockhub.Chatbot) { b.Visibility = c.visibility })
		w.EditAgent(agent, func(a *mockhub.Agent) { a.Enabled = c.enabled })
		if body := w.page(t, "GET", "/page/overview.json", "").body; !strings.Contains(body, fmt.Sprintf(`"no_chat":%q`, c.want)) {
			t.Errorf("%+v: %s", c, body)
		}
	}
}
