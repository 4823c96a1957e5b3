package main

import (
	"bytes"
	"io"
	"strings"
	"testing"
)

const module = "github.com/aichatbothub/terraform-provider-aichatbothub/internal/"

// events writes lines of `go test -json`, with ' for " and @ for the module.
func events(lines ...string) *strings.Reader {
	return strings.NewReader(strings.NewReplacer("'", `"`, "@", module).Replace(strings.Join(lines, "\n")))
}

func TestReport(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		events []string
		want   string
	}{
		"passed": {[]string{
			`{'Action':'start','Package':'@hub'}`, `{'Action':'run','Package':'@hub','Test':'TestA'}`,
			`{'Action':'output','Package':'@hub','Test':'TestA','Output':'noise\n'}`, `{'Action':'pass','Package':'@hub','Test':'TestA'}`,
			`{'Action':'output','Package':'@hub','Output':'PASS\n'}`, `{'Action':'output','Package':'@hub','Output':'ok  \t@hub\t1.2s\n'}`,
			`{'Action':'pass','Package':'@hub','Elapsed':1.2}`,
		}, "  1  pass internal/hub: 1 tests in 1 s\nok  \t@hub\t1.2s\n"},
		"skipped": {[]string{
			`{'Action':'run','Package':'@page','Test':'TestA'}`, `{'Action':'output','Package':'@page','Test':'TestA','Output':'=== RUN   TestA\n'}`,
			`{'Action':'output','Package':'@page','Test':'TestA','Output':'    a_test.go:7: no node: get one\n'}`,
			`{'Action':'output','Package':'@page','Test':'TestA','Output':'--- SKIP: TestA (0.00s)\n'}`, `{'Action':'skip','Package':'@page','Test':'TestA'}`,
			`{'Action':'skip','Package':'@page','Test':'TestB'}`,
			`{'Action':'output','Package':'@page','Output':'ok  \t@page\t0s\n'}`, `{'Action':'pass','Package':'@page','Elapsed':0}`,
			`{'Action':'output','Package':'@bare','Output':'?   \t@bare\t[no test files]\n'}`, `{'Action':'skip','Package':'@bare','Elapsed':0}`,
		}, "  1  pass internal/page: 0 tests in 0 s\nskipped 1: no node: get one\n     internal/page.TestA\n" +
			"skipped 1: no reason given\n     internal/page.TestB\n?   \t@bare\t[no test files]\nok  \t@page\t0s\n"},
		"failed": {[]string{
			`{'Action':'run','Package':'@hub','Test':'TestA'}`, `{'Action':'output','Package':'@hub','Test':'TestA','Output':'bad\n'}`,
			`{'Action':'fail','Package':'@hub','Test':'TestA'}`, `{'Action':'run','Package':'@hub','Test':'TestB'}`,
			`{'Action':'output','Package':'@hub','Test':'TestB','Output':'panic: oh\n'}`,
			`{'Action':'output','Package':'@hub','Output':'FAIL\n'}`, `{'Action':'output','Package':'@hub','Output':'exit status 2\n'}`,
			`{'Action':'output','Package':'@hub','Output':'FAIL\t@hub\t1s\n'}`, `{'Action':'fail','Package':'@hub','Elapsed':1}`,
		}, "bad\npanic: oh\nexit status 2\n  1  fail internal/hub: 0 tests in 1 s\nFAIL\t@hub\t1s\nFAIL\n"},
		"not built": {[]string{
			`{'ImportPath':'@hub','Action':'build-output','Output':'x.go:1: syntax error\n'}`, `{'ImportPath':'@hub','Action':'build-fail'}`,
			`{'Action':'output','Package':'@hub','Output':'FAIL\t@hub [build failed]\n'}`, `{'Action':'fail','Package':'@hub','FailedBuild':'@hub'}`, "go: a warning",
		}, "x.go:1: syntax error\n  1  fail internal/hub: 0 tests in 0 s\ngo: a warning\nFAIL\t@hub [build failed]\nFAIL\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var out bytes.Buffer
			if err := newReport(&out).read(events(c.events...), nil); (err != nil) != strings.HasSuffix(c.want, "FAIL\n") {
				t.Error(err)
			}
			if want := strings.ReplaceAll(c.want, "@", module); out.String() != want {
				t.Errorf("got\n%swant\n%s", &out, want)
			}
		})
	}
}

// TestProgress: the second tick without a line in between prints what runs.
func TestProgress(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	r := newReport(&out)
	r.tick()
	r.tick()
	r.line([]byte(`{"Action":"run","Package":"a/hub","Test":"TestA"}`))
	r.line([]byte(`{"Action":"pass","Package":"a/hub","Test":"TestA"}`))
	r.tick()
	if want := "     ... building\n     ... hub (1 tests passed)\n"; out.String() != want {
		t.Errorf("got\n%swant\n%s", &out, want)
	}
}

// TestNothingTested: without events, or when they stop before their package ends, the run has failed.
func TestNothingTested(t *testing.T) {
	t.Parallel()
	for name, lines := range map[string][]string{
		"no events": nil, "cut off": {`{'Action':'start','Package':'@hub'}`, `{'Action':'run','Package':'@hub','Test':'TestA'}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if err := newReport(io.Discard).read(events(lines...), nil); err == nil {
				t.Error("no error")
			}
		})
	}
}
