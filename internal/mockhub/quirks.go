package mockhub

import "time"

// Quirks says how the hub behaves where the contract is in doubt (api.md §6, §7). The zero value is the mock's default
// reading; every other reading has a switch, because the provider must work under each.
type Quirks struct {
	// UnknownStatus is the status for an unknown uuid: 404 (also for 0), 400, 403 or 422. 422 comes in the list form.
	UnknownStatus int
	// DeletedStatus is the status for a uuid that existed once; 0 means as UnknownStatus. What has been deleted is
	// remembered in memory only, not in a saved state.
	DeletedStatus int
	// SecondDeleteSucceeds makes the delete of something deleted before answer 200 and success.
	SecondDeleteSucceeds bool
	// RefusedStatus is the status for a wrong key: 401 (also for 0) or 422, both with {"msg": …}.
	RefusedStatus int
	// ErrorForm is the shape of an error other than a 422 list or a refused key: "error" (also for ""), "msg" or "message"
	// (the key of an object), or "text" (text/plain).
	ErrorForm string

	// ChatbotUpdateResets makes a chatbot update put what it leaves out back to the defaults, instead of keeping it. The
	// name has no default and stays.
	ChatbotUpdateResets bool
	// ShowCitationSingular makes answers spell it show_citation.
	ShowCitationSingular bool
	// ChatbotAnswerShort makes the answers to a chatbot's create and update lack meta.
	ChatbotAnswerShort bool
	// MaxChatbots is the plan's limit of chatbots: a create above it answers 403. 0 means no limit.
	MaxChatbots int
	// TrimsText makes the service cut white space from both ends of the texts it stores.
	TrimsText bool

	// ExtraFields adds fields that nobody knows to every object, at top level and in meta.
	ExtraFields bool
	// NumbersAsFloats writes 20.0 for 20.
	NumbersAsFloats bool
	// BooleansAsNumbers writes 1 and 0 for true and false inside objects ({"success": true} stays).
	BooleansAsNumbers bool
	// ListNewestFirst turns lists round; they are oldest first otherwise.
	ListNewestFirst bool
	// ListLag makes lists show the world as it was that long ago by the hub's clock (at most 10 minutes). Single objects
	// are never behind.
	ListLag time.Duration

	// RequestsPerMinute is the number of requests answered in a window of 60 s by the hub's clock; those above it get 429
	// with the rest of the window, in whole seconds, as Retry-After. 0 means no limit.
	RequestsPerMinute int
}

// SetQuirks lets f change the hub's quirks. They hold for every request processed after it returns. f must not call the
// hub, whose lock is held.
func (h *Hub) SetQuirks(f func(*Quirks)) {
	h.mu.Lock()
	defer h.mu.Unlock()
	f(&h.quirks)
}
