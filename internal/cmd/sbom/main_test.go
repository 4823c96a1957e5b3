package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
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
	var bom bomJSON
	if err := json.Unmarshal(documents[0], &bom); err != nil {
		t.Fatal(err)
	}
	if got := bom.Metadata.Component.Version; got != "v1.2.3" {
		t.Errorf("got version %q, want v1.2.3", got)
	}
	if len(bom.Components) == 0 || len(bom.Components) != len(bom.Dependencies[0].DependsOn) {
		t.Errorf("got %d components, and %v", len(bom.Components), bom.Dependencies)
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
