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

// cost is the cost of a run.
type cost struct {
	Requests    int     // counted by the mock
	Wall        float64 // seconds
	CPU         float64 // seconds of Terraform and of the provider
	ProviderCPU float64 // seconds of all processes of the provider
	RSS         float64 // the largest peak memory of a process, which is Terraform itself or the provider, in MB
	ProviderRSS float64 // the largest peak memory of a process of the provider, in MB (10⁶ bytes)
}

// command runs Terraform in the folder of the world, with one of the providers.
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
	var output bytes.Buffer
	cmd.Stdout, cmd.Stderr = &output, &output
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 30 * time.Second
	start := time.Now()
	err := cmd.Run()
	c := cost{Wall: time.Since(start).Seconds(), Requests: w.hub.Count("")}
	if err != nil {
		return c, fmt.Errorf("terraform %v with %s: %w\n%s", args, provider, err, tail(output.Bytes()))
	}
	c.CPU = (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds()
	c.RSS = peak(cmd.ProcessState)
	err = c.readUsage(usage)
	return c, err
}

// readUsage reads the CPU time and the memory that the launcher has written for each process of the provider.
func (c *cost) readUsage(usage string) error {
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

// tail returns the end of a program's output.
func tail(output []byte) []byte { return output[max(0, len(output)-4000):] }

// median returns the median of a figure of runs.
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

// medians returns the median of each figure.
func medians(runs []cost) cost {
	return cost{
		Requests:    int(median(runs, func(c cost) float64 { return float64(c.Requests) })),
		Wall:        median(runs, func(c cost) float64 { return c.Wall }),
		CPU:         median(runs, func(c cost) float64 { return c.CPU }),
		ProviderCPU: median(runs, func(c cost) float64 { return c.ProviderCPU }),
		RSS:         median(runs, func(c cost) float64 { return c.RSS }),
		ProviderRSS: median(runs, func(c cost) float64 { return c.ProviderRSS }),
	}
}
