package probe

import (
	"context"
	"net/http"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
)

// unknownID is the id of no object.
const unknownID = rest.ID("0123456789abcdef0123456789abcdef")

// wrongKey has the form of a key, and is none. malformedKey has not even the form.
const (
	wrongKey     = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJwcm9iZSJ9.c2lnbmF0dXJl"
	malformedKey = "probe"
)

// unknownStatuses are the readings of the status for an unknown uuid.
var unknownStatuses = []reading{{name: "404"}, {name: "410", quirk: "UnknownStatus=410"}, {name: "400", quirk: "UnknownStatus=400"},
	{name: "403", quirk: "UnknownStatus=403"}, {name: "422", quirk: "UnknownStatus=422"}}

// refusedKey are the readings of the answer to a wrong key.
var refusedKey = []reading{{name: "401"}, {name: `422 {"msg"}`, quirk: "RefusedStatus=422"}}

// refusalObjects are answers that several facts about refusals share.
type refusalObjects struct {
	unknown memo[answer] // the answer to a read of an unknown chatbot
}

// unknownChatbot returns the answer to a read of an unknown chatbot.
func (p *probe) unknownChatbot(ctx context.Context) (answer, error) {
	return p.unknown.get(func() (answer, error) { return p.do(ctx, rest.Get("/chatbot/{uuid}", unknownID), nil) })
}

var statusFacts = []fact{
	{
		id: "unknown-chatbot-status", section: "§6", documented: "nothing", readings: unknownStatuses, alone: true,
		note: "A 404 or 410 with JSON means that the chatbot is gone. After 400, 403 and 422 the list of chatbots decides.",
		try: func(ctx context.Context, p *probe) (observation, error) {
			a, err := p.unknownChatbot(ctx)
			return refusal(a, err)
		},
	},
	{
		id: "unknown-session-status", section: "§6", documented: "nothing", readings: unknownStatuses, alone: true,
		note: "A 404 or 410 with JSON means that the session is gone. After 400, 403 and 422 a second request decides.",
		try: func(ctx context.Context, p *probe) (observation, error) {
			return p.refusal(ctx, rest.Get("/session/{uuid}", unknownID), nil)
		},
	},
	{
		id: "unknown-agent-update-status", section: "§6", documented: "nothing", readings: unknownStatuses, alone: true,
		note: "A refused update is an error, whatever its status. Whether the agent is gone is read from the list of agents.",
		try: func(ctx context.Context, p *probe) (observation, error) {
			return p.refusal(ctx, rest.Update("/agent/{uuid}/update", unknownID), map[string]any{"name": "probe"})
		},
	},
	{
		id: "unknown-source-update-status", section: "§6", documented: "nothing", readings: unknownStatuses, alone: true,
		note: "A refused update is an error, whatever its status. Whether the source is gone is read from the list of sources.",
		try: func(ctx context.Context, p *probe) (observation, error) {
			return p.refusal(ctx, rest.Update("/data-source/{uuid}/update", unknownID), map[string]any{"title": "probe"})
		},
	},
	{
		id: "error-form", section: "§6", documented: `{"error"}`, alone: true,
		readings: []reading{{name: `{"error"}`}, {name: `{"msg"}`, quirk: "ErrorForm=msg"}, {name: `{"message"}`, quirk: "ErrorForm=message"},
			{name: "a list", quirk: "UnknownStatus=422"}, {name: "a text", quirk: "ErrorForm=text"},
			{name: `{"detail"}`, reason: "The tests of package rest read it."}},
		note: `The message is read from "error", "msg", "message" and "detail", from a list of problems, and from a text.`,
		try: func(ctx context.Context, p *probe) (observation, error) {
			a, err := p.unknownChatbot(ctx)
			if err != nil || a.Status < http.StatusBadRequest || a.Status >= http.StatusInternalServerError {
				return observation{}, firstError(err, a, "a read of an unknown chatbot")
			}
			return saw(a.bodyForm())
		},
	},
	{
		id: "wrong-key-status", section: "§6", documented: "nothing", readings: refusedKey, alone: true,
		note: `A 401, and a 422 with {"msg"}, are reported as a refused key. They remove nothing from the state.`,
		try: func(ctx context.Context, p *probe) (observation, error) {
			return p.keyRefusal(ctx, wrongKey)
		},
	},
	{
		id: "malformed-key-status", section: "§6", documented: "nothing", readings: refusedKey, alone: true,
		note: "The same as for a wrong key.",
		try: func(ctx context.Context, p *probe) (observation, error) {
			return p.keyRefusal(ctx, malformedKey)
		},
	},
	{
		id: "mistyped-get", section: "§1", documented: "nothing", alone: true,
		readings: []reading{{name: "200, a web page"},
			{name: "an error", reason: "The provider requests known paths only. ModelsMissing has both forms for paths that a deployment may lack."}},
		note: "A web page is never taken for an answer of the API, whatever its status.",
		try: func(ctx context.Context, p *probe) (observation, error) {
			a, err := p.do(ctx, rest.Get("/chatbot-probe"), nil)
			switch {
			case err != nil:
				return observation{}, err
			case a.Status >= http.StatusBadRequest && a.Status < http.StatusInternalServerError:
				return sawWith("an error", a.form())
			}
			return saw(a.form())
		},
	},
}

