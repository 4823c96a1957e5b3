package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"debug/buildinfo"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"time"
)

// targets are the platforms that a release is for: those of Terraform and OpenTofu.
var targets = []string{
	"darwin_amd64", "darwin_arm64",
	"freebsd_386", "freebsd_amd64", "freebsd_arm", "freebsd_arm64",
	"linux_386", "linux_amd64", "linux_arm", "linux_arm64",
	"windows_386", "windows_amd64", "windows_arm64",
}

const (
	product = "terraform-provider-aichatbothub"
	prefix  = product + "_" + version + "_"

	sumsName     = prefix + "SHA256SUMS"
	manifestName = prefix + "manifest.json"
	schemaName   = prefix + "schema.json"
)

// published are the files that goreleaser publishes from the sources, by their name in the release.
var published = map[string]string{
	manifestName: "terraform-registry-manifest.json",
	schemaName:   ".bin/release-schema.json",
}

// internals are files of goreleaser itself in dist, which are not published.
var internals = []string{"artifacts.json", "config.yaml", "metadata.json"}

// release is a release that was made, and what it was made from.
type release struct {
	dist, sources string
	commit        string
	when          time.Time // of the commit
	signed        bool
	// inspect reads the build information of a binary, for tests; nil is that of Go.
	inspect func(binary []byte) (*debug.BuildInfo, error)
}

// file is a file of a release.
type file struct {
	name, sum string
	size      int
}

// path returns where a file of the release is.
func (r release) path(name string) string {
	if source, ok := published[name]; ok {
		return filepath.Join(r.sources, filepath.FromSlash(source))
	}
	return filepath.Join(r.dist, name)
}

// names returns the names that the files of a release must have, sorted.
func (r release) names() []string {
	names := []string{sumsName, manifestName, schemaName}
	for _, target := range targets {
		names = append(names, prefix+target+".zip", prefix+target+".zip.cdx.json")
	}
	if r.signed {
		names = append(names, sumsName+".sig")
	}
	slices.Sort(names)
	return names
}

// check returns the files of a release, and what is wrong with them.
func (r release) check() (files []file, problems []string) {
	report := func(name string, err error) {
		if err != nil {
			problems = append(problems, name+": "+err.Error())
		}
	}
	names := r.names()
	for _, name := range r.extra(names) {
		problems = append(problems, name+" is no file of a release")
	}
	sums := map[string]string{}
	for _, name := range names {
		raw, err := os.ReadFile(r.path(name))
		report(name, err)
		if err != nil {
			continue
		}
		sum := sha256.Sum256(raw)
		sums[name] = hex.EncodeToString(sum[:])
		files = append(files, file{name, sums[name], len(raw)})
		switch {
		case name == schemaName:
			report(name, checkSchema(raw))
		case strings.HasSuffix(name, ".zip"):
			report(name, r.checkArchive(strings.TrimSuffix(strings.TrimPrefix(name, prefix), ".zip"), raw))
		}
	}
	raw, err := os.ReadFile(r.path(sumsName))
	report(sumsName, err)
	return files, append(problems, checkSums(string(raw), sums)...)
}

// extra returns the files in dist that a release must not have. goreleaser has folders there, too.
func (r release) extra(names []string) []string {
	entries, err := os.ReadDir(r.dist)
	if err != nil {
		return []string{err.Error()}
	}
	var found []string
	for _, entry := range entries {
		if name := entry.Name(); !entry.IsDir() && !slices.Contains(internals, name) && !slices.Contains(names, name) {
			found = append(found, name)
		}
	}
	return found
}

// checkSums compares the text of SHA256SUMS with the sums of all files. It covers every file but itself and its signature.
func checkSums(text string, sums map[string]string) (problems []string) {
	listed := map[string]string{}
	for line := range strings.Lines(text) {
		sum, name, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
		if _, twice := listed[name]; !ok || twice || strings.ContainsAny(name, `/\`) {
			problems = append(problems, fmt.Sprintf("%s: the line %q is wrong", sumsName, line))
		}
		listed[name] = sum
	}
	want := maps.Clone(sums)
	delete(want, sumsName)
	delete(want, sumsName+".sig")
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if listed[name] != want[name] {
			problems = append(problems, fmt.Sprintf("%s: the sum of %s is %q, want %q", sumsName, name, listed[name], want[name]))
		}
		delete(listed, name)
	}
	for name := range listed {
		problems = append(problems, fmt.Sprintf("%s: there is no %s", sumsName, name))
	}
	return problems
}

// checkSchema checks that the document has the schemas of this provider alone.
func checkSchema(raw []byte) error {
	var document struct {
		Format    string `json:"format_version"`
		Providers map[string]struct {
			Resources map[string]json.RawMessage `json:"resource_schemas"`
		} `json:"provider_schemas"`
	}
	if err := json.Unmarshal(raw, &document); err != nil {
		return err
	}
	const address = "registry.terraform.io/aichatbothub/aichatbothub"
	if document.Format == "" || len(document.Providers) != 1 || len(document.Providers[address].Resources) == 0 {
		return fmt.Errorf("it has no format, or not the resources of %s alone", address)
	}
	return nil
}

// compare returns which files of another release have other bytes. Signatures contain the time at which they were made.
func (r release) compare(other release) (problems []string) {
	for _, name := range r.names() {
		if strings.HasSuffix(name, ".sig") {
			continue
		}
		one, err := os.ReadFile(r.path(name))
		if err != nil {
			continue // check has reported it
		}
		if two, err := os.ReadFile(other.path(name)); err != nil || !bytes.Equal(one, two) {
			problems = append(problems, name+" has other bytes in the second run")
		}
	}
	return problems
}

// start runs the binary of this machine's platform, and returns a problem if it does not print its version.
func (r release) start(ctx context.Context, target string) []string {
	if !slices.Contains(targets, target) {
		return nil
	}
	raw, err := os.ReadFile(r.path(prefix + target + ".zip"))
	if err != nil {
		return nil // check has reported it
	}
	members, err := readArchive(raw)
	if err != nil {
		return nil
	}
	path := filepath.Join(r.sources, "started"+exe(target))
	if err := os.WriteFile(path, members[binaryName(target)].content, 0o700); err != nil {
		return []string{err.Error()}
	}
	if out, err := output(ctx, nil, path, "-version"); err != nil || out != product+" "+version+"\n" {
		return []string{fmt.Sprintf("%s prints %q as its version: %v", target, out, err)}
	}
	return nil
}

// buildInfo reads the build information of a binary.
func (r release) buildInfo(binary []byte) (*debug.BuildInfo, error) {
	if r.inspect != nil {
		return r.inspect(binary)
	}
	return buildinfo.Read(bytes.NewReader(binary))
}

func binaryName(target string) string { return product + "_v" + version + exe(target) }

func exe(target string) string {
	if strings.HasPrefix(target, "windows_") {
		return ".exe"
	}
	return ""
}

// readAll reads at most a hundred megabytes.
func readAll(r io.Reader) ([]byte, error) { return io.ReadAll(io.LimitReader(r, 100<<20)) }
