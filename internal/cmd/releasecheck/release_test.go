package main

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"

	cdx "github.com/CycloneDX/cyclonedx-go"
	"go.yaml.in/yaml/v3"
)

// made is a release in the making: the members of its archives and its other files, and the functions that write some of them.
type made struct {
	release
	archives map[string]map[string]member // by target
	files    map[string][]byte            // by name; one that is nil is not written
	sum      func(name, sum string) string
}

var (
	when = time.Date(2026, 5, 4, 3, 2, 1, 0, time.UTC)
	// dependency is the module that each made-up binary has.
	dependency = debug.Module{Path: "example.com/a", Version: "v1.0.0"}
)

// inspect reads the build information of a made-up binary, whose content is "GOOS_GOARCH commit".
func inspect(binary []byte) (*debug.BuildInfo, error) {
	target, commit, ok := strings.Cut(string(binary), " ")
	goos, goarch, _ := strings.Cut(target, "_")
	if !ok {
		return nil, errors.New("not a Go executable")
	}
	info := &debug.BuildInfo{GoVersion: "go1.26.8", Deps: []*debug.Module{&dependency}}
	for key, value := range map[string]string{"GOOS": goos, "GOARCH": goarch, "CGO_ENABLED": "0", "-trimpath": "true", "vcs.revision": commit, "vcs.modified": "false"} {
		info.Settings = append(info.Settings, debug.BuildSetting{Key: key, Value: value})
	}
	return info, nil
}

// materials returns the bill of materials of a binary.
func materials(binary []byte, names ...string) []byte {
	sum := sha256.Sum256(binary)
	bom := cdx.NewBOM()
	bom.Metadata = &cdx.Metadata{Component: &cdx.Component{Type: cdx.ComponentTypeApplication, Name: product, Version: "v" + version, Hashes: &[]cdx.Hash{{Algorithm: cdx.HashAlgoSHA256, Value: hex.EncodeToString(sum[:])}}}}
	var components []cdx.Component
	for _, name := range names {
		name, version, _ := strings.Cut(name, "@")
		components = append(components, cdx.Component{Type: cdx.ComponentTypeLibrary, Name: name, Version: version})
	}
	bom.Components = &components
	var out bytes.Buffer
	if err := cdx.NewBOMEncoder(&out, cdx.BOMFileFormatJSON).Encode(bom); err != nil {
		panic(err)
	}
	return out.Bytes()
}

// newRelease returns a release without a mistake.
func newRelease(t *testing.T) *made {
	t.Helper()
	m := &made{release: release{sources: t.TempDir(), commit: "abc123", when: when, inspect: inspect}, archives: map[string]map[string]member{}, files: map[string][]byte{}, sum: func(_, sum string) string { return sum }}
	m.dist = filepath.Join(m.sources, "dist")
	for _, target := range targets {
		binary := []byte(target + " " + m.commit)
		members := map[string]member{binaryName(target): {binary, 0o755, when}}
		for name := range documents {
			members[name] = member{[]byte("the content of " + name), 0o644, when}
		}
		m.archives[target] = members
		m.files[prefix+target+".zip.cdx.json"] = materials(binary, "example.com/a@v1.0.0", "stdlib@1.26.8")
	}
	m.files[manifestName] = []byte(`{"version":1}`)
	m.files[schemaName] = []byte(`{"format_version":"1.0","provider_schemas":{"registry.terraform.io/aichatbothub/aichatbothub":{"resource_schemas":{"aichatbothub_agent":{}}}}}`)
	return m
}

