package probe

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
)

// messageObjects are what the facts about messages share.
type messageObjects struct {
	sourced, unsourced memo[asked]
}

// asked is a question and what became of it.
type asked struct {
	answer  answer         // to the question
	message map[string]any // in the list; nil if it was not listed
	after   time.Duration  // until it was listed
}

// errNotListed is the error of a fact about a message that no list has.
var errNotListed = errors.New("no list has the message")

// ask asks the chatbot a question and searches the message, for a minute at most.
func (p *probe) ask(ctx context.Context, query string) (asked, error) {
	s, err := p.session(ctx)
	switch {
	case err != nil:
		return asked{}, err
	case p.late:
		return asked{}, errLate
	}
	a, err := p.do(ctx, rest.Create("/session/{uuid}/message/stream", s.id).AsText(), map[string]any{"query": query})
	if err != nil || !a.ok() {
		return asked{}, firstError(err, a, "a question")
	}
	out := asked{answer: a}
	out.after, _, _, err = p.listedAfter(ctx, rest.Get("/session/{uuid}/messages", s.id), func(m map[string]any) bool {
		reason, _ := m["finish_reason"].(string)
		failure, _ := m["error_message"].(string)
		own := m["query"] == query && reason+failure != ""
		if own {
			out.message = m
		}
		return own
	})
	return out, err
}

// firstQuestion asks what a source answers, secondQuestion what none does.
func (p *probe) firstQuestion(ctx context.Context) (asked, error) {
	if _, err := p.training(ctx); err != nil {
		return asked{}, err
	}
	return p.sourced.get(func() (asked, error) { return p.ask(ctx, questionText) })
}

func (p *probe) secondQuestion(ctx context.Context) (asked, error) {
	return p.unsourced.get(func() (asked, error) { return p.ask(ctx, "Hello") })
}

var messageFacts = []fact{
	{
		id: "stream-form", section: "§2", documented: "pieces of text", ask: true, questions: 1,
		readings: []reading{{name: "the text of the answer"}},
		note:     "The body is read as a text.",
		try: func(ctx context.Context, p *probe) (observation, error) {
			q, err := p.firstQuestion(ctx)
			if err != nil {
				return observation{}, err
			}
			body := strings.TrimSpace(string(q.answer.Body))
			response, _ := q.message["response"].(string)
			switch {
			case strings.HasPrefix(body, "data:") || strings.HasPrefix(body, "event:"):
				return sawWith("server-sent events", q.answer.mediaType())
			case q.message != nil && body != strings.TrimSpace(response):
				return sawWith("another text than that of the message", q.answer.mediaType())
			case q.answer.object() != nil || strings.Contains(q.answer.mediaType(), "json"):
				return sawWith("JSON", q.answer.mediaType())
			}
			return sawWith("the text of the answer", q.answer.mediaType())
		},
	},
	{
		id: "message-in-list-after", section: "§3", documented: "nothing", ask: true,
		readings: []reading{{name: atOnce}, {name: later, quirk: "ListLag=100ms"}},
		note:     "The provider waits for the message and its finish_reason: up to a minute until it is listed, and five seconds until it is complete.",
		try: func(ctx context.Context, p *probe) (observation, error) {
			q, err := p.firstQuestion(ctx)
			switch {
			case err != nil:
				return observation{}, err
			case q.message == nil:
				return saw(notListed)
			case q.after == 0:
				return saw(atOnce)
			}
			return sawWith(later, seconds(q.after))
		},
	},
	{
		id: "message-keys", section: "§3", documented: "nothing", ask: true,
		readings: []reading{{name: "all 14 keys"}, {name: "fewer keys", quirk: "MessageShort=true"}},
		note:     "A key that is absent is null.",
		try:      tryMessageKeys,
	},
	{
		id: "citations-form", section: "§3", documented: "JSON in a string", ask: true, questions: 1,
		readings: []reading{
			{name: "JSON in a string"},
			{name: "null without citations", quirk: "CiteDataEmpty=null"},
			{name: "an empty text without citations", quirk: "CiteDataEmpty=empty"},
			{name: "absent without citations", quirk: "CiteDataEmpty=absent"},
			{name: "an object", reason: "The tests of package hub read it."},
		},
		note: "citations is empty when cite_data_json has no citation or another form.",
		try:  tryCitations,
	},
	{
		id: "ended-session-ask-status", section: "§6", documented: "nothing", ask: true, questions: 1,
		readings: append(slices.Clone(unknownStatuses), reading{name: "409", reason: "a session that has ended exists, and only the service ends one; the probe asks one that it has deleted"}),
		note:     "After a status that can mean \"does not exist\" the session is read. After another one the error says how to replace it.",
		try: func(ctx context.Context, p *probe) (observation, error) {
			s, err := p.create(ctx, "session", rest.Create("/chatbot/{uuid}/session/create", p.chatbot), nil)
			if err != nil {
				return observation{}, err
			}
			if a, err := p.do(ctx, rest.Update("/session/{uuid}/delete", s.id), nil); err != nil || !a.ok() {
				return observation{}, firstError(err, a, "the delete of a session")
			}
			return p.refusal(ctx, rest.Create("/session/{uuid}/message/stream", s.id).AsText(), map[string]any{"query": "Hello"})
		},
	},
}

// messageKeys are the keys that the vendor's client requires. The provider needs the first ones.
var messageKeys = []string{
	"uuid", "query", "response", "finish_reason", "created_at", "modified_at", "background_pending_tasks", "cite_data_json",
	"detected_frustrations", "error_message", "feedback_json", "labels", "meta_json", "session_documents",
}

func tryMessageKeys(ctx context.Context, p *probe) (observation, error) {
	q, err := p.firstQuestion(ctx)
	switch {
	case err != nil:
		return observation{}, err
	case q.message == nil:
		return observation{}, errNotListed
	}
	for i, key := range messageKeys {
		if _, found := q.message[key]; found {
			continue
		}
		if i < 4 {
			return sawWith("without "+key, keys(q.message))
		}
		return sawWith("fewer keys", keys(q.message))
	}
	return sawWith("all 14 keys", fmt.Sprintf("%d in all", len(q.message)))
}

// tryCitations looks at an answer with citations, if there is one, and at an answer to a greeting.
func tryCitations(ctx context.Context, p *probe) (observation, error) {
	cited, err := p.firstQuestion(ctx)
	if err != nil {
		return observation{}, err
	}
	plain, err := p.secondQuestion(ctx)
	if err != nil {
		return observation{}, err
	}
	if cited.message == nil || plain.message == nil {
		return observation{}, errNotListed
	}
	details := citationDetails(cited.message)
	_, asObject := cited.message["cite_data_json"].(map[string]any)
	switch cite, found := plain.message["cite_data_json"]; {
	case !found:
		return sawWith("absent without citations", details)
	case cite == nil:
		return sawWith("null without citations", details)
	case cite == "":
		return sawWith("an empty text without citations", details)
	default:
		_, isText := cite.(string)
		_, isObject := cite.(map[string]any)
		switch {
		case isObject || isText && asObject:
			return sawWith("an object", details)
		case !isText:
			return sawWith("another form", details)
		}
		return sawWith("JSON in a string", details)
	}
}

// citationDetails returns the form of the citations of a message.
func citationDetails(message map[string]any) string {
	cited, isObject := objectIn(message["cite_data_json"])
	switch {
	case !isObject:
		return "no citations of a known form"
	case len(cited) == 0:
		return "no citations"
	}
	for _, one := range cited {
		if citation, isObject := one.(map[string]any); isObject {
			return "citations with " + keys(citation)
		}
	}
	return "citations of another form"
}
