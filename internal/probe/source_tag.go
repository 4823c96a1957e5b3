package probe

import (
	"context"
	"slices"
	"strings"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
)

// tagObjects are what the facts about source tags share.
type tagObjects struct{ tagged memo[made] }

// tagColor has upper and lower case.
const tagColor = "#aaBBcc"

// tag returns the source tag of the run, which has no sources.
func (p *probe) tag(ctx context.Context) (made, error) {
	return p.tagged.get(func() (made, error) {
		return p.create(ctx, "source tag", rest.Create("/chatbot/{uuid}/source-tag/create", p.chatbot), map[string]any{"name": "Probe", "color": tagColor})
	})
}

var tagFacts = []fact{
	{
		id: "tag-members", section: "§3", documented: "nothing",
		readings: []reading{{name: "replaced"}, {name: "added", quirk: "TagUpdateMerges=true"}},
		note:     "The list is sent complete. If the service adds, a removed source stays: a warning says so, and the next plan shows it.",
		try:      tryMembers,
	},
	{
		id: "tag-color-form", section: "§3", documented: "#RRGGBB",
		readings: []reading{{name: "as sent"}, {name: "upper case", quirk: "TagColorCase=upper"}, {name: "lower case", quirk: "TagColorCase=lower"}},
		note:     "Colors are compared without regard to case.",
		try: func(ctx context.Context, p *probe) (observation, error) {
			t, err := p.tag(ctx)
			if err != nil {
				return observation{}, err
			}
			switch color, _ := t.answer.object()["color"].(string); color {
			case tagColor:
				return saw("as sent")
			case strings.ToUpper(tagColor):
				return saw("upper case")
			case strings.ToLower(tagColor):
				return saw("lower case")
			case "":
				return saw("not in the answer")
			}
			return saw("another form")
		},
	},
}

// tryMembers gives the tag one source and then another one.
func tryMembers(ctx context.Context, p *probe) (observation, error) {
	t, err := p.tag(ctx)
	if err != nil {
		return observation{}, err
	}
	var sources []rest.ID
	for _, kind := range []string{question, markdown} {
		s, err := p.source(ctx, kind)
		if err != nil {
			return observation{}, err
		}
		sources = append(sources, s.id)
		a, err := p.do(ctx, rest.Update("/source-tag/{uuid}/update", t.id), map[string]any{"data_source_uuids": []rest.ID{s.id}})
		if err != nil || !a.ok() {
			return observation{}, firstError(err, a, "an update of the source tag")
		}
	}
	a, err := p.list(ctx, rest.Get("/chatbot/{uuid}/source-tags", p.chatbot))
	if err != nil || !a.ok() {
		return observation{}, firstError(err, a, "the list of source tags")
	}
	members, found := withID(a.list(), t.id)["data_source_uuids"].([]any)
	switch {
	case !found:
		return saw("not in the list")
	case hasUUID(members, sources[0]) && hasUUID(members, sources[1]):
		return saw("added")
	case hasUUID(members, sources[1]):
		return saw("replaced")
	}
	return saw("not changed")
}

// hasUUID reports whether a list of uuids has an id, in any form of it.
func hasUUID(uuids []any, wanted rest.ID) bool {
	return slices.ContainsFunc(uuids, func(uuid any) bool { return id(map[string]any{"uuid": uuid}) == wanted })
}

// withID returns the object with an id; nil if there is none.
func withID(objects []map[string]any, wanted rest.ID) map[string]any {
	for _, o := range objects {
		if id(o) == wanted {
			return o
		}
	}
	return nil
}
