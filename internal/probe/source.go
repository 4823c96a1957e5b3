package probe

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
)

// The kinds of sources that the run makes.
const (
	question  = "question"
	markdown  = "md"
	table     = "csv"
	webPage   = "page"
	videoPage = "video page"
)

// The texts and addresses of the sources. The pages are public and do not change. One address has an upper-case host and a slash at its end,
// the other one has a query.
const (
	questionText  = "When is the probe shop open?"
	answerText    = "The probe shop is open from 9 to 18."
	linkText      = "https://example.com/hours"
	markdownName  = "probe.md"
	markdownText  = "# Opening hours\n\nThe probe shop is open from 9 to 18.\n"
	tableText     = "day,open\nMonday,9 to 18\n"
	pageAddress   = "https://Example.com/"
	videoAddress  = "https://www.youtube.com/watch?v=jNQXAC9IVRw"
	uploadRoute   = "/chatbot/{uuid}/data-source/upload"
	questionRoute = "/chatbot/{uuid}/data-source/qa"
	addressRoute  = "/chatbot/{uuid}/data-source/url"
)

// sourceObjects are what the facts about sources share.
type sourceObjects struct {
	sources map[string]*memo[made] // by kind
	trained memo[training]
}

// source returns a source of the run.
func (p *probe) source(ctx context.Context, kind string) (made, error) {
	if p.sources == nil {
		p.sources = map[string]*memo[made]{}
	}
	if p.sources[kind] == nil {
		p.sources[kind] = &memo[made]{}
	}
	return p.sources[kind].get(func() (made, error) {
		route, body := sourceRequest(kind)
		return p.create(ctx, "source ("+kind+")", rest.Create(route, p.chatbot), body)
	})
}

// sourceRequest returns the request that creates a source of a kind.
func sourceRequest(kind string) (route string, body any) {
	switch kind {
	case question:
		return questionRoute, map[string]any{"question": questionText, "answer": answerText, "reference_source_link": linkText}
	case markdown:
		return uploadRoute, upload(markdownName, markdownText)
	case table:
		return uploadRoute, upload("probe.csv", tableText)
	case webPage:
		return addressRoute, map[string]any{"url": pageAddress}
	}
	return addressRoute, map[string]any{"url": videoAddress}
}

// upload returns the body of an upload.
func upload(name, content string) *rest.UploadBody {
	file := rest.File{Name: name, Size: int64(len(content)), SHA256: sha256.Sum256([]byte(content)), Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(content)), nil }}
	return rest.NewUploadBody("file", file, nil)
}

// listedSource returns a source of the run as an item of the list after its training.
func (p *probe) listedSource(ctx context.Context, kind string) (map[string]any, error) {
	s, err := p.source(ctx, kind)
	if err != nil {
		return nil, err
	}
	t, err := p.training(ctx)
	if err != nil {
		return nil, err
	}
	item := withID(t.list, s.id)
	if item == nil {
		return nil, fmt.Errorf("the list of sources does not have the source (%s)", kind)
	}
	return item, nil
}

var sourceFacts = []fact{
	{
		id: "source-create-keys", section: "§3", documented: "all keys of list items",
		readings: []reading{{name: "short"}, {name: "all keys", quirk: "SourceCreateFull=true"}},
		note:     "What the answer lacks is read from the list.",
		try:      tryCreateKeys,
	},
	{
		id: "source-types", section: "§3", documented: "file, link, qa",
		readings: []reading{
			{name: "upload, link"},
			{name: "video", quirk: "LinkType=video"},
			{name: "another name for a web page", quirk: "LinkType=url"},
			{name: "table for csv", quirk: "TablesByExtension=true"},
			{name: "file", quirk: "UploadTypeFile=true"},
			{name: "another name for a file", reason: "the type of a file is only shown"},
		},
		note: "Every source that is neither a question nor a web page is a file. An import decides by the type and by the address.",
		try:  tryTypes,
	},
	{
		id: "address-form", section: "§3", documented: "nothing",
		readings: []reading{
			{name: "as sent"},
			{name: "without https://", quirk: "AddressForm=no_scheme"},
			{name: "without the last slash", quirk: "AddressForm=no_slash"},
			{name: "with a last slash", quirk: "AddressForm=slash"},
			{name: "with a lower-case host", quirk: "AddressForm=lower_host"},
		},
		note: "These differences are ignored, in plans and after an import.",
		try:  tryAddress,
	},
	{
		id: "reference-link", section: "§3", documented: "nothing",
		readings: []reading{
			{name: "shown"},
			{name: "hidden", quirk: "MetaJSON=without"},
			{name: "no meta_json", quirk: "MetaJSON=absent"},
			{name: "shown, also where none was sent", quirk: "LinksInvented=true"},
		},
		note: "A shown link is read. A hidden one is what the configuration says. One that nobody wrote causes no diff.",
		try:  tryLink,
	},
	{
		id: "qa-texts", section: "§3", documented: "nothing",
		readings: []reading{{name: "shown"}, {name: "no meta_json", quirk: "MetaJSON=absent"}, {name: "hidden", reason: "the same as no meta_json"}},
		note:     "Shown texts are read. Without them, the first apply after an import records those of the configuration.",
		try: func(ctx context.Context, p *probe) (observation, error) {
			item, err := p.listedSource(ctx, question)
			if err != nil {
				return observation{}, err
			}
			meta, found := metaOf(item)
			switch {
			case !found:
				return saw("no meta_json")
			case meta["question"] == questionText && meta["answer"] == answerText:
				return saw("shown")
			case meta["question"] == nil && meta["answer"] == nil:
				return sawWith("hidden", keys(meta))
			}
			return sawWith("another form", keys(meta))
		},
	},
}

