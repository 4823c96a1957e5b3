package mockhub_test

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// browserDir holds the script that drives the browser.
const browserDir = "../../tools/browser"

// browser is a real one without windows, shared by all tests, each with tabs of its own.
type browser struct {
	mu      sync.Mutex
	stdin   io.Writer
	orders  int
	waiting map[int]chan reaction // nil when the driver has ended
}

// order is a command to the driver; reaction is its answer (drive.mjs).
type (
	order struct {
		ID       int      `json:"id"`
		Tab      string   `json:"tab"`
		Action   string   `json:"action"`
		Frame    int      `json:"frame"`
		URL      string   `json:"url,omitempty"`
		Script   string   `json:"script,omitempty"`
		Selector string   `json:"selector,omitempty"`
		Text     string   `json:"text,omitempty"`
		File     string   `json:"file,omitempty"`
		Origins  []string `json:"origins,omitempty"`
		Width    int      `json:"width,omitempty"`
		Height   int      `json:"height,omitempty"`
		Dark     bool     `json:"dark,omitempty"`
	}
	reaction struct {
		ID    int             `json:"id"`
		Value json.RawMessage `json:"value"`
		Error string          `json:"error"`
	}
)

// theBrowser starts the browser for the first test that needs it. It returns what is missing if there is none.
var theBrowser = sync.OnceValues(startBrowser)

// stopBrowser ends the browser, if it has been started.
var stopBrowser = func() {}

func TestMain(m *testing.M) {
	code := m.Run()
	stopBrowser()
	os.Exit(code)
}

func startBrowser() (b *browser, missing string) {
	node, chromium, missing := findBrowser()
	if missing != "" {
		return nil, missing
	}
	cmd := exec.CommandContext(context.Background(), node, "drive.mjs")
	cmd.Dir, cmd.Env, cmd.Stderr = browserDir, append(os.Environ(), "CHROMIUM="+chromium), os.Stderr
	stdin, err := cmd.StdinPipe()
	if err != nil {
		panic(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		panic(err)
	}
	if err := cmd.Start(); err != nil {
		panic(err)
	}
	b = &browser{stdin: stdin, waiting: map[int]chan reaction{}}
	ended := make(chan struct{})
	go func() {
		b.listen(stdout)
		close(ended)
	}()
	stopBrowser = func() {
		stdin.Close()
		<-ended
		_ = cmd.Wait()
	}
	return b, ""
}

// findBrowser returns the programs that are needed, or what is missing and where to get it.
func findBrowser() (node, chromium, missing string) {
	node, err := exec.LookPath("node")
	if err != nil {
		return "", "", "no browser test: there is no node on PATH (https://nodejs.org, or apt-get install nodejs npm)"
	}
	if _, err := os.Stat(filepath.Join(browserDir, "node_modules", "playwright-core")); err != nil {
		return "", "", "no browser test: tools/browser/node_modules is not there (make browser)"
	}
	for _, name := range []string{os.Getenv("CHROMIUM"), "chromium", "chromium-browser", "google-chrome"} {
		if chromium, err = exec.LookPath(name); err == nil {
			return node, chromium, ""
		}
	}
	return "", "", "no browser test: there is no Chromium on PATH or in $CHROMIUM (apt-get install chromium)"
}

func (b *browser) listen(stdout io.Reader) {
	lines := bufio.NewScanner(stdout)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var r reaction
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			fmt.Fprintf(os.Stderr, "the driver of the browser says %q\n", lines.Text())
			continue
		}
		b.mu.Lock()
		answer := b.waiting[r.ID]
		delete(b.waiting, r.ID)
		b.mu.Unlock()
		if answer != nil {
			answer <- r
		}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, answer := range b.waiting {
		answer <- reaction{Error: "the driver of the browser has ended"}
	}
	b.waiting = nil
}

// do executes an order and returns the value in JSON.
func (b *browser) do(t *testing.T, o order) json.RawMessage {
	t.Helper()
	answer := make(chan reaction, 1)
	b.mu.Lock()
	b.orders++
	o.ID = b.orders
	raw, err := json.Marshal(o)
	if b.waiting == nil {
		answer <- reaction{Error: "the driver of the browser has ended"}
	} else {
		b.waiting[o.ID] = answer
		_, _ = b.stdin.Write(append(raw, '\n')) // listen reports a driver that has ended
	}
	b.mu.Unlock()
	if err != nil {
		t.Fatal(err)
	}
	r := <-answer
	if r.Error != "" {
		t.Fatalf("%s %s%s%s: %s", o.Action, o.URL, o.Selector, o.Script, r.Error)
	}
	return r.Value
}

// needBrowser returns the browser and starts it when needed. Without one it skips the test, or fails it if REQUIRE_BROWSER is set.
// A test whose subtests need a browser calls it before them, so that it checks nothing that skipped subtests would have done.
func needBrowser(t *testing.T) *browser {
	t.Helper()
	b, missing := theBrowser()
	if missing != "" && os.Getenv("REQUIRE_BROWSER") != "" {
		t.Fatal(missing)
	}
	if missing != "" {
		t.Skip(missing)
	}
	return b
}

// tab is a browser tab of one test; see openTab.
type tab struct {
	*browser
	t     *testing.T
	name  string
	frame int // the frame that orders are for; 0 is the page itself
}

// openTab opens a tab for pages of the given origins. At the end of the test it must have had no error on its console, no dialog
// and no request to elsewhere, but for those that have one of the allowed texts in them.
func openTab(t *testing.T, o order, allowed ...string) *tab {
	t.Helper()
	b := needBrowser(t)
	o.Tab, o.Action, o.Width, o.Height = t.Name()+o.Tab, "open", cmp.Or(o.Width, 1280), cmp.Or(o.Height, 800)
	b.do(t, o)
	t.Cleanup(func() {
		var problems []string
		if err := json.Unmarshal(b.do(t, order{Tab: o.Tab, Action: "close"}), &problems); err != nil {
			t.Error(err)
		}
		for _, p := range problems {
			if !slices.ContainsFunc(allowed, func(a string) bool { return strings.Contains(p, a) }) {
				t.Errorf("in the browser: %s", p)
			}
		}
	})
	return &tab{browser: b, t: t, name: o.Tab}
}

func (p *tab) act(o order) json.RawMessage {
	p.t.Helper()
	o.Tab, o.Frame = p.name, p.frame
	return p.do(p.t, o)
}

// visit loads a page and returns the status.
func (p *tab) visit(url string) string {
	p.t.Helper()
	return string(p.act(order{Action: "visit", URL: url}))
}

// run evaluates an expression and returns its value in JSON; until waits for one to be true.
func (p *tab) run(script string) string {
	p.t.Helper()
	return string(p.act(order{Action: "run", Script: script}))
}

func (p *tab) until(script string) { p.t.Helper(); p.act(order{Action: "until", Script: script}) }

// text returns the text that an element shows.
func (p *tab) text(selector string) string {
	p.t.Helper()
	var text string
	if err := json.Unmarshal([]byte(p.run(fmt.Sprintf("document.querySelector(%q).innerText", selector))), &text); err != nil {
		p.t.Fatal(err)
	}
	return text
}

// shoot saves a picture of the whole page, in the folder SCREENSHOTS if that is set.
func (p *tab) shoot(name string) {
	p.t.Helper()
	dir, err := filepath.Abs(cmp.Or(os.Getenv("SCREENSHOTS"), p.t.TempDir()))
	if err != nil {
		p.t.Fatal(err)
	}
	p.act(order{Action: "shoot", File: filepath.Join(dir, name+".png")})
}
