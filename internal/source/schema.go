package source

import (
	"context"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-validators/resourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
)

// What the attributes are, for the resource and the data sources alike.
const (
	chatbotText     = "The id of the chatbot that the source belongs to."
	qaText          = "A question with its answer."
	questionText    = "The question, as a visitor would ask it."
	answerText      = "The answer that the chatbot gives to it."
	urlText         = "The address of a web page, which the service fetches."
	linkText        = "The link that citations of this source show."
	titleText       = "The title of the source. The service writes one by itself, and may change it while it trains."
	typeText        = "What kind of source it is: `upload` for a file, `link` for a web page, `qa` for a question; the web app makes others, such as `google-drive`, `table`, `image` and `video`."
	statusText      = "The status in the service's own words. `success` means trained; `fail` and what begins with `error` means failed."
	trainedText     = "Whether the chatbot can answer from the source: the status is `success`."
	nameText        = "The name of the file, or the address of the web page."
	sizeText        = "The size of the file in bytes, as far as the service says it."
	trainedSizeText = "How many tokens the source was trained to, as far as the service says it."
	replaces        = " A change replaces the source."
)

var webPage = regexp.MustCompile(`^https?://[^\s/?#]+`)

// Schema implements resource.Resource.
func (r *Resource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	computed := func(text string) schema.StringAttribute {
		return schema.StringAttribute{Computed: true, MarkdownDescription: text}
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Something that a chatbot answers from: a file, a question with its answer, or a web page. Exactly one of `file`, `qa` and `url` is written.\n\n" +
			"An apply ends when the service has trained the source, and says why when it could not. Where that takes longer than the timeout, or is interrupted, the source is kept as it is and the next apply goes on waiting.",
		Attributes: map[string]schema.Attribute{
			"id": base.ID("source"),
			"chatbot_id": schema.StringAttribute{Required: true, Validators: []validator.String{base.UUID()}, MarkdownDescription: chatbotText + replaces,
				PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()}},
			"file": fileAttribute(),
			"qa": schema.SingleNestedAttribute{Optional: true, MarkdownDescription: qaText + replaces + " White space at both ends makes no difference.", Attributes: map[string]schema.Attribute{
				"question": schema.StringAttribute{Required: true, MarkdownDescription: questionText, Validators: []validator.String{stringvalidator.LengthAtLeast(1)}},
				"answer":   schema.StringAttribute{Required: true, MarkdownDescription: answerText, Validators: []validator.String{stringvalidator.LengthAtLeast(1)}},
			}},
			"url": schema.StringAttribute{Optional: true, MarkdownDescription: urlText + replaces,
				Validators: []validator.String{stringvalidator.RegexMatches(webPage, "must be an http:// or https:// address")}},
			"reference_source_link": schema.StringAttribute{Optional: true, MarkdownDescription: linkText + replaces + " Where the service does not show it, it is taken on after an import without a replacement.",
				Validators: []validator.String{stringvalidator.LengthAtLeast(1)}},
			"title": schema.StringAttribute{Optional: true, Computed: true, MarkdownDescription: titleText + " Written, it is set again after training where the service overwrote it. Left out, it stays the service's; so take it out of a generated configuration.",
				Validators: []validator.String{stringvalidator.LengthAtLeast(1)}},
			"wait_for_training": schema.BoolAttribute{Optional: true, Computed: true, Default: booldefault.StaticBool(true),
				MarkdownDescription: "Whether an apply waits until the source is trained. While it is `true`, a source that is not trained plans an update that waits on, or that trains it again where that had failed. Defaults to `true`."},
			"retrain_triggers": schema.MapAttribute{Optional: true, ElementType: types.StringType,
				MarkdownDescription: "Any values. When one of them changes, the source is trained again in place: a web page is fetched again. The first ones that are written are only taken on."},
			"timeouts":       timeoutsAttribute(ctx),
			"type":           base.Stable(typeText),
			"status":         computed(statusText),
			"trained":        schema.BoolAttribute{Computed: true, MarkdownDescription: trainedText + " It is meant for `precondition` and `check`."},
			"file_name":      base.Stable(nameText),
			"file_size":      schema.Int64Attribute{Computed: true, MarkdownDescription: sizeText},
			"tokens":         schema.Int64Attribute{Computed: true, MarkdownDescription: trainedSizeText},
			"content_sha256": computed("The SHA-256 of the file's content in hexadecimal digits. It is null where the content is not managed here."),
			"created_at":     base.CreatedAt("source"),
			"modified_at":    base.ModifiedAt("source"),
		},
	}
}

func fileAttribute() schema.SingleNestedAttribute {
	str := func(text string, validators ...validator.String) schema.StringAttribute {
		return schema.StringAttribute{Optional: true, MarkdownDescription: text, Validators: validators}
	}
	alone := stringvalidator.ConflictsWith(path.MatchRelative().AtParent().AtName("path"), path.MatchRelative().AtParent().AtName("content_base64"))
	return schema.SingleNestedAttribute{
		Optional: true,
		MarkdownDescription: "A file. At most one of `path`, `content` and `content_base64` is written. Its content is hashed when Terraform plans, so that a changed file is a change, which replaces the source; " +
			"the same content and name under another path changes only the state. With `name` alone, the content is not managed here: that is how files come out of an import, and it cannot be created.",
		Attributes: map[string]schema.Attribute{
			"path": str("The path of the file. It is streamed, so its size does not matter to memory.", stringvalidator.LengthAtLeast(1),
				stringvalidator.ConflictsWith(path.MatchRelative().AtParent().AtName("content_base64"))),
			"content":        str("The content as text.", alone),
			"content_base64": str("The content as base64."),
			"name":           str("The name that the service gets. Its extension decides whether the service takes the file. Defaults to the last part of `path`, and is required without one.", stringvalidator.LengthAtLeast(1)),
		},
	}
}

func timeoutsAttribute(ctx context.Context) schema.Attribute {
	a := timeouts.Attributes(ctx, timeouts.Opts{Create: true, Update: true,
		CreateDescription: "How long to wait for training after the source was made, such as `90s` or `1h`. Defaults to `30m`.",
		UpdateDescription: "How long to wait for training in an update, such as `90s` or `1h`. Defaults to `30m`.",
	})
	if nested, ok := a.(schema.SingleNestedAttribute); ok {
		nested.MarkdownDescription = "How long to wait for training."
		return nested
	}
	return a
}

// ConfigValidators implements resource.ResourceWithConfigValidators.
func (r *Resource) ConfigValidators(context.Context) []resource.ConfigValidator {
	return []resource.ConfigValidator{resourcevalidator.ExactlyOneOf(path.MatchRoot("file"), path.MatchRoot("qa"), path.MatchRoot("url"))}
}

// IdentitySchema implements resource.ResourceWithIdentity.
func (r *Resource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{"chatbot_id": base.IdentityID("chatbot"), "id": base.IdentityID("source")}}
}
