package hub

import (
	"slices"
	"strings"
)

// SourceKind is what a source is made from. The type that the service lists does not tell it for certain (api.md §3).
type SourceKind int

// The kinds of sources.
const (
	SourceOfFile     SourceKind = iota // a file, and everything that only the web app can create
	SourceOfPage                       // a web page
	SourceOfQuestion                   // a question with its answer
)

// The types with which the API lists questions and web pages. Deployments may use other words for web pages.
const qaType = "qa"

var pageTypes = []string{"link", "url", "website", "webpage", "web", "page"}

// Kind returns the kind of a source as far as an answer shows it. Where the kind is known from a configuration, that one is right: a web
// page can be listed as a video, for example (api.md §3).
func (s *Source) Kind() SourceKind {
	listed, meta := strings.ToLower(strings.TrimSpace(s.Type)), s.Meta()
	switch {
	case listed == qaType || meta.Question != nil && meta.Answer != nil:
		return SourceOfQuestion
	case slices.Contains(pageTypes, listed) || IsAddress(s.FileName):
		return SourceOfPage
	}
	return SourceOfFile
}
