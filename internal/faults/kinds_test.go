package faults_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"slices"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// scene is a configuration, with the minimum number of requests that each phase sends to each route. A fault that skips fewer is hit.
type scene struct {
	config func(e *acctest.Env, edition int, arguments ...string) string
	phases map[string]map[string]int
}

// The scenes. lists has the routes that return a list.
var (
	reads = map[string]int{
		"GET /chatbot/{uuid}": 2, "GET /chatbot/{uuid}/agents": 2, "GET /chatbot/{uuid}/data-sources": 2, "GET /chatbot/{uuid}/source-tags": 1,
		"GET /session/{uuid}": 1, "GET /session/{uuid}/messages": 1,
	}
	lists = map[string]bool{
		"GET /chatbot/{uuid}/agents": true, "GET /chatbot/{uuid}/data-sources": true, "GET /chatbot/{uuid}/source-tags": true, "GET /session/{uuid}/messages": true,
	}
	everything = scene{allKinds, map[string]map[string]int{
		"create": {
			"POST /chatbot/create": 2, "POST /chatbot/{uuid}/agent/create": 5, "POST /agent/{uuid}/update": 5, "POST /agent/{uuid}/function/create": 1,
			"POST /chatbot/{uuid}/data-source/qa": 2, "POST /chatbot/{uuid}/data-source/url": 1, "POST /chatbot/{uuid}/data-source/upload": 1,
			"POST /data-source/{uuid}/update": 4, "POST /chatbot/{uuid}/source-tag/create": 1, "POST /chatbot/{uuid}/session/create": 1,
			"POST /session/{uuid}/message/stream": 1, "GET /chatbot/{uuid}/data-sources": 2, "GET /chatbot/{uuid}/agents": 1, "GET /session/{uuid}/messages": 2,
		},
		"refresh": reads,
		"update": with(map[string]int{"POST /chatbot/{uuid}/update": 2, "POST /agent/{uuid}/update": 6, "POST /data-source/{uuid}/update": 4,
			"POST /function/{uuid}/update": 1, "POST /source-tag/{uuid}/update": 1}, reads),
		"delete": with(map[string]int{"DELETE /chatbot/{uuid}/delete": 2, "DELETE /agent/{uuid}/delete": 5, "POST /function/{uuid}/delete": 1,
			"POST /data-sources/delete": 1, "POST /data-source/{uuid}/delete": 1, "DELETE /source-tag/{uuid}/delete": 1, "POST /session/{uuid}/delete": 1,
			"POST /message/{uuid}/delete": 1}, reads),
	}}
	documentReads = map[string]int{"GET /chatbot/{uuid}": 1, "GET /chatbot/{uuid}/agents": 1, "GET /chatbot/{uuid}/data-sources": 1, "GET /chatbot/{uuid}/source-tags": 1}
	documentsOnly = scene{onlyDocuments, map[string]map[string]int{
		"create": {
			"POST /chatbot/create": 1, "POST /chatbot/{uuid}/data-source/qa": 3, "POST /chatbot/{uuid}/data-source/url": 1, "POST /chatbot/{uuid}/data-source/upload": 3,
			"GET /chatbot/{uuid}/data-sources": 2, "POST /chatbot/{uuid}/source-tag/create": 1, "POST /chatbot/{uuid}/agent/create": 1,
		},
		"refresh": documentReads,
		"update": with(map[string]int{"POST /chatbot/{uuid}/data-source/qa": 1, "POST /chatbot/{uuid}/data-source/url": 1, "POST /chatbot/{uuid}/data-source/upload": 1,
			"POST /data-source/{uuid}/update": 1, "POST /api/data-sources/restart": 1, "POST /data-sources/url/re-scrape": 1, "POST /agent/{uuid}/update": 1,
			"POST /source-tag/{uuid}/update": 1, "POST /data-sources/delete": 1}, documentReads),
		"delete": with(map[string]int{"POST /data-sources/delete": 1, "DELETE /chatbot/{uuid}/delete": 1, "DELETE /agent/{uuid}/delete": 1,
			"DELETE /source-tag/{uuid}/delete": 1}, documentReads),
	}}
)

// with adds the requests of the refresh at the beginning.
func with(writes, reads map[string]int) map[string]int {
	maps.Copy(writes, reads)
	return writes
}

