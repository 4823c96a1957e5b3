package toolfunction_test

import (
	"encoding/base64"
	"fmt"
	"maps"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// A secret needs no escapes in HCL, and has what the encodings of a secret differ in.
const (
	secret1 = "Bearer c4nary/one+two=&<three> <é>"
	secret2 = "Bearer another+c4nary"
)

// canary matches any writing of the word that all secrets have in them.
var canary = regexp.MustCompile(`c4nary|` + base64.StdEncoding.EncodeToString([]byte("c4nary")))

func secrets(pairs ...string) string {
	var parts []string
	for i := 0; i < len(pairs); i += 2 {
		parts = append(parts, fmt.Sprintf("%q = %q", pairs[i], pairs[i+1]))
	}
	return "{ " + strings.Join(parts, ", ") + " }"
}

// stores is a check that the service has exactly these headers.
func (e *env) stores(t *testing.T, pairs ...string) resource.TestCheckFunc {
	t.Helper()
	return func(*terraform.State) error {
		want := map[string]string{}
		for i := 0; i < len(pairs); i += 2 {
			want[pairs[i]] = pairs[i+1]
		}
		if got := e.only(t).Headers; !maps.Equal(got, want) {
			return fmt.Errorf("the service has the headers %v, want %v", got, want)
		}
		return nil
	}
}

// noCanary is a check that the state's attributes hold no secret.
func noCanary(s *terraform.State) error {
	for _, m := range s.Modules {
		for name, r := range m.Resources {
			if text := fmt.Sprintf("%#v", r.Primary); canary.MatchString(text) {
				return fmt.Errorf("%s shows a secret: %s", name, text)
			}
		}
	}
	return nil
}

func all(checks ...resource.TestCheckFunc) resource.TestCheckFunc {
	return resource.ComposeAggregateTestCheckFunc(append(checks, noCanary)...)
}

var modifiedUnknown = resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
	plancheck.ExpectResourceAction(address, plancheck.ResourceActionUpdate), plancheck.ExpectUnknownValue(address, tfjsonpath.New("modified_at")),
}}

// TestRotation: a changed secret is an update without a version to bump, the same one is none, and an update of something else leaves
// headers out.
func TestRotation(t *testing.T) {
	t.Parallel()
	e := start(t)
	config := func(s string, changes ...string) string {
		return e.config(with(required, append([]string{"headers", `{ "X-Shop" = "north" }`, "secret_headers_wo", s}, changes...)...)...)
	}
	one, two := secrets("Authorization", secret1, "X-Tenant", "c4nary"), secrets("Authorization", secret2, "X-Tenant", "c4nary")
	shown := []statecheck.StateCheck{value("headers", headers("X-Shop", "north")), value("secret_headers_wo", knownvalue.Null())}
	e.Test(t,
		resource.TestStep{Config: config(one), ConfigStateChecks: shown, Check: all(e.stores(t, "X-Shop", "north", "Authorization", secret1, "X-Tenant", "c4nary"))},
		resource.TestStep{Config: config(one), ConfigPlanChecks: noop},
		resource.TestStep{PreConfig: e.Forget, Config: config(two), ConfigPlanChecks: modifiedUnknown, ConfigStateChecks: shown,
			Check: all(e.sent(update, `{"headers":{"X-Shop":"north","Authorization":"`+secret2+`","X-Tenant":"c4nary"}}`))},
		resource.TestStep{Config: config(two), ConfigPlanChecks: noop},
		resource.TestStep{PreConfig: e.Forget, Config: config(two, "name", `"other"`), Check: all(e.sent(update, `{"name":"other"}`))},
		resource.TestStep{PreConfig: e.Forget, Config: config(two, "headers", `{ "X-Shop" = "south" }`),
			Check: all(e.stores(t, "X-Shop", "south", "Authorization", secret2, "X-Tenant", "c4nary"))},
		// Another spelling of a name is the same header.
		resource.TestStep{Config: config(secrets("authorization", secret2, "x-tenant", "c4nary")), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate)}, // headers
		resource.TestStep{Config: config(two), ConfigPlanChecks: noop},
		// A name that is taken away, and one that comes.
		resource.TestStep{Config: config(secrets("X-Tenant", "c4nary")), ConfigPlanChecks: modifiedUnknown, Check: all(e.stores(t, "X-Shop", "north", "X-Tenant", "c4nary"))},
		resource.TestStep{Config: config(secrets("X-Tenant", "c4nary", "Cookie", "c4nary")), ConfigPlanChecks: modifiedUnknown,
			Check: all(e.stores(t, "X-Shop", "north", "X-Tenant", "c4nary", "Cookie", "c4nary"))},
		resource.TestStep{Config: config("{}"), ConfigPlanChecks: modifiedUnknown, ConfigStateChecks: shown, Check: all(e.stores(t, "X-Shop", "north"))},
		resource.TestStep{Config: config("{}"), ConfigPlanChecks: noop},
	)
}

