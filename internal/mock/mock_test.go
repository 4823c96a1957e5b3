package mock

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/subcommand"
)

// run runs the subcommand. The error is what it prints to stderr.
func run(ctx context.Context, args []string, out io.Writer) error {
	var stderr bytes.Buffer
	code := Subcommand.Run(ctx, subcommand.Command{Args: args, Version: "0.1.0", Stdout: out, Stderr: &stderr})
	if (code == subcommand.OK) != (stderr.Len() == 0) {
		return fmt.Errorf("exit code %d with %q", code, &stderr)
	}
	if code != subcommand.OK {
		return errors.New(stderr.String())
	}
	return nil
}

// running is a run of the program inside the test.
type running struct {
	url, key string
	stop     func() error
}

func start(t *testing.T, args ...string) running {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	r, w := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		err := run(ctx, append([]string{"-addr", "127.0.0.1:0"}, args...), w)
		_ = w.Close()
		ended <- err
	}()
	var p running
	p.url, p.key = readExports(t, r)
	var stopped bool
	p.stop = func() error {
		if stopped {
			return nil
		}
		stopped = true
		cancel()
		return <-ended
	}
	t.Cleanup(func() { _ = p.stop() })
	return p
}

func readExports(t *testing.T, r io.Reader) (url, key string) {
	t.Helper()
	lines := bufio.NewScanner(r)
	for (url == "" || key == "") && lines.Scan() {
		if v, ok := strings.CutPrefix(lines.Text(), "export AICHATBOTHUB_BASE_URL="); ok {
			url = strings.Trim(v, "'")
		}
		if v, ok := strings.CutPrefix(lines.Text(), "export AICHATBOTHUB_API_KEY="); ok {
			key = strings.Trim(v, "'")
		}
	}
	if url == "" || key == "" {
		t.Fatal("the program ended without printing its URL and key")
	}
	return url, key
}

func (p running) do(t *testing.T, method, path, body string) string {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, p.url+"/api/v1"+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+p.key)
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	res, err := client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("%s %s: %d %s %v", method, path, res.StatusCode, raw, err)
	}
	return string(raw)
}

func TestServes(t *testing.T) {
	t.Parallel()
	p := start(t, "-key", "my-key", "-latency", "1ms", "-quirks", `{"ShowCitationSingular":true}`)
	if p.key != "my-key" {
		t.Errorf("key %q", p.key)
	}
	if got := p.do(t, "POST", "/chatbot/create", `{"name":"A"}`); !strings.Contains(got, `"show_citation":false`) {
		t.Errorf("create: %s", got)
	}
	if err := p.stop(); err != nil {
		t.Errorf("stop: %v", err)
	}
}

// TestForeignHost: a request to another host name is refused, also with the key. A foreign site whose name resolves to this machine can send such
// requests.
func TestForeignHost(t *testing.T) {
	t.Parallel()
	p := start(t)
	for host, want := range map[string]int{"127.0.0.1:8765": 200, "localhost": 200, "[::1]:8765": 200, "LOCALHOST:1": 200, "mock.example.com": 421, "localhost.example.com:8765": 421} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, p.url+"/api/v1/chatbots", http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		req.Host = host
		req.Header.Set("Authorization", "Bearer "+p.key)
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		if res.StatusCode != want {
			t.Errorf("%s: %d, want %d", host, res.StatusCode, want)
		}
	}
}

// TestRandomKey: without -key each run has a key that nobody else knows.
func TestRandomKey(t *testing.T) {
	t.Parallel()
	a, b := start(t), start(t)
	if a.key == b.key || a.key == mockhub.DefaultKey || len(a.key) < 30 {
		t.Errorf("the keys are %q and %q", a.key, b.key)
	}
}

// TestTraining: -training is for people, to whom -quirks with nanoseconds is no kindness; it wins over them.
func TestTraining(t *testing.T) {
	t.Parallel()
	for want, args := range map[string][]string{
		`"status":"success"`: nil,
		`"status":"await"`:   {"-training", "1h"},
		`"status":"running"`: {"-training", "1h", "-quirks", `{"TrainingTime":1,"TrainingStatuses":["running"]}`},
	} {
		p := start(t, args...)
		id := strings.Split(p.do(t, "POST", "/chatbot/create", `{"name":"A"}`), `"uuid":"`)[1][:32]
		p.do(t, "POST", "/chatbot/"+id+"/data-source/qa", `{"question":"q","answer":"a"}`)
		if got := p.do(t, "GET", "/chatbot/"+id+"/data-sources", ""); !strings.Contains(got, want) {
			t.Errorf("%v: %s", args, got)
		}
	}
}