// kinds are the kinds of failure. committed says whether the mock does the work before it fails, where both are possible.
var kinds = map[string]func(c *chaos, committed bool) mockhub.Fault{
	"reset":     func(_ *chaos, done bool) mockhub.Fault { return mockhub.Fault{Drop: true, Process: done} },
	"stalled":   func(c *chaos, done bool) mockhub.Fault { return mockhub.Fault{Hold: c.never, Process: done} },
	"429":       func(*chaos, bool) mockhub.Fault { return mockhub.Fault{Status: 429} },
	"429 in s":  func(*chaos, bool) mockhub.Fault { return mockhub.Fault{RetryAfter: "1"} },
	"429 at":    func(c *chaos, _ bool) mockhub.Fault { return mockhub.Fault{RetryAfter: c.soon()} },
	"429 odd":   func(*chaos, bool) mockhub.Fault { return mockhub.Fault{RetryAfter: "after lunch"} },
	"500":       func(_ *chaos, done bool) mockhub.Fault { return mockhub.Fault{Status: 500, Process: done} },
	"502":       func(_ *chaos, done bool) mockhub.Fault { return mockhub.Fault{Status: 502, Process: done} },
	"503":       func(_ *chaos, done bool) mockhub.Fault { return mockhub.Fault{Status: 503, Process: done} },
	"504":       func(_ *chaos, done bool) mockhub.Fault { return mockhub.Fault{Status: 504, Process: done} },
	"cut":       func(*chaos, bool) mockhub.Fault { return mockhub.Fault{Truncate: 20} },
	"half JSON": func(*chaos, bool) mockhub.Fault { return mockhub.Fault{Mutate: half} },
	"HTML":      func(_ *chaos, done bool) mockhub.Fault { return mockhub.Fault{HTML: true, Process: done} },
	"empty":     func(*chaos, bool) mockhub.Fault { return mockhub.Fault{Mutate: always("")} },
	"list":      func(*chaos, bool) mockhub.Fault { return mockhub.Fault{Mutate: always("[]")} },
	"object":    func(*chaos, bool) mockhub.Fault { return mockhub.Fault{Mutate: always("{}")} },
	"number":    func(*chaos, bool) mockhub.Fault { return mockhub.Fault{Mutate: always("7")} },
	"null":      func(*chaos, bool) mockhub.Fault { return mockhub.Fault{Mutate: always("null")} },
	"401":       func(*chaos, bool) mockhub.Fault { return mockhub.Fault{Status: 401} },
	"redirect": func(c *chaos, done bool) mockhub.Fault {
		return mockhub.Fault{Status: c.one([]int{301, 302, 303, 307, 308}), Process: done, Header: http.Header{"Location": {c.elsewhere}}}
	},
}

func half(answer []byte) []byte { return answer[:len(answer)/2] }

func always(answer string) func([]byte) []byte { return func([]byte) []byte { return []byte(answer) } }

// chaos is a case, which is derived from a seed.
type chaos struct {
	*rand.Rand
	env       *acctest.Env
	elsewhere string          // the URL of a host that must receive no request
	never     <-chan struct{} // never closed
	scene     scene
	phase     string
	retries   int
	fault     mockhub.Fault
	name      string
}

// newChaos derives a case from a seed.
func newChaos(seed uint64, of scene, e *acctest.Env, elsewhere string) *chaos {
	c := &chaos{scene: of, Rand: rand.New(rand.NewPCG(seed, 1)), env: e, elsewhere: elsewhere, never: make(chan struct{})}
	c.phase = pick(c, of.phases)
	route := pick(c, of.phases[c.phase])
	kind := pick(c, kinds)
	committed := c.IntN(2) == 0
	c.retries = c.IntN(3)
	c.fault = kinds[kind](c, committed)
	c.fault.Route, c.fault.Skip, c.fault.Times = route, c.IntN(of.phases[c.phase][route]), c.one([]int{1, 1, 1, 2, 3})
	switch kind {
	case "stalled", "429 in s", "429 at": // these are slow
		c.fault.Times = 1
	case "list": // a valid, empty list; if it is returned twice, it cannot be distinguished from deletions (goals.md R4)
		if lists[route] {
			c.fault.Times = 1
		}
	case "401": // a revoked key stays revoked
		c.fault.Times = -1
		if c.IntN(2) == 0 {
			c.fault.Route, c.fault.Skip = "", c.IntN(25)
		}
	}
	c.name = fmt.Sprintf("%s: %q at %s (after %d, %d times, committed %t, %d retries)", c.phase, kind, c.fault.Route, c.fault.Skip, c.fault.Times, committed, c.retries)
	return c
}

// one returns a random element.
func (c *chaos) one(of []int) int { return of[c.IntN(len(of))] }

// pick returns a random key.
func pick[T any](c *chaos, of map[string]T) string {
	names := slices.Sorted(maps.Keys(of))
	return names[c.IntN(len(names))]
}

// soon returns a date one second ahead of the service's clock.
func (c *chaos) soon() string { return c.env.Clock().Now().Add(time.Second).Format(http.TimeFormat) }
