package main

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	cdx "github.com/CycloneDX/cyclonedx-go"
)

// archive makes a release archive with the given files and returns its path.
func archive(t *testing.T, files map[string][]byte) string {
	t.Helper()
	var packed bytes.Buffer
	writer := zip.NewWriter(&packed)
	for name, content := range files {
		file, err := writer.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := file.Write(content); err != nil {
			t.Fatal(err)
		}
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "a.zip")
	if err := os.WriteFile(path, packed.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// ownBinary returns the running test, which is a Go binary like any other.
func ownBinary(t *testing.T) []byte {
	t.Helper()
	path, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	binary, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return binary
}

func TestRun(t *testing.T) {
	t.Parallel()
	path := archive(t, map[string][]byte{
		"LICENSE":                                nil,
		"terraform-provider-aichatbothub_v1.2.3": ownBinary(t),
	})
	documents := [2][]byte{}
	for i := range documents {
		out := filepath.Join(t.TempDir(), "bom.json")
		if err := run(path, out); err != nil {
			t.Fatal(err)
		}
		document, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		documents[i] = document
	}
	if !bytes.Equal(documents[0], documents[1]) {
		t.Error("two runs gave different documents")
	}
	var bom cdx.BOM
	if err := cdx.NewBOMDecoder(bytes.NewReader(documents[0]), cdx.BOMFileFormatJSON).Decode(&bom); err != nil {
		t.Fatal(err)
	}
	if bom.SpecVersion != cdx.SpecVersion1_6 {
		t.Errorf("got CycloneDX %s, want 1.6", bom.SpecVersion)
	}
	if got := bom.Metadata.Component.Version; got != "v1.2.3" {
		t.Errorf("got version %q, want v1.2.3", got)
	}
	if !regexp.MustCompile(`^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`).MatchString(bom.SerialNumber) {
		t.Errorf("got serial number %q, want a UUID of version 8", bom.SerialNumber)
	}
	used := *(*bom.Dependencies)[0].Dependencies
	if len(*bom.Components) == 0 || len(*bom.Components) != len(used) {
		t.Errorf("got %d components, and dependencies on %v", len(*bom.Components), used)
	}
	if !strings.Contains(string(documents[0]), `"purl": "pkg:golang/stdlib@`) {
		t.Error("the standard library is missing")
	}
}

func TestRunRefusesOtherFiles(t *testing.T) {
	t.Parallel()
	for name, files := range map[string]map[string][]byte{
		"no binary":     {"LICENSE": nil},
		"no Go program": {"terraform-provider-aichatbothub_v1.2.3": []byte("#!/bin/sh\n")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if err := run(archive(t, files), filepath.Join(t.TempDir(), "bom.json")); err == nil {
				t.Error("got no error")
			}
		})
	}
}
