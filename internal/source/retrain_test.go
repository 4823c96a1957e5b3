package source_test

import (
	"bytes"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

const retrain = "aichatbothub_retrain"

// retrainEnv is a chatbot with sources, and what the action said.
type retrainEnv struct {
	*acctest.Env
	t       *testing.T
	chatbot string
	lines   []string
}

func startRetrain(t *testing.T, quirks ...func(*mockhub.Quirks)) *retrainEnv {
	t.Helper()
	e := acctest.Start(t, quirks...)
	return &retrainEnv{Env: e, t: t, chatbot: e.SeedChatbot()}
}

// add adds a source that is newer than the others.
func (e *retrainEnv) add(s mockhub.Source) string {
	e.Clock().Advance(time.Second)
	return e.AddSource(e.chatbot, s)
}

// file, page and question add a source that is trained. The trainings that follow end with a failure, unless it is "".
func (e *retrainEnv) file(name, failure string) string {
	return e.add(mockhub.Source{Type: "upload", FileName: name, Status: "success", FailsWith: failure, FailuresLeft: -1})
}

func (e *retrainEnv) page(url, failure string) string {
	return e.add(mockhub.Source{Type: "link", FileName: url, Status: "success", FailsWith: failure, FailuresLeft: -1})
}

func (e *retrainEnv) question(text, failure string) string {
	return e.add(mockhub.Source{Type: "qa", Question: text, Answer: "A", Status: "success", FailsWith: failure, FailuresLeft: -1})
}

// invoke invokes the action with further arguments, and returns the text of its error; "" if there is none.
func (e *retrainEnv) invoke(s *acctest.Server, arguments map[string]tftypes.Value) string {
	e.t.Helper()
	config := acctest.Strings(map[string]string{"chatbot_id": e.chatbot})
	maps.Copy(config, arguments)
	e.lines = nil
	return errorText(e.t, s.Invoke(retrain, config, func(line string) { e.lines = append(e.lines, line) }))
}

// errorText returns the one error among diagnostics. Warnings fail the test: Terraform does not show those of triggered actions.
func errorText(t *testing.T, diags []*tfprotov6.Diagnostic) string {
	t.Helper()
	if len(diags) == 0 {
		return ""
	}
	if len(diags) > 1 || diags[0].Severity != tfprotov6.DiagnosticSeverityError {
		t.Errorf("%d diagnostics, want one error; the first is %s: %s", len(diags), diags[0].Summary, diags[0].Detail)
	}
	return diags[0].Summary + ": " + diags[0].Detail
}

// last returns the last line of progress.
func (e *retrainEnv) last() string {
	if len(e.lines) == 0 {
		return ""
	}
	return e.lines[len(e.lines)-1]
}

// retrained returns the sources that the action trained, in order.
func (e *retrainEnv) retrained() []string {
	var ids []string
	for _, s := range e.Sources(e.chatbot) {
		if s.Trainings > 1 {
			ids = append(ids, s.UUID)
		}
	}
	slices.Sort(ids)
	return ids
}

func idSet(ids ...string) tftypes.Value {
	elements := []tftypes.Value{}
	for _, id := range ids {
		elements = append(elements, tftypes.NewValue(tftypes.String, id))
	}
	return tftypes.NewValue(tftypes.Set{ElementType: tftypes.String}, elements)
}

var (
	yes = tftypes.NewValue(tftypes.Bool, true)
	no  = tftypes.NewValue(tftypes.Bool, false)
)

// TestRetrainAction: all sources are trained again in place, with one list before, a request for each hundred sources of a kind, and shared polls.
func TestRetrainAction(t *testing.T) {
	t.Parallel()
	e := startRetrain(t)
	const files, pages, questions = 195, 101, 10
	for i := range files {
		e.file(fmt.Sprintf("%d.md", i), "")
	}
	for i := range pages {
		e.page(fmt.Sprintf("https://example.com/%d", i), "")
	}
	for i := range questions {
		e.question(fmt.Sprintf("Q%d?", i), "")
	}
	if text := e.invoke(e.Server(t), nil); text != "" {
		t.Error(text)
	}
	if n := len(e.retrained()); n != files+pages+questions {
		t.Errorf("%d sources were trained, want %d", n, files+pages+questions)
	}
	first := fmt.Sprintf("Training 306 of 306 sources of chatbot %s again.", e.chatbot)
	if e.lines[0] != first || e.last() != "306 of 306 sources are trained." {
		t.Errorf("%q", e.lines)
	}
	polls := e.Count(list) - 1
	if e.Count(restart) != 3 || e.Count(rescrape) != 2 || polls < 1 || e.Count("") != polls+1+3+2 {
		t.Errorf("%d restarts, want 3; %d re-scrapes, want 2; %d requests, want one list and the polls besides", e.Count(restart), e.Count(rescrape), e.Count(""))
	}
}

// TestRetrainSelects: the arguments select the sources that fit all of them. If none fits, the last line says so, and nothing is sent but a list.
func TestRetrainSelects(t *testing.T) {
	t.Parallel()
	link, none := tftypes.NewValue(tftypes.String, "link"), tftypes.NewValue(tftypes.String, "website")
	for name, c := range map[string]struct {
		arguments func(file, page, broken string) map[string]tftypes.Value
		want      func(file, page, broken string) []string
		last      string
	}{
		"ids": {func(f, p, _ string) map[string]tftypes.Value {
			return map[string]tftypes.Value{"source_ids": idSet(f, p)}
		},
			func(f, p, _ string) []string { return []string{f, p} }, "2 of 2 sources are trained."},
		"type": {func(_, _, _ string) map[string]tftypes.Value { return map[string]tftypes.Value{"type": link} },
			func(_, p, b string) []string { return []string{p, b} }, "2 of 2 sources are trained."},
		"failed only": {func(_, _, _ string) map[string]tftypes.Value { return map[string]tftypes.Value{"failed_only": yes} },
			func(_, _, b string) []string { return []string{b} }, "1 of 1 source is trained."},
		"not failed only": {func(_, p, _ string) map[string]tftypes.Value {
			return map[string]tftypes.Value{"failed_only": no, "source_ids": idSet(p)}
		}, func(_, p, _ string) []string { return []string{p} }, "1 of 1 source is trained."},
		"all of them": {func(f, _, b string) map[string]tftypes.Value {
			return map[string]tftypes.Value{"failed_only": yes, "type": link, "source_ids": idSet(f, b)}
		}, func(_, _, b string) []string { return []string{b} }, "1 of 1 source is trained."},
		"nothing": {func(f, _, _ string) map[string]tftypes.Value {
			return map[string]tftypes.Value{"failed_only": yes, "type": none, "source_ids": idSet(f)}
		}, func(_, _, _ string) []string { return nil }, `has 3 sources, and none of them fits. They are of the type "link", "upload". The training of 1 of them failed.`},
		"no ids": {func(_, _, _ string) map[string]tftypes.Value { return map[string]tftypes.Value{"source_ids": idSet()} },
			func(_, _, _ string) []string { return nil }, "Nothing to train: source_ids is empty."},
		"without a wait": {func(_, _, _ string) map[string]tftypes.Value { return map[string]tftypes.Value{"wait": no} },
			func(f, p, b string) []string { return []string{f, p, b} }, "The training of 3 of 3 sources was requested. The action does not wait for it."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := startRetrain(t)
			f, p := e.file("a.md", ""), e.page("https://example.com/a", "")
			b := e.AddSource(e.chatbot, mockhub.Source{Type: "link", FileName: "https://example.com/b", Status: "error:download"})
			if text := e.invoke(e.Server(t), c.arguments(f, p, b)); text != "" {
				t.Error(text)
			}
			want := c.want(f, p, b)
			if slices.Sort(want); !slices.Equal(e.retrained(), want) {
				t.Errorf("%v were trained, want %v", e.retrained(), want)
			}
			if !strings.HasSuffix(e.last(), c.last) {
				t.Errorf("the last line is %q, want %q", e.last(), c.last)
			}
			if sent := e.Count(restart) + e.Count(rescrape); (sent == 0) != (want == nil) {
				t.Errorf("%d trainings were requested", sent)
			}
			if lists := e.Count(list); name == "without a wait" && lists != 1 || name == "no ids" && e.Count("") != 0 {
				t.Errorf("%d lists, %d requests", lists, e.Count(""))
			}
		})
	}
}

