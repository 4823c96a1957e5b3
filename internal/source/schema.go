package source

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-validators/resourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
)

// Descriptions of the attributes, shared by the resource and the data sources.
const (
	chatbotText  = "The id of the chatbot of the source."
	qaText       = "One question with its answer."
	questionText = "The question, as a visitor would ask it."
	answerText   = "What the chatbot answers from."
	urlText      = "The URL of a web page, which the service fetches."
	linkText     = "The link that citations of this source show."
	titleText    = "The title of the source. The service sets a title by default, and may change it during the training."
	typeText     = "The type of the source: `upload` for a file, `link` for a web page, `qa` for a question. A web page can have another type, such as `video`, and sources that the web app created have others, such as `google-drive`, `table`, `image` and `video`."
	statusText   = "The status of the service. `success` means trained; `fail` and every status that begins with `error` mean failed."
	trainedText  = "Whether the chatbot can use the source, that is, whether the status is `success`."
	fileNameText = "The name of the file, or the URL of the web page."
	fileSizeText = "The size of the file in bytes. Null when the service does not return it."
	tokensText   = "The number of tokens of the trained source. Null when the service does not return it."
	replaces     = " A change replaces the source."
)

// The values of content_changes.
const (
	contentReplaces = "replace"
	contentIgnored  = "ignore"
)