func write(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

// write writes the release.
func (m *made) write(t *testing.T) release {
	t.Helper()
	for name, from := range documents {
		write(t, filepath.Join(m.sources, from), []byte("the content of "+name))
	}
	for target, members := range m.archives {
		var packed bytes.Buffer
		w := zip.NewWriter(&packed)
		for _, name := range slices.Sorted(maps.Keys(members)) {
			header := &zip.FileHeader{Name: name, Modified: members[name].when}
			header.SetMode(members[name].mode)
			f, err := w.CreateHeader(header)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := f.Write(members[name].content); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		m.files[prefix+target+".zip"] = packed.Bytes()
	}
	var sums strings.Builder
	for _, name := range slices.Sorted(maps.Keys(m.files)) {
		if m.files[name] == nil {
			continue
		}
		write(t, m.path(name), m.files[name])
		sum := sha256.Sum256(m.files[name])
		if text := m.sum(name, hex.EncodeToString(sum[:])); text != "" {
			fmt.Fprintf(&sums, "%s  %s\n", text, name)
		}
	}
	write(t, m.path(sumsName), []byte(sums.String()))
	return m.release
}

// insteadFor returns a function that changes the sum of one file.
func insteadFor(file string, change func(string) string) func(name, sum string) string {
	return func(name, sum string) string {
		if name == file {
			return change(sum)
		}
		return sum
	}
}

// TestCheck: a release without a mistake passes, and each kind of mistake is found.
func TestCheck(t *testing.T) {
	t.Parallel()
	const arm = "linux_arm"
	archive, bom := prefix+arm+".zip", prefix+arm+".zip.cdx.json"
	edit := func(name string, change func(*member)) func(*made) {
		return func(m *made) {
			changed := m.archives[arm][name]
			change(&changed)
			m.archives[arm][name] = changed
		}
	}
	binary := binaryName(arm)
	for name, c := range map[string]struct {
		mistake func(*made)
		want    string
	}{
		"nothing":                   {func(*made) {}, ""},
		"no archive":                {func(m *made) { delete(m.archives, arm) }, archive + ": open"},
		"no bill of materials":      {func(m *made) { m.files[bom] = nil }, bom + ": open"},
		"no manifest":               {func(m *made) { m.files[manifestName] = nil }, manifestName},
		"no schemas":                {func(m *made) { m.files[schemaName] = nil }, schemaName},
		"no resources in it":        {func(m *made) { m.files[schemaName] = []byte(`{"format_version":"1.0"}`) }, "not the resources of"},
		"another file":              {func(m *made) { m.files["notes.txt"] = []byte("x") }, "notes.txt is no file of a release"},
		"another target":            {func(m *made) { m.archives["plan9_amd64"] = m.archives[arm] }, prefix + "plan9_amd64.zip is no file"},
		"not a zip":                 {func(m *made) { delete(m.archives, arm); m.files[archive] = []byte("x") }, archive + ": zip"},
		"a file too much in it":     {func(m *made) { m.archives[arm]["key.pem"] = member{nil, 0o600, when} }, `"key.pem"`},
		"no licence in it":          {func(m *made) { delete(m.archives[arm], "LICENSE") }, `it has ["CHANGELOG.md" "README.md" "THIRD_PARTY_LICENSES.txt"`},
		"licences of others":        {edit("THIRD_PARTY_LICENSES.txt", func(m *member) { m.content = []byte("none") }), "THIRD_PARTY_LICENSES.txt is not that of the commit"},
		"another licence":           {edit("LICENSE", func(m *member) { m.content = []byte("mine") }), "LICENSE is not that of the commit"},
		"the time of the build":     {edit("README.md", func(m *member) { m.when = when.Add(time.Hour) }), "the time of README.md"},
		"not executable":            {edit(binary, func(m *member) { m.mode = 0o644 }), "cannot be started"},
		"writable":                  {edit(binary, func(m *member) { m.mode = 0o777 }), "the mode of"},
		"a link":                    {edit("README.md", func(m *member) { m.mode = fs.ModeSymlink | 0o755 }), "the mode of README.md"},
		"no Go binary":              {edit(binary, func(m *member) { m.content = []byte("x") }), "not a Go executable"},
		"a binary of another":       {edit(binary, func(m *member) { m.content = []byte("linux_arm64 abc123") }), `GOARCH of the binary is "arm64"`},
		"a binary of another state": {edit(binary, func(m *member) { m.content = []byte("linux_arm def456") }), "vcs.revision of the binary"},
		"materials of another": {func(m *made) {
			m.files[bom] = materials([]byte("linux_arm64 abc123"), "example.com/a@v1.0.0", "stdlib@1.26.8")
		}, "not of this binary"},
		"a module is missing": {func(m *made) { m.files[bom] = materials([]byte(arm+" abc123"), "stdlib@1.26.8") }, "the bill of materials has"},
		"materials are text":  {func(m *made) { m.files[bom] = []byte("x") }, "the bill of materials: invalid"},
		"a sum is missing": {func(m *made) {
			m.sum = insteadFor(archive, func(string) string { return "" })
		}, "the sum of " + archive},
		"a sum is wrong": {func(m *made) {
			m.sum = insteadFor(manifestName, func(string) string { return strings.Repeat("0", 64) })
		}, "the sum of " + manifestName},
		"a sum of nothing": {func(m *made) {
			m.sum = insteadFor(archive, func(sum string) string { return sum + "  gone.zip\n" + sum })
		}, "there is no gone.zip"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newRelease(t)
			c.mistake(m)
			files, problems := m.write(t).check()
			got := strings.Join(problems, "\n")
			if (got == "") != (c.want == "") || !strings.Contains(got, c.want) {
				t.Errorf("the problems are\n%s\nwant %s", got, c.want)
			}
			if c.want == "" && len(files) != len(m.names()) {
				t.Errorf("%d files, want %d", len(files), len(m.names()))
			}
		})
	}
}

// TestCompare: a file with other bytes in the second run is found, also one that is published from the sources.
func TestCompare(t *testing.T) {
	t.Parallel()
	one := newRelease(t).write(t)
	if problems := one.compare(newRelease(t).write(t)); len(problems) > 0 {
		t.Errorf("equal releases differ: %q", problems)
	}
	other := newRelease(t)
	other.files[schemaName] = append(other.files[schemaName], '\n')
	other.archives["linux_arm"]["README.md"] = member{[]byte("another"), 0o644, when}
	got := one.compare(other.write(t))
	for _, want := range []string{prefix + "linux_arm.zip has", sumsName + " has", schemaName + " has"} {
		if !slices.ContainsFunc(got, func(p string) bool { return strings.HasPrefix(p, want) }) {
			t.Errorf("not found: %s other bytes, in %q", want, got)
		}
	}
	if len(got) != 3 {
		t.Errorf("found %q", got)
	}
}

// TestKey: a signature of the key is accepted, and no other one.
func TestKey(t *testing.T) {
	t.Parallel()
	k, err := newKey(t.Context(), filepath.Join(t.TempDir(), "k"))
	if err != nil {
		t.Fatal(err)
	}
	if k.reason != "" {
		t.Skip(k.reason)
	}
	defer k.close(t.Context())
	r := newRelease(t).write(t)
	sums := r.path(sumsName)
	sign := func(args ...string) {
		t.Helper()
		_ = os.Remove(sums + ".sig")
		if _, err := k.gpg(t.Context(), append(args, "--local-user", k.fingerprint, "--output", sums+".sig", sums)...); err != nil {
			t.Fatal(err)
		}
	}
	if got := k.check(t.Context(), r); len(got) != 1 {
		t.Errorf("without a signature: %q", got)
	}
	sign("--detach-sign", "--armor")
	if got := k.check(t.Context(), r); len(got) != 1 || !strings.Contains(got[0], "binary") {
		t.Errorf("a text: %q", got)
	}
	sign("--detach-sign")
	if got := k.check(t.Context(), r); len(got) > 0 {
		t.Errorf("a good signature: %q", got)
	}
	write(t, sums, []byte("other sums"))
	if got := k.check(t.Context(), r); len(got) != 1 {
		t.Errorf("of other sums: %q", got)
	}
}

// TestTargets: the targets are those of .goreleaser.yml.
func TestTargets(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("../../../.goreleaser.yml")
	if err != nil {
		t.Fatal(err)
	}
	var config struct {
		Builds []struct {
			Goos, Goarch []string
			Ignore       []struct{ Goos, Goarch string }
		}
	}
	if err := yaml.Unmarshal(raw, &config); err != nil || len(config.Builds) != 1 {
		t.Fatalf("%d builds: %v", len(config.Builds), err)
	}
	var want []string
	for _, goos := range config.Builds[0].Goos {
		for _, goarch := range config.Builds[0].Goarch {
			if !slices.Contains(config.Builds[0].Ignore, struct{ Goos, Goarch string }{goos, goarch}) {
				want = append(want, goos+"_"+goarch)
			}
		}
	}
	slices.Sort(want)
	if !slices.Equal(targets, want) {
		t.Errorf("checked are %q, built %q", targets, want)
	}
}
