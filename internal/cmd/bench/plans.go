package main

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
)

// point is the cost of a plan of N unchanged sources with one of the providers.
type point struct {
	Provider string
	N        int
	Runs     int
	Listing  float64 // the size of the list of sources, in MB
	cost             // medians
}

// plans measures plans of unchanged objects, for P1, P2, the memory of P7, and the picture.
func plans(ctx context.Context, b *bench) error {
	for number := range strings.SplitSeq(b.numbers, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(number))
		if err != nil {
			return err
		}
		if err := b.plansOf(ctx, n); err != nil {
			return fmt.Errorf("%d sources: %w", n, err)
		}
	}
	b.judgePlans()
	return nil
}

// plansOf runs plans of n sources with all providers, interleaved.
func (b *bench) plansOf(ctx context.Context, n int) error {
	w, err := b.populated(ctx, n)
	if err != nil {
		return err
	}
	defer w.end()
	listing, err := w.listing(ctx)
	if err != nil {
		return err
	}
	runs := map[string][]cost{}
	for round := range b.rounds {
		for _, provider := range []string{floorOnly, noOp, ours, naive} {
			// The naive provider requests the whole list for each source, which takes minutes. It is run once with 1,000 sources
			// in short runs, and never with more.
			if provider == naive && (n > 1000 || n == 1000 && b.short && round > 0) {
				continue
			}
			c, err := w.command(ctx, provider, "plan", "-detailed-exitcode", "-lock=false", sources(n))
			if err != nil {
				return err // with -detailed-exitcode also if the plan is not empty
			}
			runs[provider] = append(runs[provider], c)
		}
	}
	for _, provider := range []string{floorOnly, noOp, ours, naive} {
		if len(runs[provider]) == 0 {
			continue
		}
		p := point{Provider: provider, N: n, Runs: len(runs[provider]), Listing: listing, cost: medians(runs[provider])}
		b.Plans = append(b.Plans, p)
		fmt.Fprintf(os.Stderr, "  %5d %-5s %5d requests %7.2f s wall %7.2f s CPU %6.2f s provider %6.1f MB\n", n, provider, p.Requests, p.Wall, p.CPU, p.ProviderCPU, p.ProviderRSS)
	}
	return nil
}

// at returns the point of a provider with n sources. A point without runs was not measured.
func (r *results) at(provider string, n int) point {
	for _, p := range r.Plans {
		if p.Provider == provider && p.N == n {
			return p
		}
	}
	return point{}
}

// judgePlans adds the rows for plans to the table.
func (b *bench) judgePlans() {
	for _, o := range b.Plans {
		if o.Provider != ours {
			continue
		}
		noop, n := b.at(noOp, o.N), b.at(naive, o.N)
		lists := ""
		if n.Runs > 0 {
			lists = count(n.Requests)
		}
		b.add("P1", fmt.Sprintf("requests of a plan, %d sources", o.N), count(o.Requests), lists, "0", "4", o.Requests == 4)
		if o.N < 1000 {
			continue
		}
		b.add("P2", fmt.Sprintf("CPU of a plan, %d sources", o.N), seconds(o.CPU), orNone(n, seconds(n.CPU)), seconds(noop.CPU), "1.3 × no-op = "+seconds(1.3*noop.CPU), o.CPU <= 1.3*noop.CPU)
		limit := 1.25*noop.Wall + float64(o.Requests)*latency.Seconds()
		b.add("P2", fmt.Sprintf("time of a plan, %d sources", o.N), seconds(o.Wall), orNone(n, seconds(n.Wall)), seconds(noop.Wall), "1.25 × no-op + requests × 100 ms = "+seconds(limit), o.Wall <= limit)
		peak := 1.3*noop.ProviderRSS + 3*o.Listing
		b.add("P7", fmt.Sprintf("memory of the provider, %d sources", o.N), megabytes(o.ProviderRSS), orNone(n, megabytes(n.ProviderRSS)), megabytes(noop.ProviderRSS),
			fmt.Sprintf("1.3 × no-op + 3 × list (%s) = %s", megabytes(o.Listing), megabytes(peak)), o.ProviderRSS <= peak)
	}
	b.judgeGrowth()
}

// judgeGrowth compares 5,000 sources with 1,000. No cost may grow faster than the number of sources.
func (b *bench) judgeGrowth() {
	if b.at(ours, 5000).Runs == 0 {
		return
	}
	for _, g := range []struct {
		what string
		of   func(point) float64
		most float64
	}{
		{"requests", func(p point) float64 { return float64(p.Requests) }, 1},
		{"CPU of the provider", func(p point) float64 { return p.ProviderCPU }, 5},
		{"memory of the provider", func(p point) float64 { return p.ProviderRSS }, 5},
	} {
		growth := func(provider string) float64 { return g.of(b.at(provider, 5000)) / g.of(b.at(provider, 1000)) }
		noop := ""
		if g.most > 1 {
			noop = times(growth(noOp))
		}
		b.add("", "growth from 1,000 to 5,000 sources: "+g.what, times(growth(ours)), "", noop, "at most "+times(g.most), growth(ours) <= g.most)
	}
}

// orNone returns a figure of a point, or "" if the point was not measured.
func orNone(p point, figure string) string {
	if p.Runs == 0 {
		return ""
	}
	return figure
}