// TestSecretsLeftOut: without secret_headers_wo the service keeps what it has, also when visible headers change.
func TestSecretsLeftOut(t *testing.T) {
	t.Parallel()
	e := start(t)
	visible := with(required, "headers", `{ "X-Shop" = "north" }`)
	e.Test(t,
		resource.TestStep{Config: e.config(append(visible, "secret_headers_wo = "+secrets("X-Tenant", "c4nary", "Authorization", secret1))...)},
		resource.TestStep{Config: e.config(visible...), ConfigPlanChecks: noop},
		resource.TestStep{PreConfig: func() { // no resource manages it, so it is not in the plan
			e.EditFunction(e.only(t).UUID, func(f *mockhub.Function) { f.Headers["Authorization"] = secret2; f.Headers["Cookie"] = "c4nary" })
		}, Config: e.config(visible...), ConfigPlanChecks: noop, ConfigStateChecks: []statecheck.StateCheck{value("headers", headers("X-Shop", "north"))}},
		resource.TestStep{PreConfig: e.Forget, Config: e.config(with(required, "name", `"other"`, "headers", `{ "X-Shop" = "north" }`)...), Check: all(e.sent(update, `{"name":"other"}`))},
		resource.TestStep{Config: e.config(with(required, "headers", `{ "X-Shop" = "south" }`)...),
			Check: all(e.stores(t, "X-Shop", "south", "X-Tenant", "c4nary", "Authorization", secret2, "Cookie", "c4nary"))},
		resource.TestStep{Config: e.config(with(required)...), ConfigStateChecks: []statecheck.StateCheck{value("headers", knownvalue.Null())},
			Check: all(e.stores(t, "X-Tenant", "c4nary", "Authorization", secret2, "Cookie", "c4nary"))},
		// A hidden header that the configuration now shows is shown.
		resource.TestStep{Config: e.config(with(required, "headers", `{ "x-tenant" = "open" }`)...), ConfigStateChecks: []statecheck.StateCheck{value("headers", headers("x-tenant", "open"))},
			Check: all(e.stores(t, "x-tenant", "open", "Authorization", secret2, "Cookie", "c4nary"))},
		resource.TestStep{Config: e.config(with(required, "headers", `{ "x-tenant" = "open" }`)...), ConfigPlanChecks: noop},
		// Managed again: exactly these.
		resource.TestStep{Config: e.config(with(required, "secret_headers_wo", secrets("Authorization", secret1))...), Check: all(e.stores(t, "Authorization", secret1))},
	)
}

// TestSecretDrift: a secret header that was changed, removed or added outside Terraform is in the plan, and the apply restores it.
func TestSecretDrift(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		edit func(map[string]string)
		want plancheck.ResourceActionType
	}{
		"changed":              {func(h map[string]string) { h["Authorization"] = secret2 }, plancheck.ResourceActionUpdate},
		"changed, plain name":  {func(h map[string]string) { h["X-Tenant"] = "north c4nary" }, plancheck.ResourceActionUpdate},
		"missing":              {func(h map[string]string) { delete(h, "Authorization") }, plancheck.ResourceActionUpdate},
		"missing, plain name":  {func(h map[string]string) { delete(h, "X-Tenant") }, plancheck.ResourceActionUpdate},
		"extra":                {func(h map[string]string) { h["X-Api-Key"] = "c4nary" }, plancheck.ResourceActionUpdate},
		"values change places": {func(h map[string]string) { h["X-Tenant"], h["Authorization"] = h["Authorization"], h["X-Tenant"] }, plancheck.ResourceActionUpdate},
		"other case of names": {func(h map[string]string) {
			for _, name := range []string{"Authorization", "X-Tenant", "X-Shop"} {
				h[strings.ToLower(name)] = h[name]
				delete(h, name)
			}
		}, plancheck.ResourceActionNoop},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t)
			config := e.config(with(required, "headers", `{ "X-Shop" = "north" }`, "secret_headers_wo", secrets("Authorization", secret1, "X-Tenant", "c4nary"))...)
			steps := []resource.TestStep{{Config: config}, {
				PreConfig: func() { e.EditFunction(e.only(t).UUID, func(f *mockhub.Function) { c.edit(f.Headers) }) },
				Config:    config, ConfigPlanChecks: planned(c.want),
				ConfigStateChecks: []statecheck.StateCheck{value("headers", headers("X-Shop", "north"))}, Check: all(),
			}}
			if c.want == plancheck.ResourceActionUpdate {
				steps[1].Check = all(e.stores(t, "X-Shop", "north", "Authorization", secret1, "X-Tenant", "c4nary"))
			}
			e.Test(t, append(steps, resource.TestStep{Config: config, ConfigPlanChecks: noop})...)
		})
	}
}

