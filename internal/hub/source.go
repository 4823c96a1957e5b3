package hub

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/consistency"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
)

// The types of uploaded files (api.md §3). The other types are interpreted by Source.Kind.
const (
	SourceUpload = "upload" // some deployments answer "file"
	SourceFile   = "file"
)

// Source is a source in an answer (api.md §3). The answer to a create has fewer keys than a list; what an answer lacks is nil or empty.
type Source struct {
	Object
	Title    *string `json:"title"`
	FileName string  `json:"file_name"` // of an upload; the URL of a link
	Type     string  `json:"type"`
	Status   string  `json:"status"`
	FileSize *Number `json:"file_size"` // bytes
	Tokens   *Number `json:"tokens"`
	MetaJSON Text    `json:"meta_json"` // JSON in a string; an object where a deployment answers one
}

// SourceMeta is what meta_json holds. Whether reference_source_link is in it is not certain (api.md §3).
type SourceMeta struct {
	Question            *string `json:"question"`
	Answer              *string `json:"answer"`
	ReferenceSourceLink *string `json:"reference_source_link"`
}

// Meta decodes meta_json. Its form is not documented, so a text that is not a JSON object is ignored, and so is a member in an unknown form.
func (s *Source) Meta() SourceMeta {
	m, _ := s.decodeMeta()
	return m
}

// UnreadableFields returns Unreadable with the fields of meta_json.
func (s *Source) UnreadableFields() []string {
	_, unreadable := s.decodeMeta()
	fields := slices.Clone(s.Unreadable)
	for _, field := range unreadable {
		fields = append(fields, "meta_json."+field)
	}
	return fields
}

// Link returns the reference_source_link that somebody wrote; "" for none. The address of the page itself is left out, because the service may
// have filled it in.
func (s *Source) Link() string {
	link := s.Meta().ReferenceSourceLink
	if link == nil || s.Kind() == SourceOfPage && SameAddress(*link, s.FileName) {
		return ""
	}
	return *link
}

// decodeMeta is Meta, with the members in an unknown form.
func (s *Source) decodeMeta() (m SourceMeta, unreadable []string) {
	unreadable, err := rest.DecodeObject([]byte(s.MetaJSON), &m)
	if err != nil {
		return SourceMeta{}, nil
	}
	return m, unreadable
}

// Sources lists a chatbot's sources, in no guaranteed order.
func (c *Client) Sources(ctx context.Context, chatbot ID) ([]Source, error) {
	return listIn(ctx, c, chatbot, c.sources(chatbot))
}

// Source reads one source of a chatbot, as it was at notBefore or later: a modified_at that the caller has seen, or "".
// If it does not exist, IsGone of the error is true.
func (c *Client) Source(ctx context.Context, chatbot, id ID, notBefore string) (Source, error) {
	return getIn(ctx, c, chatbot, c.sources(chatbot), id, notBefore)
}

// SourcesWith lists a chatbot's sources as they were at notBefore or later: a time of the service (Now), or "". If a list lacks one of the ids,
// a second one decides, because a list can be incomplete (goals.md R4).
func (c *Client) SourcesWith(ctx context.Context, chatbot ID, ids []ID, notBefore string) ([]Source, error) {
	col, listed := c.sources(chatbot), map[ID]Source{}
	lacks := func() bool {
		return slices.ContainsFunc(ids, func(id ID) bool { _, found := listed[id]; return !found })
	}
	_, found, err := consistency.Current(ctx, col, notBefore, func() (Source, bool, error) {
		found, err := col.Look(ctx, func(s *consistency.Snapshot[Source]) bool {
			for _, one := range s.Items {
				listed[one.ID] = one
			}
			return !lacks()
		})
		return Source{}, found, err
	})
	if err == nil && !found {
		_, err = c.Chatbot(ctx, chatbot)
	}
	if err != nil {
		return nil, c.chatbotGone(ctx, chatbot, err)
	}
	return slices.Collect(maps.Values(listed)), nil
}

// FreshSources lists a chatbot's sources as they are now. If the list lacks one of the ids, a second one decides, as in SourcesWith.
func (c *Client) FreshSources(ctx context.Context, chatbot ID, ids []ID) ([]Source, error) {
	if _, err := c.sources(chatbot).Fresh(ctx); err != nil {
		return nil, c.chatbotGone(ctx, chatbot, err)
	}
	return c.SourcesWith(ctx, chatbot, ids, "")
}

// Now returns the present time of the service in the form of its answers; "" if it is not known. Lists that began earlier may lack what this
// process has written.
func (c *Client) Now() string {
	if now := c.shared.REST.Clock.Now(); !now.IsZero() {
		return now.UTC().Format(time.RFC3339)
	}
	return ""
}

// ConflictingSource returns the source that exists already, from the error of a create (409, api.md §3).
func ConflictingSource(err error) (Source, bool) {
	e := AsError(err)
	if e == nil || e.Status != http.StatusConflict {
		return Source{}, false
	}
	s, err := rest.Decode[Source](e.Body)
	return s, err == nil
}

// sources returns the collection of a chatbot's sources.
func (c *Client) sources(chatbot ID) *consistency.Collection[Source] {
	return consistency.CollectionOf[Source](c.shared, rest.Get("/chatbot/{uuid}/data-sources", chatbot))
}
