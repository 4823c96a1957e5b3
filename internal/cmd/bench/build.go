package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/cmd/bench/floor"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/provider"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/tfcli"
)

// The providers that are compared.
const (
	ours    = "ours"
	naive   = "naive"
	nothing = "no-op" // the same schemas on the same framework
	bottom  = "floor" // the same schemas, and only what Terraform's protocol asks for
)

// bench is the workshop: a folder with the built programs, and what was measured so far.
type bench struct {
	options
	results
	dir       string
	terraform string
	env       map[string]string // for Terraform
}

// prepare builds the providers as a release is built, and the launcher that Terraform starts in their place.
func prepare(ctx context.Context, o options) (*bench, error) {
	dir, err := os.MkdirTemp("", "bench-")
	if err != nil {
		return nil, err
	}
	b := &bench{options: o, dir: dir}
	if err := errors.Join(b.build(ctx), b.find(ctx)); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return b, nil
}

func (b *bench) build(ctx context.Context) error {
	root, err := tfcli.Root(ctx)
	if err != nil {
		return err
	}
	for binary, folder := range map[string]string{
		b.binary(ours): ".", b.binary(naive): "./internal/cmd/bench/plugins/naive", b.binary(nothing): "./internal/cmd/bench/plugins/noop",
		b.binary(bottom): "./internal/cmd/bench/plugins/floor",
		filepath.Join(b.dir, "launcher", "terraform-provider-aichatbothub"): "./internal/cmd/bench/plugins/launcher",
	} {
		cmd := exec.CommandContext(ctx, "go", "build", "-buildvcs=false", "-trimpath", "-tags", "grpcnotrace", "-ldflags", "-s -w", "-o", binary, folder)
		cmd.Dir, cmd.Stderr = root, os.Stderr
		if err := cmd.Run(); err != nil {
			return fmt.Errorf("build %s: %w", folder, err)
		}
	}
	schemas, err := providerserver.NewProtocol6(provider.New("bench")())().GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		return err
	}
	raw, err := floor.Write(schemas)
	if err != nil {
		return err
	}
	return os.WriteFile(b.schemas(), raw, 0o600)
}

// binary is the path of one of the providers.
func (b *bench) binary(name string) string { return filepath.Join(b.dir, name) }

// schemas is the path of the file that tells the floor what to pretend.
func (b *bench) schemas() string { return filepath.Join(b.dir, "schemas.json") }

// find finds Terraform and makes it take the launcher for the provider.
func (b *bench) find(ctx context.Context) error {
	var err error
	if b.terraform, _, err = tfcli.Find(ctx, b.dir); err != nil {
		return err
	}
	program, err := tfcli.Identify(ctx, b.terraform)
	if err != nil {
		return err
	}
	b.Terraform = program.String()
	rc := filepath.Join(b.dir, "terraform.rc")
	b.env = (&tfcli.Installation{ConfigFile: rc}).Env(map[string]string{"TF_IN_AUTOMATION": "1", "BENCH_SCHEMAS": b.schemas()})
	return os.WriteFile(rc, fmt.Appendf(nil, "provider_installation {\n  dev_overrides {\n    %q = %q\n  }\n  direct {}\n}\n",
		tfcli.Source, filepath.ToSlash(filepath.Join(b.dir, "launcher"))), 0o600)
}
