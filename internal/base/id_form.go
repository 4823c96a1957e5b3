package base

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// IDForm checks the ids in a configuration. Unlike import strings, configurations take the service's own form only, because any other would
// differ from what the service answers.
//
// As a validator it refuses only what is no id of a mock, such as a URL, or an id of the service in another form. With `mock_provider` in a test, Terraform and OpenTofu validate
// with the real provider, and the ids are random texts. As a plan modifier it requires the service's form; mocks do not plan with the
// provider. Data sources, ephemeral resources, list resources and actions have no plan modifiers: they check the form when they read their
// configuration (ReadConfig, ReadFilters), and actions in their plan as well.
type IDForm struct{}

// Description implements validator.Describer and planmodifier.Describer.
func (IDForm) Description(context.Context) string {
	return "must be an id of 32 lower-case hexadecimal digits"
}

// MarkdownDescription implements validator.Describer and planmodifier.Describer.
func (f IDForm) MarkdownDescription(ctx context.Context) string { return f.Description(ctx) }

// ValidateString implements validator.String.
func (IDForm) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	checkIDs(&resp.Diagnostics, req.Path, possibleID, req.ConfigValue)
}

// ValidateSet implements validator.Set.
func (IDForm) ValidateSet(ctx context.Context, req validator.SetRequest, resp *validator.SetResponse) {
	checkSet(ctx, &resp.Diagnostics, req.Path, possibleID, req.ConfigValue)
}

// PlanModifyString implements planmodifier.String.
func (IDForm) PlanModifyString(_ context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	checkIDs(&resp.Diagnostics, req.Path, validID, req.ConfigValue)
}

// PlanModifySet implements planmodifier.Set.
func (IDForm) PlanModifySet(ctx context.Context, req planmodifier.SetRequest, resp *planmodifier.SetResponse) {
	checkSet(ctx, &resp.Diagnostics, req.Path, validID, req.ConfigValue)
}

func validID(s string) bool { return hub.ID(s).Valid() }

// possibleID reports whether a text can be an id of the service or of a mock. Names with spaces, URLs, import ids and HTML cannot. An id of the
// service with dashes or upper case is a mistake, too.
func possibleID(s string) bool {
	if _, err := hub.ParseID(s); err == nil {
		return validID(s)
	}
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool {
		return r == '/' || r == '\\' || r == '<' || unicode.IsSpace(r) || unicode.IsControl(r)
	})
}

func checkSet(ctx context.Context, diags *diag.Diagnostics, at path.Path, ok func(string) bool, set types.Set) {
	if set.IsUnknown() {
		return
	}
	var ids []types.String
	diags.Append(set.ElementsAs(ctx, &ids, false)...)
	checkIDs(diags, at, ok, ids...)
}

// checkIDs reports the ids that are not ok. A hint shows the right form of an id that has another one.
func checkIDs(diags *diag.Diagnostics, at path.Path, ok func(string) bool, ids ...types.String) {
	for _, v := range ids {
		if v.IsNull() || v.IsUnknown() || ok(v.ValueString()) {
			continue
		}
		detail := fmt.Sprintf("%q %s.", shorten(v.ValueString()), IDForm{}.Description(context.Background()))
		if id, problem := importID(WidgetID(v.ValueString())); problem == "" {
			detail += fmt.Sprintf(" Write it as %q.", string(id))
		}
		diags.AddAttributeError(at, "Invalid id", detail)
	}
}

// ReadConfig reads the configuration of a data source into model, a pointer to its model. It returns false when it reports an error.
func (d *DataSource) ReadConfig(ctx context.Context, config tfsdk.Config, model any, diags *diag.Diagnostics) bool {
	return readConfig(ctx, d.Hub, config, model, diags)
}

// ReadConfig reads the configuration of an ephemeral resource into model, a pointer to its model. It returns false when it reports an error.
func (e *Ephemeral) ReadConfig(ctx context.Context, config tfsdk.Config, model any, diags *diag.Diagnostics) bool {
	return readConfig(ctx, e.Hub, config, model, diags)
}

// ReadConfig reads the configuration of an action into model, a pointer to its model. It returns false when it reports an error.
func (a *Action) ReadConfig(ctx context.Context, config tfsdk.Config, model any, diags *diag.Diagnostics) bool {
	return readConfig(ctx, a.Hub, config, model, diags)
}

// readConfig reads a configuration and checks the form of its ids and that there is a client.
func readConfig(ctx context.Context, c *hub.Client, config tfsdk.Config, model any, diags *diag.Diagnostics) bool {
	diags.Append(config.Get(ctx, model)...)
	checkConfig(ctx, config, diags)
	return !diags.HasError() && ready(c, diags)
}

// checkConfig reports the ids of a configuration that do not have the service's form.
func checkConfig(ctx context.Context, config tfsdk.Config, diags *diag.Diagnostics) {
	attributes := config.Schema.GetAttributes()
	for _, name := range slices.Sorted(maps.Keys(attributes)) {
		at := path.Root(name)
		switch a := attributes[name].(type) {
		case interface{ StringValidators() []validator.String }:
			if slices.Contains(a.StringValidators(), validator.String(IDForm{})) {
				var id types.String
				diags.Append(config.GetAttribute(ctx, at, &id)...)
				checkIDs(diags, at, validID, id)
			}
		case interface{ SetValidators() []validator.Set }:
			if slices.Contains(a.SetValidators(), validator.Set(IDForm{})) {
				var ids types.Set
				diags.Append(config.GetAttribute(ctx, at, &ids)...)
				checkSet(ctx, diags, at, validID, ids)
			}
		}
	}
}
