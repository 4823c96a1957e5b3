package acctest

import (
	"errors"
	"maps"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Object is one resource, as Terraform's core keeps it. Its methods do what core does around each call of the provider, and check core's
// rules. They return an error if a rule is broken or the provider reports an error. They never end the test, so that a property test can
// shrink its input.
type Object struct {
	// State is null if the object does not exist.
	State    tftypes.Value
	Warnings []string // of the last refresh
	s        *Server
	typeName string
	schema   *tfprotov6.Schema
	private  []byte
	identity *tfprotov6.ResourceIdentityData
}

// Planned is the plan of one object. Value is null for a destroy.
type Planned struct {
	Value    tftypes.Value
	Replaces bool // the object is to be deleted and made anew
	Warnings []string
	private  []byte
	identity *tfprotov6.ResourceIdentityData
}

// NewRun configures the provider again, as each run of Terraform does in a new process. The provider keeps nothing of the last run.
func (s *Server) NewRun(e *Env) error { return s.NewRunWith(e, nil) }

// NewRunWith is NewRun with further arguments of the provider block, which are strings.
func (s *Server) NewRunWith(e *Env, arguments map[string]string) error {
	all := map[string]string{"api_key": e.Key(), "base_url": e.URL}
	maps.Copy(all, arguments)
	return s.configure(Strings(all))
}

// NewRunWithoutKey is NewRun for a plan in which the API key comes from something that is not applied yet.
func (s *Server) NewRunWithoutKey(e *Env) error {
	return s.configure(map[string]tftypes.Value{"api_key": tftypes.NewValue(tftypes.String, tftypes.UnknownValue), "base_url": tftypes.NewValue(tftypes.String, e.URL)})
}

func (s *Server) configure(arguments map[string]tftypes.Value) error {
	resp, err := s.ConfigureProvider(s.t.Context(), &tfprotov6.ConfigureProviderRequest{TerraformVersion: "1.14.0", Config: s.value(s.Schema.Provider, arguments)})
	if err != nil {
		return err
	}
	return refusal("configure", resp.Diagnostics)
}

// Object returns a resource of a type that does not exist yet.
func (s *Server) Object(typeName string) *Object {
	o := &Object{s: s, typeName: typeName, schema: s.Schema.ResourceSchemas[typeName]}
	o.State = o.none()
	return o
}

// On returns the object as another provider process gets it.
func (o *Object) On(s *Server) *Object {
	other := *o
	other.s = s
	return &other
}

// Configuration returns a configuration. Attributes that values does not have are null.
func (o *Object) Configuration(values map[string]tftypes.Value) tftypes.Value {
	all := map[string]tftypes.Value{}
	for _, a := range o.schema.Block.Attributes {
		all[a.Name] = tftypes.NewValue(a.ValueType(), nil)
		if v, written := values[a.Name]; written {
			all[a.Name] = v
		}
	}
	return asConfigured(tftypes.NewValue(o.schema.ValueType(), all))
}

func (o *Object) none() tftypes.Value { return tftypes.NewValue(o.schema.ValueType(), nil) }

// Empty reports whether a plan changes nothing.
func (o *Object) Empty(p Planned) bool { return !p.Replaces && p.Value.Equal(o.State) }

// Validate validates a configuration, like `terraform validate`.
func (o *Object) Validate(config tftypes.Value) error {
	dv, err := o.dynamic(config)
	if err != nil {
		return err
	}
	resp, err := o.s.ValidateResourceConfig(o.s.t.Context(), &tfprotov6.ValidateResourceConfigRequest{TypeName: o.typeName, Config: dv,
		ClientCapabilities: &tfprotov6.ValidateResourceConfigClientCapabilities{WriteOnlyAttributesAllowed: true}})
	if err != nil {
		return err
	}
	return refusal("validate", resp.Diagnostics)
}

// Plan plans a configuration; a null one is a destroy. A replacement is planned once more without the prior state, as core does.
func (o *Object) Plan(config tftypes.Value) (Planned, error) {
	return o.planTwice(config, false)
}

// PlanReplacement plans a configuration with the option -replace, or with replace_triggered_by.
func (o *Object) PlanReplacement(config tftypes.Value) (Planned, error) {
	return o.planTwice(config, true)
}

// planTwice is Plan, and PlanReplacement if forced. The second plan gets the private data of the first.
func (o *Object) planTwice(config tftypes.Value, forced bool) (Planned, error) {
	p, replaces, err := o.plan(config, o.State, o.private, o.identity)
	if err != nil || !forced && !o.replaced(p, replaces) {
		return p, err
	}
	first := p.Warnings
	p, _, err = o.plan(config, o.none(), p.private, nil)
	p.Replaces, p.Warnings = true, append(first, p.Warnings...)
	return p, err
}

// Final plans again when all values are known, as an apply does, and compares the result with the early plan, which the user has seen. A
// replacement that was planned remains one. After an empty plan core does nothing, so that the next run plans.
func (o *Object) Final(early Planned, config tftypes.Value) (Planned, error) {
	if o.Empty(early) {
		return o.Plan(config)
	}
	if early.Replaces {
		p, _, err := o.plan(config, o.none(), nil, nil)
		p.Replaces = true
		return p, errors.Join(err, broken("inconsistent final plan", incompatible(early.Value, p.Value, "")))
	}
	p, err := o.Plan(config)
	if p.Replaces {
		return p, errors.New("inconsistent final plan: an update was planned, and now it is a replacement")
	}
	return p, errors.Join(err, broken("inconsistent final plan", incompatible(early.Value, p.Value, "")))
}

func (o *Object) plan(config, prior tftypes.Value, private []byte, identity *tfprotov6.ResourceIdentityData) (Planned, []*tftypes.AttributePath, error) {
	next := o.none()
	if !config.IsNull() {
		next = proposed(o.schema, prior, config)
	}
	req := &tfprotov6.PlanResourceChangeRequest{TypeName: o.typeName, PriorPrivate: private, PriorIdentity: identity}
	var errs [3]error
	req.Config, errs[0] = o.dynamic(config)
	req.PriorState, errs[1] = o.dynamic(prior)
	req.ProposedNewState, errs[2] = o.dynamic(next)
	if err := errors.Join(errs[:]...); err != nil {
		return Planned{}, nil, err
	}
	resp, err := o.s.PlanResourceChange(o.s.t.Context(), req)
	if err != nil {
		return Planned{}, nil, err
	}
	if err := refusal("plan", resp.Diagnostics); err != nil {
		return Planned{}, nil, err
	}
	value, err := o.open(resp.PlannedState)
	if err == nil && !config.IsNull() {
		err = broken("invalid plan", invalidPlan(o.schema.Block.Attributes, prior, config, value, ""))
	}
	return Planned{Value: value, Warnings: words(resp.Diagnostics), private: resp.PlannedPrivate, identity: resp.PlannedIdentity}, resp.RequiresReplace, err
}

// replaced reports whether a value at one of the paths that require replacement differs, by core's rules.
func (o *Object) replaced(p Planned, paths []*tftypes.AttributePath) bool {
	if o.State.IsNull() || p.Value.IsNull() {
		return false
	}
	for _, at := range paths {
		was, _, errWas := tftypes.WalkAttributePath(o.State, at)
		is, _, errIs := tftypes.WalkAttributePath(p.Value, at)
		before, _ := was.(tftypes.Value)
		after, _ := is.(tftypes.Value)
		if (errWas == nil) != (errIs == nil) || errWas == nil && !before.Equal(after) {
			return true
		}
	}
	return false
}

// Apply applies a plan and returns the warnings. config is the configuration of the plan, with all values known.
func (o *Object) Apply(config tftypes.Value, p Planned) ([]string, error) {
	if p.Replaces {
		if _, err := o.apply(o.none(), Planned{Value: o.none(), private: o.private, identity: o.identity}); err != nil {
			return nil, err
		}
	}
	return o.apply(config, p)
}

// Type returns the type of the resource.
func (o *Object) Type() string { return o.typeName }

// ForgetPrivate removes the private state. When core replaces a tainted object, the provider's delete does not get it.
func (o *Object) ForgetPrivate() { o.private = nil }

// Private returns the private state.
func (o *Object) Private() []byte { return o.private }

func (o *Object) apply(config tftypes.Value, p Planned) ([]string, error) {
	req := &tfprotov6.ApplyResourceChangeRequest{TypeName: o.typeName, PlannedPrivate: p.private, PlannedIdentity: p.identity}
	var errs [3]error
	req.Config, errs[0] = o.dynamic(config)
	req.PriorState, errs[1] = o.dynamic(o.State)
	req.PlannedState, errs[2] = o.dynamic(p.Value)
	if err := errors.Join(errs[:]...); err != nil {
		return nil, err
	}
	resp, err := o.s.ApplyResourceChange(o.s.t.Context(), req)
	if err != nil {
		return nil, err
	}
	before := o.identity
	if o.State, err = o.open(resp.NewState); err != nil {
		return nil, err
	}
	if o.private, o.identity = resp.Private, resp.NewIdentity; o.State.IsNull() {
		o.private, o.identity = nil, nil
	}
	if err := refusal("apply", resp.Diagnostics); err != nil {
		return nil, err
	}
	problems := incompatible(p.Value, o.State, "")
	if !o.State.IsFullyKnown() {
		problems = append(problems, "the new state has unknown values")
	}
	if !o.State.IsNull() {
		problems = append(problems, o.lostIdentity(before)...)
	}
	return words(resp.Diagnostics), broken("inconsistent result after apply", problems)
}

// Refresh reads the object as a new run of Terraform does, from a state that was written to a file.
func (o *Object) Refresh() error {
	dv, err := o.dynamic(o.State)
	if err != nil || o.State.IsNull() {
		return err
	}
	resp, err := o.s.ReadResource(o.s.t.Context(), &tfprotov6.ReadResourceRequest{TypeName: o.typeName, CurrentState: dv, Private: o.private, CurrentIdentity: o.identity})
	if err != nil {
		return err
	}
	if err := refusal("read", resp.Diagnostics); err != nil {
		return err
	}
	o.Warnings = words(resp.Diagnostics)
	before := o.identity
	if o.State, err = o.open(resp.NewState); err != nil {
		return err
	}
	if o.private, o.identity = resp.Private, resp.NewIdentity; o.State.IsNull() {
		o.private, o.identity = nil, nil
		return nil
	}
	if !o.State.IsFullyKnown() {
		return errors.New("a refresh gave unknown values")
	}
	return broken("identity", o.lostIdentity(before))
}

// Import takes the object over from the service by its import id, and reads it.
func (o *Object) Import(id string) error {
	read := o.s.importedBy(&tfprotov6.ImportResourceStateRequest{TypeName: o.typeName, ID: id})
	if err := refusal("import", read.Diagnostics); err != nil {
		return err
	}
	state, err := o.open(read.NewState)
	if err != nil {
		return err
	}
	if state.IsNull() {
		return errors.New("cannot import non-existent remote object")
	}
	o.State, o.private, o.identity = state, read.Private, read.NewIdentity
	return nil
}