// TestRetrainUnknownID: an id that the chatbot does not have is an error at source_ids, before anything is trained.
func TestRetrainUnknownID(t *testing.T) {
	t.Parallel()
	e := startRetrain(t)
	mine := e.file("a.md", "")
	other := e.AddSource(e.SeedChatbot(), mockhub.Source{Type: "upload", FileName: "b.md", Status: "success"})
	text := e.invoke(e.Server(t), map[string]tftypes.Value{"source_ids": idSet(mine, other)})
	if !strings.Contains(text, "Source not found") || !strings.Contains(text, other) || strings.Contains(text, mine) {
		t.Error(text)
	}
	if len(e.lines) > 0 || e.Count(restart) > 0 {
		t.Errorf("%q, and %d trainings were requested", e.lines, e.Count(restart))
	}
}

// TestRetrainFails: what is not trained in the end is an error with the names and the service's reasons, which the last line has as well. The
// address of a page and the text of a question are not shown.
func TestRetrainFails(t *testing.T) {
	t.Parallel()
	e := startRetrain(t)
	e.file("fine.md", "")
	empty := []string{e.file("a.md", "error:no text"), e.file("b.md", "error:no text")}
	page := e.page("https://example.com/c4nary", "error:not found")
	asked := e.question("c4nary?", "error:token")
	gone := e.file("gone.md", "error:rate limit")
	e.Inject(mockhub.Fault{Route: restart, Times: 1, Mutate: func(b []byte) []byte { e.RemoveSource(gone); return b }})
	text := e.invoke(e.Server(t), nil)
	for _, said := range []string{text, e.last()} {
		for _, want := range []string{
			"1 of 6 sources are trained. 5 failed:",
			fmt.Sprintf(`"a.md" (%s), "b.md" (%s): the status is "error:no text". The service found no text`, empty[0], empty[1]),
			fmt.Sprintf(`"https://example.com/…" (%s): the status is "error:not found".`, page),
			asked + `: the status is "error:token".`,
			fmt.Sprintf(`"gone.md" (%s): the source no longer exists`, gone),
		} {
			if !strings.Contains(said, want) {
				t.Errorf("%q is not in\n%s", want, said)
			}
		}
		if strings.Contains(said, "c4nary") {
			t.Errorf("a text is shown: %s", said)
		}
	}
	if !strings.HasPrefix(text, "Sources not trained: Chatbot "+e.chatbot) || strings.Contains(e.last(), "\n") {
		t.Errorf("the error is\n%s\nand the last line\n%s", text, e.last())
	}
}

