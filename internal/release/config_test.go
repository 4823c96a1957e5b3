package release

import (
	"encoding/json"
	"slices"
	"testing"
)

// TestGoreleaser checks the settings that the registries require, and those that
// make two releases of one commit identical.
func TestGoreleaser(t *testing.T) {
	t.Parallel()
	config := flatten(t, read(t, ".goreleaser.yml"))
	globs := []string{"terraform-registry-manifest.json", ".bin/release-schema.json"}
	names := []string{"{{ .ProjectName }}_{{ .Version }}_manifest.json", "{{ .ProjectName }}_{{ .Version }}_schema.json"}
	for path, want := range map[string][]string{
		"version":       {"2"},
		"before.hooks":  {"go mod download", "make release-schema", "make release-licenses"},
		"project_name":  {"terraform-provider-aichatbothub"},
		"builds.binary": {"{{ .ProjectName }}_v{{ .Version }}"},
		"builds.env":    {"CGO_ENABLED=0", "GOFLAGS=-buildvcs=true"},
		"builds.flags": {
			"-trimpath", "-gcflags=github.com/hashicorp/hcl/...=-l", "-gcflags=github.com/zclconf/...=-l", "-gcflags=golang.org/x/net/...=-l",
			"-gcflags=google.golang.org/...=-l", "-gcflags=net/http=-l", "-gcflags=crypto/tls=-l", "-gcflags=crypto/x509=-l",
		},
		"builds.ldflags":                     {"-s -w -X main.version={{ .Version }}"},
		"builds.tags":                        {"grpcnotrace"},
		"builds.mod_timestamp":               {"{{ .CommitTimestamp }}"},
		"archives.formats":                   {"zip"},
		"archives.name_template":             {"{{ .ProjectName }}_{{ .Version }}_{{ .Os }}_{{ .Arch }}"},
		"archives.builds_info.mtime":         {"{{ .CommitDate }}"},
		"archives.files.src":                 {"LICENSE", "README.md", "CHANGELOG.md", ".bin/release-licenses.txt"},
		"archives.files.dst":                 {"THIRD_PARTY_LICENSES.txt"},
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
