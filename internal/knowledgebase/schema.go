package knowledgebase

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-validators/resourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
)

// The values of replace.
const (
	afterTraining = "after_training"
	beforeUpload  = "before_upload"
)

// maxDocuments is the largest number of documents of one knowledge base.
const maxDocuments = 10_000

// Schema implements resource.Resource.
func (r *Resource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	text := types.StringType
	resp.Schema = schema.Schema{
		MarkdownDescription: "What a chatbot answers from, as one resource: the files of a folder, questions with their answers, and web pages. " +
			"A changed document is replaced in place: the old source is deleted when the new one is trained. At least one of `folder`, `questions` and `pages` is required.",
		Attributes: map[string]schema.Attribute{
			"id":         base.Stable("The id of the knowledge base, which the provider makes. The service does not have such an object."),
			"chatbot_id": base.ParentID("The id of the chatbot of the sources. A change replaces the knowledge base."),
			"folder":     folderAttribute(),
			"questions": schema.MapAttribute{Optional: true, ElementType: text, Validators: []validator.Map{base.NoNulls{}, notEmpty{}}, PlanModifiers: []planmodifier.Map{base.KeepPriorWriting{}},
				MarkdownDescription: "The answers to questions, by question. The function `provider::aichatbothub::faq` reads them out of a table in CSV or a document in Markdown. Another answer replaces the source of the question in place. Differences in line endings and in leading and trailing white space are ignored."},
			"pages": schema.SetAttribute{Optional: true, ElementType: text, Validators: []validator.Set{base.NoNulls{}, webPages{}},
				MarkdownDescription: "The addresses of web pages, which the service fetches."},
			"replace": schema.StringAttribute{Optional: true, Computed: true, Default: stringdefault.StaticString(afterTraining), Validators: []validator.String{stringvalidator.OneOf(afterTraining, beforeUpload)},
				MarkdownDescription: "When the old source of a changed document is deleted: `after_training` of the new one, or `before_upload`, which needs no room for both. Agents and source tags that list the old source list the new one when it is trained. Defaults to `after_training`."},
			"wait_for_training": schema.BoolAttribute{Optional: true, Computed: true, Default: booldefault.StaticBool(true),
				MarkdownDescription: "Whether an apply waits until the sources are trained. Without it, an old source is deleted as soon as the new one is uploaded. Defaults to `true`."},
			"retrain_triggers": schema.MapAttribute{Optional: true, ElementType: text, Validators: []validator.Map{base.NoNulls{}}, PlanModifiers: []planmodifier.Map{base.KeepPriorWriting{}},
				MarkdownDescription: "Arbitrary values. When one of them changes, all sources are trained again in place; web pages are fetched again. Adding triggers to a knowledge base that has none only stores them."},
			"pages_max_age": schema.StringAttribute{Optional: true, Validators: []validator.String{base.Duration()},
				MarkdownDescription: "How old the training of a web page may be, such as `168h`. A plan in which nothing else of the knowledge base changes fetches older pages again, in place."},
			"adopt": schema.BoolAttribute{Optional: true, Computed: true, Default: booldefault.StaticBool(false),
				MarkdownDescription: "Whether an apply takes over sources of the chatbot that exist already: files of the same name and size, the same question and answer, or the same address, and of equal ones the oldest. The other documents are uploaded, and the plan of a create warns of them. With `false`, an existing source of the same file name or address is an error. A destroy deletes sources that were taken over. Defaults to `false`."},
			"timeouts":       timeoutsAttribute(ctx),
			"content":        schema.MapAttribute{Computed: true, ElementType: text, MarkdownDescription: "The SHA-256 of each document by key, in hexadecimal digits. The key of a file is its path below the folder, with `/` on every system; that of a question is the question; that of a page is its address."},
			"content_sha256": schema.StringAttribute{Computed: true, MarkdownDescription: "The SHA-256 of all documents together, in hexadecimal digits."},
			"source_ids":     schema.MapAttribute{Computed: true, ElementType: text, MarkdownDescription: "The ids of the sources by key."},
			"failed":         schema.MapAttribute{Computed: true, ElementType: text, MarkdownDescription: "Why a document is not trained, by key. Empty when all are."},
			"trained":        schema.BoolAttribute{Computed: true, MarkdownDescription: "Whether all sources are trained."},
			"revision":       schema.StringAttribute{Computed: true, MarkdownDescription: "A value that changes whenever an apply changes or trains a source. Use it in the triggers of other resources."},
		},
	}
}

func folderAttribute() schema.Attribute {
	return schema.SingleNestedAttribute{
		Optional: true,
		MarkdownDescription: "A folder of files. Hidden files and folders, whose names begin with a dot, are left out, and symbolic links are not followed. The path itself may change, as in another checkout of the configuration: only the files are compared. " +
			"A file in a folder below is uploaded with `-` for each `/` in its path.",
		Attributes: map[string]schema.Attribute{
			"path":        schema.StringAttribute{Required: true, Validators: []validator.String{stringvalidator.LengthAtLeast(1)}, MarkdownDescription: "Where the files are, such as `\"${path.module}/docs\"`."},
			"include":     schema.ListAttribute{Optional: true, ElementType: types.StringType, Validators: []validator.List{base.NoNulls{}, validGlobs{notEmpty: true}}, MarkdownDescription: "Patterns of the files that belong to the knowledge base, below `path`, such as `**/*.{md,pdf}`. `*` and `?` match within a name, `**` matches folders, and `{a,b}` matches alternatives. Defaults to all files."},
			"exclude":     schema.ListAttribute{Optional: true, ElementType: types.StringType, Validators: []validator.List{base.NoNulls{}, validGlobs{}}, MarkdownDescription: "Patterns of files and folders that are left out, such as `drafts` or `**/*.tmp`. A folder is left out with everything below it."},
			"link_prefix": schema.StringAttribute{Optional: true, Validators: []validator.String{base.WebURL()}, MarkdownDescription: "What the link of each file begins with. Its path below the folder follows. Citations show the link. It is sent with an upload only, so a change applies to files that are uploaded later."},
		},
	}
}

func timeoutsAttribute(ctx context.Context) schema.Attribute {
	return base.Timeouts(ctx, "How long an apply may take.", timeouts.Opts{Create: true, Update: true, Delete: true,
		CreateDescription: "How long a create may take, including the training, such as `90s` or `1h`. Defaults to `1h`.",
		UpdateDescription: "How long an update may take, including the training, such as `90s` or `1h`. Defaults to `1h`.",
		DeleteDescription: "How long a delete may take. Defaults to `30m`.",
	})
}

// ConfigValidators implements resource.ResourceWithConfigValidators.
func (r *Resource) ConfigValidators(context.Context) []resource.ConfigValidator {
	return []resource.ConfigValidator{resourcevalidator.AtLeastOneOf(path.MatchRoot("folder"), path.MatchRoot("questions"), path.MatchRoot("pages"))}
}