// TestAnswers: -answers documents has the mock answer from uploaded texts.
func TestAnswers(t *testing.T) {
	t.Parallel()
	for want, args := range map[string][]string{
		"I’m sorry": nil, "learn something new": {"-answers", "qa", "-quirks", `{"AnswersFrom":"documents"}`}, "We open at nine.": {"-answers", "documents"},
	} {
		p := start(t, args...)
		id := strings.Split(p.do(t, "POST", "/chatbot/create", `{"name":"A"}`), `"uuid":"`)[1][:32]
		p.do(t, "POST", "/chatbot/"+id+"/data-source/qa", `{"question":"Hours?","answer":"We open at nine."}`)
		session := strings.Split(p.do(t, "POST", "/chatbot/"+id+"/session/create", ""), `"uuid":"`)[1][:32]
		if got := p.do(t, "POST", "/session/"+session+"/message/stream", `{"query":"When do you open?"}`); !strings.Contains(got, want) {
			t.Errorf("%v: %s", args, got)
		}
	}
}

func TestKeepsStateAcrossRestarts(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "state.json")
	first := start(t, "-state", file)
	first.do(t, "POST", "/chatbot/create", `{"name":"Kept <&> 🤖","rate_limit":[7,8]}`)
	// Saved before the answer, not only at the end: a killed program loses nothing that it has answered.
	if raw, err := os.ReadFile(file); err != nil || !bytes.Contains(raw, []byte("🤖")) {
		t.Errorf("state after the answer: %s %v", raw, err)
	}
	want := first.do(t, "GET", "/chatbots", "")
	if err := first.stop(); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode of the state: %v %v", info.Mode(), err)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Errorf("left behind: %v %v", entries, err)
	}
	second := start(t, "-state", file)
	if got := second.do(t, "GET", "/chatbots", ""); got != want {
		t.Errorf("after the restart:\n%s\nwant:\n%s", got, want)
	}
}

func TestRefusesToStart(t *testing.T) {
	t.Parallel()
	broken := filepath.Join(t.TempDir(), "broken.json")
	if err := os.WriteFile(broken, []byte(`{"format":1,`), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct {
		args []string
		want string
	}{
		"time without a unit": {[]string{"-training", "20"}, "-training: must be a duration in hours, minutes or seconds"},
		"empty address":       {[]string{"-addr", ""}, "-addr must not be empty"},
		"two objects":         {[]string{"-quirks", `{}{"ListLag":1}`}, "-quirks: must be one JSON object"},
		"no folder":           {[]string{"-state", filepath.Join(filepath.Dir(broken), "gone", "x")}, "the state cannot be saved: "},
		"a folder":            {[]string{"-state", filepath.Dir(broken)}, "the state cannot be loaded: "},
		"negative time":       {[]string{"-latency", "-1s"}, "must not be negative"},
		"unknown flag":        {[]string{"-nope"}, "-nope"},
		"argument":            {[]string{"serve"}, `unexpected argument "serve"`},
		"key with a quote":    {[]string{"-key", "a'b"}, "-key"},
		"quirks not JSON":     {[]string{"-quirks", "x"}, "-quirks"},
		"unknown answers":     {[]string{"-answers", "x"}, "-answers must be qa or documents"},
		"unknown quirk":       {[]string{"-quirks", `{"Nope":true}`}, "Nope"},
		"bad address":         {[]string{"-addr", "127.0.0.1:99999"}, "99999"},
		"broken state":        {[]string{"-state", broken}, broken + " has no state of this version of the mock: unexpected EOF. Name another file with -state"},
		"state not writeable": {[]string{"-state", filepath.Join(broken, "x")}, broken},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, cancel := context.WithCancel(t.Context())
			cancel() // or it would serve forever where it starts
			err := run(ctx, tc.args, io.Discard)
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("error %v, want %q in it", err, tc.want)
			}
		})
	}
	if raw, err := os.ReadFile(broken); err != nil || string(raw) != `{"format":1,` {
		t.Errorf("the broken state was changed: %s %v", raw, err)
	}
}

