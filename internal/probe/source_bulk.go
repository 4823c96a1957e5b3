package probe

import (
	"context"
	"net/http"
	"strings"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
)

// The readings of the facts about duplicates.
const (
	anotherSource = "another source"
	conflict      = "409"
)

var duplicateFacts = []fact{
	{
		id: "duplicate-file", section: "§3", documented: "nothing",
		readings: []reading{
			{name: "by name"},
			{name: "by content", quirk: "DuplicateFiles=content"},
			{name: "none", quirk: "DuplicateFiles=never"},
			{name: "by name, by content", quirk: "DuplicateFiles=either"},
			{name: "by name and content together", quirk: "DuplicateFiles=both"},
		},
		note: "A 409 is an error with the existing source and its import block. Nothing is taken over silently.",
		try:  tryDuplicateFile,
	},
	{
		id: "duplicate-url", section: "§3", documented: "409",
		readings: []reading{{name: conflict}, {name: anotherSource, quirk: "DuplicateURLs=never"}},
		note:     "A 409 is an error with the existing source and its import block.",
		try:      func(ctx context.Context, p *probe) (observation, error) { return p.duplicate(ctx, webPage) },
	},
	{
		id: "duplicate-qa", section: "§3", documented: "nothing",
		readings: []reading{{name: anotherSource}, {name: conflict, quirk: "DuplicateQuestions=true"}},
		note:     "A 409 is an error with the existing source and its import block.",
		try:      func(ctx context.Context, p *probe) (observation, error) { return p.duplicate(ctx, question) },
	},
	{
		id: "unknown-file-type", section: "§3", documented: "nothing",
		readings: []reading{{name: "refused"}, {name: "accepted", quirk: "AcceptsAnyFile=true"}},
		note:     "A plan warns about an extension that the service is not known to accept. A refusal is an error of the apply.",
		try: func(ctx context.Context, p *probe) (observation, error) {
			a, err := p.do(ctx, rest.Create(uploadRoute, p.chatbot), upload("probe.unheardof", markdownText))
			switch {
			case err != nil:
				return observation{}, err
			case a.ok():
				return saw("accepted")
			case a.isPage() || a.Status >= http.StatusInternalServerError:
				return saw("a failure: " + a.form())
			}
			return sawWith("refused", a.form())
		},
	},
	{
		id: "bulk-delete-unknown", section: "§2", documented: "a 422 with the unknown ones",
		readings: []reading{
			{name: "nothing is deleted"},
			{name: "the known ones are deleted", quirk: "BulkDeletePartial=true"},
			{name: "the unknown ones are ignored", quirk: "BulkDeleteIgnoresUnknown=true"},
		},
		note: "If the service refuses, or deletes only some, the rest are deleted one by one.",
		try:  tryBulkDelete,
	},
}

// duplicate creates a source a second time.
func (p *probe) duplicate(ctx context.Context, kind string) (observation, error) {
	s, err := p.source(ctx, kind)
	if err != nil {
		return observation{}, err
	}
	route, body := sourceRequest(kind)
	a, err := p.do(ctx, rest.Create(route, p.chatbot), body)
	if err != nil {
		return observation{}, err
	}
	return duplicateReading(a, s)
}

// duplicateReading returns the reading of the answer to the create of a source that exists.
func duplicateReading(a answer, s made) (observation, error) {
	switch {
	case a.ok() && id(a.object()) == s.id:
		return saw("the existing source as a success")
	case a.ok():
		return saw(anotherSource)
	case a.Status == http.StatusConflict && id(a.object()) == s.id:
		return sawWith(conflict, "the existing source")
	case a.Status == http.StatusConflict:
		return saw("409 without the existing source")
	}
	return saw("refused: " + a.form())
}

// tryDuplicateFile uploads a file with the name, and one with the content, of the source.
func tryDuplicateFile(ctx context.Context, p *probe) (observation, error) {
	s, err := p.source(ctx, markdown)
	if err != nil {
		return observation{}, err
	}
	var by []string
	for _, one := range []struct{ by, name, content string }{
		{"by name", markdownName, markdownText + "\nAnd on Sunday.\n"}, {"by content", "probe-2.md", markdownText},
	} {
		a, err := p.do(ctx, rest.Create(uploadRoute, p.chatbot), upload(one.name, one.content))
		if err != nil {
			return observation{}, err
		}
		switch seen, err := duplicateReading(a, s); {
		case err != nil || seen.reading != conflict && seen.reading != anotherSource:
			return seen, err
		case seen.reading == conflict:
			by = append(by, one.by)
		}
	}
	if len(by) > 0 {
		return saw(strings.Join(by, ", "))
	}
	seen, err := p.duplicate(ctx, markdown)
	switch seen.reading {
	case conflict:
		seen.reading = "by name and content together"
	case anotherSource:
		seen.reading = "none"
	}
	return seen, err
}

// tryBulkDelete deletes a source and one that does not exist with one request.
func tryBulkDelete(ctx context.Context, p *probe) (observation, error) {
	if _, err := p.training(ctx); err != nil { // before its list lacks one
		return observation{}, err
	}
	s, err := p.source(ctx, table)
	if err != nil {
		return observation{}, err
	}
	a, err := p.do(ctx, rest.Update("/data-sources/delete"), map[string]any{"uuids": []rest.ID{s.id, unknownID}})
	if err != nil {
		return observation{}, err
	}
	list, err := p.list(ctx, rest.Get("/chatbot/{uuid}/data-sources", p.chatbot))
	if err != nil || !list.ok() || list.list() == nil {
		return observation{}, firstError(err, list, "the list of sources")
	}
	left := hasID(list.list(), s.id)
	switch {
	case a.isPage():
		return saw("a web page")
	case left && a.ok():
		return saw("nothing is deleted, as a success")
	case left:
		return sawWith("nothing is deleted", a.form())
	case a.ok():
		return sawWith("the unknown ones are ignored", a.form())
	}
	return sawWith("the known ones are deleted", a.form())
}
