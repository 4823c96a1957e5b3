package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// destroys measures the requests and the time of destroys with grouped and with single deletes (P4).
func destroys(ctx context.Context, b *bench) error {
	rounds := 3 // each takes minutes
	if b.short {
		rounds = 1
	}
	for _, goal := range []struct {
		n              int
		requests, wall float64
	}{{300, 1.25, 1.15}, {1000, 1.5, 1.35}} {
		w, err := b.populated(ctx, goal.n)
		if err != nil {
			return err
		}
		runs, bulk := map[string][]cost{}, 0
		for range rounds {
			for _, provider := range []string{noOp, ours, naive} {
				c, err := w.destroy(ctx, provider, goal.n)
				if err != nil {
					return err
				}
				runs[provider] = append(runs[provider], c)
				if provider == ours {
					bulk = max(bulk, c.Requests)
				}
			}
		}
		w.end()
		o, v, noop := medians(runs[ours]), medians(runs[naive]), medians(runs[noOp])
		most, longest := int(goal.requests*float64(goal.n/10)), goal.wall*v.Wall
		b.add("P4", fmt.Sprintf("requests of a destroy, %d sources", goal.n), count(bulk), count(v.Requests), "0", count(most), bulk <= most)
		b.add("P4", fmt.Sprintf("time of a destroy, %d sources", goal.n), seconds(o.Wall), seconds(v.Wall), seconds(noop.Wall),
			fmt.Sprintf("%.2f × naive = %s", goal.wall, seconds(longest)), o.Wall <= longest)
	}
	return nil
}

// destroy destroys the sources, and then restores them in the mock and in the state.
func (w *world) destroy(ctx context.Context, provider string, n int) (cost, error) {
	state, err := os.ReadFile(w.state())
	if err != nil {
		return cost{}, err
	}
	service, err := w.hub.Save()
	if err != nil {
		return cost{}, err
	}
	c, err := w.command(ctx, provider, "destroy", "-auto-approve", "-refresh=false", "-target=aichatbothub_source.faq", sources(n))
	if err != nil {
		return c, err
	}
	if left := len(w.hub.Sources(w.hub.Chatbots()[0].UUID)); (provider == ours || provider == naive) && left > 0 {
		return c, fmt.Errorf("%d sources are left after the destroy with %s", left, provider)
	}
	if err := w.hub.Load(service); err != nil {
		return c, err
	}
	return c, os.WriteFile(w.state(), state, 0o600)
}

// corePoint is the time that Terraform itself needs for N sources, in seconds.
type corePoint struct {
	N                    int
	Plan, Apply, Destroy float64
}

// core measures Terraform with the floor provider. No provider can be faster.
func core(ctx context.Context, b *bench) error {
	numbers := []int{100, 500, 1000, 2000}
	if b.short {
		numbers = []int{100, 500}
	}
	for _, n := range numbers {
		w, err := b.empty(ctx, configuration, mockhub.Quirks{})
		if err != nil {
			return err
		}
		var took [4]float64
		for i, args := range [][]string{{"apply", "-auto-approve"}, {"plan"}, {"destroy", "-auto-approve"}} {
			start := time.Now()
			if _, err = w.command(ctx, floorOnly, append(args, sources(n))...); err != nil {
				return err
			}
			took[i] = time.Since(start).Seconds()
		}
		w.end()
		b.Core = append(b.Core, corePoint{N: n, Apply: took[0], Plan: took[1], Destroy: took[2]})
	}
	return nil
}
