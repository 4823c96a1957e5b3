package hub

import (
	"context"
	"slices"
	"strings"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/consistency"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
)

// SourceTag is a label on sources (api.md §3).
type SourceTag struct {
	Object
	Name            string `json:"name"`
	Color           string `json:"color"` // #RRGGBB
	DataSourceUUIDs *[]ID  `json:"data_source_uuids"`
}

// SourceTagSettings is the body of create and update; a nil field is left out. An update most likely replaces all
// members, so they are sent completely (api.md §3).
type SourceTagSettings struct {
	Name            *string `json:"name,omitempty"`
	Color           *string `json:"color,omitempty"`
	DataSourceUUIDs *[]ID   `json:"data_source_uuids,omitempty"`
}

// complete reports whether the answer has all that a list has.
func (t SourceTag) complete() bool { return t.DataSourceUUIDs != nil }

// SourceTags lists a chatbot's source tags, in no guaranteed order.
func (c *Client) SourceTags(ctx context.Context, chatbot ID) ([]SourceTag, error) {
	return listIn(ctx, c, chatbot, c.sourceTags(chatbot))
}

// SourceTag reads one source tag of a chatbot, as it was at notBefore or later: a modified_at that the caller has seen, or "".
// If it does not exist, IsGone of the error is true.
func (c *Client) SourceTag(ctx context.Context, chatbot, id ID, notBefore string) (SourceTag, error) {
	return getIn(ctx, c, chatbot, c.sourceTags(chatbot), id, notBefore)
}

// CreateSourceTag creates a source tag; name and color are required.
func (c *Client) CreateSourceTag(ctx context.Context, chatbot ID, s SourceTagSettings) (SourceTag, error) {
	col := c.sourceTags(chatbot)
	return consistency.CreateIn(ctx, col, consistency.Create[SourceTag]{Body: s, Matches: s.matches, Send: func() (SourceTag, error) {
		return consistency.WriteObject(col, func() (SourceTag, error) {
			return rest.Call[SourceTag](ctx, c.rest, rest.Create("/chatbot/{uuid}/source-tag/create", chatbot), s)
		}, SourceTag.complete)
	}})
}

// matches reports whether a source tag can be the one that a create with these settings created.
func (s SourceTagSettings) matches(t SourceTag) bool {
	sources := s.DataSourceUUIDs == nil || t.DataSourceUUIDs == nil || slices.Equal(slices.Sorted(slices.Values(*s.DataSourceUUIDs)), slices.Sorted(slices.Values(*t.DataSourceUUIDs)))
	return matchesText(s.Name, shown(t.Name)) && (s.Color == nil || t.Color == "" || strings.EqualFold(*s.Color, t.Color)) && sources
}

// UpdateSourceTag changes the settings that s names.
func (c *Client) UpdateSourceTag(ctx context.Context, chatbot, id ID, s SourceTagSettings) (SourceTag, error) {
	return consistency.WriteObject(c.sourceTags(chatbot), func() (SourceTag, error) {
		return rest.Call[SourceTag](ctx, c.rest, rest.Update("/source-tag/{uuid}/update", id), s)
	}, SourceTag.complete)
}

// DeleteSourceTag deletes a source tag; its sources stay. If it does not exist, that is a success.
func (c *Client) DeleteSourceTag(ctx context.Context, chatbot, id ID) error {
	_, err := consistency.Write(func() (empty, error) {
		return rest.Call[empty](ctx, c.rest, rest.Delete("/source-tag/{uuid}/delete", id), nil)
	}, c.sourceTags(chatbot))
	return consistency.Deleted(err, func() error { _, err := c.SourceTag(ctx, chatbot, id, ""); return err })
}

// sourceTags returns the collection of a chatbot's source tags.
func (c *Client) sourceTags(chatbot ID) *consistency.Collection[SourceTag] {
	return consistency.CollectionOf[SourceTag](c.shared, rest.Get("/chatbot/{uuid}/source-tags", chatbot))
}
