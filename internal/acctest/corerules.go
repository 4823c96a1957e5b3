package acctest

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// proposed is the new state that core proposes (objchange.ProposedNew): what is written, and else what is computed.
func proposed(schema *tfprotov6.Schema, prior, config tftypes.Value) tftypes.Value {
	return tftypes.NewValue(schema.ValueType(), proposedMembers(schema.Block.Attributes, members(prior), members(config)))
}

func proposedMembers(attributes []*tfprotov6.SchemaAttribute, prior, config map[string]tftypes.Value) map[string]tftypes.Value {
	next := map[string]tftypes.Value{}
	for _, a := range attributes {
		written := config[a.Name]
		was, ok := prior[a.Name]
		if !ok {
			was = tftypes.NewValue(a.ValueType(), nil)
		}
		switch {
		case a.WriteOnly:
			next[a.Name] = tftypes.NewValue(a.ValueType(), nil)
		case a.Computed && written.IsNull() && !(a.Optional && wasWritten(a, was)):
			next[a.Name] = was
		case a.NestedType != nil && written.IsKnown() && !written.IsNull():
			next[a.Name] = proposedNested(a.NestedType, was, written)
		default:
			next[a.Name] = written
		}
	}
	return next
}

// wasWritten reports whether a nested object has a value that only a configuration can set. Then it was removed from the configuration.
func wasWritten(a *tfprotov6.SchemaAttribute, was tftypes.Value) bool {
	if a.NestedType == nil || was.IsNull() || !was.IsKnown() {
		return false
	}
	for _, object := range objects(a.NestedType, was) {
		for _, member := range a.NestedType.Attributes {
			if !member.Computed && !members(object)[member.Name].IsNull() {
				return true
			}
		}
	}
	return false
}

func proposedNested(nested *tfprotov6.SchemaObject, prior, config tftypes.Value) tftypes.Value {
	if nested.Nesting == tfprotov6.SchemaObjectNestingModeMap {
		next, was := map[string]tftypes.Value{}, members(prior)
		for key, written := range members(config) {
			next[key] = written
			if before, found := was[key]; found && written.IsKnown() && !written.IsNull() {
				next[key] = tftypes.NewValue(written.Type(), proposedMembers(nested.Attributes, members(before), members(written)))
			}
		}
		return tftypes.NewValue(config.Type(), next)
	}
	var was []tftypes.Value
	if prior.IsKnown() && !prior.IsNull() {
		was = objects(nested, prior)
	}
	var next []tftypes.Value
	for i, written := range objects(nested, config) {
		switch {
		case nested.Nesting != tfprotov6.SchemaObjectNestingModeSingle && i >= len(was) || !written.IsKnown() || written.IsNull():
			next = append(next, written)
		default:
			var before map[string]tftypes.Value
			if i < len(was) {
				before = members(was[i])
			}
			next = append(next, tftypes.NewValue(written.Type(), proposedMembers(nested.Attributes, before, members(written))))
		}
	}
	if nested.Nesting == tfprotov6.SchemaObjectNestingModeSingle {
		return next[0]
	}
	return tftypes.NewValue(config.Type(), next)
}

// invalidPlan returns what core's AssertPlanValid reports: the planned value of an attribute in the configuration must be the configured or
// the prior one, and other attributes must be computed to have a value.
func invalidPlan(attributes []*tfprotov6.SchemaAttribute, prior, config, planned tftypes.Value, at string) []string {
	var problems []string
	for _, a := range attributes {
		where := at + a.Name
		was, hadPrior := members(prior)[a.Name]
		written, plan := members(config)[a.Name], members(planned)[a.Name]
		problem := func(words string) {
			problems = append(problems, fmt.Sprintf("%s: %s: prior %s, written %s, planned %s", where, words, was, written, plan))
		}
		switch {
		case a.WriteOnly:
			if !plan.IsNull() {
				problem("a write-only value is planned")
			}
		case plan.Equal(written), a.Computed && written.IsNull():
		case hadPrior && !was.IsNull() && !written.IsNull() && plan.Equal(was):
		case a.NestedType != nil && !written.IsNull() && written.IsKnown():
			if plan.IsNull() || !plan.IsKnown() {
				problem("a written object is not planned")
				continue
			}
			problems = append(problems, invalidNested(a.NestedType, was, written, plan, where)...)
		default:
			problem("the planned value is neither the written nor the prior one")
		}
	}
	return problems
}

