// Command bench measures what the provider costs: against a provider that does nothing (no-op), which is the cost of Terraform itself,
// and against the same provider without coalescing (naive). All of them speak to, or keep away from, one mock of the service with 100 ms
// a request. It prints the performance goals as a table, with the figures behind them.
//
// Usage:
//
//	bench [-short] [-out FOLDER] [-only P2,P4] [-n 100,1000] [-rounds 5] [-cpuprofile FILE] [-memprofile FILE]
//
// Requests are counted in the mock. CPU seconds and peaks of memory are the operating system's accounting of the processes that have
// ended. Times are medians of interleaved runs. Results are written into -out, as text, as JSON and as a picture.
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

// options are the command line.
type options struct {
	short      bool
	out        string
	only       string
	numbers    string
	rounds     int
	cpuprofile string
	memprofile string
	protocol   string
}

func run(ctx context.Context) (err error) {
	var o options
	flag.BoolVar(&o.short, "short", false, "fewer objects, fewer runs, no waiting for minutes: figures are rougher, and some goals are left out")
	flag.StringVar(&o.out, "out", ".bin/bench", "`folder` for the results")
	flag.StringVar(&o.only, "only", "", "`goals` to measure, such as P2,P4; all without it")
	flag.StringVar(&o.numbers, "n", "1,100,1000,5000", "`numbers` of sources whose plans are measured")
	flag.IntVar(&o.rounds, "rounds", 5, "`runs` of each, of which the median counts")
	flag.StringVar(&o.cpuprofile, "cpuprofile", "", "`file` for a CPU profile of the mock, or with -protocol of the provider")
	flag.StringVar(&o.memprofile, "memprofile", "", "`file` for a profile of the allocations of the same")
	flag.StringVar(&o.protocol, "protocol", "", "used by the program itself: read and plan the objects of a state `file`, without Terraform")
	flag.Parse()
	if flag.NArg() > 0 {
		return fmt.Errorf("unexpected argument %q", flag.Arg(0))
	}
	end, err := profile(o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, end()) }()
	if o.protocol != "" {
		return speak(ctx, o.protocol)
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

// goals are what is measured, in the order of the table.
var goals = []struct {
	title, ids string
	measure    func(context.Context, *bench) error
}{
	{"P1, P2 and P7: plans of unchanged objects", "P1,P2,P7", plans},
	{"P3: lists while sources train", "P3", training},
	{"P4: destroys", "P4", destroys},
	{"P5: a limit of requests", "P5", limited},
	{"P6: start", "P6", starts},
	{"P7: uploads", "P7", uploads},
	{"P8: lists of ten chatbots", "P8", tenLists},
	{"what Terraform itself costs", "core", core},
}

// wants says whether one of the ids was asked for.
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
