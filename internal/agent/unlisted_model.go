package agent

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// modelToCompare returns the model that a plan compares with the service's list, or "". It is the configured one if it is new or changed, and the
// planned one of every agent if a model that is not listed is an error. A model that is not known yet is compared when core plans again in the
// apply. changed reports whether the plan changes the agent.
func modelToCompare(unlisted string, config, plan, state *model, changed bool) string {
	switch {
	case unlisted == base.IgnoreUnlisted:
		return ""
	case unlisted == base.RefuseUnlisted:
		return plan.Model.ValueString()
	case changed && differs(config.Model, state.Model):
		return config.Model.ValueString()
	}
	return ""
}

// notCompared is said once in a run.
type notCompared struct{}

// compareModel reports a model that the service does not list, and names the most similar ones. Where a warning is enough, there is none without a
// list: the service validates the model when the agent is created. Otherwise a single warning says that nothing was compared. It is not an
// error, because no change of the configuration would help.
func compareModel(ctx context.Context, r base.Resource, name string, diags *diag.Diagnostics) {
	if r.Hub == nil || name == "" {
		return
	}
	refuse := r.UnlistedModels == base.RefuseUnlisted
	listed, err := r.Hub.ListedModels(ctx)
	switch {
	case slices.Contains(listed, name), ctx.Err() != nil:
	case err == nil && len(listed) > 0:
		reportUnlisted(name, choicesFor(name, listed), creditsOf(ctx, r.Hub), refuse, diags)
	case refuse && r.Managed.First(notCompared{}):
		warnNotCompared(err, diags)
	}
}

// warnNotCompared warns that there is no list of models. err is nil if it is empty.
func warnNotCompared(err error, diags *diag.Diagnostics) {
	reason, next := "it is empty", "Not every deployment has the list. If this one does not, set unlisted_models to \"warn\"."
	if err != nil {
		reason = strings.TrimSuffix(err.Error(), ".")
	}
	if hub.IsBlocked(err) {
		next = base.Advice(err)
	}
	diags.AddWarning("Models not compared", fmt.Sprintf("unlisted_models is \"error\", but the list of models of the service cannot be used: %s. The models of agents were not compared in this run.\n\n%s", reason, next))
}

// reportUnlisted reports a model that the service does not list, as an error or as a warning. The summary is the same for all, so that Terraform
// shows one warning and counts the others.
func reportUnlisted(name string, choices []string, credits map[string]string, refuse bool, diags *diag.Diagnostics) {
	priced := make([]string, len(choices))
	for i, choice := range choices {
		priced[i] = choice + credits[choice]
	}
	names := strings.Join(priced, ", ")
	sizeless := !contextSize.MatchString(name) && slices.ContainsFunc(choices, contextSize.MatchString)
	text := fmt.Sprintf("The service does not list the model %q. The most similar names in its list are: %s.", name, names)
	if sizeless {
		text = fmt.Sprintf("The model %q has no context size, and the service does not list it. Set model to a name with a context size, such as %s.", name, names)
	}
	text += " The data source aichatbothub_models returns the whole list. "
	switch {
	case refuse:
		diags.AddAttributeError(path.Root("model"), "Unlisted model", text+
			"This is an error because unlisted_models is \"error\" in the provider block. Set it to \"warn\" if the agent is to keep this model.")
	case sizeless:
		diags.AddAttributeWarning(path.Root("model"), "Unlisted model", text+"With a name that is not in the list, the apply is expected to fail.")
	default:
		diags.AddAttributeWarning(path.Root("model"), "Unlisted model", text+"The apply sends the name all the same, because the list can be out of date.")
	}
}

// creditsOf returns what a message costs with each model, as a text that follows the model's name. Models whose price is not known are not in it.
func creditsOf(ctx context.Context, c *hub.Client) map[string]string {
	models, err := c.ListedCosts(ctx)
	if err != nil {
		return nil
	}
	texts := map[string]string{}
	for _, m := range models {
		switch {
		case m.Credits == nil:
		case *m.Credits == 1:
			texts[m.Name] = " (1 credit)"
		default:
			texts[m.Name] = " (" + strconv.FormatFloat(*m.Credits, 'f', -1, 64) + " credits)"
		}
	}
	return texts
}

// choicesFor returns the names to propose instead of a model that is not listed.
func choicesFor(name string, listed []string) []string {
	if choices := withContextSize(name, listed); len(choices) > 0 {
		return choices
	}
	return base.Nearest(name, listed, 3)
}

// contextSize matches the size at the end of a model's name (api.md §3).
var contextSize = regexp.MustCompile(`-[0-9]+k$`)

// withContextSize returns the names that consist of a model and a context size.
func withContextSize(model string, names []string) []string {
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool {
		size := contextSize.FindString(name)
		return size == "" || name != model+size
	})
}