// createKeys are the keys that the answer to a create of a source has at least.
var createKeys = []string{"file_name", "status", "title", "type", "uuid"}

func tryCreateKeys(ctx context.Context, p *probe) (observation, error) {
	s, err := p.source(ctx, markdown)
	if err != nil {
		return observation{}, err
	}
	answered := s.answer.object()
	for _, key := range createKeys {
		if _, found := answered[key]; !found {
			return sawWith("without "+key, keys(answered))
		}
	}
	item, err := p.listedSource(ctx, markdown)
	if err != nil {
		return observation{}, err
	}
	for key := range item {
		if _, found := answered[key]; !found {
			return sawWith("short", keys(answered))
		}
	}
	return sawWith("all keys", keys(answered))
}

func tryTypes(ctx context.Context, p *probe) (observation, error) {
	types := map[string]string{}
	var details []string
	var failed error
	for _, kind := range []string{markdown, table, webPage, videoPage} {
		item, err := p.listedSource(ctx, kind)
		if err != nil {
			failed = err
			details = append(details, kind+": refused")
			continue
		}
		types[kind], _ = item["type"].(string)
		details = append(details, kind+": "+word(types[kind]))
	}
	if len(types) == 0 {
		return observation{}, failed
	}
	return sawWith(typesReading(types), strings.Join(details, ", "))
}

// typesReading returns the reading of the types by kind: the first difference from what the provider assumes.
func typesReading(types map[string]string) string {
	is := func(kind string, known ...string) bool {
		shown, found := types[kind]
		return !found || slices.Contains(known, shown)
	}
	switch {
	case types[webPage] == "video" || types[videoPage] == "video":
		return "video"
	case !is(webPage, "link") || !is(videoPage, "link"):
		return "another name for a web page"
	case types[table] == "table":
		return "table for csv"
	case is(markdown, "upload") && is(table, "upload"):
		return "upload, link"
	case is(markdown, "upload", "file") && is(table, "upload", "file"):
		return "file"
	}
	return "another name for a file"
}

func tryAddress(ctx context.Context, p *probe) (observation, error) {
	forms := map[string]string{
		pageAddress: "as sent", strings.TrimPrefix(pageAddress, "https://"): "without https://",
		strings.TrimSuffix(pageAddress, "/"): "without the last slash", strings.ToLower(pageAddress): "with a lower-case host",
	}
	item, err := p.listedSource(ctx, webPage)
	if err != nil {
		return observation{}, err
	}
	shown, _ := item["file_name"].(string)
	form, known := forms[shown]
	if !known {
		return saw("another form")
	}
	video, err := p.listedSource(ctx, videoPage)
	if err == nil && form == "as sent" && video["file_name"] == strings.Replace(videoAddress, "?", "/?", 1) {
		form = "with a last slash"
	}
	return saw(form)
}

func tryLink(ctx context.Context, p *probe) (observation, error) {
	item, err := p.listedSource(ctx, question)
	if err != nil {
		return observation{}, err
	}
	meta, found := metaOf(item)
	if !found {
		return saw("no meta_json")
	}
	const key = "reference_source_link"
	others := map[string]any{}
	if other, err := p.listedSource(ctx, markdown); err == nil {
		others, _ = metaOf(other)
	}
	invented, _ := others[key].(string)
	link, _ := meta[key].(string)
	switch {
	case link == "":
		return sawWith("hidden", keys(meta))
	case invented != "":
		return saw("shown, also where none was sent")
	case strings.Contains(strings.ToLower(link), strings.TrimPrefix(linkText, "https://")):
		return saw("shown")
	}
	return saw("another link than the one that was sent")
}

// metaOf returns meta_json of a source.
func metaOf(item map[string]any) (map[string]any, bool) { return objectIn(item["meta_json"]) }
