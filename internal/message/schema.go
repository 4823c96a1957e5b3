package message

import (
	"context"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/listplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
)

// Descriptions of the attributes, shared by the resource and the data source.
const (
	sessionText  = "The id of the session that the question is asked in."
	queryText    = "The question to the chatbot."
	responseText = "The answer as the service stores it, including line breaks."
	finishText   = "Why the answer ended: `stop` when it is complete, `length` when it reached the length limit of the service. Null when there is no complete answer."
	errorText    = "The error that the service reported while it answered. Null when there was none."
	citedText    = "The parts of the chatbot's sources that the answer cites. Empty when it cites none."
	replaces     = " A change replaces the message: the question is asked again, which costs credits."
)

// citationTexts are the descriptions of the attributes of a citation.
var citationTexts = map[string]string{
	"key":       "The key by which the answer refers to the citation, such as `3.4`.",
	"source_id": "The id of the source.",
	"title":     "The title of the source.",
	"text":      "The part of the source that is cited.",
	"file_name": "The name of the source's file, or the address of its web page.",
	"type":      "The type of the source, such as `upload`, `link` or `qa`.",
}

// notBlank matches text with at least one character that is not white space in any script.
var notBlank = regexp.MustCompile(`[^\s\p{Z}\x{85}]`)

// Schema implements resource.Resource.
func (r *Resource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	cited := map[string]schema.Attribute{}
	for name, text := range citationTexts {
		cited[name] = schema.StringAttribute{Computed: true, MarkdownDescription: text}
	}
	modified := base.ModifiedAt("message")
	modified.PlanModifiers = []planmodifier.String{stringplanmodifier.UseStateForUnknown()} // an update sends nothing
	resp.Schema = schema.Schema{
		MarkdownDescription: "One question to a chatbot, which is asked when the resource is created, and its answer. **Each create costs message credits**, and so does each replacement. " +
			"Use it in `check` blocks, in postconditions and in `terraform test`.",
		Attributes: map[string]schema.Attribute{
			"id":         base.ID("message"),
			"session_id": base.ParentID(sessionText + replaces),
			"query": schema.StringAttribute{
				Required: true, Validators: []validator.String{base.Matches(notBlank, "must not be blank")},
				PlanModifiers:       []planmodifier.String{base.KeepPriorWriting{}, stringplanmodifier.RequiresReplace()},
				MarkdownDescription: queryText + replaces + " Differences in line endings and in leading and trailing white space are ignored.",
			},
			"triggers": schema.MapAttribute{
				Optional: true, ElementType: types.StringType, Validators: []validator.Map{base.NoNulls{}}, PlanModifiers: []planmodifier.Map{base.KeepPriorWriting{}, base.ReplaceMapUnlessNull()},
				MarkdownDescription: "Arbitrary values, such as the ids of sources. When one of them changes, the message is replaced: the question is asked again, which costs credits. Differences in line endings and in leading and trailing white space are ignored. Adding triggers to a message that has none only stores them.",
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
