package acctest

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/zclconf/go-cty/cty"
)

// needsCLI returns which part of the steps needs a real Terraform, or "".
func (s *Server) needsCLI(steps []resource.TestStep) string {
	for i, step := range steps {
		switch {
		case step.RefreshState, step.Query, step.ConfigDirectory != nil, step.ConfigFile != nil, step.ConfigVariables != nil, step.SkipFunc != nil,
			step.ImportState && (step.ImportStateKind != resource.ImportCommandWithID || step.Config != "" || step.ImportStateCheck != nil),
			step.Destroy && step.Check != nil:
			return fmt.Sprintf("step %d is of a kind that only Terraform does", i+1)
		case step.ImportState:
			continue
		}
		if _, err := s.parse(step.Config); err != nil {
			return fmt.Sprintf("step %d has %v", i+1, err)
		}
	}
	return ""
}

// protocol runs the steps against the provider in process, holding it to core's rules (Object). It does what terraform-plugin-testing
// makes Terraform do: plan, apply, check, and two more plans, which must be empty; at the end a destroy.
func (e *Env) protocol(t *testing.T, s *Server, steps []resource.TestStep) {
	t.Helper()
	w := &workspace{e: e, s: s, objects: map[string]*Object{}, nodes: map[string]*node{}, tainted: map[string]bool{}, outputs: map[string]cty.Value{}}
	var last *configuration
	for i, step := range steps {
		if step.PreConfig != nil {
			step.PreConfig()
		}
		var err error
		if step.ImportState {
			err = w.importStep(step)
		} else {
			if last, err = s.parse(step.Config); err == nil {
				err = w.configStep(last, step)
			}
		}
		switch {
		case err != nil && step.ExpectError == nil:
			t.Fatalf("step %d/%d: %v", i+1, len(steps), err)
		case err == nil && step.ExpectError != nil:
			t.Fatalf("step %d/%d: no error, want one that matches %s", i+1, len(steps), step.ExpectError)
		case err != nil && !step.ExpectError.MatchString(err.Error()):
			t.Fatalf("step %d/%d: want an error that matches %s, got\n%v", i+1, len(steps), step.ExpectError, err)
		}
	}
	if len(w.objects) > 0 {
		if err := w.destroy(last); err != nil {
			t.Fatalf("destroy after the steps: %v", err)
		}
	}
}

func (w *workspace) destroy(c *configuration) error {
	changes, err := w.plan(c, true, true)
	if err != nil {
		return err
	}
	return w.apply(&configuration{provider: c.provider}, changes)
}

func (w *workspace) configStep(c *configuration, step resource.TestStep) error {
	for _, address := range step.Taint {
		w.tainted[address] = true
	}
	if !step.PlanOnly {
		if err := w.planAndApply(c, step); err != nil {
			return err
		}
	}
	for _, again := range []struct {
		refresh bool
		name    string
		checks  []plancheck.PlanCheck
	}{{false, "non-refresh", step.ConfigPlanChecks.PostApplyPreRefresh}, {true, "refresh", step.ConfigPlanChecks.PostApplyPostRefresh}} {
		changes, err := w.plan(c, again.refresh, step.Destroy)
		if err != nil {
			return err
		}
		if err := w.checkPlan(changes, again.checks); err != nil {
			return err
		}
		if !allEmpty(changes) && !step.ExpectNonEmptyPlan {
			return fmt.Errorf("after the step, the %s plan was not empty: %s", again.name, describe(changes))
		}
		if again.refresh && step.ExpectNonEmptyPlan && allEmpty(changes) {
			return errors.New("expected a non-empty plan, but got an empty refresh plan")
		}
	}
	return nil
}

func (w *workspace) planAndApply(c *configuration, step resource.TestStep) error {
	changes, err := w.plan(c, true, step.Destroy)
	if err != nil {
		return err
	}
	if err := w.checkPlan(changes, step.ConfigPlanChecks.PreApply); err != nil {
		return err
	}
	into := c
	if step.Destroy {
		into = &configuration{provider: c.provider}
	}
	if err := w.apply(into, changes); err != nil {
		return err
	}
	if step.Check != nil {
		if err := step.Check(w.legacyState()); err != nil {
			return fmt.Errorf("check: %w", err)
		}
	}
	state := w.state()
	var errs []error
	for _, check := range step.ConfigStateChecks {
		var resp statecheck.CheckStateResponse
		check.CheckState(w.s.t.Context(), statecheck.CheckStateRequest{State: state}, &resp)
		errs = append(errs, resp.Error)
	}
	return errors.Join(errs...)
}

