// Package probe implements the subcommand probe. It tries out how a deployment behaves where the documentation of the service leaves it open
// (contributing/api.md), on a chatbot that it makes and deletes again.
//
// A fact is one such question. There is a file for each family of facts. The facts are tried in the order of the table in facts.go, one after
// the other, because they share the objects in the chatbot. They read answers on their own: the decoders of package hub forgive the
// differences that a fact looks for.
package probe
