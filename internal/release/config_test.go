package release

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestGoreleaser checks what the registries need, and what makes two releases of
// one commit identical.
func TestGoreleaser(t *testing.T) {
	t.Parallel()
	config := flatten(read(t, ".goreleaser.yml"))
	manifest := "{{ .ProjectName }}_{{ .Version }}_manifest.json"
	for path, want := range map[string][]string{
		"version":                            {"2"},
		"project_name":                       {"terraform-provider-aichatbothub"},
		"builds.binary":                      {"{{ .ProjectName }}_v{{ .Version }}"},
		"builds.env":                         {"CGO_ENABLED=0"},
		"builds.flags":                       {"-trimpath"},
		"builds.ldflags":                     {"-s -w -X main.version={{ .Version }}"},
		"builds.tags":                        {"grpcnotrace"},
		"builds.mod_timestamp":               {"{{ .CommitTimestamp }}"},
		"archives.formats":                   {"zip"},
		"archives.name_template":             {"{{ .ProjectName }}_{{ .Version }}_{{ .Os }}_{{ .Arch }}"},
		"archives.builds_info.mtime":         {"{{ .CommitDate }}"},
		"checksum.name_template":             {"{{ .ProjectName }}_{{ .Version }}_SHA256SUMS"},
		"checksum.algorithm":                 {"sha256"},
		"checksum.extra_files.glob":          {"terraform-registry-manifest.json"},
		"checksum.extra_files.name_template": {manifest},
		"release.extra_files.glob":           {"terraform-registry-manifest.json"},
		"release.extra_files.name_template":  {manifest},
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
		t.Error("a file in the archive has no fixed time: the archives of two builds would differ")
	}
}

// TestGoreleaserPlatforms checks the platforms that Terraform itself is made for.
func TestGoreleaserPlatforms(t *testing.T) {
	t.Parallel()
	config := flatten(read(t, ".goreleaser.yml"))
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

// TestManifest checks the protocol. Without the manifest the Terraform Registry
// assumes 5.0, and then no Terraform can talk to the provider.
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

var (
	uses   = regexp.MustCompile(`(?m)^\s*(?:- )?uses:\s*(.*)$`)
	pinned = regexp.MustCompile(`^[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$`)
)

// workflows returns the text of every workflow by its file name.
func workflows(t *testing.T) map[string]string {
	t.Helper()
	dir := filepath.Join(".github", "workflows")
	entries, err := os.ReadDir(filepath.Join(root, dir))
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for _, entry := range entries {
		texts[entry.Name()] = read(t, dir, entry.Name())
	}
	return texts
}

// TestWorkflowsPinned checks that every action is pinned by its commit, with the
// version beside it. A tag can be moved to other code, a commit cannot.
func TestWorkflowsPinned(t *testing.T) {
	t.Parallel()
	commits := map[string]string{}
	for name, text := range workflows(t) {
		found := uses.FindAllStringSubmatch(text, -1)
		if len(found) == 0 {
			t.Errorf("%s uses no action: is this test still reading it right?", name)
		}
		for _, match := range found {
			if !pinned.MatchString(match[1]) {
				t.Errorf("%s: %q is not pinned as owner/name@<40 hex digits> # vX.Y.Z", name, match[1])
			}
			action, commit, _ := strings.Cut(match[1], "@")
			if other, seen := commits[action]; seen && other != commit {
				t.Errorf("%s: %s is at %s here and at %s elsewhere", name, action, commit, other)
			}
			commits[action] = commit
		}
	}
}

// TestWorkflowPermissions checks that every workflow starts with reading only;
// a job that writes has to say so.
func TestWorkflowPermissions(t *testing.T) {
	t.Parallel()
	for name, text := range workflows(t) {
		if !strings.Contains(text, "\npermissions:\n  contents: read\n") {
			t.Errorf("%s: the top level does not limit permissions to contents: read", name)
		}
		if strings.Count(text, "actions/checkout@") != strings.Count(text, "persist-credentials: false") {
			t.Errorf("%s: a checkout leaves its token in .git/config", name)
		}
	}
}

// TestGoreleaserVersion checks that the release is not made with a goreleaser
// that changes SHA256SUMS after signing it, as v2.15 does.
func TestGoreleaserVersion(t *testing.T) {
	t.Parallel()
	if text := workflows(t)["release.yml"]; !regexp.MustCompile(`(?m)^\s+version: v2\.(1[6-9]|[2-9]\d)\.\d+$`).MatchString(text) {
		t.Error("release.yml does not name an exact goreleaser from v2.16.0 on")
	}
}
