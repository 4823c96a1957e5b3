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
	"time"

	cdx "github.com/CycloneDX/cyclonedx-go"
)

// documents are the files that every archive has besides the binary, with where they come from.
var documents = map[string]string{
	"CHANGELOG.md":             "CHANGELOG.md",
	"LICENSE":                  "LICENSE",
	"README.md":                "README.md",
	"THIRD_PARTY_LICENSES.txt": ".bin/release-licenses.txt",
}

// member is a file in an archive.
type member struct {
	content []byte
	mode    fs.FileMode
	when    time.Time
}

// readArchive returns the members of an archive by their name.
func readArchive(raw []byte) (map[string]member, error) {
	reader, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return nil, err
	}
	members := map[string]member{}
	for _, f := range reader.File {
		content, err := f.Open()
		if err != nil {
			return nil, err
		}
		m := member{mode: f.Mode(), when: f.Modified}
		m.content, err = readAll(content)
		_ = content.Close() // opened for reading
		if err != nil {
			return nil, err
		}
		if _, twice := members[f.Name]; twice {
			return nil, fmt.Errorf("it has %s twice", f.Name)
		}
		members[f.Name] = m
	}
	return members, nil
}

// checkArchive checks the members of an archive, and its bill of materials.
func (r release) checkArchive(target string, raw []byte) error {
	members, err := readArchive(raw)
	if err != nil {
		return err
	}
	want := append(slices.Collect(maps.Keys(documents)), binaryName(target))
	slices.Sort(want)
	if got := slices.Sorted(maps.Keys(members)); !slices.Equal(got, want) {
		return fmt.Errorf("it has %q, want %q", got, want)
	}
	for name, m := range members {
		if !m.when.Equal(r.when) {
			return fmt.Errorf("the time of %s is %s, want that of the commit, %s", name, m.when, r.when)
		}
		if !m.mode.IsRegular() || m.mode.Perm()&0o022 != 0 {
			return fmt.Errorf("the mode of %s is %s", name, m.mode)
		}
	}
	for name, from := range documents {
		source, err := os.ReadFile(filepath.Join(r.sources, filepath.FromSlash(from)))
		if err != nil {
			return err
		}
		if !bytes.Equal(source, members[name].content) {
			return fmt.Errorf("%s is not that of the commit", name)
		}
	}
	binary := members[binaryName(target)]
	if binary.mode.Perm()&0o111 != 0o111 {
		return fmt.Errorf("the mode of the binary is %s, and it cannot be started", binary.mode)
	}
	info, err := r.buildInfo(binary.content)
	if err != nil {
		return fmt.Errorf("the binary: %w", err)
	}
	if err := r.checkBuild(target, info); err != nil {
		return err
	}
	return r.checkMaterials(target, info, binary.content)
}

// checkBuild checks what the linker stored in a binary.
func (r release) checkBuild(target string, info *debug.BuildInfo) error {
	goos, goarch, _ := strings.Cut(target, "_")
	got := map[string]string{}
	for _, s := range info.Settings {
		got[s.Key] = s.Value
	}
	for key, want := range map[string]string{"GOOS": goos, "GOARCH": goarch, "CGO_ENABLED": "0", "-trimpath": "true", "vcs.revision": r.commit, "vcs.modified": "false"} {
		if got[key] != want {
			return fmt.Errorf("%s of the binary is %q, want %q", key, got[key], want)
		}
	}
	return nil
}

// checkMaterials checks the bill of materials: it is of this binary, and has every module in it and Go itself.
func (r release) checkMaterials(target string, info *debug.BuildInfo, binary []byte) error {
	document, err := os.Open(r.path(prefix + target + ".zip.cdx.json"))
	if err != nil {
		return err
	}
	defer func() { _ = document.Close() }() // opened for reading
	var bom cdx.BOM
	if err := cdx.NewBOMDecoder(document, cdx.BOMFileFormatJSON).Decode(&bom); err != nil {
		return fmt.Errorf("the bill of materials: %w", err)
	}
	sum := sha256.Sum256(binary)
	if bom.Metadata == nil || bom.Metadata.Component == nil || bom.Metadata.Component.Hashes == nil || len(*bom.Metadata.Component.Hashes) != 1 ||
		(*bom.Metadata.Component.Hashes)[0].Value != hex.EncodeToString(sum[:]) || bom.Metadata.Component.Version != "v"+version {
		return errors.New("the bill of materials is not of this binary")
	}
	want := []string{"stdlib@" + strings.TrimPrefix(info.GoVersion, "go")}
	for _, m := range info.Deps {
		want = append(want, m.Path+"@"+m.Version)
	}
	var got []string
	if bom.Components != nil {
		for _, c := range *bom.Components {
			got = append(got, c.Name+"@"+c.Version)
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		return fmt.Errorf("the bill of materials has %q, want %q", got, want)
	}
	return nil
}
