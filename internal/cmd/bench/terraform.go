package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// cost is what a run has cost.
type cost struct {
	Requests    int     // counted in the mock
	Wall        float64 // seconds
	CPU         float64 // seconds of Terraform and of the provider
	ProviderCPU float64 // seconds of the provider alone, all its starts together
	ProviderRSS float64 // MB (10⁶ bytes), the peak of its greediest process
}

// command runs Terraform in the world's folder, with one of the providers.
func (w *world) command(ctx context.Context, provider string, args ...string) (cost, error) {
	usage := filepath.Join(w.dir, "usage")
	if err := os.Remove(usage); err != nil && !errors.Is(err, os.ErrNotExist) {
		return cost{}, err
	}
	w.hub.Forget()
	cmd := exec.CommandContext(ctx, w.terraform, slices.Concat(args[:1], []string{"-no-color", "-input=false"}, args[1:])...)
	cmd.Dir = w.dir
	for name, value := range w.env {
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	cmd.Env = append(cmd.Env, "BENCH_PLUGIN="+w.binary(provider), "BENCH_USAGE="+usage, "AICHATBOTHUB_API_KEY="+w.hub.Key(), "AICHATBOTHUB_BASE_URL="+w.url)
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 30 * time.Second
	start := time.Now()
	err := cmd.Run()
	c := cost{Wall: time.Since(start).Seconds(), Requests: w.hub.Count("")}
	if err != nil {
		return c, fmt.Errorf("terraform %v with %s: %w\n%s", args, provider, err, tail(said.Bytes()))
	}
	c.CPU = (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds()
	err = c.share(usage)
	return c, err
}

// share reads what the launcher has written about the provider's processes.
func (c *cost) share(usage string) error {
	raw, err := os.ReadFile(usage)
	if err != nil {
		return err
	}
	for text := range strings.Lines(string(raw)) {
		var cpu, rss int64
		if _, err := fmt.Sscanln(text, &cpu, &rss); err != nil {
			return fmt.Errorf("the launcher wrote %q: %w", text, err)
		}
		c.ProviderCPU += time.Duration(cpu).Seconds()
		c.ProviderRSS = max(c.ProviderRSS, float64(rss)/1e6)
	}
	return nil
}

// tail is the end of what a program has said.
func tail(said []byte) []byte { return said[max(0, len(said)-4000):] }

// median of some figures of runs.
func median(runs []cost, of func(cost) float64) float64 {
	all := make([]float64, 0, len(runs))
	for _, r := range runs {
		all = append(all, of(r))
	}
	slices.Sort(all)
	if n := len(all); n%2 == 0 {
		return (all[n/2-1] + all[n/2]) / 2
	}
	return all[len(all)/2]
}

// middle is the cost of which each figure is the median.
func middle(runs []cost) cost {
	return cost{
		Requests:    int(median(runs, func(c cost) float64 { return float64(c.Requests) })),
		Wall:        median(runs, func(c cost) float64 { return c.Wall }),
		CPU:         median(runs, func(c cost) float64 { return c.CPU }),
		ProviderCPU: median(runs, func(c cost) float64 { return c.ProviderCPU }),
		ProviderRSS: median(runs, func(c cost) float64 { return c.ProviderRSS }),
	}
}
