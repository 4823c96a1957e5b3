// Command licenses prints the licences of all modules in the provider, and that of Go. A release has them in every archive, because most licences
// require that their text and the names of the authors come with a binary.
//
//	go run ./internal/cmd/licenses
//
// The modules are those of all systems that the provider is released for, so every archive of a release has the same text.
package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/tfcli"
)

// systems are those that the provider is released for (.goreleaser.yml).
var systems = []string{"darwin", "freebsd", "linux", "windows"}

// legalFile is the name of a file that has a licence, or a notice that a licence requires.
var legalFile = regexp.MustCompile(`(?i)^(?:LICEN[SC]E|COPYING|UNLICENSE|NOTICE)(?:[.-].*)?$`)

// text is a file with a licence or a notice.
type text struct {
	module string // the path of the module, or of the folder in it that the file is for
	file   string
	body   string
}

func main() {
	document, err := run(context.Background())
	if err != nil {
		fmt.Fprintln(os.Stderr, "licenses:", err)
		os.Exit(1)
	}
	fmt.Print(document)
}

// run returns the document for the provider of this checkout.
func run(ctx context.Context) (string, error) {
	root, err := tfcli.Root(ctx)
	if err != nil {
		return "", err
	}
	texts, err := modules(ctx, root)
	if err != nil {
		return "", err
	}
	standard, err := standardLibrary(ctx)
	if err != nil {
		return "", err
	}
	return document(append(texts, standard)), nil
}

// standardLibrary returns the licence of the Go that builds the provider.
func standardLibrary(ctx context.Context) (text, error) {
	folder, err := exec.CommandContext(ctx, "go", "env", "GOROOT").Output()
	if err != nil {
		return text{}, fmt.Errorf("go env GOROOT: %w", err)
	}
	raw, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(folder)), "LICENSE"))
	if err != nil {
		return text{}, fmt.Errorf("the licence of %s: %w", runtime.Version(), err)
	}
	return text{module: "Go and its standard library", file: "LICENSE", body: string(raw)}, nil
}

// modules returns the licences and notices of all modules in the provider but its own: those in the folder of each module, and in every folder
// from there to that of a package. It fails when a module has none.
func modules(ctx context.Context, root string) ([]text, error) {
	found := map[string]text{} // by path
	licensed := map[string]bool{}
	for _, system := range systems {
		cmd := exec.CommandContext(ctx, "go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}}\t{{.Dir}}\t{{$.Dir}}{{end}}{{end}}", ".")
		cmd.Dir, cmd.Env, cmd.Stderr = root, append(os.Environ(), "CGO_ENABLED=0", "GOOS="+system), os.Stderr
		out, err := cmd.Output()
		if err != nil {
			return nil, fmt.Errorf("go list for %s: %w", system, err)
		}
		for line := range strings.Lines(string(out)) {
			fields := strings.Split(strings.TrimSpace(line), "\t")
			if len(fields) != 3 {
				continue // of the standard library, or this module
			}
			module, top, dir := fields[0], fields[1], fields[2]
			licensed[module] = licensed[module] || false
			for ; dir == top || strings.HasPrefix(dir, top+string(filepath.Separator)); dir = filepath.Dir(dir) {
				within, err := filepath.Rel(top, dir)
				if err != nil {
					return nil, err
				}
				texts, err := folder(dir, strings.TrimSuffix(module+"/"+filepath.ToSlash(within), "/."))
				if err != nil {
					return nil, err
				}
				for _, t := range texts {
					found[t.module+"\t"+t.file] = t
					licensed[module] = true
				}
			}
		}
	}
	var texts []text
	for _, t := range found {
		texts = append(texts, t)
	}
	for module, has := range licensed {
		if !has {
			return nil, errors.New(module + " has no file with a licence")
		}
	}
	return texts, nil
}

// folder returns the licences and notices in a folder.
func folder(dir, name string) ([]text, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var texts []text
	for _, entry := range entries {
		if !legalFile.MatchString(entry.Name()) || entry.Type()&fs.ModeType != 0 || strings.HasSuffix(entry.Name(), ".go") {
			continue
		}
		raw, err := os.ReadFile(filepath.Join(dir, entry.Name()))
		if err != nil {
			return nil, err
		}
		texts = append(texts, text{module: name, file: entry.Name(), body: string(raw)})
	}
	return texts, nil
}

// document returns all texts, each once, below the names of those that it is of. The order of texts has no effect.
func document(texts []text) string {
	names := map[string][]string{}
	for _, t := range texts {
		body := strings.TrimSpace(strings.ReplaceAll(t.body, "\r\n", "\n"))
		names[body] = append(names[body], t.module+", "+t.file)
	}
	bodies := make([]string, 0, len(names))
	for body, of := range names {
		slices.Sort(of)
		bodies = append(bodies, body)
	}
	slices.SortFunc(bodies, func(a, b string) int { return strings.Compare(names[a][0], names[b][0]) })
	var b strings.Builder
	b.WriteString("The provider contains Go and the modules below, under these licences.\n")
	for _, body := range bodies {
		fmt.Fprintf(&b, "\n%s\n%s\n\n%s\n", strings.Repeat("=", 80), strings.Join(names[body], "\n"), body)
	}
	return b.String()
}