// TestRetrainManyFail: equal reasons are listed once, with a few names.
func TestRetrainManyFail(t *testing.T) {
	t.Parallel()
	e := startRetrain(t, func(q *mockhub.Quirks) { q.RestartMissing, q.RescrapeMissing = "404", "405" })
	for i := range 150 {
		e.file(fmt.Sprintf("%03d.md", i), "")
	}
	text := e.invoke(e.Server(t), nil)
	for _, want := range []string{"0 of 150 sources are trained. 150 failed:", `"000.md"`, `"004.md"`, "and 145 more: ", "The other request that can train a source failed, too", "This deployment may not be able to train this source again"} {
		if strings.Count(text, want) != 1 {
			t.Errorf("%q is not once in\n%s", want, text)
		}
	}
	if strings.Contains(text, `"005.md"`) || strings.Contains(text, "outside of Terraform") || e.Count(list) != 1 {
		t.Errorf("%d lists; %s", e.Count(list), text)
	}
}

// TestRetrainFaults: a lost answer, a throttled request, a temporary failure and an odd answer do not end the action. Lists that fail do.
func TestRetrainFaults(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fault mockhub.Fault
		want  string // of the error
	}{
		"lost answer":   {mockhub.Fault{Route: restart, Drop: true, Process: true}, ""},
		"throttled":     {mockhub.Fault{Route: restart, RetryAfter: "0", Status: http.StatusTooManyRequests}, ""},
		"failing poll":  {mockhub.Fault{Route: list, Skip: 1, Times: 7, Status: http.StatusBadGateway}, ""},
		"failing list":  {mockhub.Fault{Route: list, Times: -1, Status: http.StatusInternalServerError}, "Unable to list sources: Sources of chatbot"},
		"refused key":   {mockhub.Fault{Route: list, Skip: 1, Times: -1, Status: http.StatusUnauthorized}, "1 not trained yet: "},
		"chatbot gone":  {mockhub.Fault{Route: list, Times: -1, Mutate: nil, Status: http.StatusNotFound}, "Chatbot not found: "},
		"odd source":    {mockhub.Fault{Route: list, Times: -1, Mutate: odd}, ""},
		"unknown state": {mockhub.Fault{Route: list, Times: -1, Mutate: unreadable}, "0 of 1 source is trained. 1 failed:\n\n- \"a.md\" "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := startRetrain(t)
			id := e.file("a.md", "")
			if name == "chatbot gone" {
				e.RemoveChatbot(e.chatbot)
			}
			e.Inject(c.fault)
			text := e.invoke(e.Server(t), nil)
			switch {
			case c.want == "" && (text != "" || e.last() != "1 of 1 source is trained." || !slices.Equal(e.retrained(), []string{id})):
				t.Errorf("%q, %q", text, e.lines)
			case !strings.Contains(text, c.want):
				t.Errorf("%q, want %q", text, c.want)
			}
		})
	}
}

