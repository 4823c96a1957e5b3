// Package mockhub is a mock of the service: a second implementation of the HTTP contract in api.md, for tests and for
// trying the provider without an account.
//
// It shares no type with the provider's own client, so that a wrong JSON key on either side is seen. It is stricter than
// the service: whatever the contract leaves open on the way in (explicit null, unknown keys, numbers for booleans where
// none are documented, fields in the wrong shape, settings that an agent's type does not have) is refused with 422. Where
// the contract is in doubt on the way out, [Quirks] has a switch for each reading.
//
// A [Hub] is an [net/http.Handler]; give every test its own. Layout: the files of a noun (chatbot*.go, agent*.go,
// function*.go, …) hold that noun's routes, handlers, rendering and edits from outside; nouns.go lists the nouns; the other
// files are the machinery all of them share.
package mockhub
