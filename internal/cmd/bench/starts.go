package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// starts measures the time to the handshake, the requests of a first plan, and the size of the release binary (P6).
func starts(ctx context.Context, b *bench) error {
	took := map[string][]cost{}
	for range 21 {
		for _, provider := range []string{noOp, ours} {
			c, err := b.handshake(ctx, provider)
			if err != nil {
				return err
			}
			took[provider] = append(took[provider], c)
		}
	}
	o, noop := medians(took[ours]), medians(took[noOp])
	b.add("P6", "start of the provider until its handshake", milliseconds(o.Wall), "", milliseconds(noop.Wall), "3 × no-op = "+milliseconds(3*noop.Wall), o.Wall <= 3*noop.Wall)
	w, err := b.empty(ctx, configuration, mockhub.Quirks{})
	if err != nil {
		return err
	}
	defer w.end()
	// The plan reads no objects, but Terraform starts, validates and configures the provider.
	first, err := w.command(ctx, ours, "plan", sources(10))
	if err != nil {
		return err
	}
	b.add("P6", "requests of the first plan", count(first.Requests), "", "0", "0", first.Requests == 0)
	info, err := os.Stat(b.binary(ours))
	if err != nil {
		return err
	}
	size, most := float64(info.Size())/1e6, 25.0
	b.add("P6", "size of the release binary", megabytes(size), "", "", megabytes(most), size <= most)
	return nil
}

func milliseconds(s float64) string { return fmt.Sprintf("%.1f ms", s*1000) }

// handshake starts a provider like Terraform, with mutual TLS, and stops it.
func (b *bench) handshake(ctx context.Context, provider string) (cost, error) {
	cmd := exec.CommandContext(ctx, b.binary(provider))
	cmd.Env = append(os.Environ(), "BENCH_SCHEMAS="+b.schemas())
	client := plugin.NewClient(&plugin.ClientConfig{
		HandshakeConfig: plugin.HandshakeConfig{ProtocolVersion: 6, MagicCookieKey: "TF_PLUGIN_MAGIC_COOKIE", MagicCookieValue: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2"},
		Plugins:         plugin.PluginSet{}, Cmd: cmd, AutoMTLS: true, AllowedProtocols: []plugin.Protocol{plugin.ProtocolGRPC},
		Logger: hclog.NewNullLogger(), Stderr: io.Discard,
	})
	defer client.Kill()
	start := time.Now()
	_, err := client.Start()
	return cost{Wall: time.Since(start).Seconds()}, err
}

// uploads measures the memory of ten concurrent uploads of 50 MB (P7).
func uploads(ctx context.Context, b *bench) error {
	const files, size = 10, 50_000_000
	w, err := b.empty(ctx, header+chatbotBlock+`
variable "n" {
  type = number
}

resource "aichatbothub_source" "file" {
  count      = var.n
  chatbot_id = aichatbothub_chatbot.bot.id
  file       = { path = "${path.module}/${count.index}.txt" }
}
`, mockhub.Quirks{})
	if err != nil {
		return err
	}
	defer w.end()
	for i := range files {
		if err := largeFile(filepath.Join(w.dir, fmt.Sprintf("%d.txt", i)), i, size); err != nil {
			return err
		}
	}
	idle, err := w.command(ctx, ours, "apply", "-auto-approve", sources(0))
	if err != nil {
		return err
	}
	busy, err := w.command(ctx, ours, "apply", "-auto-approve", sources(files))
	if err != nil {
		return err
	}
	if number, bytes := w.hub.Uploads(); number != files || bytes < files*size {
		return fmt.Errorf("the mock received %d files with %d bytes", number, bytes)
	}
	above := busy.ProviderRSS - idle.ProviderRSS
	b.add("P7", "memory above idle for ten concurrent uploads of 50 MB", megabytes(above), "", "", "64 MB", above <= 64)
	return nil
}

// largeFile writes a file of a size. Files with different i differ, because the service refuses duplicates.
func largeFile(path string, i int, size int64) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if _, err = fmt.Fprintf(f, "File %d\n", i); err == nil {
		err = f.Truncate(size)
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	return err
}