// TestRetrainRestarts: a training that fails for a temporary reason is restarted.
func TestRetrainRestarts(t *testing.T) {
	t.Parallel()
	e := startRetrain(t)
	e.add(mockhub.Source{Type: "upload", FileName: "a.md", Status: "success", FailsWith: "error:rate limit", FailuresLeft: 2})
	e.file("b.md", "error:rate limit")
	if text := e.invoke(e.Server(t), nil); !strings.Contains(text, "1 of 2 sources are trained. 1 failed:\n\n- \"b.md\"") {
		t.Error(text)
	}
	if n := e.Count(restart); n != 1+3 { // those of a poll are sent together
		t.Errorf("%d restarts, want 4", n)
	}
}

// odd makes fields of the sources odd which the action does not need.
func odd(answer []byte) []byte {
	return []byte(strings.NewReplacer(`"title":`, `"title":[7],"old":`, `"meta_json":`, `"meta_json":[],"old_meta":`).Replace(string(answer)))
}

func unreadable(answer []byte) []byte {
	return bytes.ReplaceAll(answer, []byte(`"status":"`), []byte(`"status":{},"old":"`))
}

// TestRetrainUnreadableStatus: a source whose status the service answers in an unknown form does not stop the others, and failed_only leaves it out.
func TestRetrainUnreadableStatus(t *testing.T) {
	t.Parallel()
	e := startRetrain(t)
	e.file("a.md", "")
	e.AddSource(e.chatbot, mockhub.Source{Type: "upload", FileName: "odd.md", Status: "success", TrainingStatuses: []string{"dreaming"}, TrainingTime: time.Hour})
	e.Inject(mockhub.Fault{Route: list, Times: -1, Mutate: func(b []byte) []byte {
		return bytes.ReplaceAll(b, []byte(`"status":"dreaming"`), []byte(`"status":["x"]`))
	}})
	s := e.Server(t)
	if text := e.invoke(s, nil); !strings.Contains(text, "1 of 2 sources are trained. 1 failed:") || !strings.Contains(text, "odd.md") || !strings.Contains(text, "in a form that the provider does not know") {
		t.Error(text)
	}
	if text := e.invoke(s, map[string]tftypes.Value{"failed_only": yes}); text != "" || !strings.HasPrefix(e.last(), "Nothing to train: ") {
		t.Errorf("%q, %q", text, e.lines)
	}
}

// bubble is a server with the waits that the provider has by default, for the clock of a synctest bubble.
func (e *retrainEnv) bubble(t *testing.T) *acctest.Server {
	t.Helper()
	return e.Server(t, func(cfg *hub.Config) { cfg.PollInterval, cfg.PollFirst = 0, 0 }, e.WithoutNetwork)
}

