package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"runtime/debug"
	"slices"
	"strings"
)

// The types of this file are the part of CycloneDX 1.6 that we write.

type bomJSON struct {
	Format       string           `json:"bomFormat"`
	SpecVersion  string           `json:"specVersion"`
	SerialNumber string           `json:"serialNumber"`
	Version      int              `json:"version"`
	Metadata     metadataJSON     `json:"metadata"`
	Components   []componentJSON  `json:"components"`
	Dependencies []dependencyJSON `json:"dependencies"`
}

type metadataJSON struct {
	Component componentJSON `json:"component"`
}

type componentJSON struct {
	Type       string         `json:"type"`
	Ref        string         `json:"bom-ref"`
	Name       string         `json:"name"`
	Version    string         `json:"version"`
	Hashes     []hashJSON     `json:"hashes,omitempty"`
	PURL       string         `json:"purl"`
	Properties []propertyJSON `json:"properties,omitempty"`
}

type hashJSON struct {
	Algorithm string `json:"alg"`
	Content   string `json:"content"`
}

type propertyJSON struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type dependencyJSON struct {
	Ref       string   `json:"ref"`
	DependsOn []string `json:"dependsOn,omitempty"`
}

// describe makes the bill of materials of a binary of the given version.
func describe(info *debug.BuildInfo, version string, binary []byte) bomJSON {
	sum := sha256.Sum256(binary)
	provider := component("application", info.Main.Path, "v"+version)
	provider.Hashes = []hashJSON{{Algorithm: "SHA-256", Content: hex.EncodeToString(sum[:])}}
	provider.Properties = settings(info)

	components := []componentJSON{component("library", "stdlib", strings.TrimPrefix(info.GoVersion, "go"))}
	for _, module := range info.Deps {
		if module.Replace != nil {
			module = module.Replace
		}
		library := component("library", module.Path, module.Version)
		if module.Sum != "" {
			// go.sum's hash covers the module's files, so it is no hash of one
			// file that "hashes" could hold.
			library.Properties = []propertyJSON{{Name: "go:sum", Value: module.Sum}}
		}
		components = append(components, library)
	}
	slices.SortFunc(components, func(a, b componentJSON) int { return strings.Compare(a.Ref, b.Ref) })

	used := make([]string, len(components))
	for i := range components {
		used[i] = components[i].Ref
	}
	return bomJSON{
		Format:       "CycloneDX",
		SpecVersion:  "1.6",
		SerialNumber: "urn:uuid:" + uuid(sum),
		Version:      1,
		Metadata:     metadataJSON{Component: provider},
		Components:   components,
		Dependencies: []dependencyJSON{{Ref: provider.Ref, DependsOn: used}},
	}
}

func component(kind, path, version string) componentJSON {
	purl := "pkg:golang/" + path + "@" + strings.ReplaceAll(version, "+", "%2B")
	return componentJSON{Type: kind, Ref: purl, Name: path, Version: version, PURL: purl}
}

// settings returns the build settings that tell binaries of one version apart,
// and the flags that anyone needs to build the same binary again.
func settings(info *debug.BuildInfo) []propertyJSON {
	wanted := []string{"-trimpath", "-ldflags", "CGO_ENABLED", "GOOS", "GOARCH", "vcs.revision"}
	properties := []propertyJSON{{Name: "go:version", Value: info.GoVersion}}
	for _, setting := range info.Settings {
		if slices.Contains(wanted, setting.Key) {
			properties = append(properties, propertyJSON{Name: "go:build:" + setting.Key, Value: setting.Value})
		}
	}
	return properties
}

// uuid returns a UUID (version 8, RFC 9562) made from a checksum, because a
// random one would make every document of one archive different.
func uuid(sum [sha256.Size]byte) string {
	id := sum[:16]
	id[6] = id[6]&0x0f | 0x80
	id[8] = id[8]&0x3f | 0x80
	text := hex.EncodeToString(id)
	return strings.Join([]string{text[:8], text[8:12], text[12:16], text[16:20], text[20:]}, "-")
}

// encode writes the bill of materials as indented JSON.
func encode(bom bomJSON) ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(bom); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
