package message

import (
	"context"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/listplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// What the attributes are, for the resource and the data source alike.
const (
	sessionText  = "The id of the session, that is, of the conversation that the question is part of."
	queryText    = "The question, as it was asked."
	responseText = "The answer, as the service keeps it. Newlines are part of it."
	finishText   = "Why the answer ended: `stop` where it was complete, `length` where the service cut it short. Null where there is no whole answer."
	errorText    = "What went wrong inside the service while it answered. Null where nothing did."
	citedText    = "The places in the chatbot's sources that the answer quotes. Empty where it quotes none."
	replaces     = " A change asks anew: it replaces the message, which costs credits."
)

// citationTexts are the members of a citation.
var citationTexts = map[string]string{
	"key":       "By what the answer refers to the citation, such as `3.4`.",
	"source_id": "The id of the source.",
	"title":     "The title of the source.",
	"text":      "The part of the source that is quoted.",
	"file_name": "The name of the source's file, or the address of its web page.",
	"type":      "The type of the source, such as `upload`, `link` or `qa`.",
}

// notBlank: white space of all scripts is none of a question.
var notBlank = regexp.MustCompile(`[^\s\p{Z}\x{85}]`)

// Schema implements resource.Resource.
func (r *Resource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	cited := map[string]schema.Attribute{}
	for name, text := range citationTexts {
		cited[name] = schema.StringAttribute{Computed: true, MarkdownDescription: text}
	}
	modified := base.ModifiedAt("message")
	modified.PlanModifiers = []planmodifier.String{stringplanmodifier.UseStateForUnknown()} // no update reaches the service
	resp.Schema = schema.Schema{
		MarkdownDescription: "A question to a chatbot, with its answer: for smoke tests of what a chatbot knows, with `check` blocks and `terraform test`.\n\n" +
			"**Each create costs message credits of the account**, and so does each replacement. A plan never asks. The question is sent once: where its answer is lost on the way, it is looked for in the session " +
			"and not asked for again, and a failure is an error that shows what was received.\n\n" +
			"The messages of one session are asked one after the other, in no promised order: use `depends_on` where the order of a conversation matters, or a session for each question where it must not. " +
			"A message that was deleted elsewhere, alone or with its session, is asked again by the next apply. Destroying the message deletes it from the session.",
		Attributes: map[string]schema.Attribute{
			"id": base.ID("message"),
			"session_id": schema.StringAttribute{
				Required: true, Validators: []validator.String{base.UUID()}, PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()},
				MarkdownDescription: sessionText + replaces,
			},
			"query": schema.StringAttribute{
				Required: true, Validators: []validator.String{stringvalidator.RegexMatches(notBlank, "must not be blank")},
				PlanModifiers:       []planmodifier.String{keepSameQuery{}, stringplanmodifier.RequiresReplace()},
				MarkdownDescription: queryText + replaces + " White space at both ends makes no difference.",
			},
			"triggers": schema.MapAttribute{
				Optional: true, ElementType: types.StringType, PlanModifiers: []planmodifier.Map{base.ReplaceMapUnlessRecorded()},
				MarkdownDescription: "Any values, such as the ids of sources. When one of them changes, the question is asked anew: the message is replaced, which costs credits. The first ones that are written are only recorded.",
			},
			"response":      base.Stable(responseText),
			"finish_reason": base.Stable(finishText),
			"error_message": base.Stable(errorText),
			"citations": schema.ListNestedAttribute{
				Computed: true, PlanModifiers: []planmodifier.List{listplanmodifier.UseStateForUnknown()},
				NestedObject: schema.NestedAttributeObject{Attributes: cited}, MarkdownDescription: citedText,
			},
			"created_at":  base.CreatedAt("message"),
			"modified_at": modified,
		},
	}
}

// IdentitySchema implements resource.ResourceWithIdentity.
func (r *Resource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"session_id": base.IdentityID("session"), "id": base.IdentityID("message"),
	}}
}

// keepSameQuery keeps the prior writing of a question that differs in white space at its ends only: it is the same question.
type keepSameQuery struct{}

func (keepSameQuery) Description(context.Context) string {
	return "White space at both ends makes no difference."
}

func (k keepSameQuery) MarkdownDescription(ctx context.Context) string { return k.Description(ctx) }

func (keepSameQuery) PlanModifyString(_ context.Context, req planmodifier.StringRequest, resp *planmodifier.StringResponse) {
	if !req.StateValue.IsNull() && !req.PlanValue.IsUnknown() && hub.SameText(req.PlanValue.ValueString(), req.StateValue.ValueString()) {
		resp.PlanValue = req.StateValue
	}
}
