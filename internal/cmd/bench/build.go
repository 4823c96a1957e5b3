package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/cmd/bench/floor"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/provider"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/tfcli"
)

// The providers that are compared.
const (
	ours      = "ours"
	naive     = "naive"
	noOp      = "no-op" // the same schemas on the same framework, without logic
	floorOnly = "floor" // the same schemas on the plugin protocol, without the framework
)

// bench is one run: the folder with the built programs, and the results so far.
type bench struct {
	options
	results
	dir       string
	terraform string
	env       map[string]string // for Terraform
}

// prepare builds the providers with the flags of a release, and the launcher that Terraform starts instead of them.
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
	flags, err := tfcli.ReleaseFlags(root)
	if err != nil {
		return err
	}
	for binary, folder := range map[string]string{
		b.binary(ours): ".", b.binary(naive): "./internal/cmd/bench/plugins/naive", b.binary(noOp): "./internal/cmd/bench/plugins/noop",
		b.binary(floorOnly): "./internal/cmd/bench/plugins/floor",
		filepath.Join(b.dir, "launcher", "terraform-provider-aichatbothub"): "./internal/cmd/bench/plugins/launcher",
	} {
		cmd := exec.CommandContext(ctx, "go", slices.Concat([]string{"build", "-buildvcs=false", "-ldflags=-s -w"}, flags, []string{"-o", binary, folder})...)
		cmd.Dir, cmd.Env, cmd.Stderr = root, append(os.Environ(), "CGO_ENABLED=0"), os.Stderr
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

// schemas is the path of the file with the schemas of the floor provider.
func (b *bench) schemas() string { return filepath.Join(b.dir, "schemas.json") }

// find finds Terraform and writes its settings, which use the launcher as the provider.
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