// refusal returns the status of the answer to a request that the service refuses.
func (p *probe) refusal(ctx context.Context, r rest.Route, body any) (observation, error) {
	a, err := p.do(ctx, r, body)
	return refusal(a, err)
}

// refusal returns the status of a refusal. A success, a web page, and an answer that the provider takes for that to a wrong key are readings
// of their own.
func refusal(a answer, err error) (observation, error) {
	if err == nil && a.form() == refusedKey[1].name {
		return saw(a.form())
	}
	return anyRefusal(a, err)
}

// anyRefusal is refusal for a request after which the provider does not look for a wrong key.
func anyRefusal(a answer, err error) (observation, error) {
	switch {
	case err != nil:
		return observation{}, err
	case a.isPage() || a.isSuccess() && (!a.ok() || a.object() == nil):
		return saw(a.form())
	}
	return sawWith(a.status(), a.bodyForm())
}

// keyRefusal returns the answer to a request with another API key.
func (p *probe) keyRefusal(ctx context.Context, key string) (observation, error) {
	a, err := p.doAs(ctx, p.withKey(key), rest.Get("/chatbots"), nil)
	switch {
	case err != nil:
		return observation{}, err
	case a.Status == http.StatusUnauthorized:
		return sawWith("401", a.bodyForm())
	}
	return saw(a.form())
}

// deleteFacts delete something, so they are tried at the end.
var deleteFacts = []fact{
	{
		id: "second-delete-status", section: "§7", documented: "nothing",
		readings: append([]reading{{name: "404"}, {name: "200", quirk: "SecondDeleteSucceeds=true"}}, unknownStatuses[1:]...),
		note:     "Success and every status that can mean \"does not exist\" are accepted.",
		try: func(ctx context.Context, p *probe) (observation, error) {
			agent, err := p.preCannedAgent(ctx)
			if err != nil {
				return observation{}, err
			}
			remove := rest.Delete("/agent/{uuid}/delete", agent.id)
			if a, err := p.do(ctx, remove, nil); err != nil || !a.ok() || a.object() == nil {
				return observation{}, firstError(err, a, "the first delete of an agent")
			}
			return p.refusal(ctx, remove, nil)
		},
	},
	{
		id: "default-agent-delete", section: "§7", documented: "nothing",
		readings: []reading{{name: "deleted"}, {name: "refused", quirk: "DefaultAgentUndeletable=true"}},
		note:     "aichatbothub_default_agent never deletes it. An aichatbothub_agent that was imported from it is deleted, and a refusal is reported.",
		try: func(ctx context.Context, p *probe) (observation, error) {
			agent, err := p.defaultAgent(ctx)
			if err != nil {
				return observation{}, err
			}
			a, err := p.do(ctx, rest.Delete("/agent/{uuid}/delete", id(agent)), nil)
			switch {
			case err == nil && a.ok() && a.object() != nil:
				return saw("deleted")
			case err == nil && a.isRefused():
				return sawWith("refused", a.form())
			}
			return observation{}, firstError(err, a, "the delete of the default agent")
		},
	},
}