func (w *workspace) checkPlan(changes []*change, checks []plancheck.PlanCheck) error {
	plan := &tfjson.Plan{}
	for _, ch := range changes {
		plan.ResourceChanges = append(plan.ResourceChanges, ch.json())
	}
	var errs []error
	for _, check := range checks {
		var resp plancheck.CheckPlanResponse
		check.CheckPlan(w.s.t.Context(), plancheck.CheckPlanRequest{Plan: plan}, &resp)
		errs = append(errs, resp.Error)
	}
	return errors.Join(errs...)
}

// json is a change as `terraform show -json` has it.
func (c *change) json() *tfjson.ResourceChange {
	out := &tfjson.ResourceChange{Address: c.node.address, Mode: tfjson.ManagedResourceMode, Type: c.node.typeName, Name: c.node.name, Change: &tfjson.Change{}}
	if c.read {
		out.Mode, out.Change.Actions = tfjson.DataResourceMode, tfjson.Actions{tfjson.ActionRead}
		return out
	}
	out.Change.Before, _ = plain(c.prior)
	out.Change.After, out.Change.AfterUnknown = plain(c.planned.Value)
	switch {
	case c.delete:
		out.Change.Actions = tfjson.Actions{tfjson.ActionDelete}
	case c.planned.Replaces:
		out.Change.Actions = tfjson.Actions{tfjson.ActionDelete, tfjson.ActionCreate}
	case c.prior.IsNull():
		out.Change.Actions = tfjson.Actions{tfjson.ActionCreate}
	case c.empty():
		out.Change.Actions = tfjson.Actions{tfjson.ActionNoop}
	default:
		out.Change.Actions = tfjson.Actions{tfjson.ActionUpdate}
	}
	return out
}

// allEmpty reports whether no object would change. Data sources are ignored, as in terraform-plugin-testing.
func allEmpty(changes []*change) bool {
	return !slices.ContainsFunc(changes, func(c *change) bool { return !c.read && !c.empty() })
}

func describe(changes []*change) string {
	var all []string
	for _, c := range changes {
		if c.empty() || c.read {
			continue
		}
		all = append(all, fmt.Sprintf("%s %v %v", c.node.address, c.json().Change.Actions, Differences(c.prior, c.planned.Value)))
	}
	return strings.Join(all, ", ")
}

// state is the state as `terraform show -json` has it.
func (w *workspace) state() *tfjson.State {
	module := &tfjson.StateModule{}
	add := func(address string, mode tfjson.ResourceMode, typeName, name string, value tftypes.Value) {
		attributes, _ := plain(value)
		object, _ := attributes.(map[string]any)
		module.Resources = append(module.Resources, &tfjson.StateResource{Address: address, Mode: mode, Type: typeName, Name: name, AttributeValues: object})
	}
	for _, address := range w.addresses() {
		n := w.nodes[address]
		add(address, tfjson.ManagedResourceMode, n.typeName, n.name, w.objects[address].State)
	}
	for _, address := range slices.Sorted(maps.Keys(w.data)) {
		parts := strings.Split(address, ".")
		add(address, tfjson.DataResourceMode, parts[1], parts[2], w.data[address])
	}
	outputs := map[string]*tfjson.StateOutput{}
	for name, value := range w.outputs {
		outputs[name] = &tfjson.StateOutput{Value: outputValue(value), Type: value.Type()}
	}
	return &tfjson.State{Values: &tfjson.StateValues{RootModule: module, Outputs: outputs}}
}

// legacyState is the state in the form that the checks of steps get.
func (w *workspace) legacyState() *terraform.State {
	module := &terraform.ModuleState{Path: []string{"root"}, Resources: map[string]*terraform.ResourceState{}}
	for _, r := range w.state().Values.RootModule.Resources {
		attributes := map[string]string{}
		flatten(attributes, "", r.AttributeValues)
		module.Resources[r.Address] = &terraform.ResourceState{Type: r.Type, Primary: &terraform.InstanceState{ID: attributes["id"], Attributes: attributes}}
	}
	return &terraform.State{Modules: []*terraform.ModuleState{module}}
}
