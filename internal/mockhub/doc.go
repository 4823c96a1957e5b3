// Package mockhub is a mock server of the service. It implements the HTTP API in api.md for tests, and for trying the
// provider without an account.
//
// It shares no type with the provider's client, so that tests find a wrong JSON key on either side. Requests are checked
// more strictly than by the service: what api.md does not document is refused with 422 (an explicit null, unknown keys,
// numbers for booleans, fields of a wrong type, settings that an agent's type does not have). Where api.md leaves open what
// the service answers, [Quirks] has a switch for each possibility.
//
// There is no language model. A question is answered if a trained Q&A source that an enabled user-facing agent uses has that question
// (case, white space and punctuation at the ends aside). With Quirks.AnswersFrom = "documents" the sentences of text files, of Q&A sources
// and of documents of the session that share most of the words with a question answer it, too. The mock reads no other files and no web
// pages, does not know other words for the same thing, and ignores prompts, temperatures, tags and tool functions. Other questions get
// [NoAnswer].
//
// A [Hub] is an [net/http.Handler]. Every test makes its own. The files of a noun (chatbot*.go, agent*.go, function*.go, …)
// have its routes, handlers and rendering; *_edit.go have the methods with which tests change objects without the API.
// nouns.go lists the nouns. The other files are shared by all nouns.
package mockhub
