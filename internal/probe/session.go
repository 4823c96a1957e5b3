package probe

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
)

// made is an object that the run has made.
type made struct {
	id     rest.ID
	answer answer // to the create
	at     time.Time
}

// create sends a create and returns the object. An answer without an id is an error.
func (p *probe) create(ctx context.Context, noun string, r rest.Route, body any) (made, error) {
	a, err := p.do(ctx, r, body)
	m := made{id(a.object()), a, time.Now()}
	if err != nil || !a.ok() || m.id == "" {
		return made{}, firstError(err, a, "the create of a "+noun)
	}
	return m, nil
}

// sessionObjects are what the facts about sessions share.
type sessionObjects struct{ opened memo[made] }

// sessionVariables are the variables of the session. One has the form of a number.
var sessionVariables = map[string]string{"origin": "probe", "count": "7"}

// session returns the session of the run, which has variables.
func (p *probe) session(ctx context.Context) (made, error) {
	return p.opened.get(func() (made, error) {
		return p.create(ctx, "session", rest.Create("/chatbot/{uuid}/session/create", p.chatbot), map[string]any{"initial_variables": sessionVariables})
	})
}

var sessionFacts = []fact{
	{
		id: "session-variables", section: "§3", documented: "hidden in old, shown in new deployments",
		readings: []reading{
			{name: "hidden"},
			{name: "shown", quirk: "SessionEcho=true"},
			{name: "shown, with texts of numbers as numbers", quirk: "SessionEcho=true SessionVariablesTyped=true"},
		},
		note: "If they are shown, a changed variable replaces the session. Numbers and booleans are compared as text. If they are hidden, nothing is compared.",
		try:  tryVariables,
	},
	{
		id: "session-list-filter", section: "§2", documented: "the list can be limited to a time range",
		readings: []reading{{name: "applied"}, {name: "ignored", quirk: "SessionsIgnoreTimes=true"}},
		note:     "The times are sent, and applied to the answer again.",
		try:      tryFilter,
	},
	{
		id: "transcript-form", section: "§2", documented: "a text; a sample decodes it as JSON",
		readings: []reading{
			{name: "a text"},
			{name: "a JSON string", quirk: "TranscriptJSON=json"},
			{name: "a JSON string that is declared as a text", quirk: "TranscriptJSON=text"},
			{name: "a web page", quirk: "TranscriptMissing=page"},
			{name: "404", quirk: "TranscriptMissing=404"},
		},
		note: "A text and a JSON string are read. A web page or a 404 is a warning, and transcript is null.",
		try:  tryTranscript,
	},
}

func tryVariables(ctx context.Context, p *probe) (observation, error) {
	s, err := p.session(ctx)
	if err != nil {
		return observation{}, err
	}
	a, err := p.do(ctx, rest.Get("/session/{uuid}", s.id), nil)
	if err != nil || !a.isAbout(s.id) {
		return observation{}, firstError(err, a, "a read of the session")
	}
	shown, found := a.object()["initial_variables"]
	variables, isObject := shown.(map[string]any)
	switch {
	case !found:
		return saw("hidden")
	case !isObject:
		return saw("another form than an object")
	case variables["origin"] != sessionVariables["origin"]:
		return saw("shown, without a variable that was sent")
	case variables["count"] == sessionVariables["count"]:
		return saw("shown")
	case isNumber(variables["count"], 7):
		return saw("shown, with texts of numbers as numbers")
	}
	return saw("shown, without a variable that was sent")
}

// tryFilter lists the sessions from a time in the future on.
func tryFilter(ctx context.Context, p *probe) (observation, error) {
	s, err := p.session(ctx)
	if err != nil {
		return observation{}, err
	}
	from := s.at.UTC().Add(48 * time.Hour).Format("2006-01-02T15:04:05.000Z")
	a, err := p.list(ctx, rest.Get("/chatbot/{uuid}/sessions", p.chatbot).WithQuery(url.Values{"start_timestamp": {from}}))
	switch {
	case err != nil:
		return observation{}, err
	case !a.ok() || a.list() == nil:
		return saw("refused: " + a.form())
	case hasID(a.list(), s.id):
		return saw("ignored")
	}
	return saw("applied")
}

// tryTranscript reads the transcript of a session without messages.
func tryTranscript(ctx context.Context, p *probe) (observation, error) {
	s, err := p.session(ctx)
	if err != nil {
		return observation{}, err
	}
	a, err := p.do(ctx, rest.Get("/session/{uuid}/messages/plain-text", s.id).AsText(), nil)
	if err != nil {
		return observation{}, err
	}
	_, isString := a.value.(string)
	declared := strings.Contains(a.mediaType(), "json")
	switch {
	case a.isPage():
		return saw("a web page")
	case a.Status == http.StatusNotFound:
		return sawWith("404", a.form())
	case !a.isSuccess():
		return saw("refused: " + a.form())
	case isString && declared:
		return saw("a JSON string")
	case isString:
		return saw("a JSON string that is declared as a text")
	case a.json || declared:
		return saw("JSON of another form")
	}
	return saw("a text")
}
