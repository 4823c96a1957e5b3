package release

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// workflow is the part of a GitHub workflow that the tests check.
type workflow struct {
	On          yaml.Node         `yaml:"on"`
	Permissions map[string]string `yaml:"permissions"`
	Jobs        map[string]job    `yaml:"jobs"`
}

// job is a job of a workflow.
type job struct {
	Permissions map[string]string `yaml:"permissions"`
	Environment string            `yaml:"environment"`
	Timeout     int               `yaml:"timeout-minutes"`
	Env         map[string]string `yaml:"env"`
	Strategy    struct {
		Matrix struct {
			Terraform []string            `yaml:"terraform"`
			OpenTofu  []string            `yaml:"opentofu"`
			Include   []map[string]string `yaml:"include"`
		} `yaml:"matrix"`
	} `yaml:"strategy"`
	Steps []step `yaml:"steps"`
}

// step is one step of a job. Uses is a node, because the version of an action is
// in the comment of its line.
type step struct {
	Uses yaml.Node         `yaml:"uses"`
	With map[string]string `yaml:"with"`
	Env  map[string]string `yaml:"env"`
	Run  string            `yaml:"run"`
}

// actions returns the steps of a workflow that use an action.
func (w workflow) actions() []step {
	var found []step
	for _, job := range w.Jobs {
		for _, step := range job.Steps {
			if step.Uses.Value != "" {
				found = append(found, step)
			}
		}
	}
	return found
}

// events returns the events that start a workflow, sorted.
func (w workflow) events() []string {
	var names []string
	for i := 0; i < len(w.On.Content); i += 2 {
		names = append(names, w.On.Content[i].Value)
	}
	slices.Sort(names)
	return names
}

// parse reads a workflow.
func parse(t *testing.T, text string) workflow {
	t.Helper()
	var w workflow
	decode(t, text, &w)
	return w
}

// workflows returns every workflow by its file name.
func workflows(t *testing.T) map[string]workflow {
	t.Helper()
	dir := filepath.Join(".github", "workflows")
	entries, err := os.ReadDir(filepath.Join(root, dir))
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]workflow{}
	for _, entry := range entries {
		found[entry.Name()] = parse(t, read(t, dir, entry.Name()))
	}
	return found
}

// events are the events that start each workflow. Nothing of a pull request runs with the rights of the repository, which is what
// pull_request_target and workflow_run would do, and only a person starts what needs an account.
var events = map[string][]string{
	"codeql.yml":   {"pull_request", "push", "schedule", "workflow_dispatch"},
	"live.yml":     {"workflow_dispatch"},
	"release.yml":  {"push"},
	"security.yml": {"pull_request", "push", "schedule", "workflow_dispatch"},
	"test.yml":     {"pull_request", "push", "schedule", "workflow_dispatch"},
}

// permissions are those of the jobs that may do more than read the sources.
var permissions = map[string]map[string]string{
	"codeql.yml/analyze":     {"contents": "read", "security-events": "write"},
	"release.yml/goreleaser": {"contents": "write", "id-token": "write", "attestations": "write"},
}

// environments are the protected environments of jobs. Only such a job may use secrets.
var environments = map[string]string{
	"live.yml/live":          "live",
	"release.yml/goreleaser": "release",
}

var (
	pinned  = regexp.MustCompile(`^[\w.-]+/[\w./-]+@[0-9a-f]{40}$`)
	release = regexp.MustCompile(`^# v\d+\.\d+\.\d+$`)
	secret  = regexp.MustCompile(`\bsecrets\b`)
	// typed is what a stranger can choose: a title, a branch. In a script it would be run as a part of the script.
	typed = regexp.MustCompile(`\$\{\{[^}]*\b(?:github\.event|github\.head_ref|inputs)\b`)
)

