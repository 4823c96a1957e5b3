// Command modulesizes prints how many bytes of machine code each module has in the provider.
//
//	go run ./internal/cmd/modulesizes
//
// It builds the provider with the flags of .goreleaser.yml, but with its symbols, which the linker has sizes for. Data is not counted, because
// the linker merges that of several modules.
package main

import (
	"bufio"
	"cmp"
	"context"
	"debug/buildinfo"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/tfcli"
)

// standardLibrary is the name of the row for Go itself.
const standardLibrary = "Go's standard library"

func main() {
	if err := run(context.Background(), os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "modulesizes:", err)
		os.Exit(1)
	}
}

// run builds the provider and prints the table.
func run(ctx context.Context, out io.Writer) (err error) {
	root, err := tfcli.Root(ctx)
	if err != nil {
		return err
	}
	flags, err := tfcli.ReleaseFlags(root)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "modulesizes")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	binary := filepath.Join(dir, "provider")
	build := exec.CommandContext(ctx, "go", slices.Concat([]string{"build", "-ldflags=-w"}, flags, []string{"-o", binary, "."})...) // -w alone keeps the symbols
	build.Dir, build.Env, build.Stderr = root, append(os.Environ(), "CGO_ENABLED=0"), os.Stderr
	if err := build.Run(); err != nil {
		return fmt.Errorf("go build: %w", err)
	}
	info, err := buildinfo.ReadFile(binary)
	if err != nil {
		return err
	}
	modules := []string{info.Main.Path}
	for _, m := range info.Deps {
		modules = append(modules, m.Path)
	}
	symbols, err := exec.CommandContext(ctx, "go", "tool", "nm", "-size", "-sort", "none", binary).Output()
	if err != nil {
		return fmt.Errorf("go tool nm: %w", err)
	}
	return write(out, sizes(string(symbols), modules))
}

// sizes returns the bytes of code of each module. symbols is what `go tool nm -size` prints, and the first of modules is the main one.
func sizes(symbols string, modules []string) map[string]int {
	total := map[string]int{}
	scanner := bufio.NewScanner(strings.NewReader(symbols))
	scanner.Buffer(nil, 1<<20)
	for scanner.Scan() {
		// address, size, type, name; names can have spaces
		fields := strings.Fields(scanner.Text())
		if len(fields) < 4 || fields[2] != "T" && fields[2] != "t" {
			continue
		}
		if size, err := strconv.Atoi(fields[1]); err == nil {
			total[owner(fields[3], modules)] += size
		}
	}
	return total
}

// owner returns the module of a function by the name of its symbol.
func owner(symbol string, modules []string) string {
	name, _, _ := strings.Cut(symbol, "[") // the types of a generic function
	for strings.HasPrefix(name, "type:") || strings.HasPrefix(name, ".eq.") {
		name = strings.TrimPrefix(strings.TrimPrefix(name, "type:"), ".eq.")
	}
	if plain, err := url.PathUnescape(name); err == nil { // the linker writes some dots as %2e
		name = plain
	}
	if strings.HasPrefix(name, "main.") {
		return modules[0]
	}
	best := ""
	for _, m := range modules {
		if rest, ok := strings.CutPrefix(name, m); ok && len(m) > len(best) && (strings.HasPrefix(rest, "/") || strings.HasPrefix(rest, ".")) {
			best = m
		}
	}
	return cmp.Or(best, standardLibrary)
}

// write prints the table, the largest module first.
func write(out io.Writer, sizes map[string]int) error {
	all := 0
	for _, size := range sizes {
		all += size
	}
	names := slices.SortedFunc(maps.Keys(sizes), func(a, b string) int {
		return cmp.Or(cmp.Compare(sizes[b], sizes[a]), strings.Compare(a, b))
	})
	var table strings.Builder
	for _, name := range names {
		fmt.Fprintf(&table, "%12d  %5.1f %%  %s\n", sizes[name], 100*float64(sizes[name])/float64(all), name)
	}
	fmt.Fprintf(&table, "%12d  bytes of code\n", all)
	_, err := io.WriteString(out, table.String())
	return err
}
