package release

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// TestGoreleaser checks the settings that the registries require, and those that
// make two releases of one commit identical.
func TestGoreleaser(t *testing.T) {
	t.Parallel()
	config := flatten(t, read(t, ".goreleaser.yml"))
	globs := []string{"terraform-registry-manifest.json", ".bin/release-schema.json"}
	names := []string{"{{ .ProjectName }}_{{ .Version }}_manifest.json", "{{ .ProjectName }}_{{ .Version }}_schema.json"}
	for path, want := range map[string][]string{
		"version":                            {"2"},
		"before.hooks":                       {"go mod download", "make release-schema"},
		"project_name":                       {"terraform-provider-aichatbothub"},
		"builds.binary":                      {"{{ .ProjectName }}_v{{ .Version }}"},
		"builds.env":                         {"CGO_ENABLED=0"},
		"builds.flags":                       buildFlags,
		"builds.ldflags":                     {"-s -w -X main.version={{ .Version }}"},
		"builds.tags":                        {"grpcnotrace"},
		"builds.mod_timestamp":               {"{{ .CommitTimestamp }}"},
		"archives.formats":                   {"zip"},
		"archives.name_template":             {"{{ .ProjectName }}_{{ .Version }}_{{ .Os }}_{{ .Arch }}"},
		"archives.builds_info.mtime":         {"{{ .CommitDate }}"},
		"checksum.name_template":             {"{{ .ProjectName }}_{{ .Version }}_SHA256SUMS"},
		"checksum.algorithm":                 {"sha256"},
		"checksum.extra_files.glob":          globs,
		"checksum.extra_files.name_template": names,
		"release.extra_files.glob":           globs,
		"release.extra_files.name_template":  names,
		"release.draft":                      {"false"},
		"signs.artifacts":                    {"checksum"},
		"sboms.artifacts":                    {"archive"},
		"sboms.args":                         {"run", "../internal/cmd/sbom", "$artifact", "$document"},
	} {
		if got := config[path]; !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", path, got, want)
		}
	}
	for _, argument := range []string{"--detach-sign", "{{ .Env.GPG_FINGERPRINT }}", "${signature}", "${artifact}"} {
		if !slices.Contains(config["signs.args"], argument) {
			t.Errorf("signs.args has no %s: the signature must be a detached binary one", argument)
		}
	}
	if sources := len(config["archives.files.src"]); sources != len(config["archives.files.info.mtime"]) {
		t.Error("a file in the archive has no fixed time, so the archives of two builds differ")
	}
}

// TestGoreleaserPlatforms checks that the provider is released for the platforms
// of Terraform.
func TestGoreleaserPlatforms(t *testing.T) {
	t.Parallel()
	config := flatten(t, read(t, ".goreleaser.yml"))
	for path, wanted := range map[string][]string{
		"builds.goos":   {"darwin", "freebsd", "linux", "windows"},
		"builds.goarch": {"386", "amd64", "arm", "arm64"},
	} {
		for _, want := range wanted {
			if !slices.Contains(config[path], want) {
				t.Errorf("%s: no %s in %q", path, want, config[path])
			}
		}
	}
}

// TestManifest checks the protocol version. Without the manifest the Terraform
// Registry assumes 5.0, and Terraform cannot start the provider.
func TestManifest(t *testing.T) {
	t.Parallel()
	var manifest struct {
		Version  int `json:"version"`
		Metadata struct {
			ProtocolVersions []string `json:"protocol_versions"`
		} `json:"metadata"`
	}
	if err := json.Unmarshal([]byte(read(t, "terraform-registry-manifest.json")), &manifest); err != nil {
		t.Fatal(err)
	}
	if manifest.Version != 1 || !slices.Equal(manifest.Metadata.ProtocolVersions, []string{"6.0"}) {
		t.Errorf("got %+v, want version 1 and protocol 6.0", manifest)
	}
}

// workflow is the part of a GitHub workflow that the tests check.
type workflow struct {
	Permissions map[string]string `yaml:"permissions"`
	Jobs        map[string]struct {
		Steps []step `yaml:"steps"`
	} `yaml:"jobs"`
}

// step is one step of a job. Uses is a node, because the version of an action is
// in the comment of its line.
type step struct {
	Uses yaml.Node         `yaml:"uses"`
	With map[string]string `yaml:"with"`
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
		var w workflow
		decode(t, read(t, dir, entry.Name()), &w)
		if len(w.actions()) == 0 {
			t.Errorf("%s: found no action, so the tests of workflows check nothing", entry.Name())
		}
		found[entry.Name()] = w
	}
	return found
}

var (
	pinned  = regexp.MustCompile(`^[\w.-]+/[\w./-]+@[0-9a-f]{40}$`)
	release = regexp.MustCompile(`^# v\d+\.\d+\.\d+$`)
)

// TestWorkflowsPinned checks that every action is pinned to a commit, with the
// version in a comment. A tag can be moved to another commit.
func TestWorkflowsPinned(t *testing.T) {
	t.Parallel()
	commits := map[string]string{}
	for name, w := range workflows(t) {
		for _, step := range w.actions() {
			action, commit, _ := strings.Cut(step.Uses.Value, "@")
			if !pinned.MatchString(step.Uses.Value) || !release.MatchString(step.Uses.LineComment) {
				t.Errorf("%s: %q %q is not pinned as owner/name@<40 hex digits> # vX.Y.Z", name, step.Uses.Value, step.Uses.LineComment)
			}
			if other, seen := commits[action]; seen && other != commit {
				t.Errorf("%s: %s is at %s here and at %s elsewhere", name, action, commit, other)
			}
			commits[action] = commit
		}
	}
}

// TestWorkflowPermissions checks that every workflow may only read by default.
// A job that writes has to declare it.
func TestWorkflowPermissions(t *testing.T) {
	t.Parallel()
	for name, w := range workflows(t) {
		if !maps.Equal(w.Permissions, map[string]string{"contents": "read"}) {
			t.Errorf("%s: got the default permissions %v, want only contents: read", name, w.Permissions)
		}
		for _, step := range w.actions() {
			if strings.HasPrefix(step.Uses.Value, "actions/checkout@") && step.With["persist-credentials"] != "false" {
				t.Errorf("%s: a checkout leaves its token in .git/config", name)
			}
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
