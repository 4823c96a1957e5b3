package answertest

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
)

// ModifyPlan implements resource.ResourceWithModifyPlan. It plans the computed attributes and sends nothing. What is planned depends on the
// configuration and the state alone, because core plans once more in the apply, and both plans must agree.
func (r *Resource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	defer base.Recover(&resp.Diagnostics)
	r.PlanParents(req, resp, "chatbot_id")
	if req.Plan.Raw.IsNull() || resp.Diagnostics.HasError() {
		return
	}
	var plan, state model
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	exists := !req.State.Raw.IsNull()
	if exists {
		resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	if !exists || len(resp.RequiresReplace) > 0 {
		state = model{} // a replacement asks all cases
		plan.planCreate()
	} else {
		plan.planUpdate(state)
	}
	plan.logPlan(ctx, state)
	resp.Diagnostics.Append(resp.Plan.Set(ctx, plan)...)
}

// planCreate plans the computed attributes of a create. All cases are asked. Which of them miss is not known before, and a planned map may not
// lose a key, so the maps are unknown.
func (m *model) planCreate() {
	unknown := types.MapUnknown(types.StringType)
	m.computed = computed{Answers: unknown, Missed: unknown, Sessions: unknown, Passed: types.BoolUnknown()}
}

// planUpdate plans the computed attributes of an update. If a miss is an error, an update that succeeds has missed nothing. Otherwise that is
// known only if nothing is asked.
func (m *model) planUpdate(state model) {
	if m.Cases.IsUnknown() {
		m.planCreate()
		m.planPassed(true)
		return
	}
	asked := m.asks(state)
	answers := make(map[string]attr.Value, len(m.Cases.Elements()))
	before := base.StringMap(state.Answers)
	for name := range m.Cases.Elements() {
		if asked[name] {
			answers[name] = types.StringUnknown()
		} else {
			answers[name] = types.StringValue(before[name])
		}
	}
	m.Answers = types.MapValueMust(types.StringType, answers)
	m.Missed, m.Passed, m.Sessions = types.MapUnknown(types.StringType), types.BoolUnknown(), types.MapUnknown(types.StringType)
	m.planPassed(len(asked) > 0)
	if len(asked) == 0 && len(m.obsolete(state)) == 0 {
		m.Sessions = state.Sessions
	}
}

// planPassed plans that nothing misses, if that is certain. asks reports that the update asks.
func (m *model) planPassed(asks bool) {
	if !asks || m.missIsError() {
		m.Missed, m.Passed = base.StringMapValue(map[string]string{}), types.BoolValue(true)
	}
}

// asks returns the cases that an update asks, by name: those that are new or changed, those that missed or have no answer, and all if a trigger
// or a variable changed. A value that is unknown may have changed.
func (m *model) asks(state model) map[string]bool {
	all := m.Triggers.IsUnknown() || m.Variables.IsUnknown() || base.TriggersChanged(m.Triggers, state.Triggers) || !sameVariables(m.Variables, state.Variables)
	before, answered, missed := state.Cases.Elements(), state.Answers.Elements(), state.Missed.Elements()
	asked := map[string]bool{}
	for name, c := range m.Cases.Elements() {
		_, hasAnswer := answered[name]
		_, hasMissed := missed[name]
		if all || !hasAnswer || hasMissed || !c.Equal(before[name]) {
			asked[name] = true
		}
	}
	return asked
}

// sameVariables reports whether sessions are opened with the same variables. Null and {} are the same.
func sameVariables(a, b types.Map) bool {
	return a.Equal(b) || len(a.Elements()) == 0 && len(b.Elements()) == 0
}

// obsolete returns the cases of kept sessions that the configuration does not have any more.
func (m *model) obsolete(state model) []string {
	var names []string
	cases := m.Cases.Elements()
	for _, name := range base.SortedKeys(state.keptSessions()) {
		if _, found := cases[name]; !found {
			names = append(names, name)
		}
	}
	return names
}

// logPlan logs how many questions an apply asks.
func (m *model) logPlan(ctx context.Context, state model) {
	if m.Cases.IsUnknown() {
		return
	}
	all, err := casesOf(m.Cases)
	if err != nil { // it has unknown values, or the validation has reported it
		return
	}
	asked := m.asks(state)
	var cases []testCase
	for i := range all {
		if asked[all[i].name] {
			cases = append(cases, all[i])
		}
	}
	if n := questions(cases); n > 0 {
		tflog.Info(ctx, fmt.Sprintf("the apply asks %s with %s, at most %d with repetitions", base.Count(len(cases), "case"), base.Count(n, "question"), n*(1+int(m.Confirm.ValueInt64()))),
			map[string]any{"cases": base.SortedKeys(asked)})
	}
}
