package answertest

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// sourceNames are the sources of the chatbot that cases name, by the name: the service may generate another title at any time, and a citation
// may have the old one.
type sourceNames map[string][]hub.Source

// readSources finds the sources that the cases name. It returns false after an error.
func (w *run) readSources(ctx context.Context, diags *diag.Diagnostics) bool {
	w.sources = sourceNames{}
	for _, v := range w.cases {
		for _, name := range v.cites {
			w.sources[name] = nil
		}
	}
	if len(w.sources) == 0 {
		return true
	}
	sources, err := w.Hub.Sources(ctx, w.plan.chatbot())
	if err != nil {
		base.Failure{Doing: "list", Noun: "sources"}.ReportList(diags, w.plan.chatbot(), err)
		return false
	}
	for name := range w.sources {
		for i := range sources {
			if s := &sources[i]; names(name, s.ID, titleOf(s), s.FileName) {
				w.sources[name] = append(w.sources[name], *s)
			}
		}
		if len(w.sources[name]) == 0 {
			w.unknown = append(w.unknown, name)
		}
	}
	return true
}

// titleOf returns the title of a source, or "".
func titleOf(s *hub.Source) string {
	if s.Title == nil {
		return ""
	}
	return *s.Title
}

// names reports whether a name of the configuration is the id, the title, the file name or the address of a source.
func names(name string, id hub.ID, title, fileName string) bool {
	return name == string(id) || hub.SameText(name, title) || hub.SameName(name, fileName) || strings.Contains(name, "://") && hub.SameAddress(name, fileName)
}

// isCited reports whether an answer cites the source of a name.
func (s sourceNames) isCited(name string, cited []hub.Citation) bool {
	for i := range cited {
		c := &cited[i]
		if names(name, hub.ID(c.SourceID), string(c.Title), string(c.FileName)) {
			return true
		}
		for j := range s[name] {
			if isOf(c, &s[name][j]) {
				return true
			}
		}
	}
	return false
}

// isOf reports whether a citation is one of a source. A deployment can leave out the id.
func isOf(c *hub.Citation, s *hub.Source) bool {
	if c.SourceID != "" {
		return hub.ID(c.SourceID) == s.ID
	}
	return c.FileName != "" && hub.SameName(string(c.FileName), s.FileName) || c.FileName == "" && c.Title != "" && hub.SameText(string(c.Title), titleOf(s))
}

// citedNames returns the names of the sources that an answer cites, once each.
func citedNames(cited []hub.Citation) string {
	var all []string
	seen := map[string]bool{}
	for i := range cited {
		c := &cited[i]
		name := string(c.FileName)
		if name == "" {
			name = string(c.Title)
		}
		if name == "" {
			name = string(c.SourceID)
		}
		if !seen[name] {
			seen[name] = true
			all = append(all, base.Quote(name))
		}
	}
	return strings.Join(all, ", ")
}
