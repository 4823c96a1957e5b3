package hub

import (
	"context"
	"encoding/json"
	"net/http"
)

// The types of sources (api.md §3). The list is open: the web app makes others.
const (
	SourceUpload = "upload" // a file; some deployments answer "file"
	SourceFile   = "file"
	SourceLink   = "link" // a URL
	SourceQA     = "qa"   // a question with its answer
)

// Source is a source as the service answers it (api.md §3). A create answers fewer keys than a list; what an answer lacks is nil or empty.
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

// Meta decodes meta_json. Text that is no JSON object is as if there was none: it is the service's own and open.
func (s *Source) Meta() SourceMeta {
	var m SourceMeta
	if json.Unmarshal([]byte(s.MetaJSON), &m) != nil {
		return SourceMeta{}
	}
	return m
}

// sources is the collection of a chatbot's sources.
func (c *Client) sources(chatbot ID) *collection[Source] {
	return collectionOf[Source](c, get("/chatbot/{uuid}/data-sources", chatbot))
}

// Sources lists a chatbot's sources, in no promised order.
func (c *Client) Sources(ctx context.Context, chatbot ID) ([]Source, error) {
	return children(ctx, c, chatbot, c.sources(chatbot))
}

// Source finds one source of a chatbot. IsGone tells whether an error means that it no longer exists.
func (c *Client) Source(ctx context.Context, chatbot, id ID) (Source, error) {
	return child(ctx, c, chatbot, c.sources(chatbot), id)
}

// ConflictingSource gives the source that exists already, from the refusal of a create (409, api.md §3).
func ConflictingSource(err error) (Source, bool) {
	e := AsError(err)
	if e == nil || e.Status != http.StatusConflict {
		return Source{}, false
	}
	s, err := decode[Source](e.body)
	return s, err == nil
}
