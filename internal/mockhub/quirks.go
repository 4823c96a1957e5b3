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
	// AgentCreateFull makes the answer to an agent's create whole; it lacks data_source_uuids and tool_functions otherwise.
	AgentCreateFull bool
	// AgentUpdateShort makes the answer to an agent's update lack what the answer to its create lacks.
	AgentUpdateShort bool
	// AgentMetaFull makes an agent's meta have all settings of its type, also those that nobody has set: 0, "" and false.
	AgentMetaFull bool
	// AgentOrderRandom shuffles lists of agents, each listing anew; the same calls on a new hub give the same orders.
	AgentOrderRandom bool
	// AgentTypesInListOrder puts agents of one type together in lists, the types in the order of api.md §3.
	AgentTypesInListOrder bool
	// EscalationReplaces makes an update of human_escalation_settings put the settings that it leaves out back to their
	// defaults, instead of keeping them.
	EscalationReplaces bool
	// IgnoresOnUpdate names the fields that an agent's update takes and forgets, such as bias, stickness and
	// default_message (api.md §2). What is ignored is not checked either.
	IgnoresOnUpdate []string
	// RefusesOnUpdate names the fields that an agent's update refuses as unknown, with 422.
	RefusesOnUpdate []string
	// DefaultAgentUndeletable makes the delete of the agent that came with a chatbot answer 403.
	DefaultAgentUndeletable bool
	// SingletonStatus is the status for a second human-escalation or spam-defense agent in a chatbot: 422 (also for 0),
	// 400, 409 or another one, always as an error text and never in the list form.
	SingletonStatus int
	// AcceptsAnyModel makes any text a good model.
	AcceptsAnyModel bool
	// AcceptsAnySource makes any uuid a good one in an agent's data_source_uuids.
	AcceptsAnySource bool
	// ModelsMissing and ModelCostsMissing take the list of models and that of their costs away, as from an older
	// deployment: "page" answers the web app's page with 200, "404" an error.
	ModelsMissing, ModelCostsMissing string
	// ParametersReordered makes answers give a tool function's parameters with the keys of all objects sorted.
	ParametersReordered bool
	// TrimsText makes the service cut white space from both ends of the texts it stores.
	TrimsText bool

	// TrainingTime is how long the training of a source takes, by the hub's clock; 0 trains at once, though after the answer
	// to its create. TrainingTimes are those of single sources, by file name, URL or question.
	TrainingTime  time.Duration
	TrainingTimes map[string]time.Duration
	// TrainingStatuses are the statuses that a source has in turn while it is trained; none means queued and running. See
	// DocsStatuses and SDKStatuses.
	TrainingStatuses []string
	// TransientFailures is how many trainings fail before one succeeds, if their marker has a transient reason (api.md §5)
	// and no number of its own: 1 (also for 0) or more, or all if negative. A marker with another reason makes all fail.
	// Markers are in the file name, the beginning of the file, the URL, the question or the answer, and read
	// "fail-" + status, or "fail-3x-" + status for three times: fail-error:token, fail-3x-error:rate limit, fail-fail.
	TransientFailures int
	// TrainingTouches makes the end of a training move modified_at.
	TrainingTouches bool
	// TitleAppearsLate makes the title of a new source empty until the AI's title comes, after the training. A training that
	// fails brings none.
	TitleAppearsLate bool
	// TitleChangesLate makes the title of a new source its file name, URL or question until then, and each training after
	// the first bring another title.
	TitleChangesLate bool
	// TitleOverwritten makes the AI's title overwrite one that was written before it came. Otherwise a written title stays.
	TitleOverwritten bool
	// TitleDelay is how long after the training the AI's title comes.
	TitleDelay time.Duration
	// SourceCreateFull makes the answers to a source's create, and to a duplicate, as full as list items; they have five
	// keys otherwise.
	SourceCreateFull bool
	// SourceUpdateShort makes the answer to a source's update have these five keys only.
	SourceUpdateShort bool
	// UploadTypeFile makes answers spell the type upload as file.
	UploadTypeFile bool
	// TablesByExtension makes uploads of .csv and .xlsx answer with the type table.
	TablesByExtension bool
	// DuplicateFiles says which upload is a duplicate, and answers 409: one with the "name" (also for "") or with the
	// "content" of a source in the chatbot, or "never" any. DuplicateURLs is the same for URLs: "url" (also for "") or
	// "never".
	DuplicateFiles, DuplicateURLs string
	// MaxUpload is the size, in bytes, above which a file is refused with 413. 0 means no limit.
	MaxUpload int64
	// MetaJSON is what a source's meta_json has: "with" (also for "") reference_source_link, "without" it, or "absent" if
	// there is no such key at all.
	MetaJSON string
	// SourceNumbersAsStrings writes file_size and tokens of sources as "12".
	SourceNumbersAsStrings bool
	// SourceNumbersNull writes null for file_size and tokens until they are known, instead of 0.
	SourceNumbersNull bool
	// SourceOrderRandom shuffles lists of sources and of source tags, as AgentOrderRandom does those of agents.
	SourceOrderRandom bool
	// MaxBulk is the largest number of uuids in one bulk delete (of sources or messages), re-scrape or restart; more are refused with 422. 0 means no
	// limit.
	MaxBulk int
	// BulkDeletePartial makes a bulk delete with unknown uuids delete the known ones although it answers 422; it deletes
	// nothing otherwise.
	BulkDeletePartial bool
	// BulkDeleteLeaves is how many of its objects, the last ones, a bulk delete leaves although it answers success.
	BulkDeleteLeaves int
	// RestartPerItem makes a restart of training answer for each source, as a re-scrape does, instead of for all.
	RestartPerItem bool
	// TagUpdateMerges makes data_source_uuids in a source tag's update add to its sources, instead of replacing them.
	TagUpdateMerges bool
	// TagColorCase is how the color of a source tag is stored: as sent (""), in "upper" or in "lower" case.
	TagColorCase string

	// SessionEcho makes answers have a session's initial_variables and ip_address, and those to reads its meta, as newer
	// deployments do; they have three keys otherwise.
	SessionEcho bool
	// SessionVariablesTyped makes SessionEcho show initial variables that are the text of a number or boolean as that.
	SessionVariablesTyped bool
	// SessionsIgnoreTimes makes lists of sessions take start_timestamp and end_timestamp and forget them, as older deployments
	// do.
	SessionsIgnoreTimes bool
	// EndedStatus is the status of a message to a session that has ended: 409 (also for 0), 400, 403 or 404.
	EndedStatus int
	// AnswerFails makes answers fail. What is sent, and what is stored:
	//   - "error_message": a part, which ends in order; that part with an error_message and no finish_reason
	//   - "text": words of failure; the same, like any answer
	//   - "empty": nothing; an empty response without an error_message
	//   - "empty_error": nothing; an empty response with an error_message and no finish_reason
	//   - "broken": a part, after which the connection breaks; that part with an error_message and no finish_reason
	//   - "broken_stored": a part, after which the connection breaks; the whole answer
	//   - "broken_lost": a part, after which the connection breaks; nothing
	//
	// A question that begins with one of these as a marker fails so whatever the quirk says: "fail-empty: Who are you?".
	AnswerFails string
	// FinishLength cuts answers at 100 bytes, at the end of a character, with finish_reason length.
	FinishLength bool
	// MessageStoredFirst stores a message with an empty response and finish_reason null when the stream of its answer begins,
	// and completes it when that ends. It is stored whole, before the stream begins, otherwise.
	MessageStoredFirst bool
	// MessageFull makes messages have the keys that they often have (api.md §3) besides those that they always have.
	MessageFull bool
	// MessageErrorNull makes error_message null when there is none. It is absent otherwise, or "" with MessageFull.
	MessageErrorNull bool
	// CiteDataEmpty is the cite_data_json of an answer without citations: "{}" (for ""), the JSON null ("null"), "" ("empty")
	// or no such key ("absent").
	CiteDataEmpty string
	// StreamPause is the wall time before each piece of a streamed answer, for somebody who watches.
	StreamPause time.Duration
	// TranscriptMissing takes the transcript away, as from an older deployment: "page" answers the web app's page with 200,
	// "404" an error.
	TranscriptMissing string

	// ExtraFields adds fields that nobody knows to every object, at top level and in meta.
	ExtraFields bool
	// NumbersAsFloats writes 20.0 for 20.
	NumbersAsFloats bool
	// BooleansAsNumbers writes 1 and 0 for true and false inside objects ({"success": true} stays).
	BooleansAsNumbers bool
	// BooleansAsTrueFalse writes true and false where the service is known to answer 1 and 0: enabled, an escalation's
	// switches, a variable's static, allow_gpt_trainer_properties. BooleansAsNumbers wins over it.
	BooleansAsTrueFalse bool
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
