package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"golang.org/x/sync/errgroup"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/cmd/bench/floor"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/cmd/bench/noop"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/protocol"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/provider"
)

// speak has another process do without Terraform what a plan asks the provider for, and gives its cost.
func (w *world) speak(ctx context.Context, provider string) (cost, error) {
	self, err := os.Executable()
	if err != nil {
		return cost{}, err
	}
	w.hub.Forget()
	cmd := exec.CommandContext(ctx, self, "-protocol", w.state())
	cmd.Env = append(os.Environ(), "BENCH_PLUGIN="+provider, "BENCH_SCHEMAS="+w.schemas(), "AICHATBOTHUB_API_KEY="+w.hub.Key(), "AICHATBOTHUB_BASE_URL="+w.url)
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Run(); err != nil {
		return cost{}, fmt.Errorf("the protocol with %s: %w\n%s", provider, err, said.Bytes())
	}
	return cost{CPU: (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds(), Requests: w.hub.Count("")}, nil
}

// speak reads and plans every object of a state, ten at a time, as Terraform does.
func speak(ctx context.Context, path string) error {
	var server tfprotov6.ProviderServer = &floor.Server{Schemas: os.Getenv("BENCH_SCHEMAS")}
	switch whole := provider.New("bench")(); os.Getenv("BENCH_PLUGIN") {
	case ours:
		server = protocol.NewServer(whole)
	case nothing:
		server = protocol.NewServer(noop.New(whole))
	}
	schemas, err := server.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		return err
	}
	config, err := objectOf(schemas.Provider, nil)
	if err != nil {
		return err
	}
	ready, err := server.ConfigureProvider(ctx, &tfprotov6.ConfigureProviderRequest{TerraformVersion: "1.11.4", Config: config})
	if err := firstError(err, ready.Diagnostics); err != nil {
		return err
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var state struct {
		Resources []struct {
			Type      string
			Instances []struct{ Attributes json.RawMessage }
		}
	}
	if err := json.Unmarshal(raw, &state); err != nil {
		return err
	}
	var all errgroup.Group
	all.SetLimit(10)
	for _, r := range state.Resources {
		for _, instance := range r.Instances {
			all.Go(func() error {
				return readAndPlan(ctx, server, r.Type, schemas.ResourceSchemas[r.Type], instance.Attributes)
			})
		}
	}
	return all.Wait()
}

// readAndPlan does what a plan does for one object. It has one validated twice: in the walk that validates everything, and again as its
// turn comes. The configuration is what the state says of attributes that can be configured.
func readAndPlan(ctx context.Context, server tfprotov6.ProviderServer, typeName string, schema *tfprotov6.Schema, attributes []byte) error {
	config, err := configured(schema, attributes)
	if err != nil {
		return err
	}
	for range 2 {
		valid, err := server.ValidateResourceConfig(ctx, &tfprotov6.ValidateResourceConfigRequest{TypeName: typeName, Config: config})
		if err := firstError(err, valid.Diagnostics); err != nil {
			return err
		}
	}
	upgraded, err := server.UpgradeResourceState(ctx, &tfprotov6.UpgradeResourceStateRequest{TypeName: typeName, Version: schema.Version, RawState: &tfprotov6.RawState{JSON: attributes}})
	if err := firstError(err, upgraded.Diagnostics); err != nil {
		return err
	}
	read, err := server.ReadResource(ctx, &tfprotov6.ReadResourceRequest{TypeName: typeName, CurrentState: upgraded.UpgradedState})
	if err := firstError(err, read.Diagnostics); err != nil {
		return err
	}
	planned, err := server.PlanResourceChange(ctx, &tfprotov6.PlanResourceChangeRequest{TypeName: typeName, PriorState: read.NewState, ProposedNewState: read.NewState, Config: config, PriorPrivate: read.Private})
	if err = firstError(err, planned.Diagnostics); err == nil && !bytes.Equal(planned.PlannedState.MsgPack, read.NewState.MsgPack) {
		err = fmt.Errorf("the plan of %s is not empty", attributes)
	}
	return err
}

// configured is the configuration of an object of a state.
func configured(schema *tfprotov6.Schema, attributes []byte) (*tfprotov6.DynamicValue, error) {
	ty := schema.ValueType()
	object, err := (&tfprotov6.RawState{JSON: attributes}).Unmarshal(ty)
	if err != nil {
		return nil, err
	}
	values := map[string]tftypes.Value{}
	if err := object.As(&values); err != nil {
		return nil, err
	}
	for _, a := range schema.Block.Attributes {
		if !a.Optional && !a.Required {
			values[a.Name] = tftypes.NewValue(a.ValueType(), nil)
		}
	}
	v, err := tfprotov6.NewDynamicValue(ty, tftypes.NewValue(ty, values))
	return &v, err
}

// firstError is what went wrong in a call.
func firstError(err error, diags []*tfprotov6.Diagnostic) error {
	for _, d := range diags {
		if err == nil && d.Severity == tfprotov6.DiagnosticSeverityError {
			err = fmt.Errorf("%s: %s", d.Summary, d.Detail)
		}
	}
	return err
}
