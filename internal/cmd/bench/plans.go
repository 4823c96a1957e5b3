package main

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
)

// point is what the plan of a number of unchanged sources costs with one of the providers.
type point struct {
	Provider string
	N        int
	Runs     int
	Listing  float64 // MB of the list of sources as the service sends it
	cost             // medians
	Protocol cost    // of the same reads and plans without Terraform, where they were measured
}

// plans measures plans of unchanged objects: P1, P2, the refresh of P7, and what the picture shows.
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

// plansOf interleaves plans of n sources with the three providers.
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
	runs, spoken := map[string][]cost{}, map[string][]cost{}
	for round := range b.rounds {
		for _, provider := range []string{bottom, nothing, ours, naive} {
			// A list of thousands for each of thousands takes minutes: one run tells enough, and of 5,000 the arithmetic.
			if provider == naive && (n > 1000 || n == 1000 && b.short && round > 0) {
				continue
			}
			c, err := w.command(ctx, provider, "plan", "-detailed-exitcode", "-lock=false", sources(n))
			if err != nil {
				return err // a plan that is not empty as well
			}
			runs[provider] = append(runs[provider], c)
			if provider == naive {
				continue
			}
			if c, err = w.speak(ctx, provider); err != nil {
				return err
			}
			spoken[provider] = append(spoken[provider], c)
		}
	}
	for _, provider := range []string{bottom, nothing, ours, naive} {
		if len(runs[provider]) == 0 {
			continue
		}
		p := point{Provider: provider, N: n, Runs: len(runs[provider]), Listing: listing, cost: middle(runs[provider])}
		if s := spoken[provider]; len(s) > 0 {
			p.Protocol = middle(s)
		}
		b.Plans = append(b.Plans, p)
		fmt.Fprintf(os.Stderr, "  %5d %-5s %5d requests %7.2f s wall %7.2f s CPU %6.2f s provider %6.1f MB; protocol %6.3f s\n", n, provider, p.Requests, p.Wall, p.CPU, p.ProviderCPU, p.ProviderRSS, p.Protocol.CPU)
	}
	return nil
}

// at is the point of a provider at n sources; one of no runs was not measured.
func (r *results) at(provider string, n int) point {
	for _, p := range r.Plans {
		if p.Provider == provider && p.N == n {
			return p
		}
	}
	return point{}
}

// judgePlans makes the rows of the table out of the points.
func (b *bench) judgePlans() {
	for _, o := range b.Plans {
		if o.Provider != ours {
			continue
		}
		noop, least, n := b.at(nothing, o.N), b.at(bottom, o.N), b.at(naive, o.N)
		lists := ""
		if n.Runs > 0 {
			lists = count(n.Requests)
		}
		b.add("P1", fmt.Sprintf("requests of a plan, %d sources", o.N), count(o.Requests), lists, "0", "0", "4", o.Requests == 4)
		if o.N < 1000 {
			continue
		}
		b.add("P2", fmt.Sprintf("CPU of a plan, %d sources", o.N), seconds(o.CPU), orNone(n, seconds(n.CPU)), seconds(noop.CPU), seconds(least.CPU), "1.3 × no-op = "+seconds(1.3*noop.CPU), o.CPU <= 1.3*noop.CPU)
		limit := 1.25*noop.Wall + float64(o.Requests)*latency.Seconds()
		b.add("P2", fmt.Sprintf("time of a plan, %d sources", o.N), seconds(o.Wall), orNone(n, seconds(n.Wall)), seconds(noop.Wall), seconds(least.Wall), "1.25 × no-op + requests × 100 ms = "+seconds(limit), o.Wall <= limit)
		peak := 1.3*noop.ProviderRSS + 3*o.Listing
		b.add("P7", fmt.Sprintf("memory of the provider, %d sources", o.N), megabytes(o.ProviderRSS), orNone(n, megabytes(n.ProviderRSS)), megabytes(noop.ProviderRSS), megabytes(least.ProviderRSS),
			fmt.Sprintf("1.3 × no-op + 3 × list (%s) = %s", megabytes(o.Listing), megabytes(peak)), o.ProviderRSS <= peak)
	}
	b.judgeGrowth()
}

// judgeGrowth compares 5,000 sources with 1,000: nothing may grow faster than they do.
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
		noop, least := "", ""
		if g.most > 1 {
			noop, least = times(growth(nothing)), times(growth(bottom))
		}
		b.add("", "growth from 1,000 to 5,000 sources: "+g.what, times(growth(ours)), "", noop, least, "at most "+times(g.most), growth(ours) <= g.most)
	}
}

// orNone is a figure of a point that was measured.
func orNone(p point, figure string) string {
	if p.Runs == 0 {
		return ""
	}
	return figure
}
