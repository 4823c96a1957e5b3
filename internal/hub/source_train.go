package hub

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/consistency"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
)

// The paths of the two requests that train sources again (api.md §5). The second has no /v1 (api.md §2).
const (
	rescrapePath = "/data-sources/url/re-scrape"
	restartPath  = "/api/data-sources/restart"
)

// maxTrained is the number of sources in one request.
const maxTrained = 100

// Train trains a source again; see TrainAll.
func (c *Client) Train(ctx context.Context, chatbot, id ID, kind SourceKind) error {
	return c.TrainAll(ctx, chatbot, map[ID]SourceKind{id: kind})[id]
}

// TrainAll trains sources of a chatbot again, up to 100 in one request: web pages are fetched again, and for other sources the service uses
// the content that it has. Which of the two requests a deployment has, and accepts for a type of source, is not certain (api.md §5). So what
// the request that fits the kind refuses is sent with the other one. It returns the error of each source that is not trained again. If both
// requests fail, the error is that of the first and mentions the second. A panic is the error of all sources.
func (c *Client) TrainAll(ctx context.Context, chatbot ID, sources map[ID]SourceKind) map[ID]error {
	failed, err := consistency.Recovered(func() (map[ID]error, error) { return c.trainAll(ctx, chatbot, sources), nil })
	if err != nil {
		failed = map[ID]error{}
		for id := range sources {
			failed[id] = err
		}
	}
	return failed
}

// trainAll sends the requests of TrainAll.
func (c *Client) trainAll(ctx context.Context, chatbot ID, sources map[ID]SourceKind) map[ID]error {
	var pages, others []ID
	for _, id := range slices.Sorted(maps.Keys(sources)) {
		if sources[id] == SourceOfPage {
			pages = append(pages, id)
		} else {
			others = append(others, id)
		}
	}
	failed := map[ID]error{}
	for part := range slices.Chunk(pages, maxTrained) {
		maps.Copy(failed, c.trainGroup(ctx, chatbot, part, rescrapePath, restartPath))
	}
	for part := range slices.Chunk(others, maxTrained) {
		maps.Copy(failed, c.trainGroup(ctx, chatbot, part, restartPath, rescrapePath))
	}
	return failed
}

// trainGroup trains sources with the first request, and what it refuses with the second.
func (c *Client) trainGroup(ctx context.Context, chatbot ID, ids []ID, first, second string) map[ID]error {
	failed := c.train(ctx, chatbot, ids, first)
	refused := slices.DeleteFunc(slices.Clone(ids), func(id ID) bool { return failed[id] == nil || !refusesRequest(failed[id]) })
	if len(refused) == 0 || ctx.Err() != nil {
		return failed
	}
	others := c.train(ctx, chatbot, refused, second)
	for _, id := range refused {
		if other := others[id]; other != nil {
			failed[id] = trainingError(failed[id], other)
		} else {
			delete(failed, id)
		}
	}
	return failed
}

// CannotTrainError is the error of a source for which the service seems to have no request that trains it again.
type CannotTrainError struct{ error }

// Unwrap returns the errors of the requests.
func (e *CannotTrainError) Unwrap() error { return e.error }

// trainingError returns the error of a source that neither of the two requests trains.
func trainingError(first, other error) error {
	err := fmt.Errorf("%w. The other request that can train a source failed, too: %s", first, other.Error())
	if IsNotOffered(first) {
		return &CannotTrainError{err}
	}
	return err
}

// refusesRequest reports whether another request can succeed where one failed with err. It cannot if the API key was refused, if there were
// too many requests, if the chatbot does not exist, or if no answer arrived.
func refusesRequest(err error) bool {
	if _, unusable := errors.AsType[*AnswerError](err); unusable {
		return true
	}
	return AsError(err) != nil && !IsUnauthorized(err) && !IsThrottled(err)
}

// refusesGroup reports whether a request for fewer sources can succeed where one failed with err: one of them may not exist, or they are too
// many. If the request itself is missing, it cannot.
func refusesGroup(err error) bool {
	refusal := AsError(err)
	return refusal != nil && refusal.JSON && refusal.Status/100 == 4 && refusesRequest(err) && refusal.Status != http.StatusNotFound && refusal.Status != http.StatusMethodNotAllowed
}

// train sends one of the two requests. If it is refused for all sources, it is sent for each half of them, so that only those fail that the
// service refuses.
func (c *Client) train(ctx context.Context, chatbot ID, ids []ID, path string) map[ID]error {
	r := rest.Update(path)
	answer, err := consistency.Write(func() (any, error) {
		return rest.Call[any](ctx, c.rest, r, uuids{ids})
	}, c.sources(chatbot))
	if err == nil {
		return c.trainResults(answer, ids, r)
	}
	if len(ids) > 1 && ctx.Err() == nil && refusesGroup(err) {
		failed := c.train(ctx, chatbot, ids[:len(ids)/2], path)
		maps.Copy(failed, c.train(ctx, chatbot, ids[len(ids)/2:], path))
		return failed
	}
	err = c.chatbotGone(ctx, chatbot, err)
	failed := make(map[ID]error, len(ids))
	for _, id := range ids {
		failed[id] = err
	}
	return failed
}

// trainResults returns the errors in an answer. A re-scrape is answered with 200 and a result for each source, which can be an error
// (api.md §5). The form of the other answer is not known.
func (c *Client) trainResults(answer any, ids []ID, r rest.Route) map[ID]error {
	failed, mentioned := map[ID]error{}, map[string]bool{}
	items, _ := answer.([]any)
	for _, item := range items {
		result, _ := item.(map[string]any)
		id, _ := result["uuid"].(string)
		mentioned[id] = true
		if message, _ := result["error"].(string); message != "" && slices.Contains(ids, ID(id)) {
			failed[ID(id)] = &Error{Method: r.Method, Path: r.Template, Status: http.StatusOK, Message: c.rest.Sanitize(message), JSON: true}
		}
	}
	for _, id := range ids {
		if r.Template == rescrapePath && !mentioned[string(id)] {
			failed[id] = &AnswerError{Method: r.Method, Path: r.Template, Reason: "it does not mention the source"}
		}
	}
	return failed
}
