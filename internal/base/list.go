package base

import (
	"context"
	"fmt"
	"iter"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// ChatbotObject is an object of a list with the id of the chatbot that contains it, which the object itself does not show. Chatbot is empty
// for an object that is in no chatbot.
type ChatbotObject[T any] struct {
	Chatbot hub.ID
	Object  T
}

// Chatbots yields all chatbots of the account, oldest first. An error is the last thing it yields.
func Chatbots(ctx context.Context, c *hub.Client) iter.Seq2[ChatbotObject[hub.Chatbot], error] {
	return func(yield func(ChatbotObject[hub.Chatbot], error) bool) {
		bots, err := c.Chatbots(ctx)
		if err != nil {
			yield(ChatbotObject[hub.Chatbot]{}, err)
			return
		}
		for _, bot := range hub.OldestFirst(bots) {
			if !yield(ChatbotObject[hub.Chatbot]{Object: bot}, nil) {
				return
			}
		}
	}
}

// ChatbotObjects yields the objects that fetch lists for one chatbot, sorted by order. Where one is null it yields the objects of all
// chatbots of the account, one chatbot after the other, oldest first; it fetches the objects of a chatbot only when the consumer asks for
// them. A chatbot that was deleted after the chatbots were listed is skipped. Any other error is the last thing it yields, with the
// chatbot that it concerns.
func ChatbotObjects[T any](ctx context.Context, c *hub.Client, one types.String, fetch func(context.Context, hub.ID) ([]T, error), order func([]T) []T) iter.Seq2[ChatbotObject[T], error] {
	return func(yield func(ChatbotObject[T], error) bool) {
		// yieldObjects yields the objects of one chatbot and reports whether the consumer wants more.
		yieldObjects := func(chatbot hub.ID, skipGone bool) bool {
			objects, err := fetch(ctx, chatbot)
			if skipGone && hub.IsGone(err) {
				return true
			}
			if err != nil {
				yield(ChatbotObject[T]{Chatbot: chatbot}, err)
				return false
			}
			for _, object := range order(objects) {
				if !yield(ChatbotObject[T]{chatbot, object}, nil) {
					return false
				}
			}
			return true
		}
		if !one.IsNull() {
			yieldObjects(hub.ID(one.ValueString()), false)
			return
		}
		for bot, err := range Chatbots(ctx, c) {
			if err != nil {
				yield(ChatbotObject[T]{}, err)
				return
			}
			if !yieldObjects(bot.Object.ID, true) {
				return
			}
		}
	}
}

// ListEntry describes one result of a list resource. M is the model of the resource.
type ListEntry[M any] struct {
	Name string            // the display name
	IDs  map[string]hub.ID // by attribute: the ids of the identity, and those of the parents
	Read func(*M)          // reads the answer into the model, as the resource's Read does after an import
}

// ListResults converts objects to results. fail reports an error; chatbot is the chatbot that it concerns, or empty. describe returns false
// for an object that the filters exclude. The iteration stops at req.Limit results, when Terraform wants no more, or at an error: an error
// is the last result that Terraform reads.
func ListResults[T, M any](ctx context.Context, req list.ListRequest, objects iter.Seq2[ChatbotObject[T], error], fail func(diags *diag.Diagnostics, chatbot hub.ID, err error), describe func(ChatbotObject[T]) (ListEntry[M], bool)) iter.Seq[list.ListResult] {
	return func(push func(list.ListResult) bool) {
		var bug diag.Diagnostics
		defer func() {
			if bug.HasError() {
				push(list.ListResult{Diagnostics: bug})
			}
		}()
		defer Recover(&bug) // Terraform reads the results after the List method has returned
		var count int64
		for object, err := range objects {
			if err != nil {
				var diags diag.Diagnostics
				fail(&diags, object.Chatbot, err)
				push(list.ListResult{Diagnostics: diags})
				return
			}
			entry, matches := describe(object)
			if !matches {
				continue
			}
			count++
			if !push(entry.result(ctx, req)) || count == req.Limit {
				return
			}
		}
	}
}

// result builds the result as an import does: it sets the ids first and then reads the answer into the model.
func (e ListEntry[M]) result(ctx context.Context, req list.ListRequest) list.ListResult {
	result := req.NewListResult(ctx)
	result.DisplayName = e.Name
	for name, id := range e.IDs {
		result.Diagnostics.Append(result.Resource.SetAttribute(ctx, path.Root(name), string(id))...)
		if _, part := req.ResourceIdentitySchema.GetAttributes()[name]; part {
			result.Diagnostics.Append(result.Identity.SetAttribute(ctx, path.Root(name), string(id))...)
		}
	}
	if req.IncludeResource {
		var m M
		result.Diagnostics.Append(result.Resource.Get(ctx, &m)...)
		e.Read(&m)
		result.Diagnostics.Append(result.Resource.Set(ctx, m)...)
	}
	return result
}

// ReadFilters reads the configuration of a list resource into config, a pointer to its model. A list block without a config block leaves
// all filters null. When ReadFilters returns false, the stream holds the errors.
func (r *Resource) ReadFilters(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream, config any) bool {
	var diags diag.Diagnostics
	if !req.Config.Raw.IsNull() {
		diags.Append(req.Config.Get(ctx, config)...)
		checkConfig(ctx, req.Config, &diags)
	}
	if diags.HasError() || !r.Ready(&diags) {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return false
	}
	return true
}

// MatchesFilter reports whether a filter accepts a value. A null filter accepts every value.
func MatchesFilter(filter types.String, value string) bool {
	return filter.IsNull() || filter.ValueString() == value
}

// ChatbotFilter returns the attribute `chatbot_id` of a list resource. plural is the plural of the noun that it lists.
func ChatbotFilter(plural string) schema.StringAttribute {
	return schema.StringAttribute{Optional: true, Validators: []validator.String{IDForm{}},
		MarkdownDescription: fmt.Sprintf("Lists only the %s of this chatbot. Without it, the list contains those of all chatbots of the account, starting with the oldest chatbot.", plural)}
}

// NameFilter returns the attribute `name_regex` of a list resource. plural is the plural of the noun that it lists.
func NameFilter(plural string) schema.StringAttribute {
	return schema.StringAttribute{Optional: true, Validators: []validator.String{pattern{}}, MarkdownDescription: NameRegex(plural).MarkdownDescription}
}

// OneOfFilter returns an attribute of a list resource that accepts one of several values.
func OneOfFilter(text string, values []string) schema.StringAttribute {
	return schema.StringAttribute{Optional: true, Validators: []validator.String{stringvalidator.OneOf(values...)}, MarkdownDescription: text}
}
