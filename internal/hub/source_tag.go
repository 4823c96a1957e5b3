package hub

import (
	"context"
	"slices"
	"strings"
)

// SourceTag is a label on sources (api.md §3).
type SourceTag struct {
	Object
	Name            string `json:"name"`
	Color           string `json:"color"` // #RRGGBB
	DataSourceUUIDs *[]ID  `json:"data_source_uuids"`
}

// SourceTagSettings is the body of create and update; a nil field is left out. Membership most likely replaces the one there is, so it
// is sent whole (api.md §3).
type SourceTagSettings struct {
	Name            *string `json:"name,omitempty"`
	Color           *string `json:"color,omitempty"`
	DataSourceUUIDs *[]ID   `json:"data_source_uuids,omitempty"`
}

// whole says whether the answer has all that a list item has.
func (t SourceTag) whole() (SourceTag, bool) { return t, t.DataSourceUUIDs != nil }

// sourceTags is the collection of a chatbot's source tags.
func (c *Client) sourceTags(chatbot ID) *collection[SourceTag] {
	return collectionOf[SourceTag](c, get("/chatbot/{uuid}/source-tags", chatbot))
}

// SourceTags lists a chatbot's source tags, in no promised order.
func (c *Client) SourceTags(ctx context.Context, chatbot ID) ([]SourceTag, error) {
	return children(ctx, c, chatbot, c.sourceTags(chatbot))
}

// SourceTag finds one source tag of a chatbot. IsGone tells whether an error means that it no longer exists.
func (c *Client) SourceTag(ctx context.Context, chatbot, id ID) (SourceTag, error) {
	return child(ctx, c, chatbot, c.sourceTags(chatbot), id)
}

// CreateSourceTag makes a source tag; name and color are required.
func (c *Client) CreateSourceTag(ctx context.Context, chatbot ID, s SourceTagSettings) (SourceTag, error) {
	col := c.sourceTags(chatbot)
	return bear(ctx, c, birthIn(col, s, s.fits, func() (SourceTag, error) {
		return write(col, func() (SourceTag, error) {
			return call[SourceTag](ctx, c, create("/chatbot/{uuid}/source-tag/create", chatbot), s)
		}, SourceTag.whole)
	}))
}

// fits says whether a source tag can be what a create with these settings has made.
func (s SourceTagSettings) fits(t SourceTag) bool {
	sources := s.DataSourceUUIDs == nil || t.DataSourceUUIDs == nil || slices.Equal(slices.Sorted(slices.Values(*s.DataSourceUUIDs)), slices.Sorted(slices.Values(*t.DataSourceUUIDs)))
	return sameText(s.Name, &t.Name) && (s.Color == nil || strings.EqualFold(*s.Color, t.Color)) && sources
}

// UpdateSourceTag changes the settings that s names.
func (c *Client) UpdateSourceTag(ctx context.Context, chatbot, id ID, s SourceTagSettings) (SourceTag, error) {
	return write(c.sourceTags(chatbot), func() (SourceTag, error) {
		return call[SourceTag](ctx, c, update("/source-tag/{uuid}/update", id), s)
	}, SourceTag.whole)
}

// DeleteSourceTag deletes a source tag; its sources stay. One that is gone already is a success.
func (c *Client) DeleteSourceTag(ctx context.Context, chatbot, id ID) error {
	_, err := write(c.sourceTags(chatbot), func() (success, error) {
		return call[success](ctx, c, remove("/source-tag/{uuid}/delete", id), nil)
	}, nil)
	return deleted(err, func() error { _, err := c.SourceTag(ctx, chatbot, id); return err })
}