// TestRetrainInterrupted: after StopProvider the action ends at once, with an error alone: Terraform ends an action at the next line of progress.
func TestRetrainInterrupted(t *testing.T) {
	t.Parallel()
	for _, after := range []time.Duration{0, 500 * time.Millisecond, 12 * time.Second} {
		e := startRetrain(t, slow)
		e.file("a.md", "")
		e.file("b.md", "")
		synctest.Test(t, func(t *testing.T) {
			s := e.bubble(t)
			done := make(chan string, 1)
			if after == 0 {
				if _, err := s.StopProvider(t.Context(), &tfprotov6.StopProviderRequest{}); err != nil {
					t.Error(err)
				}
				e.Forget()
			}
			go func() { done <- e.invoke(s, nil) }()
			if time.Sleep(after); after > 0 {
				if _, err := s.StopProvider(t.Context(), &tfprotov6.StopProviderRequest{}); err != nil {
					t.Error(err)
				}
			}
			stopped := time.Now()
			text := <-done
			if took := time.Since(stopped); took > time.Second {
				t.Errorf("it ended %s after the interruption", took)
			}
			if !strings.Contains(text, "interrupted") || after > 0 && !strings.Contains(text, "0 of 2 sources are trained. 2 not trained yet: the run was interrupted") {
				t.Error(text)
			}
			if want := min(int(after), 1) + int(after/(10*time.Second)); len(e.lines) != want {
				t.Errorf("%q, want %d lines", e.lines, want)
			}
			if after == 0 && e.Count("") > 0 {
				t.Errorf("%d requests were sent", e.Count(""))
			}
		})
	}
}

// TestRetrainTimeLimit: the action stops waiting after 30 minutes, which is an error, and says every ten seconds how many sources are trained.
func TestRetrainTimeLimit(t *testing.T) {
	t.Parallel()
	e := startRetrain(t, func(q *mockhub.Quirks) { q.TrainingTime = time.Hour })
	e.AddSource(e.chatbot, mockhub.Source{Type: "upload", FileName: "fast.md", Status: "success", TrainingTime: time.Minute})
	e.file("slow.md", "")
	synctest.Test(t, func(t *testing.T) {
		s := e.bubble(t)
		begun := time.Now()
		text := e.invoke(s, nil)
		if took := time.Since(begun); took < 30*time.Minute || took > 31*time.Minute {
			t.Errorf("it took %s", took)
		}
		if want := "1 of 2 sources are trained. 1 not trained yet: the timeout expired. The service continues the training."; !strings.Contains(text, want) || e.last() != want {
			t.Errorf("%q and %q, want %q", text, e.last(), want)
		}
	})
	if n := len(e.lines); n < 150 || n > 182 || e.lines[1] != "0 of 2 sources are trained, 0 failed." || e.lines[n-2] != "1 of 2 sources are trained, 0 failed." {
		t.Errorf("%d lines, such as %q", n, e.lines[:2])
	}
}

// TestRetrainUnknownValues: values that are unknown when the action is planned are checked when it is invoked. A plan sends nothing.
func TestRetrainUnknownValues(t *testing.T) {
	t.Parallel()
	e := startRetrain(t)
	s := e.Server(t)
	ty := s.ActionSchema(retrain).ValueType()
	unknown := map[string]tftypes.Value{}
	for name, of := range ty.(tftypes.Object).AttributeTypes {
		unknown[name] = tftypes.NewValue(of, tftypes.UnknownValue)
	}
	for name, value := range map[string]tftypes.Value{"each": tftypes.NewValue(ty, unknown), "whole": tftypes.NewValue(ty, tftypes.UnknownValue)} {
		dv, err := tfprotov6.NewDynamicValue(ty, value)
		if err != nil {
			t.Fatal(err)
		}
		if text := errorText(t, s.PlanAction(retrain, &dv)); text != "" || e.Count("") > 0 {
			t.Errorf("%s: %q, %d requests", name, text, e.Count(""))
		}
	}
}