// workflowProblems returns what is wrong with a workflow, sorted.
func workflowProblems(name string, w workflow) []string {
	var bad []string
	report := func(format string, args ...any) { bad = append(bad, fmt.Sprintf(format, args...)) }
	if got := w.events(); !slices.Equal(got, events[name]) {
		report("it is started by %q, want %q", got, events[name])
	}
	if !maps.Equal(w.Permissions, map[string]string{"contents": "read"}) {
		report("its permissions are %v, want only contents: read", w.Permissions)
	}
	if len(w.actions()) == 0 {
		report("it uses no action, so the tests of workflows check nothing")
	}
	for key, job := range w.Jobs {
		if want := permissions[name+"/"+key]; !maps.Equal(job.Permissions, want) {
			report("%s: the permissions are %v, want %v", key, job.Permissions, want)
		}
		if want := environments[name+"/"+key]; job.Environment != want {
			report("%s: the environment is %q, want %q", key, job.Environment, want)
		}
		for _, problem := range jobProblems(job) {
			report("%s: %s", key, problem)
		}
	}
	slices.Sort(bad)
	return bad
}

// jobProblems returns what is wrong with a job, whatever it is for.
func jobProblems(j job) []string {
	var bad []string
	if j.Timeout == 0 || j.Timeout > 90 {
		bad = append(bad, fmt.Sprintf("%d minutes is no limit", j.Timeout))
	}
	if j.Environment == "" && slices.ContainsFunc(slices.Collect(maps.Values(j.Env)), secret.MatchString) {
		bad = append(bad, "a secret is used outside of a protected environment")
	}
	for _, step := range j.Steps {
		bad = append(bad, stepProblems(step, j.Environment)...)
	}
	return bad
}

// stepProblems returns what is wrong with a step of a job that runs in an environment.
func stepProblems(s step, environment string) []string {
	var bad []string
	if s.Uses.Value != "" && (!pinned.MatchString(s.Uses.Value) || !release.MatchString(s.Uses.LineComment)) {
		bad = append(bad, fmt.Sprintf("%q %q is not pinned as owner/name@<40 hex digits> # vX.Y.Z", s.Uses.Value, s.Uses.LineComment))
	}
	if strings.HasPrefix(s.Uses.Value, "actions/checkout@") && s.With["persist-credentials"] != "false" {
		bad = append(bad, "a checkout leaves its token in .git/config")
	}
	if typed.MatchString(s.Run) {
		bad = append(bad, "a script contains a text that a stranger can choose")
	}
	values := slices.AppendSeq([]string{s.Run}, maps.Values(s.With))
	values = slices.AppendSeq(values, maps.Values(s.Env))
	if environment == "" && slices.ContainsFunc(values, secret.MatchString) {
		bad = append(bad, "a secret is used outside of a protected environment")
	}
	return bad
}

// TestWorkflows checks what starts each workflow, what it may do, and that every action is pinned to a commit, the same one everywhere. A tag
// can be moved to another commit (goals.md S6).
func TestWorkflows(t *testing.T) {
	t.Parallel()
	all := workflows(t)
	commits := map[string]string{}
	for name, w := range all {
		for _, problem := range workflowProblems(name, w) {
			t.Errorf("%s: %s", name, problem)
		}
		for _, step := range w.actions() {
			path, commit, _ := strings.Cut(step.Uses.Value, "@")
			action := strings.Join(strings.SplitN(path, "/", 3)[:2], "/") // github/codeql-action has several in one repository
			if other, seen := commits[action]; seen && other != commit {
				t.Errorf("%s: %s is at %s here and at %s elsewhere", name, action, commit, other)
			}
			commits[action] = commit
		}
	}
	for name := range events {
		if _, ok := all[name]; !ok {
			t.Errorf("there is no workflow %s", name)
		}
	}
	for _, key := range slices.AppendSeq(slices.Collect(maps.Keys(permissions)), maps.Keys(environments)) {
		name, id, _ := strings.Cut(key, "/")
		if _, ok := all[name].Jobs[id]; !ok {
			t.Errorf("there is no job %s", key)
		}
	}
}

