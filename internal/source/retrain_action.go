package source

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

var (
	_ action.ActionWithConfigure  = &RetrainAction{}
	_ action.ActionWithModifyPlan = &RetrainAction{}
)

// NewRetrainAction makes the action aichatbothub_retrain.
func NewRetrainAction() action.Action { return &RetrainAction{} }

// RetrainAction is aichatbothub_retrain: it trains sources of a chatbot again, in place.
type RetrainAction struct{ base.Action }

type retrainModel struct {
	ChatbotID  types.String `tfsdk:"chatbot_id"`
	SourceIDs  types.Set    `tfsdk:"source_ids"`
	Type       types.String `tfsdk:"type"`
	FailedOnly types.Bool   `tfsdk:"failed_only"`
	Wait       types.Bool   `tfsdk:"wait"`
}

// Metadata implements action.Action.
func (a *RetrainAction) Metadata(_ context.Context, req action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_retrain"
}

// Schema implements action.Action. The service may have other types, so type accepts any text.
func (a *RetrainAction) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Trains sources of a chatbot again, in place: web pages are fetched again, and for other sources the service uses the content that it has. " +
			"A source keeps its id, its agents and its tags. The progress is printed, and the last line is the report.",
		Attributes: map[string]schema.Attribute{
			"chatbot_id": schema.StringAttribute{Required: true, Validators: []validator.String{base.IDForm{}}, MarkdownDescription: "The id of the chatbot."},
			"source_ids": schema.SetAttribute{Optional: true, ElementType: types.StringType, Validators: []validator.Set{base.IDForm{}, base.NoNulls{}},
				MarkdownDescription: "Trains only sources with these ids. An id that the chatbot does not have is an error, and nothing is trained. An empty set trains nothing."},
			"type": schema.StringAttribute{Optional: true,
				MarkdownDescription: "Trains only sources of this type of the service, as in the data source `aichatbothub_sources`, such as `link`, `qa` or `upload`."},
			"failed_only": schema.BoolAttribute{Optional: true, MarkdownDescription: "Trains only sources whose training failed. Defaults to `false`."},
			"wait":        schema.BoolAttribute{Optional: true, MarkdownDescription: "Waits until the sources are trained. With `false`, the action ends when the service has accepted the requests. Defaults to `true`."},
		},
	}
}

// Invoke implements action.Action.
func (a *RetrainAction) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	defer base.Recover(&resp.Diagnostics)
	var m retrainModel
	if !a.ReadConfig(ctx, req.Config, &m, &resp.Diagnostics) {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, defaultTimeout)
	defer cancel()
	progress := func(line string) { resp.SendProgress(action.InvokeProgressEvent{Message: line}) }
	if !m.SourceIDs.IsNull() && len(m.SourceIDs.Elements()) == 0 {
		progress("Nothing to train: source_ids is empty.")
		return
	}
	sources, ok := a.list(ctx, m, &resp.Diagnostics)
	if !ok {
		return
	}
	selected := m.selected(sources)
	if len(selected) == 0 {
		progress("Nothing to train: " + m.nothing(sources))
		return
	}
	r := newRetraining(a.Hub, m.chatbot(), selected, progress)
	progress(fmt.Sprintf("Training %d of %s of chatbot %s again.", len(selected), base.Count(len(sources), "source"), m.chatbot()))
	r.run(ctx, m.Wait.IsNull() || m.Wait.ValueBool(), &resp.Diagnostics)
}

func (m *retrainModel) chatbot() hub.ID { return hub.ID(m.ChatbotID.ValueString()) }

// list lists the sources of the chatbot, oldest first. An id of source_ids that is not among them is an error.
func (a *RetrainAction) list(ctx context.Context, m retrainModel, diags *diag.Diagnostics) ([]hub.Source, bool) {
	ids := m.ids()
	sources, err := a.Hub.FreshSources(ctx, m.chatbot(), ids)
	if err != nil {
		base.Failure{Doing: "list", Noun: "sources"}.ReportList(diags, m.chatbot(), err)
		return nil, false
	}
	var missing []string
	for _, id := range ids {
		if !slices.ContainsFunc(sources, func(s hub.Source) bool { return s.ID == id }) {
			missing = append(missing, string(id))
		}
	}
	if len(missing) > 0 {
		slices.Sort(missing)
		diags.AddAttributeError(path.Root("source_ids"), "Source not found", fmt.Sprintf("Chatbot %s has no source with the id %s. It may have been deleted, or belong to another chatbot. Nothing was trained. Check source_ids.",
			m.chatbot(), strings.Join(missing, " or ")))
		return nil, false
	}
	return hub.OldestFirst(sources), true
}

// ids returns source_ids, or nil.
func (m *retrainModel) ids() []hub.ID {
	var ids []hub.ID
	for _, v := range m.SourceIDs.Elements() {
		if id, is := v.(types.String); is {
			ids = append(ids, hub.ID(id.ValueString()))
		}
	}
	return ids
}

// selected returns the sources that fit all filters.
func (m *retrainModel) selected(sources []hub.Source) []hub.Source {
	ids := m.ids()
	var fit []hub.Source
	for _, s := range sources {
		if (m.SourceIDs.IsNull() || slices.Contains(ids, s.ID)) && base.MatchesFilter(m.Type, s.Type) && (!m.FailedOnly.ValueBool() || hub.ParseTrainingStatus(s.Status).Failed) {
			fit = append(fit, s)
		}
	}
	return fit
}

// nothing says why no source is selected. It has the types of the sources, because a type that the service does not have selects none.
func (m *retrainModel) nothing(sources []hub.Source) string {
	if len(sources) == 0 {
		return fmt.Sprintf("chatbot %s has no sources.", m.chatbot())
	}
	failed := 0
	var kinds []string
	for _, s := range sources {
		if hub.ParseTrainingStatus(s.Status).Failed {
			failed++
		}
		if kind := fmt.Sprintf("%q", hub.OneLine(s.Type)); !slices.Contains(kinds, kind) {
			kinds = append(kinds, kind)
		}
	}
	slices.Sort(kinds)
	text := fmt.Sprintf("chatbot %s has %s, and none of them fits.", m.chatbot(), base.Count(len(sources), "source"))
	if !m.Type.IsNull() {
		text += fmt.Sprintf(" They are of the type %s.", strings.Join(kinds, ", "))
	}
	if m.FailedOnly.ValueBool() {
		text += fmt.Sprintf(" The training of %d of them failed.", failed)
	}
	return text
}
