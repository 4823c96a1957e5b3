package base

import (
	"context"
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

// In is an object with the chatbot it is in, which no answer about the object names. The chatbot is "" for what is in none.
type In[T any] struct {
	Chatbot hub.ID
	Object  T
}

// Chatbots gives all chatbots of the account, oldest first, or as the last thing an error.
func Chatbots(ctx context.Context, c *hub.Client) iter.Seq2[In[hub.Chatbot], error] {
	return func(yield func(In[hub.Chatbot], error) bool) {
		bots, err := c.Chatbots(ctx)
		if err != nil {
			yield(In[hub.Chatbot]{}, err)
			return
		}
		for _, bot := range hub.OldestFirst(bots) {
			if !yield(In[hub.Chatbot]{Object: bot}, nil) {
				return
			}
		}
	}
}

// InChatbots gives the objects that fetch lists of one chatbot, or where that is null, of all chatbots of the account, one after the
// other, oldest first; order is that of the objects of one chatbot. A chatbot is asked for when its objects are wanted and not before.
// One that vanished after the chatbots were listed is skipped; any other error is the last thing that comes, with the chatbot it is about.
func InChatbots[T any](ctx context.Context, c *hub.Client, one types.String, fetch func(context.Context, hub.ID) ([]T, error), order func([]T) []T) iter.Seq2[In[T], error] {
	return func(yield func(In[T], error) bool) {
		// of gives the objects of one chatbot, and says whether more are wanted.
		of := func(chatbot hub.ID, vanishes bool) bool {
			objects, err := fetch(ctx, chatbot)
			if vanishes && hub.IsGone(err) {
				return true
			}
			if err != nil {
				yield(In[T]{Chatbot: chatbot}, err)
				return false
			}
			for _, object := range order(objects) {
				if !yield(In[T]{chatbot, object}, nil) {
					return false
				}
			}
			return true
		}
		if !one.IsNull() {
			of(hub.ID(one.ValueString()), false)
			return
		}
		for bot, err := range Chatbots(ctx, c) {
			if err != nil {
				yield(In[T]{}, err)
				return
			}
			if !of(bot.Object.ID, true) {
				return
			}
		}
	}
}

// Listed is an object as a list resource gives it. M is the model of the resource.
type Listed[M any] struct {
	Name string            // by which a person recognises it
	IDs  map[string]hub.ID // the ids that are known of it, by attribute: those of its identity, and its parents'
	Read func(*M)          // takes the answer over, as the resource's own Read does after an import
}

// Results turns objects into results. fail says an error in words, and describe gives false for what the filters leave out. It takes no
// further object when Terraform has as many as it asked for or wants no more. An error is the last result: Terraform drops what would come
// after it.
func Results[T, M any](ctx context.Context, req list.ListRequest, objects iter.Seq2[In[T], error], fail func(*diag.Diagnostics, In[T], error), describe func(In[T]) (Listed[M], bool)) iter.Seq[list.ListResult] {
	return func(push func(list.ListResult) bool) {
		var bug diag.Diagnostics
		defer func() {
			if bug.HasError() {
				push(list.ListResult{Diagnostics: bug})
			}
		}()
		defer Contain(&bug) // the stream is read when the method that made it has ended
		var count int64
		for object, err := range objects {
			if err != nil {
				var diags diag.Diagnostics
				fail(&diags, object, err)
				push(list.ListResult{Diagnostics: diags})
				return
			}
			listed, fits := describe(object)
			if !fits {
				continue
			}
			count++
			if !push(listed.result(ctx, req)) || count == req.Limit {
				return
			}
		}
	}
}

// result goes the way of an import: the ids come first, and the answer is read into that.
func (l Listed[M]) result(ctx context.Context, req list.ListRequest) list.ListResult {
	result := req.NewListResult(ctx)
	result.DisplayName = l.Name
	for name, id := range l.IDs {
		result.Diagnostics.Append(result.Resource.SetAttribute(ctx, path.Root(name), string(id))...)
		if _, part := req.ResourceIdentitySchema.GetAttributes()[name]; part {
			result.Diagnostics.Append(result.Identity.SetAttribute(ctx, path.Root(name), string(id))...)
		}
	}
	if req.IncludeResource {
		var m M
		result.Diagnostics.Append(result.Resource.Get(ctx, &m)...)
		l.Read(&m)
		result.Diagnostics.Append(result.Resource.Set(ctx, m)...)
	}
	return result
}

// Unlisted is how a list fails: f says what is listed, and is about a chatbot unless the chatbots themselves could not be listed.
func Unlisted[T any](f Failure) func(*diag.Diagnostics, In[T], error) {
	return func(diags *diag.Diagnostics, in In[T], err error) {
		if in.Chatbot == "" {
			Failure{Doing: "list", Noun: "chatbots"}.Report(diags, err)
			return
		}
		Children[T](diags, f, types.StringValue(string(in.Chatbot)), nil, err)
	}
}

// Filters reads the configuration of a list resource into config, a pointer to its model. A list block without a config block has none,
// and leaves all filters null. Where it gives false, the stream has the reason.
func (r *Resource) Filters(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream, config any) bool {
	var diags diag.Diagnostics
	if !req.Config.Raw.IsNull() {
		diags.Append(req.Config.Get(ctx, config)...)
	}
	if diags.HasError() || !r.Ready(&diags) {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return false
	}
	return true
}

// Fits says whether a value is the one that a filter asks for. Null asks for none.
func Fits(filter types.String, value string) bool {
	return filter.IsNull() || filter.ValueString() == value
}

// ChatbotFilter is the `chatbot_id` of a list resource; plural is what it lists.
func ChatbotFilter(plural string) schema.StringAttribute {
	return schema.StringAttribute{Optional: true, Validators: []validator.String{UUID()},
		MarkdownDescription: sprintf("Lists only the %s of this chatbot. Left out, those of all chatbots of the account are listed, the oldest chatbot first.", plural)}
}

// NameFilter is the `name_regex` of a list resource; plural is what it lists.
func NameFilter(plural string) schema.StringAttribute {
	return schema.StringAttribute{Optional: true, Validators: []validator.String{pattern{}}, MarkdownDescription: NameRegex(plural).MarkdownDescription}
}

// OneOfFilter is an attribute of a list resource that takes one of some values.
func OneOfFilter(text string, values []string) schema.StringAttribute {
	return schema.StringAttribute{Optional: true, Validators: []validator.String{stringvalidator.OneOf(values...)}, MarkdownDescription: text}
}
