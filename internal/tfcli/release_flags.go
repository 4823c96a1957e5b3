package tfcli

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"go.yaml.in/yaml/v3"
)

// ReleaseFlags returns the flags of `go build` that .goreleaser.yml has for a release, without those of the linker. root is the folder of the file.
func ReleaseFlags(root string) ([]string, error) {
	raw, err := os.ReadFile(filepath.Join(root, ".goreleaser.yml"))
	if err != nil {
		return nil, err
	}
	var c struct {
		Builds []struct{ Flags, Tags []string }
	}
	if err := yaml.Unmarshal(raw, &c); err != nil {
		return nil, fmt.Errorf(".goreleaser.yml: %w", err)
	}
	if len(c.Builds) != 1 {
		return nil, fmt.Errorf(".goreleaser.yml has %d builds, want one", len(c.Builds))
	}
	return append([]string{"-tags=" + strings.Join(c.Builds[0].Tags, ",")}, c.Builds[0].Flags...), nil
}
