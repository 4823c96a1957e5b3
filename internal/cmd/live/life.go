package main

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/terraform-exec/tfexec"
	tfjson "github.com/hashicorp/terraform-json"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/subcommand"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/tfcli"
)

// configuration has a resource of each type. A test compares it with the provider.
//
//go:embed configuration
var configuration embed.FS

// notImported are the types whose objects only Terraform has.
var notImported = []string{"aichatbothub_knowledge_base", "aichatbothub_answer_test"}

// life creates the configuration, changes it, imports it and destroys it. After each of these a plan must be empty.
func (l *live) life(ctx context.Context) (err error) {
	subcommand.Say(l.command.Stdout, "\n==> Terraform\n")
	dir, err := os.MkdirTemp("", "live")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	tf, err := l.terraform(ctx, dir)
	if err != nil {
		return err
	}
	first := []tfexec.PlanOption{tfexec.Var("name=" + l.name), tfexec.Var(fmt.Sprintf("ask=%t", l.ask))}
	second := slices.Concat(first, []tfexec.PlanOption{tfexec.Var("changed=true")})
	destroy := slices.Concat(second, []tfexec.PlanOption{tfexec.Destroy(true)})
	steps := []struct {
		what string
		do   func() error
	}{
		{"init", func() error { return tf.Init(ctx) }},
		{"create", func() error { return apply(ctx, tf, first, true) }},
		{"no change", func() error { return apply(ctx, tf, first, false) }},
		{"change", func() error { return apply(ctx, tf, second, true) }},
		{"no change", func() error { return apply(ctx, tf, second, false) }},
		{"import", func() error { return importAll(ctx, tf, second) }},
		{"no change", func() error { return apply(ctx, tf, second, false) }},
		{"destroy", func() error { return apply(ctx, tf, destroy, true) }},
	}
	for _, s := range steps {
		began := time.Now()
		if err := s.do(); err != nil {
			return fmt.Errorf("%s: %w", s.what, err)
		}
		subcommand.Say(l.command.Stdout, "%s: done in %s\n", s.what, time.Since(began).Round(100*time.Millisecond))
	}
	return nil
}

// terraform builds the provider and prepares Terraform in dir.
func (l *live) terraform(ctx context.Context, dir string) (*tfexec.Terraform, error) {
	path, _, err := tfcli.Find(ctx, dir)
	if err != nil {
		return nil, err
	}
	install, err := tfcli.Mirror(ctx, dir)
	if err != nil {
		return nil, err
	}
	work := filepath.Join(dir, "work")
	if err := os.CopyFS(work, configuration); err != nil {
		return nil, err
	}
	tf, err := tfexec.NewTerraform(filepath.Join(work, "configuration"), path)
	if err != nil {
		return nil, err
	}
	err = errors.Join(tf.SetWaitDelay(20*time.Second), tf.SetEnv(install.Env(l.environment())))
	return tf, err
}

// apply plans, checks whether there are changes, and applies the plan if there should be.
func apply(ctx context.Context, tf *tfexec.Terraform, options []tfexec.PlanOption, changes bool) error {
	found, err := tf.Plan(ctx, append(slices.Clip(options), tfexec.Out("plan"))...)
	if err != nil {
		return err
	}
	if found != changes {
		text, err := tf.ShowPlanFileRaw(ctx, "plan")
		return errors.Join(fmt.Errorf("the plan has changes: %t, want %t:\n%s", found, changes, text), err)
	}
	if !changes {
		return nil
	}
	return tf.Apply(ctx, tfexec.DirOrPlan("plan"))
}

// importAll takes every object that can be imported out of the state, and imports it again. The plan must not change anything else.
func importAll(ctx context.Context, tf *tfexec.Terraform, options []tfexec.PlanOption) error {
	state, err := tf.Show(ctx)
	if err != nil {
		return err
	}
	ids := importIDs(state)
	var blocks strings.Builder
	for _, address := range slices.Sorted(maps.Keys(ids)) {
		if err := tf.StateRm(ctx, address); err != nil {
			return err
		}
		fmt.Fprintf(&blocks, "import {\n  to = %s\n  id = %q\n}\n", address, ids[address])
	}
	if err := os.WriteFile(filepath.Join(tf.WorkingDir(), "imports.tf"), []byte(blocks.String()), 0o600); err != nil {
		return err
	}
	if _, err := tf.Plan(ctx, append(slices.Clip(options), tfexec.Out("plan"))...); err != nil {
		return err
	}
	plan, err := tf.ShowPlanFile(ctx, "plan")
	if err != nil {
		return err
	}
	for _, c := range plan.ResourceChanges {
		if c.Change.Importing == nil && !c.Change.Actions.NoOp() || c.Change.Actions.Create() || c.Change.Actions.Replace() || c.Change.Actions.Delete() {
			return fmt.Errorf("the import plans %v of %s", c.Change.Actions, c.Address)
		}
	}
	return tf.Apply(ctx, tfexec.DirOrPlan("plan"))
}

// importIDs returns the import ids of the objects in a state by their addresses: the ids of the parents and its own one.
func importIDs(state *tfjson.State) map[string]string {
	ids := map[string]string{}
	if state == nil || state.Values == nil || state.Values.RootModule == nil {
		return ids
	}
	for _, r := range state.Values.RootModule.Resources {
		var parts []string
		for _, name := range []string{"chatbot_id", "agent_id", "session_id", "id"} {
			if id, ok := r.AttributeValues[name].(string); ok {
				parts = append(parts, id)
			}
		}
		if !slices.Contains(notImported, r.Type) {
			ids[r.Address] = strings.Join(parts, "/")
		}
	}
	return ids
}
