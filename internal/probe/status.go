package probe

import (
	"context"
	"net/http"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
)

// unknownID is the id of no object.
const unknownID = rest.ID("0123456789abcdef0123456789abcdef")

// wrongKey has the form of a key, and is none.
const wrongKey = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJwcm9iZSJ9.c2lnbmF0dXJl"

// unknownStatuses are the readings of the status for an unknown uuid.
var unknownStatuses = []reading{{name: "404"}, {name: "400", quirk: "UnknownStatus=400"}, {name: "403", quirk: "UnknownStatus=403"}, {name: "422", quirk: "UnknownStatus=422"}}

var statusFacts = []fact{
	{
		id: "unknown-chatbot-status", section: "§6", documented: "nothing", readings: unknownStatuses, alone: true,
		note: "A 404 with JSON means that the chatbot is gone. After 400, 403 and 422 the list of chatbots decides.",
		try: func(ctx context.Context, p *probe) (observation, error) {
			return p.refusal(ctx, rest.Get("/chatbot/{uuid}", unknownID), nil)
		},
	},
	{
		id: "wrong-key-status", section: "§6", documented: "nothing", alone: true,
		readings: []reading{{name: "401"}, {name: `422 {"msg"}`, quirk: "RefusedStatus=422"}},
		note:     "Both are reported as a refused key and remove nothing from the state.",
		try: func(ctx context.Context, p *probe) (observation, error) {
			a, err := p.doAs(ctx, p.withKey(wrongKey), rest.Get("/chatbots"), nil)
			if err != nil {
				return observation{}, err
			}
			if a.Status == http.StatusUnauthorized {
				return sawWith("401", a.form())
			}
			return saw(a.form())
		},
	},
}

// refusal returns the status of the answer to a request that the service refuses. A success is a reading of its own.
func (p *probe) refusal(ctx context.Context, r rest.Route, body any) (observation, error) {
	a, err := p.do(ctx, r, body)
	if err != nil {
		return observation{}, err
	}
	if a.isPage() {
		return saw(a.form())
	}
	return sawWith(a.status(), a.form())
}
