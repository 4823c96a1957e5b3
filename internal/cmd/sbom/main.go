// Command sbom writes the bill of materials of a release archive.
//
//	go run ./internal/cmd/sbom ARCHIVE.zip DOCUMENT.cdx.json
//
// The document lists the modules that the Go linker recorded in the provider
// binary of the archive, not the requirements of go.mod. It is CycloneDX JSON
// without a time and without a random number, so the same archive always gives
// the same bytes.
package main

import (
	"archive/zip"
	"bytes"
	"debug/buildinfo"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

// binaryPrefix is the start of the name of the provider binary. The registries
// require that the version follows it.
const binaryPrefix = "terraform-provider-aichatbothub_v"

// maxBinary is the largest binary that is read from an archive, in bytes. The
// provider binary has about 20 MB.
const maxBinary = 256 << 20

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: sbom ARCHIVE.zip DOCUMENT.cdx.json")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "sbom:", err)
		os.Exit(1)
	}
}

// run reads the archive and writes its bill of materials.
func run(archive, document string) error {
	name, binary, err := readBinary(archive)
	if err != nil {
		return fmt.Errorf("%s: %w", archive, err)
	}
	info, err := buildinfo.Read(bytes.NewReader(binary))
	if err != nil {
		return fmt.Errorf("%s in %s: %w", name, archive, err)
	}
	version := strings.TrimSuffix(strings.TrimPrefix(name, binaryPrefix), ".exe")
	bom, err := describe(info, version, binary)
	if err != nil {
		return err
	}
	encoded, err := encode(bom)
	if err != nil {
		return err
	}
	return os.WriteFile(document, encoded, 0o600)
}

// readBinary returns the name and the content of the provider binary.
func readBinary(archive string) (string, []byte, error) {
	reader, err := zip.OpenReader(archive)
	if err != nil {
		return "", nil, err
	}
	defer func() { _ = reader.Close() }() // Opened for reading, so no data can be lost.
	for _, file := range reader.File {
		if strings.HasPrefix(file.Name, binaryPrefix) {
			binary, err := readFile(file)
			return file.Name, binary, err
		}
	}
	return "", nil, errors.New("the archive has no file whose name starts with " + binaryPrefix)
}

func readFile(file *zip.File) ([]byte, error) {
	if file.UncompressedSize64 > maxBinary {
		return nil, fmt.Errorf("%s has %d bytes; the limit is %d", file.Name, file.UncompressedSize64, maxBinary)
	}
	content, err := file.Open()
	if err != nil {
		return nil, err
	}
	defer func() { _ = content.Close() }() // Opened for reading, so no data can be lost.
	return io.ReadAll(io.LimitReader(content, maxBinary))
}
