package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

// results are all figures of a run. They are written as JSON.
type results struct {
	Machine   string
	Terraform string
	Date      string
	Short     bool
	Rows      []row
	Plans     []point
	Documents []documentPoint
	Core      []corePoint
}

// row is a line of the table of goals. Figures that were not measured are "".
type row struct {
	ID, What, Ours, Naive, NoOp, Goal string
	Met                               bool
}

// add adds a line to the table of goals.
func (r *results) add(id, what, ours, naive, noop, goal string, met bool) {
	r.Rows = append(r.Rows, row{id, what, ours, naive, noop, goal, met})
}

func count(n int) string          { return fmt.Sprint(n) }
func seconds(s float64) string    { return fmt.Sprintf("%.2f s", s) }
func megabytes(mb float64) string { return fmt.Sprintf("%.1f MB", mb) }
func times(factor float64) string { return fmt.Sprintf("%.2f ×", factor) }

// table returns the results as text.
func (r *results) table() string {
	var out strings.Builder
	fmt.Fprintf(&out, "%s, %s, %s\n\n", r.Machine, r.Terraform, r.Date)
	t := tabwriter.NewWriter(&out, 0, 0, 2, ' ', 0)
	put := func(cells ...string) { _, _ = io.WriteString(t, strings.Join(cells, "\t")+"\n") } // writing to memory cannot fail
	put("id", "what", "ours", "naive", "no-op", "goal", "met")
	for _, line := range r.Rows {
		met := "yes"
		if !line.Met {
			met = "NO"
		}
		put(line.ID, line.What, orDash(line.Ours), orDash(line.Naive), orDash(line.NoOp), line.Goal, met)
	}
	_ = t.Flush()
	if len(r.Plans) > 0 {
		out.WriteString("\nPlans of unchanged objects: one chatbot, 20 agents, 20 source tags, and sources\n\n")
		put("sources", "with", "requests", "time", "CPU", "provider's CPU", "provider's memory")
		for _, p := range r.Plans {
			put(count(p.N), p.Provider, count(p.Requests), seconds(p.Wall), seconds(p.CPU), seconds(p.ProviderCPU), megabytes(p.ProviderRSS))
		}
		_ = t.Flush()
	}
	if len(r.Documents) > 0 {
		out.WriteString("\nDocuments of one chatbot: a knowledge base of a folder, and single sources in for_each\n\n")
		put("documents", "step", "with", "requests", "time", "CPU", "provider's CPU", "provider's memory", "largest process")
		for _, p := range r.Documents {
			put(count(p.N), p.Step, p.With, count(p.Requests), seconds(p.Wall), seconds(p.CPU), seconds(p.ProviderCPU), megabytes(p.ProviderRSS), megabytes(p.RSS))
		}
		_ = t.Flush()
	}
	if len(r.Core) > 0 {
		out.WriteString("\nTerraform itself: sources of the floor provider\n\n")
		put("sources", "plan", "apply", "destroy")
		for _, p := range r.Core {
			put(count(p.N), seconds(p.Plan), seconds(p.Apply), seconds(p.Destroy))
		}
		_ = t.Flush()
	}
	return trimRight(out.String())
}

// replace replaces b.results with the earlier results in a file, if it exists, updated with the new ones.
func (b *bench) replace(path string) error {
	raw, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	var earlier results
	if err == nil {
		err = json.Unmarshal(raw, &earlier)
	}
	if err != nil {
		return err
	}
	b.results = earlier.with(b.results)
	return nil
}

// with returns the results with newer ones added or replaced.
func (r results) with(newer results) results {
	for _, n := range newer.Rows {
		i := slices.IndexFunc(r.Rows, func(old row) bool { return old.ID == n.ID && old.What == n.What })
		if i < 0 {
			r.Rows = append(r.Rows, n)
		} else {
			r.Rows[i] = n
		}
	}
	for _, n := range newer.Plans {
		r.Plans = append(slices.DeleteFunc(r.Plans, func(old point) bool { return old.N == n.N && old.Provider == n.Provider }), n)
	}
	if len(newer.Documents) > 0 {
		r.Documents = newer.Documents
	}
	if len(newer.Core) > 0 {
		r.Core = newer.Core
	}
	return r
}

// trimRight removes spaces at the ends of lines.
func trimRight(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	return strings.Join(lines, "\n")
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

// report prints the table and writes all results. With -only the earlier results are updated.
func (b *bench) report(out io.Writer) error {
	if b.only != "" {
		if err := b.replace(filepath.Join(b.out, "performance.json")); err != nil {
			return err
		}
	}
	b.Machine = fmt.Sprintf("%d cores, %s/%s, %s", runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version())
	b.Date, b.Short = time.Now().UTC().Format(time.DateOnly), b.short
	table := b.table()
	if _, err := io.WriteString(out, table); err != nil {
		return err
	}
	raw, err := json.MarshalIndent(b.results, "", "  ")
	if err != nil {
		return err
	}
	err = errors.Join(os.MkdirAll(b.out, 0o750),
		os.WriteFile(filepath.Join(b.out, "performance.txt"), []byte(table), 0o600),
		os.WriteFile(filepath.Join(b.out, "performance.json"), append(raw, '\n'), 0o600))
	if len(b.Plans) > 0 {
		err = errors.Join(err, os.WriteFile(filepath.Join(b.out, "performance.svg"), []byte(b.picture()), 0o600))
	}
	return err
}
