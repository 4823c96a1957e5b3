package answertest

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64default"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
)

// The values of on_miss.
const (
	onMissError   = "error"
	onMissWarning = "warning"
)

// maxConfirm is the largest value of confirm.
const maxConfirm = 5

// Schema implements resource.Resource.
func (r *Resource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	text := types.StringType
	resp.Schema = schema.Schema{
		MarkdownDescription: "Questions to a chatbot with rules for its answers. An answer that breaks a rule makes the apply fail, so that nothing that depends on the answer test is created or updated. " +
			"**Each question costs message credits.** A plan asks nothing.",
		Attributes: map[string]schema.Attribute{
			"id":         base.Stable("The id of the answer test, which the provider makes. The service does not have such an object."),
			"chatbot_id": base.ParentID("The id of the chatbot that is asked. A change replaces the answer test: all cases are asked."),
			"cases": schema.MapNestedAttribute{
				Required: true, Validators: []validator.Map{base.NoNulls{}, validCases{}}, NestedObject: caseObject(),
				MarkdownDescription: "The cases by name. At least one is required. Each asks, and expects something: at least one of its attributes other than `ask` is required.",
			},
			"variables": schema.MapAttribute{Optional: true, ElementType: text, Validators: []validator.Map{base.NoNulls{}}, PlanModifiers: []planmodifier.Map{base.KeepPriorWriting{}},
				MarkdownDescription: "The variables that each session is opened with, as `initial_variables` of `aichatbothub_session`. A change asks all cases again."},
			"triggers": schema.MapAttribute{Optional: true, ElementType: text, Validators: []validator.Map{base.NoNulls{}}, PlanModifiers: []planmodifier.Map{base.KeepPriorWriting{}},
				MarkdownDescription: "Arbitrary values that answers depend on, such as `prompt_sha256` of an agent and `revision` of a knowledge base. When one of them changes, all cases are asked again. Adding triggers to an answer test that has none only stores them."},
			"confirm": schema.Int64Attribute{Optional: true, Computed: true, Default: int64default.StaticInt64(0), Validators: []validator.Int64{int64validator.Between(0, maxConfirm)},
				MarkdownDescription: "How many times a case that misses is asked again, from 0 to 5. A case that passes the first time has passed. Otherwise it passes if more than half of all `1 + confirm` tries pass; a tie is a miss. " +
					"A case is asked no more as soon as that is decided. So `1` decides as `0` does; use `2` or `4`. There is a pause of 5 seconds before the first repetition and of 15 seconds before each other one. Defaults to `0`."},
			"max_credits": schema.Int64Attribute{Optional: true, Validators: []validator.Int64{int64validator.AtLeast(0)},
				MarkdownDescription: "The largest number of message credits that an apply may spend on the first try of each case. It is estimated as the number of questions times the highest price of the models of the chatbot's enabled agents. An apply whose estimate is above it asks nothing and is an error, and so is one with a model that has no known price. Repetitions because of `confirm` are not included."},
			"on_miss": schema.StringAttribute{Optional: true, Computed: true, Default: stringdefault.StaticString(onMissError), Validators: []validator.String{stringvalidator.OneOf(onMissError, onMissWarning)},
				MarkdownDescription: "What a miss is: `error`, or `warning`, with which the apply continues. Defaults to `error`."},
			"answers":  schema.MapAttribute{Computed: true, ElementType: text, MarkdownDescription: "The last answer to each case, by the name of the case. A case that could not be measured has none."},
			"missed":   schema.MapAttribute{Computed: true, ElementType: text, MarkdownDescription: "What is wrong with the answer to each case that missed, by the name of the case. Empty when none did. With `on_miss = \"warning\"`, use `length(self.missed) == 0` in a postcondition."},
			"sessions": schema.MapAttribute{Computed: true, ElementType: text, MarkdownDescription: "The ids of the sessions that were kept after a miss, or that could not be deleted, by the name of the case."},
			"passed":   schema.BoolAttribute{Computed: true, MarkdownDescription: "Whether all cases passed."},
		},
	}
}

func caseObject() schema.NestedAttributeObject {
	texts := func(required bool, about string) schema.ListAttribute {
		return schema.ListAttribute{Required: required, Optional: !required, ElementType: types.StringType, Validators: []validator.List{base.NoNulls{}},
			PlanModifiers: []planmodifier.List{base.KeepPriorWriting{}}, MarkdownDescription: about}
	}
	expression := func(about string) schema.StringAttribute {
		return schema.StringAttribute{Optional: true, MarkdownDescription: about + " The syntax is RE2. Begin it with `(?i)` to ignore case, and with `(?s)` to let `.` match line breaks."}
	}
	const compared = " Case is ignored, and so are differences in white space."
	return schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
		"ask":          texts(true, "The questions, which are asked one after the other in one session. The answer to the last one is judged."),
		"contains":     texts(false, "Texts that the answer contains."+compared),
		"not_contains": texts(false, "Texts that the answer does not contain."+compared),
		"matches":      expression("A regular expression that matches a part of the answer."),
		"not_matches":  expression("A regular expression that matches no part of the answer."),
		"cites":        texts(false, "Sources that the answer cites, each by its file name, address, title or id."),
		"max_chars": schema.Int64Attribute{Optional: true, Validators: []validator.Int64{int64validator.AtLeast(1)},
			MarkdownDescription: "The largest number of characters of the answer: Unicode code points, without white space at both ends."},
	}}
}
