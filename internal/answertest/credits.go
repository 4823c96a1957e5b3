package answertest

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// price is what a question costs at most.
type price struct {
	credits float64
	model   string
	unknown string // why it is not known; "" if it is
}

// affordable reports whether the estimate of the run is within max_credits. Otherwise it reports an error.
func (w *run) affordable(ctx context.Context, diags *diag.Diagnostics) bool {
	p, err := w.price(ctx)
	limited := !w.plan.MaxCredits.IsNull()
	switch {
	case err != nil && limited:
		next := base.Advice(err)
		if hub.IsNotOffered(err) {
			next = "Not every deployment lists the prices of models. If this one does not, remove max_credits."
		}
		diags.AddAttributeError(path.Root("max_credits"), "Credits not known", strings.TrimSpace(fmt.Sprintf("Answer test %s: the prices of the models could not be read: %s. So it is not known whether this run stays within max_credits, and nothing was asked.\n\n%s",
			w.plan.object(), strings.TrimSuffix(err.Error(), "."), next)))
		return false
	case err != nil:
		tflog.Warn(ctx, "unable to read the prices of the models", map[string]any{"error": err.Error()})
		return true
	case p.unknown != "" && limited:
		diags.AddAttributeError(path.Root("max_credits"), "Credits not known", fmt.Sprintf("Answer test %s: %s. So it is not known whether this run stays within max_credits, and nothing was asked.\n\n"+
			"Compare the models of the chatbot's enabled agents with the data source aichatbothub_models, or remove max_credits.", w.plan.object(), p.unknown))
		return false
	}
	n := w.questions()
	if p.unknown != "" {
		tflog.Info(ctx, fmt.Sprintf("asking %s; the credits are not known: %s", base.Count(n, "question"), p.unknown))
		return true
	}
	estimate, most := costOf(n, p.credits), costOf(n*w.tries, p.credits)
	tflog.Info(ctx, fmt.Sprintf("asking %s for an estimated %s, at most %s with repetitions", base.Count(n, "question"), credits(estimate), credits(most)))
	if limited && estimate > float64(w.plan.MaxCredits.ValueInt64()) {
		repeated := ""
		if w.tries > 1 {
			repeated = fmt.Sprintf(" With confirm = %d, the run costs up to %s if every case misses.", w.tries-1, credits(most))
		}
		diags.AddAttributeError(path.Root("max_credits"), "Too many credits", fmt.Sprintf("Answer test %s: %s in %s cost an estimated %s. The price of a question to the model %q is %s. max_credits is %d, so nothing was asked.%s\n\n"+
			"Raise max_credits, or ask fewer questions.",
			w.plan.object(), base.Count(n, "question"), base.Count(len(w.cases), "case"), credits(estimate), p.model, credits(p.credits), w.plan.MaxCredits.ValueInt64(), repeated))
		return false
	}
	return true
}

// questions returns the number of questions that are asked if no case misses.
func (w *run) questions() int {
	n := 0
	for _, v := range w.cases {
		n += len(v.ask)
	}
	return n
}

// price returns the highest price of the models of the chatbot's enabled agents.
func (w *run) price(ctx context.Context) (price, error) {
	agents, err := w.Hub.Agents(ctx, w.plan.chatbot())
	if err != nil {
		return price{}, err
	}
	models, err := w.Hub.ModelCosts(ctx)
	if err != nil {
		return price{}, err
	}
	prices := map[string]*float64{}
	for _, m := range models {
		prices[m.Name] = m.Credits
	}
	return dearest(agents, prices), nil
}

// dearest returns the highest price of the models of enabled agents. Agents without a model answer with fixed texts, or not at all.
func dearest(agents []hub.Agent, prices map[string]*float64) price {
	var p price
	var unlisted []string
	for i := range agents {
		a := &agents[i]
		if a.Enabled != nil && !bool(*a.Enabled) || !hub.HasSetting(a.Type, "model") {
			continue
		}
		if a.Meta.Model == nil || *a.Meta.Model == "" {
			p.unknown = "an agent of the chatbot has no model"
			continue
		}
		name := *a.Meta.Model
		switch c := prices[name]; {
		case c == nil:
			unlisted = append(unlisted, fmt.Sprintf("%q", name))
		case p.model == "" || *c > p.credits:
			p.credits, p.model = *c, name
		}
	}
	switch {
	case len(unlisted) > 0:
		slices.Sort(unlisted)
		p.unknown = "the service lists no price of the model " + strings.Join(slices.Compact(unlisted), ", ")
	case p.model == "" && p.unknown == "":
		p.unknown = "no enabled agent of the chatbot has a model"
	}
	return p
}

// costOf returns the credits of n questions, without the digits that a sum of binary fractions has too many: 10 questions at 1.1 credits cost 11.
func costOf(n int, credits float64) float64 { return math.Round(float64(n)*credits*1e6) / 1e6 }

// credits returns a number of credits in words, without unneeded digits.
func credits(n float64) string {
	if n == 1 {
		return "1 credit"
	}
	return strconv.FormatFloat(n, 'f', -1, 64) + " credits"
}