func TestHelp(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := run(t.Context(), []string{"-h"}, &out); err != nil || !strings.Contains(out.String(), "-state") {
		t.Errorf("help: %v %s", err, &out)
	}
}

// TestGreeting: what is printed can be pasted into a shell as it is, and says where to look.
func TestGreeting(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := greet(&out, &net.TCPAddr{IP: net.IPv6loopback, Port: 8765}, "my-key", ""); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(out.String(), "# Mock of AI Chatbot Hub. It is no proof of how the service behaves.\n") {
		t.Errorf("it does not say what it is: %s", &out)
	}
	if !strings.Contains(out.String(), "\n# Pages with the objects, chats, requests, switches and the API: http://[::1]:8765/\nexport ") {
		t.Errorf("no address of the page: %s", &out)
	}
	for line := range strings.Lines(out.String()) {
		if !strings.HasPrefix(line, "# ") && !strings.HasPrefix(line, "export AICHATBOTHUB_") {
			t.Errorf("a shell would run %q", line)
		}
	}
}

// TestGreetingOfAllInterfaces: the provider accepts http only for the loopback address, and no client can connect to [::].
func TestGreetingOfAllInterfaces(t *testing.T) {
	t.Parallel()
	for _, ip := range []net.IP{net.IPv4zero, net.IPv6unspecified} {
		var out bytes.Buffer
		if err := greet(&out, &net.TCPAddr{IP: ip, Port: 8765}, "my-key", ""); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(out.String(), "\nexport AICHATBOTHUB_BASE_URL='http://127.0.0.1:8765'\n") || !strings.Contains(out.String(), ": http://127.0.0.1:8765/\n") {
			t.Errorf("%v: %s", ip, &out)
		}
	}
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, errors.New("no paper") }

func TestGreetingThatCannotBeWritten(t *testing.T) {
	t.Parallel()
	err := run(t.Context(), []string{"-addr", "127.0.0.1:0"}, brokenWriter{})
	if err == nil || !strings.Contains(err.Error(), "no paper") {
		t.Errorf("error %v", err)
	}
}

func TestStateThatCannotBeSaved(t *testing.T) {
	t.Parallel()
	gone := filepath.Join(t.TempDir(), "gone")
	var stderr bytes.Buffer
	k := &stateFile{path: filepath.Join(gone, "state.json"), hub: mockhub.New(mockhub.Options{}), errOut: &stderr}
	k.saveChange()
	k.saveChange()
	if got := stderr.String(); !strings.HasPrefix(got, "Error: the state cannot be saved: ") || strings.Count(got, "\n") != 1 {
		t.Errorf("two failed saves print %q", got)
	}
}

// TestEmptyStateFile: a file of mktemp is a new state.
func TestEmptyStateFile(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "state.json")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	p := start(t, "-state", file)
	p.do(t, "POST", "/chatbot/create", `{"name":"Kept"}`)
	if raw, err := os.ReadFile(file); err != nil || !bytes.Contains(raw, []byte("Kept")) {
		t.Errorf("state: %s %v", raw, err)
	}
}

// TestStateOfTwoMocks: a mock does not overwrite what another one has saved to the same file since.
func TestStateOfTwoMocks(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "state.json")
	first := start(t, "-state", file)
	second := start(t, "-state", file)
	first.do(t, "POST", "/chatbot/create", `{"name":"First"}`)
	second.do(t, "POST", "/chatbot/create", `{"name":"Second"}`)
	if err := second.stop(); err == nil || !strings.Contains(err.Error(), "another program has written "+file) {
		t.Errorf("the second one ended with %v", err)
	}
	first.do(t, "POST", "/chatbot/create", `{"name":"Third"}`)
	if err := first.stop(); err != nil {
		t.Error(err)
	}
	if raw, err := os.ReadFile(file); err != nil || !bytes.Contains(raw, []byte("First")) || !bytes.Contains(raw, []byte("Third")) || bytes.Contains(raw, []byte(`"Second"`)) {
		t.Errorf("state: %s %v", raw, err)
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	third := start(t, "-state", file)
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	third.do(t, "POST", "/chatbot/create", `{"name":"Again"}`) // a file that was removed is written again
	if raw, err := os.ReadFile(file); err != nil || !bytes.Contains(raw, []byte("Again")) {
		t.Errorf("state: %s %v", raw, err)
	}
}