// Schema implements resource.Resource.
func (r *Resource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	computed := func(text string) schema.StringAttribute {
		return schema.StringAttribute{Computed: true, MarkdownDescription: text}
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "One file, one question with its answer, or one web page that a chatbot answers from. Exactly one of `file`, `qa` and `url` is required. An apply waits until the service has trained it.\n\n" +
			"For a folder of files or many questions, use `aichatbothub_knowledge_base`, which replaces documents in place.",
		Attributes: map[string]schema.Attribute{
			"id":         base.ID("source"),
			"chatbot_id": base.ParentID(chatbotText + replaces),
			"file":       fileAttribute(),
			"qa": schema.SingleNestedAttribute{Optional: true, PlanModifiers: []planmodifier.Object{replaceQA()}, MarkdownDescription: qaText + replaces + " Differences in line endings and in leading and trailing white space are ignored.", Attributes: map[string]schema.Attribute{
				"question": schema.StringAttribute{Required: true, MarkdownDescription: questionText, PlanModifiers: []planmodifier.String{base.KeepPriorWriting{}}, Validators: []validator.String{stringvalidator.LengthAtLeast(1)}},
				"answer":   schema.StringAttribute{Required: true, MarkdownDescription: answerText, PlanModifiers: []planmodifier.String{base.KeepPriorWriting{}}, Validators: []validator.String{stringvalidator.LengthAtLeast(1)}},
			}},
			"url": schema.StringAttribute{Optional: true, MarkdownDescription: urlText + replaces + " An address that is only written in another form is no change: the case of the host, `https://` that is left out, a default port, a slash at the end of the path, and escapes that are not needed are ignored.",
				Validators: []validator.String{base.WebURL()}},
			"reference_source_link": schema.StringAttribute{Optional: true, Computed: true, MarkdownDescription: linkText + " When it is set, a change replaces the source, and a link in another form is no change, as for `url`. When it is omitted, the link of the service is kept, if it returns one. " +
				"When the service does not return it, the next apply after an import stores the configured value in the state.",
				Validators: []validator.String{stringvalidator.LengthAtLeast(1)}},
			"title": schema.StringAttribute{Optional: true, Computed: true, MarkdownDescription: titleText + " When set, the provider sets it again after a training that changed it. When omitted, the title of the service is kept; remove it from a generated configuration to keep that title.",
				Validators: []validator.String{stringvalidator.LengthAtLeast(1)}, PlanModifiers: []planmodifier.String{base.KeepPriorWriting{}}},
			"wait_for_training": schema.BoolAttribute{Optional: true, Computed: true, Default: booldefault.StaticBool(true),
				MarkdownDescription: "Whether an apply waits until the source is trained. While it is `true`, a source that is not trained plans an update, which waits, or trains the source again after a failure. Defaults to `true`."},
			"content_changes": schema.StringAttribute{Optional: true, Computed: true, Default: stringdefault.StaticString(contentReplaces), Validators: []validator.String{stringvalidator.OneOf(contentReplaces, contentIgnored)},
				MarkdownDescription: "What a change of the content of `file` does: `replace` replaces the source, `ignore` does nothing. With `ignore` the file is read only to create the source, so it need not exist later; another name still replaces the source. Defaults to `replace`. " +
					"`ignore_changes = [file]` in a `lifecycle` block does not have this effect: it keeps the path in the state, and the provider still reads that file in every plan."},
			"retrain_triggers": schema.MapAttribute{Optional: true, ElementType: types.StringType, Validators: []validator.Map{base.NoNulls{}}, PlanModifiers: []planmodifier.Map{base.KeepPriorWriting{}},
				MarkdownDescription: "Arbitrary values. When one of them changes, the source is trained again in place; a web page is fetched again. Differences in line endings and in leading and trailing white space are ignored. Adding triggers to a source that has none only stores them."},
			"max_age": schema.StringAttribute{Optional: true, Validators: []validator.String{base.Duration(), stringvalidator.AlsoRequires(path.MatchRoot("url"))},
				MarkdownDescription: "How old the training of a web page may be, such as `168h`. Only allowed with `url`. A plan in which nothing else of the source changes fetches an older page again, in place. " +
					"The age counts from the last training that this provider began. For a source that was imported it counts from `modified_at` until then, or from `created_at` if that is later."},
			"timeouts":       timeoutsAttribute(ctx),
			"type":           base.Stable(typeText),
			"status":         computed(statusText),
			"trained":        schema.BoolAttribute{Computed: true, MarkdownDescription: trainedText + " Use it in `precondition` and `check` blocks."},
			"file_name":      base.Stable(fileNameText),
			"file_size":      schema.Int64Attribute{Computed: true, MarkdownDescription: fileSizeText},
			"tokens":         schema.Int64Attribute{Computed: true, MarkdownDescription: tokensText},
			"content_sha256": computed("The SHA-256 of the content of the file, in hexadecimal digits. Null when the configuration does not have the content."),
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
		MarkdownDescription: "A file. At most one of `path`, `content` and `content_base64` is allowed. Terraform hashes the content in every plan, byte by byte, line endings included: changed content or another name replaces the source, " +
			"and the same content and name under another path is no change; the state keeps the path of the first apply. With `name` alone the content is not managed; this is the result of an import, and such a file cannot be created.",
		Attributes: map[string]schema.Attribute{
			"path": str("The path of the file. The file is streamed, so a large file needs no more memory.", stringvalidator.LengthAtLeast(1),
				stringvalidator.ConflictsWith(path.MatchRelative().AtParent().AtName("content_base64"))),
			"content":        str("The content as a string. Terraform stores it in the state.", alone),
			"content_base64": str("The content in base64. Terraform prints it in plans and stores it in the state, so prefer `path` for a file of more than a few kilobytes."),
			"name":           str("The file name at the service. The service decides by its extension whether it accepts the file. Defaults to the last element of `path`; required without `path`.", stringvalidator.LengthAtLeast(1)),
		},
	}
}

func timeoutsAttribute(ctx context.Context) schema.Attribute {
	return base.Timeouts(ctx, "How long to wait for the training.", timeouts.Opts{Create: true, Update: true,
		CreateDescription: "How long to wait for the training after a create, such as `90s` or `1h`. Defaults to `30m`.",
		UpdateDescription: "How long to wait for the training in an update, such as `90s` or `1h`. Defaults to `30m`.",
	})
}

// ConfigValidators implements resource.ResourceWithConfigValidators.
func (r *Resource) ConfigValidators(context.Context) []resource.ConfigValidator {
	return []resource.ConfigValidator{resourcevalidator.ExactlyOneOf(path.MatchRoot("file"), path.MatchRoot("qa"), path.MatchRoot("url"))}
}

// IdentitySchema implements resource.ResourceWithIdentity.
func (r *Resource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{"chatbot_id": base.IdentityID("chatbot"), "id": base.IdentityID("source")}}
}