// TestPipelineExamples: the GitHub workflows in examples/pipelines, which users copy, follow the rules of our own: pinned actions at the same commits, few
// permissions, limits of time, and secrets in protected environments only.
func TestPipelineExamples(t *testing.T) {
	t.Parallel()
	ours := map[string]string{}
	for _, w := range workflows(t) {
		for _, step := range w.actions() {
			path, commit, _ := strings.Cut(step.Uses.Value, "@")
			ours[path] = commit
		}
	}
	files, err := filepath.Glob(filepath.Join(root, "examples", "pipelines", "github*.yml"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files: %v", len(files), err)
	}
	for _, file := range files {
		name := filepath.Base(file)
		w := parse(t, read(t, "examples", "pipelines", name))
		if !maps.Equal(w.Permissions, map[string]string{"contents": "read"}) || len(w.actions()) == 0 {
			t.Errorf("%s: the permissions are %v, and it uses %d actions", name, w.Permissions, len(w.actions()))
		}
		for _, step := range w.actions() {
			if path, commit, _ := strings.Cut(step.Uses.Value, "@"); ours[path] != "" && ours[path] != commit {
				t.Errorf("%s: %s is at %s here and at %s in .github/workflows", name, path, commit, ours[path])
			}
		}
		for key, job := range w.Jobs {
			for _, problem := range jobProblems(job) {
				t.Errorf("%s: %s: %s", name, key, problem)
			}
		}
	}
}

// TestWorkflowProblems: each kind of problem is found.
func TestWorkflowProblems(t *testing.T) {
	t.Parallel()
	const good = `
on:
  push:
permissions:
  contents: read
jobs:
  goreleaser:
    environment: release
    timeout-minutes: 5
    permissions: {contents: write, id-token: write, attestations: write}
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
        with:
          persist-credentials: false
      - run: make test
`
	for name, c := range map[string]struct{ old, replacement, want string }{
		"nothing":             {"", "", ""},
		"another event":       {"  push:", "  push:\n  pull_request_target:", "started by"},
		"default permissions": {"permissions:\n  contents: read\n", "", "its permissions are"},
		"writes by default":   {"contents: read", "contents: write", "its permissions are"},
		"one permission more": {"{contents: write", "{issues: write, contents: write", "the permissions are"},
		"no environment":      {"    environment: release\n", "", "the environment is"},
		"no limit":            {"    timeout-minutes: 5\n", "", "is no limit"},
		"a tag":               {"@3d3c42e5aac5ba805825da76410c181273ba90b1", "@v7", "is not pinned"},
		"no version":          {" # v7.0.1", "", "is not pinned"},
		"a token is left":     {"persist-credentials: false", "fetch-depth: 0", "leaves its token"},
		"a title in a script": {"make test", "echo ${{ github.event.pull_request.title }}", "a stranger can choose"},
		"a secret of a job":   {"    environment: release\n    timeout-minutes: 5\n", "    timeout-minutes: 5\n    env: {KEY: \"${{ secrets.KEY }}\"}\n", "a secret is used"},
		"an unprotected secret": {"    environment: release\n    timeout-minutes: 5\n", "    timeout-minutes: 5\n    steps:\n      - run: echo ${{ secrets.KEY }}\n  other:\n    timeout-minutes: 5\n",
			"a secret is used"},
	} {
		text := strings.Replace(good, c.old, c.replacement, 1)
		got := strings.Join(workflowProblems("release.yml", parse(t, text)), "; ")
		if (got == "") != (c.want == "") || !strings.Contains(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// TestGoreleaserVersion checks that the release is made with goreleaser v2.16.0
// or later. v2.15 changes SHA256SUMS after signing it.
func TestGoreleaserVersion(t *testing.T) {
	t.Parallel()
	recent := regexp.MustCompile(`^v2\.(1[6-9]|[2-9]\d)\.\d+$`)
	found := false
	for _, step := range workflows(t)["release.yml"].actions() {
		if strings.HasPrefix(step.Uses.Value, "goreleaser/goreleaser-action@") {
			found = true
			if !recent.MatchString(step.With["version"]) {
				t.Errorf("got goreleaser %q, want an exact version from v2.16.0", step.With["version"])
			}
		}
	}
	if !found {
		t.Error("release.yml does not run goreleaser")
	}
}

// TestAttestation: the release attests where its archives and their checksums come from.
func TestAttestation(t *testing.T) {
	t.Parallel()
	var subjects string
	for _, step := range workflows(t)["release.yml"].actions() {
		if strings.HasPrefix(step.Uses.Value, "actions/attest-build-provenance@") {
			subjects = step.With["subject-path"]
		}
	}
	if !slices.Equal(strings.Fields(subjects), []string{"dist/*.zip", "dist/*_SHA256SUMS"}) {
		t.Errorf("attested is %q", subjects)
	}
}

// TestLiveIsStartedByHand: only the workflow live uses a real account, and what CI runs does not.
func TestLiveIsStartedByHand(t *testing.T) {
	t.Parallel()
	for name, w := range workflows(t) {
		for _, job := range w.Jobs {
			for _, step := range job.Steps {
				if strings.Contains(step.Run, "test-live") != (name == "live.yml" && step.Run != "") {
					t.Errorf("%s runs %q", name, step.Run)
				}
			}
		}
	}
	if strings.Contains(read(t, ".ci", "run"), "test-live") {
		t.Error(".ci/run uses a real account")
	}
	recipe := regexp.MustCompile(`(?m)^([\w-]+):.*\btest-live\b`).FindAllString(read(t, "GNUmakefile"), -1)
	if len(recipe) > 0 {
		t.Errorf("targets use a real account: %q", recipe)
	}
}

// TestMatrix: the workflow runs the acceptance tests with the versions that README.md names, and the first of them are those that it says are
// needed.
func TestMatrix(t *testing.T) {
	t.Parallel()
	readme := strings.Join(strings.Fields(read(t, "README.md")), " ")
	jobs := workflows(t)["test.yml"].Jobs
	for program, versions := range map[string][]string{"Terraform": jobs["terraform"].Strategy.Matrix.Terraform, "OpenTofu": jobs["opentofu"].Strategy.Matrix.OpenTofu} {
		if len(versions) < 3 || versions[len(versions)-1] != "latest" {
			t.Fatalf("%s: the versions are %q", program, versions)
		}
		var names []string
		for _, v := range versions[:len(versions)-1] {
			if !regexp.MustCompile(`^1\.\d+\.\*$`).MatchString(v) {
				t.Errorf("%s: %q is no minor version", program, v)
			}
			names = append(names, strings.TrimSuffix(v, ".*"))
		}
		for _, want := range []string{program + " " + names[0] + " or later", "with " + program + " " + strings.Join(names, ", ") + " and the newest release"} {
			if !strings.Contains(readme, want) {
				t.Errorf("README.md does not say %q", want)
			}
		}
	}
}

// TestScheduled: what changes without a commit (releases of Terraform, known vulnerabilities, queries of CodeQL) is checked every week.
func TestScheduled(t *testing.T) {
	t.Parallel()
	weekly := regexp.MustCompile(`^\d+ \d+ \* \* 1$`)
	for _, name := range []string{"codeql.yml", "security.yml", "test.yml"} {
		cron := flatten(t, read(t, ".github", "workflows", name))["on.schedule.cron"]
		if len(cron) != 1 || !weekly.MatchString(cron[0]) {
			t.Errorf("%s: the schedule is %q", name, cron)
		}
	}
}

// TestCodeQL: the languages of the repository are analyzed, those of the workflows among them.
func TestCodeQL(t *testing.T) {
	t.Parallel()
	analyze := workflows(t)["codeql.yml"].Jobs["analyze"]
	languages := map[string]bool{}
	for _, row := range analyze.Strategy.Matrix.Include {
		languages[row["language"]] = true
	}
	if !maps.Equal(languages, map[string]bool{"go": true, "javascript-typescript": true, "actions": true}) {
		t.Errorf("analyzed are %v", languages)
	}
	var used []string
	for _, step := range analyze.Steps {
		if action, _, _ := strings.Cut(step.Uses.Value, "@"); strings.HasPrefix(action, "github/") {
			used = append(used, action)
		}
	}
	if !slices.Equal(used, []string{"github/codeql-action/init", "github/codeql-action/analyze"}) {
		t.Errorf("the steps are %q", used)
	}
}

// TestDependabot: every folder that has dependencies gets updates, each release a week after it was published.
func TestDependabot(t *testing.T) {
	t.Parallel()
	var config struct {
		Updates []struct {
			Ecosystem   string         `yaml:"package-ecosystem"`
			Directory   string         `yaml:"directory"`
			Directories []string       `yaml:"directories"`
			Cooldown    map[string]int `yaml:"cooldown"`
		} `yaml:"updates"`
	}
	decode(t, read(t, ".github", "dependabot.yml"), &config)
	got := map[string]bool{}
	for _, u := range config.Updates {
		if u.Directory != "" {
			u.Directories = append(u.Directories, u.Directory)
		}
		for _, dir := range u.Directories {
			got[u.Ecosystem+" "+dir] = true
		}
		if u.Cooldown["default-days"] < 7 {
			t.Errorf("%s: a release waits %d days", u.Ecosystem, u.Cooldown["default-days"])
		}
		// The others have no rules by kind of version there.
		if _, ok := u.Cooldown["semver-major-days"]; ok && u.Ecosystem == "github-actions" {
			t.Errorf("%s: semver-major-days has no effect", u.Ecosystem)
		}
	}
	want := map[string]bool{"github-actions /": true}
	for file, ecosystem := range map[string]string{"go.mod": "gomod", "package.json": "npm"} {
		for _, pattern := range []string{file, "tools/*/" + file} {
			found, err := filepath.Glob(filepath.Join(root, pattern))
			if err != nil {
				t.Fatal(err)
			}
			for _, path := range found {
				dir, err := filepath.Rel(root, filepath.Dir(path))
				if err != nil {
					t.Fatal(err)
				}
				want[ecosystem+" /"+strings.TrimPrefix(filepath.ToSlash(dir), ".")] = true
			}
		}
	}
	if !maps.Equal(got, want) {
		t.Errorf("updates are for %v, want %v", slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want)))
	}
}

// TestIssueForms: the forms have what GitHub requires, ids are unique, and the form of a bug asks for the report of the probe.
func TestIssueForms(t *testing.T) {
	t.Parallel()
	forms, err := filepath.Glob(filepath.Join(root, ".github", "ISSUE_TEMPLATE", "*.yml"))
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]map[string]bool{}
	for _, path := range forms {
		name := filepath.Base(path)
		if name == "config.yml" {
			continue
		}
		var form struct {
			Name        string `yaml:"name"`
			Description string `yaml:"description"`
			Body        []struct {
				Type       string            `yaml:"type"`
				ID         string            `yaml:"id"`
				Attributes map[string]string `yaml:"attributes"`
			} `yaml:"body"`
		}
		decode(t, read(t, ".github", "ISSUE_TEMPLATE", name), &form)
		if form.Name == "" || form.Description == "" || len(form.Body) == 0 {
			t.Errorf("%s: it has no name, description or body", name)
		}
		ids[name] = map[string]bool{}
		for _, element := range form.Body {
			switch {
			case element.Type == "markdown" && element.Attributes["value"] != "":
			case !slices.Contains([]string{"input", "textarea"}, element.Type), element.ID == "", element.Attributes["label"] == "":
				t.Errorf("%s: an element of type %q has no id or no label", name, element.Type)
			case ids[name][element.ID]:
				t.Errorf("%s: two elements are %s", name, element.ID)
			}
			ids[name][element.ID] = true
		}
	}
	if !ids["bug.yml"]["probe"] || !ids["bug.yml"]["configuration"] || !ids["feature.yml"]["goal"] || !ids["probe.yml"]["report"] {
		t.Errorf("the forms have %v", ids)
	}
	config := flatten(t, read(t, ".github", "ISSUE_TEMPLATE", "config.yml"))
	if !slices.Equal(config["blank_issues_enabled"], []string{"false"}) || !slices.ContainsFunc(config["contact_links.url"], func(url string) bool { return strings.HasSuffix(url, "/security/advisories/new") }) {
		t.Errorf("the configuration of issues is %v", config)
	}
	if template := read(t, ".github", "pull_request_template.md"); !strings.Contains(template, "`make test`") || !strings.Contains(template, "`CHANGELOG.md`") {
		t.Error("the template of pull requests does not ask for the tests and the changelog")
	}
}
