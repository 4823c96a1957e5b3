package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"runtime/debug"
	"slices"
	"strings"

	cdx "github.com/CycloneDX/cyclonedx-go"
	"github.com/hashicorp/go-uuid"
)

// describe returns the bill of materials of a provider binary. version is the
// provider's version without "v". info is what the Go linker stored in binary.
func describe(info *debug.BuildInfo, version string, binary []byte) (*cdx.BOM, error) {
	sum := sha256.Sum256(binary)
	serial, err := serialNumber(sum)
	if err != nil {
		return nil, err
	}
	provider := component(cdx.ComponentTypeApplication, info.Main.Path, "v"+version)
	provider.Hashes = &[]cdx.Hash{{Algorithm: cdx.HashAlgoSHA256, Value: hex.EncodeToString(sum[:])}}
	provider.Properties = buildProperties(info)

	libraries := libraries(info)
	refs := make([]string, len(libraries))
	for i := range libraries {
		refs[i] = libraries[i].BOMRef
	}

	bom := cdx.NewBOM()
	bom.SerialNumber = serial
	bom.Metadata = &cdx.Metadata{Component: &provider}
	bom.Components = &libraries
	bom.Dependencies = &[]cdx.Dependency{{Ref: provider.BOMRef, Dependencies: &refs}}
	return bom, nil
}

// libraries returns the standard library and every module in the binary, in the
// order of their package URLs.
func libraries(info *debug.BuildInfo) []cdx.Component {
	components := []cdx.Component{component(cdx.ComponentTypeLibrary, "stdlib", strings.TrimPrefix(info.GoVersion, "go"))}
	for _, module := range info.Deps {
		if module.Replace != nil {
			module = module.Replace
		}
		library := component(cdx.ComponentTypeLibrary, module.Path, module.Version)
		if module.Sum != "" {
			// A checksum of go.sum covers all files of a module. "hashes" is for
			// the checksum of one file, so the value is stored as a property.
			library.Properties = &[]cdx.Property{{Name: "go:sum", Value: module.Sum}}
		}
		components = append(components, library)
	}
	slices.SortFunc(components, func(a, b cdx.Component) int { return strings.Compare(a.BOMRef, b.BOMRef) })
	return components
}

func component(kind cdx.ComponentType, path, version string) cdx.Component {
	purl := "pkg:golang/" + path + "@" + strings.ReplaceAll(version, "+", "%2B")
	return cdx.Component{Type: kind, BOMRef: purl, Name: path, Version: version, PackageURL: purl}
}

// buildProperties returns the build settings that differ between the binaries of
// one version, and the flags that are needed to build the same binary again.
func buildProperties(info *debug.BuildInfo) *[]cdx.Property {
	wanted := []string{"-trimpath", "-ldflags", "CGO_ENABLED", "GOOS", "GOARCH", "vcs.revision"}
	properties := []cdx.Property{{Name: "go:version", Value: info.GoVersion}}
	for _, setting := range info.Settings {
		if slices.Contains(wanted, setting.Key) {
			properties = append(properties, cdx.Property{Name: "go:build:" + setting.Key, Value: setting.Value})
		}
	}
	return &properties
}

// serialNumber returns a URN with a UUID (version 8, RFC 9562) that is derived
// from a checksum. A random UUID would make two documents of one archive differ.
func serialNumber(sum [sha256.Size]byte) (string, error) {
	id := sum[:16]
	id[6] = id[6]&0x0f | 0x80
	id[8] = id[8]&0x3f | 0x80
	text, err := uuid.FormatUUID(id)
	if err != nil {
		return "", fmt.Errorf("serial number: %w", err)
	}
	return "urn:uuid:" + text, nil
}

// encode returns the bill of materials as indented JSON of CycloneDX 1.6.
func encode(bom *cdx.BOM) ([]byte, error) {
	var out bytes.Buffer
	encoder := cdx.NewBOMEncoder(&out, cdx.BOMFileFormatJSON).SetPretty(true).SetEscapeHTML(false)
	if err := encoder.EncodeVersion(bom, cdx.SpecVersion1_6); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
