package provider_test

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// pipelineJobs returns the shell scripts of each job of a GitHub workflow or a GitLab pipeline.
func pipelineJobs(t *testing.T, raw []byte) map[string][]string {
	t.Helper()
	var file struct {
		Jobs   map[string]struct{ Steps []struct{ Run string } } // GitHub
		GitLab map[string]yaml.Node                              `yaml:",inline"`
	}
	if err := yaml.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	jobs := map[string][]string{}
	for name, job := range file.Jobs {
		for _, step := range job.Steps {
			if step.Run != "" {
				jobs[name] = append(jobs[name], step.Run)
			}
		}
	}
	for name, node := range file.GitLab {
		var job struct{ Script []string }
		if node.Decode(&job) == nil && len(job.Script) > 0 {
			jobs[name] = []string{strings.Join(job.Script, "\n")} // GitLab runs all lines in one shell
		}
	}
	if len(jobs) == 0 {
		t.Fatal("the file has no scripts")
	}
	return jobs
}

// pipeline is a repository with a configuration, whose jobs run in copies of it, as in CI.
type pipeline struct {
	*exampleRun
	jobs map[string][]string
	tmp  string // the state, the programs, and what jobs write for the CI system
	env  map[string]string
}

// startPipeline makes a repository of the scenario knowledge-base, with a lock file, and a backend that the jobs share.
func (c *exampleCLI) startPipeline(t *testing.T, name string) *pipeline {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("the scripts are shell scripts")
	}
	raw, err := os.ReadFile(filepath.Join(c.examples, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	p := &pipeline{exampleRun: c.start(t, acctest.Start(t, answersFromDocuments)), jobs: pipelineJobs(t, raw), tmp: t.TempDir()}
	p.must(os.CopyFS(p.dir, os.DirFS(filepath.Join(c.examples, "scenarios", "knowledge-base"))))
	p.write("backend.tf", fmt.Sprintf("terraform {\n  backend \"local\" {\n    path = %q\n  }\n}\n", filepath.Join(p.tmp, "terraform.tfstate")))
	p.must(p.tf.Init(t.Context()))
	p.must(os.RemoveAll(filepath.Join(p.dir, ".terraform")))

	p.must(os.Symlink(c.Path, filepath.Join(p.tmp, "terraform")))
	comment := filepath.Join(p.tmp, "comment")
	gh := fmt.Sprintf("#!/bin/sh\nfor last; do :; done\ncp \"$last\" '%s'\n", comment)
	p.must(os.WriteFile(filepath.Join(p.tmp, "gh"), []byte(gh), 0o700))
	p.env = c.Installation.Env(map[string]string{
		"PATH":          p.tmp + string(os.PathListSeparator) + os.Getenv("PATH"),
		"GITHUB_OUTPUT": filepath.Join(p.tmp, "output"), "GITHUB_REPOSITORY": "owner/name", "NUMBER": "1",
	})
	return p
}

// run runs a job in a new copy of the repository, in which edit changes something first. It returns the copy and what the job prints. The key is known
// to all jobs but "check".
func (p *pipeline) run(job string, edit func(dir string)) (dir, out string, err error) {
	p.Helper()
	if len(p.jobs[job]) == 0 {
		p.Fatalf("there is no job %q", job)
	}
	dir = p.TempDir()
	p.must(os.CopyFS(dir, os.DirFS(p.dir)))
	if edit != nil {
		edit(dir)
	}
	env := maps.Clone(p.env)
	if job != "check" {
		env["AICHATBOTHUB_API_KEY"], env["AICHATBOTHUB_BASE_URL"] = p.Key(), p.URL
	}
	for _, script := range p.jobs[job] {
		cmd := exec.CommandContext(p.Context(), "bash", "-e", "-c", script)
		cmd.Dir = dir
		for name, value := range env {
			cmd.Env = append(cmd.Env, name+"="+value)
		}
		raw, failed := cmd.CombinedOutput()
		if out += string(raw); failed != nil {
			return dir, out, fmt.Errorf("%s: %w", script, failed)
		}
	}
	return dir, out, nil
}

// passes runs a job, and fails the test if that fails.
func (p *pipeline) passes(job string, edit func(dir string)) (dir, out string) {
	p.Helper()
	dir, out, err := p.run(job, edit)
	if err != nil {
		p.Fatalf("the job %s: %v\n%s", job, err, out)
	}
	return dir, out
}

// fails runs a job, and fails the test unless it ends with this exit code and prints this text, which may be wrapped.
func (p *pipeline) fails(job string, code int, text string, edit func(dir string)) {
	p.Helper()
	_, out, err := p.run(job, edit)
	var exit *exec.ExitError
	words := strings.Join(strings.Fields(regexp.MustCompile(`\x1b\[\d+m|│`).ReplaceAllString(out, "")), " ")
	if !errors.As(err, &exit) || exit.ExitCode() != code || !strings.Contains(words, text) {
		p.Errorf("the job %s: %v, want exit code %d and %q\n%s", job, err, code, text, out)
	}
}

// artifact returns an edit that copies the plan of a job into the folder of the next one.
func (p *pipeline) artifact(from string) func(dir string) {
	return func(dir string) {
		raw, err := os.ReadFile(filepath.Join(from, "release.tfplan"))
		p.must(err)
		p.must(os.WriteFile(filepath.Join(dir, "release.tfplan"), raw, 0o600))
	}
}

// read returns a file that a job wrote.
func (p *pipeline) read(elements ...string) string {
	p.Helper()
	raw, err := os.ReadFile(filepath.Join(elements...))
	p.must(err)
	return string(raw)
}

// pipelineTests are the tests of the files in examples/pipelines.
var pipelineTests = map[string]func(*pipeline){
	"pipelines/github.yml":       (*pipeline).github,
	"pipelines/github-drift.yml": (*pipeline).drift,
	"pipelines/gitlab.yml":       func(p *pipeline) { p.gitlab(); p.drift() },
}

// pipeline runs the jobs of a file in examples/pipelines on a service of its own.
func (c *exampleCLI) pipeline(t *testing.T, name string) {
	t.Helper()
	test, ok := pipelineTests[name]
	if !ok {
		t.Fatalf("%s has no test in pipelineTests", name)
	}
	test(c.startPipeline(t, name))
}

const document = "docs/opening-hours.txt"

// github: the plan of a pull request is a comment, and that of main is applied in another copy of the same commit. With another document there, or after
// another apply, it is not applied.
func (p *pipeline) github() {
	p.Helper()
	p.passes("check", nil)
	p.checkEnds()
	p.longComment()
	planned, _ := p.passes("plan", nil)
	if comment := p.read(p.tmp, "comment"); !strings.HasPrefix(comment, "~~~~text\n") || !strings.HasSuffix(comment, "~~~~\n") || !strings.Contains(comment, "Plan: 2 to add, 0 to change, 0 to destroy.") {
		p.Errorf("the comment is\n%s", comment)
	}
	p.passes("apply", p.artifact(planned))
	bot := p.Chatbots()[0].UUID
	if n := len(p.Sources(bot)); n != 3 {
		p.Errorf("after the apply the chatbot has %d sources, want 3", n)
	}
	p.passes("plan", nil)
	if got := p.read(p.tmp, "output"); got != "changes=2\nchanges=0\n" {
		p.Errorf("the output of the plans is %q", got)
	}

	p.write(document, "The shop is open from 10 to 17.\n")
	before := p.ids()
	for _, edit := range []func(path string) error{
		func(path string) error { return os.WriteFile(path, []byte("Closed.\n"), 0o600) },
		os.Remove,
	} {
		planned, _ = p.passes("plan", nil)
		p.fails("apply", 1, "Provider produced inconsistent final plan", func(dir string) {
			p.artifact(planned)(dir)
			p.must(edit(filepath.Join(dir, document)))
		})
	}
	if after := p.ids(); !slices.Equal(after, before) {
		p.Errorf("an apply with other documents than those of the plan has changed the objects from %v to %v", before, after)
	}
	planned, _ = p.passes("plan", nil)
	newer, _ := p.passes("plan", nil)
	p.passes("apply", p.artifact(newer))
	p.fails("apply", 1, "Saved plan is stale", p.artifact(planned))
}

// longComment: the comment says that it does not have all of a plan, and no text in the plan ends its fence.
func (p *pipeline) longComment() {
	p.Helper()
	p.passes("plan", func(dir string) {
		const long = "resource \"terraform_data\" \"long\" {\n  input = join(\"\\n\", [for i in range(1000) : \"line ${i} ${sha512(i)}\\r~~~~\\rtext\"])\n}\n"
		p.must(os.WriteFile(filepath.Join(dir, "long.tf"), []byte(long), 0o600))
	})
	p.must(os.Remove(filepath.Join(p.tmp, "output")))
	comment := p.read(p.tmp, "comment")
	if !strings.Contains(comment, "\n~~~~\n**The plan is longer than this comment.**") || !strings.Contains(comment, "line 0") || strings.Contains(comment, "line 999") {
		p.Errorf("the end of the comment on a long plan is %q", comment[max(0, len(comment)-200):])
	}
	if n := len(regexp.MustCompile(`(?:^|[\r\n]) {0,3}~{4,}`).FindAllString(comment, -1)); n != 2 {
		p.Errorf("the comment has %d lines that begin or end a fence, want 2", n)
	}
}

// checkEnds: the job does not wait for a mock that has ended.
func (p *pipeline) checkEnds() {
	p.Helper()
	find := filepath.Join(p.tmp, "find")
	p.must(os.WriteFile(find, []byte("#!/bin/sh\necho false\n"), 0o700))
	if _, out, err := p.run("check", nil); err == nil {
		p.Errorf("the job passes without a mock\n%s", out)
	}
	p.must(os.Remove(find))
}

// gitlab: the report has the numbers of the plan, and the plan is applied in another copy of the same commit.
func (p *pipeline) gitlab() {
	p.Helper()
	p.passes("check", nil)
	p.checkEnds()
	planned, _ := p.passes("plan", nil)
	if got := p.read(planned, "plan.json"); got != `{"create":2,"update":0,"delete":0}`+"\n" {
		p.Errorf("the report is %q", got)
	}
	p.passes("apply", p.artifact(planned))
	planned, _ = p.passes("plan", nil)
	if got := p.read(planned, "plan.json"); got != `{"create":0,"update":0,"delete":0}`+"\n" {
		p.Errorf("the report of an empty plan is %q", got)
	}
}

// drift: the job passes after an apply, and fails after a change in the web app.
func (p *pipeline) drift() {
	p.Helper()
	if len(p.Chatbots()) == 0 {
		p.must(p.tf.Init(p.Context()))
		p.must(p.tf.Apply(p.Context()))
	}
	p.passes("drift", nil)
	p.EditChatbot(p.Chatbots()[0].UUID, func(b *mockhub.Chatbot) { b.Name = "Renamed in the web app" })
	p.fails("drift", 2, "Plan: 0 to add, 1 to change, 0 to destroy.", nil)
}