func invalidNested(nested *tfprotov6.SchemaObject, prior, config, planned tftypes.Value, at string) []string {
	if nested.Nesting == tfprotov6.SchemaObjectNestingModeMap {
		return invalidMembers(nested, prior, config, planned, at)
	}
	written, plans := objects(nested, config), objects(nested, planned)
	if len(written) != len(plans) {
		return []string{fmt.Sprintf("%s: %d objects are written and %d planned", at, len(written), len(plans))}
	}
	var was []tftypes.Value
	if prior.Type() != nil && prior.IsKnown() && !prior.IsNull() {
		was = objects(nested, prior)
	}
	var problems []string
	for i := range written {
		before := tftypes.NewValue(written[i].Type(), nil)
		if i < len(was) {
			before = was[i]
		}
		problems = append(problems, invalidPlan(nested.Attributes, before, written[i], plans[i], fmt.Sprintf("%s[%d].", at, i))...)
	}
	return problems
}

// invalidMembers is invalidNested for a map.
func invalidMembers(nested *tfprotov6.SchemaObject, prior, config, planned tftypes.Value, at string) []string {
	written, plans, was := members(config), members(planned), members(prior)
	if len(written) != len(plans) {
		return []string{fmt.Sprintf("%s: %d objects are written and %d planned", at, len(written), len(plans))}
	}
	var problems []string
	for key, w := range written {
		plan, found := plans[key]
		if !found {
			return []string{fmt.Sprintf("%s: %q is not planned", at, key)}
		}
		before, found := was[key]
		if !found {
			before = tftypes.NewValue(w.Type(), nil)
		}
		if !w.IsKnown() || w.IsNull() || !plan.IsKnown() || plan.IsNull() {
			if !plan.Equal(w) {
				problems = append(problems, fmt.Sprintf("%s[%q]: written %s, planned %s", at, key, w, plan))
			}
			continue
		}
		problems = append(problems, invalidPlan(nested.Attributes, before, w, plan, fmt.Sprintf("%s[%q].", at, key))...)
	}
	return problems
}

// incompatible returns what core's AssertObjectCompatible reports: a known planned value must not change.
func incompatible(planned, actual tftypes.Value, at string) []string {
	if !planned.IsKnown() || planned.Equal(actual) {
		return nil
	}
	differs := []string{fmt.Sprintf("%s: planned %s, now %s", at, planned, actual)}
	if planned.IsNull() || actual.IsNull() || !actual.IsKnown() {
		return differs
	}
	switch planned.Type().(type) {
	case tftypes.Object, tftypes.Map:
		was, is := members(planned), members(actual)
		if len(was) != len(is) {
			return differs
		}
		var problems []string
		for name, v := range was {
			now, ok := is[name]
			if !ok {
				return differs
			}
			problems = append(problems, incompatible(v, now, at+"."+name)...)
		}
		return problems
	case tftypes.List:
		was, is := elements(planned), elements(actual)
		if len(was) != len(is) {
			return differs
		}
		var problems []string
		for i := range was {
			problems = append(problems, incompatible(was[i], is[i], fmt.Sprintf("%s[%d]", at, i))...)
		}
		return problems
	case tftypes.Set: // of texts; those that were not known can be any
		if len(elements(planned)) < len(elements(actual)) {
			return differs
		}
		return nil
	}
	return differs
}

// members returns the members of an object or a map; nil if it is null or unknown.
func members(v tftypes.Value) map[string]tftypes.Value {
	var out map[string]tftypes.Value
	if v.Type() == nil || v.IsNull() || !v.IsKnown() || v.As(&out) != nil {
		return nil
	}
	return out
}

// elements returns the elements of a list or a set; nil if it is null or unknown.
func elements(v tftypes.Value) []tftypes.Value {
	var out []tftypes.Value
	if v.IsNull() || !v.IsKnown() || v.As(&out) != nil {
		return nil
	}
	return out
}

// objects returns the objects of a nested attribute: the single one, or those of the list or the map. The provider has no other kinds.
func objects(nested *tfprotov6.SchemaObject, v tftypes.Value) []tftypes.Value {
	switch nested.Nesting {
	case tfprotov6.SchemaObjectNestingModeSingle:
		return []tftypes.Value{v}
	case tfprotov6.SchemaObjectNestingModeList:
		return elements(v)
	case tfprotov6.SchemaObjectNestingModeMap:
		return slices.Collect(maps.Values(members(v)))
	}
	panic("acctest: core's rules are not written down for " + nested.Nesting.String())
}

// At returns the value at a path such as "rate_limit.messages"; null if there is none. In a list it is that of the first element.
func At(v tftypes.Value, path string) tftypes.Value {
	none := tftypes.NewValue(tftypes.DynamicPseudoType, nil)
	for name := range strings.SplitSeq(path, ".") {
		if list := elements(v); len(list) > 0 {
			v = list[0]
		}
		member, ok := members(v)[name]
		if !ok {
			return none
		}
		v = member
	}
	return v
}

// Differences returns the names of the attributes that differ.
func Differences(a, b tftypes.Value) []string {
	var names []string
	was, is := members(a), members(b)
	for name := range is {
		if was == nil || !was[name].Equal(is[name]) {
			names = append(names, name)
		}
	}
	for name := range was {
		if is == nil {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