// TestVisibleCredential: what the configuration has in headers is shown there, whatever its name, and drifts there.
func TestVisibleCredential(t *testing.T) {
	t.Parallel()
	e := start(t)
	open := e.config(with(required, "headers", `{ "Idempotency-Key" = "a" }`)...)
	e.Test(t,
		resource.TestStep{Config: open, ConfigStateChecks: []statecheck.StateCheck{value("headers", headers("Idempotency-Key", "a"))}},
		resource.TestStep{PreConfig: func() {
			e.EditFunction(e.only(t).UUID, func(f *mockhub.Function) { f.Headers = map[string]string{"idempotency-key": "b"} })
		}, Config: open, ConfigPlanChecks: planned(plancheck.ResourceActionUpdate), Check: e.stores(t, "Idempotency-Key", "a")},
		// From shown to secret and back.
		resource.TestStep{Config: e.config(with(required, "secret_headers_wo", secrets("idempotency-key", "c4nary"))...), ConfigStateChecks: []statecheck.StateCheck{value("headers", knownvalue.Null())},
			Check: all(e.stores(t, "idempotency-key", "c4nary"))},
		resource.TestStep{Config: open, Check: all(e.stores(t, "Idempotency-Key", "a"))},
		resource.TestStep{Config: open, ConfigPlanChecks: noop},
		// Another spelling is no change.
		resource.TestStep{PreConfig: e.Forget, Config: e.config(with(required, "headers", `{ "idempotency-KEY" = "a" }`)...), ConfigPlanChecks: noop},
	)
}

// TestUnknownSecret: a secret that is not known at plan plans nothing, and is sent with the create that waits for it.
func TestUnknownSecret(t *testing.T) {
	t.Parallel()
	e := start(t)
	config := func(trigger int, changes ...string) string {
		return fmt.Sprintf("resource \"terraform_data\" \"in\" {\n  input = \"Bearer c4nary\"\n  triggers_replace = %d\n}\n", trigger) +
			e.config(with(required, append([]string{"secret_headers_wo", `{ "Authorization" = terraform_data.in.output }`}, changes...)...)...)
	}
	e.Test(t,
		resource.TestStep{Config: config(1), Check: e.stores(t, "Authorization", "Bearer c4nary")},
		resource.TestStep{PreConfig: e.Forget, Config: config(2), ConfigPlanChecks: noop, Check: e.sent(update, "")},
		resource.TestStep{PreConfig: e.Forget, Config: config(3, "name", `"other"`), Check: e.sent(update, `{"name":"other"}`)},
		// Headers that are null or empty make no request, so modified_at could stay; the secret that is not known yet could make one.
		resource.TestStep{PreConfig: e.Forget, Config: config(4, "name", `"other"`, "headers", "{}"), Check: e.sent(update, "")},
		// It is known to be another one only after the apply, so the next plan shows it.
		resource.TestStep{PreConfig: e.Forget, Config: strings.ReplaceAll(config(5, "name", `"other"`, "headers", "{}"), "Bearer", "Basic"), ConfigPlanChecks: noop, Check: e.sent(update, ""), ExpectNonEmptyPlan: true},
		resource.TestStep{Config: strings.ReplaceAll(config(5, "name", `"other"`, "headers", "{}"), "Bearer", "Basic"), ConfigPlanChecks: modifiedUnknown, Check: e.stores(t, "Authorization", "Basic c4nary")},
		// Something that sends nothing changes at the same time, and the secret turns out to be another one during the apply.
		resource.TestStep{Config: strings.ReplaceAll(config(6, "name", `"other"`), "Bearer", "Digest"), ConfigPlanChecks: modifiedUnknown, Check: e.stores(t, "Authorization", "Digest c4nary")},
	)
}
