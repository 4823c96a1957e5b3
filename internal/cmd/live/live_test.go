package main

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/provider"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/subcommand"
)

// account is the mock of an account with chatbots of others and of earlier runs.
type account struct {
	*acctest.Env
	out  bytes.Buffer
	vars map[string]string
}

func newAccount(t *testing.T) *account {
	t.Helper()
	a := &account{Env: acctest.Start(t)}
	a.vars = map[string]string{"AICHATBOTHUB_API_KEY": a.Key(), "AICHATBOTHUB_BASE_URL": a.URL, "LIVE": strings.TrimPrefix(a.URL, "http://")}
	return a
}

func (a *account) command() subcommand.Command {
	return subcommand.Command{Version: "test", Getenv: func(name string) string { return a.vars[name] }, Stdout: &a.out, Stderr: &a.out, Options: []provider.Option{acctest.ShortWaits}}
}

// names returns the names of all chatbots, sorted.
func (a *account) names() []string {
	var names []string
	for _, b := range a.Chatbots() {
		names = append(names, b.Name)
	}
	slices.Sort(names)
	return names
}

// TestRefuses: without LIVE, and with that of another host, nothing is sent.
func TestRefuses(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	host := a.vars["LIVE"]
	for _, value := range []string{"", "1", "app.aichatbothub.com", host + "/"} {
		a.vars["LIVE"] = value
		if err := run(t.Context(), a.command()); err == nil || !strings.Contains(err.Error(), "LIVE="+host) {
			t.Errorf("LIVE=%s: %v", value, err)
		}
	}
	delete(a.vars, "AICHATBOTHUB_API_KEY")
	a.vars["LIVE"] = host
	if err := run(t.Context(), a.command()); err == nil || !strings.Contains(err.Error(), "AICHATBOTHUB_API_KEY") {
		t.Errorf("without a key: %v", err)
	}
	if n := len(a.Requests()); n > 0 {
		t.Errorf("%d requests", n)
	}
}

// TestSweep: chatbots of runs that ended long ago are deleted, and no others, whatever their names begin with.
func TestSweep(t *testing.T) {
	t.Parallel()
	a := newAccount(t)
	now := time.Now().UTC()
	old, young := now.Add(-3*time.Hour).Format(time.RFC3339Nano), now.Add(-time.Minute).Format(time.RFC3339Nano)
	keep := []string{"Support", prefix, prefix + "of ours", prefix + young, probePrefix + young, "My " + prefix + old, strings.ToUpper(prefix) + old}
	for _, name := range append([]string{prefix + old, probePrefix + old}, keep...) {
		a.AddChatbot(mockhub.Chatbot{Name: name})
	}
	l, err := newLive(a.command())
	if err != nil {
		t.Fatal(err)
	}
	a.Inject(mockhub.Fault{Route: "DELETE /chatbot/{uuid}/delete", Status: 403})
	if err := l.sweep(t.Context(), l.abandoned); err == nil || !strings.Contains(err.Error(), "delete it in the web app") {
		t.Errorf("a chatbot that cannot be deleted: %v", err)
	}
	if err := l.sweep(t.Context(), l.abandoned); err != nil {
		t.Error(err)
	}
	slices.Sort(keep)
	if got := a.names(); !slices.Equal(got, keep) {
		t.Errorf("left are %q, want %q", got, keep)
	}
}

// TestLive runs everything against the mock, with questions. Nothing is left, and chatbots of others stay.
func TestLive(t *testing.T) {
	t.Parallel()
	if os.Getenv("TF_ACC") == "" {
		t.Skip("TF_ACC is not set: this builds the provider and runs a real Terraform")
	}
	a := newAccount(t)
	a.AddChatbot(mockhub.Chatbot{Name: "Support"})
	a.vars["ASK"] = "1"
	if err := run(t.Context(), a.command()); err != nil {
		t.Fatalf("%v\n%s", err, &a.out)
	}
	if got := a.names(); !slices.Equal(got, []string{"Support"}) {
		t.Errorf("the chatbots are %q", got)
	}
	for _, want := range []string{"message\ncredits", "==> probe", "create: done", "change: done", "import: done", "destroy: done"} {
		if !strings.Contains(a.out.String(), want) {
			t.Errorf("no %q in\n%s", want, &a.out)
		}
	}
	for _, route := range []string{"POST /session/{uuid}/message/stream", "POST /agent/{uuid}/function/create", "POST /chatbot/{uuid}/data-source/qa"} {
		if a.Count(route) == 0 {
			t.Errorf("no request was %s", route)
		}
	}
}

// TestConfiguration: there is a resource of each type, in the file of its name.
func TestConfiguration(t *testing.T) {
	t.Parallel()
	for name := range acctest.NewServer(t).Schema.ResourceSchemas {
		raw, err := configuration.ReadFile("configuration/" + strings.TrimPrefix(name, acctest.Prefix) + ".tf")
		if err != nil || !strings.HasPrefix(string(raw), "resource \""+name+"\" \"live\" {\n") {
			t.Errorf("%s has no file with a resource: %v", name, err)
		}
	}
}
