// Command bench measures the requests, the time and the memory of the provider. It compares the provider with one that has the same
// schemas and does nothing (no-op), with one that also does not use the framework (floor), and with the provider without coalescing
// (naive). The mock of the service takes 100 ms for each request. The output is a table of the performance goals (goals.md).
//
// Usage:
//
//	bench [-short] [-out FOLDER] [-only P2,P4] [-n 100,1000] [-rounds 5] [-each 100]
//
// The mock counts requests. CPU time and peak memory are those that the operating system reports for the processes. Times are medians of
// interleaved runs. The results are written to -out, as text, as JSON and as a picture.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// options are the options of the command line.
type options struct {
	short   bool
	out     string
	only    string
	numbers string
	rounds  int
	each    int
}

func run(ctx context.Context) (err error) {
	var o options
	flag.BoolVar(&o.short, "short", false, "measure fewer objects in fewer runs, and skip goals that take minutes")
	flag.StringVar(&o.out, "out", ".bin/bench", "`folder` for the results")
	flag.StringVar(&o.only, "only", "", "`goals` to measure, such as P2,P4; the default is all")
	flag.StringVar(&o.numbers, "n", "1,100,1000,5000", "`numbers` of sources in the measured plans")
	flag.IntVar(&o.rounds, "rounds", 5, "number of `runs`, of which the median is reported")
	flag.IntVar(&o.each, "each", 100, "`number` of single sources up to which P9 applies, changes and destroys them, too, and a tenth of the number up to which it plans them; 0 measures knowledge bases only")
	flag.Parse()
	if flag.NArg() > 0 {
		return fmt.Errorf("unexpected argument %q", flag.Arg(0))
	}
	if o.short {
		o.numbers, o.rounds = "1,100,1000", min(o.rounds, 3)
	}
	b, err := prepare(ctx, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(b.dir)) }()
	for _, goal := range goals {
		if !o.wants(goal.ids) {
			continue
		}
		fmt.Fprintf(os.Stderr, "%s …\n", goal.title)
		if err := goal.measure(ctx, b); err != nil {
			return fmt.Errorf("%s: %w", goal.title, err)
		}
	}
	return b.report(os.Stdout)
}

// goals are the goals of goals.md in the order of the table, and the function that measures each.
var goals = []struct {
	title, ids string
	measure    func(context.Context, *bench) error
}{
	{"P1, P2 and P7: plans of unchanged objects", "P1,P2,P7", plans},
	{"P3: lists while sources train", "P3", training},
	{"P4: destroys", "P4", destroys},
	{"P5: limited requests", "P5", limited},
	{"P6: start", "P6", starts},
	{"P7: uploads", "P7", uploads},
	{"P8: lists of ten chatbots", "P8", tenLists},
	{"P9: knowledge bases", "P9", documents},
	{"the cost of Terraform itself", "core", core},
}

// wants reports whether one of the goals is selected by -only.
func (o options) wants(ids string) bool {
	if o.only == "" {
		return true
	}
	for id := range strings.SplitSeq(ids, ",") {
		for asked := range strings.SplitSeq(o.only, ",") {
			if strings.EqualFold(strings.TrimSpace(asked), id) {
				return true
			}
		}
	}
	return false
}
