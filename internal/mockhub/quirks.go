package mockhub

import "time"

// Quirks are switches for behavior of the service that api.md leaves open or that differs between deployments (api.md §6,
// §7). The zero value is the default behavior. Tests check that the provider works with each switch.
type Quirks struct {
	// UnknownStatus is the status for an unknown uuid: 404 (also for 0), 400, 403, 410 or 422. 422 comes in the list form.
	UnknownStatus int
	// DeletedStatus is the status for the uuid of a deleted object. 0 means the same as UnknownStatus. Deleted objects are
	// not in a saved state.
	DeletedStatus int
	// SecondDeleteSucceeds makes the delete of a deleted object answer 200 and success.
	SecondDeleteSucceeds bool
	// RefusedStatus is the status for a wrong key: 401 (also for 0) or 422, both with {"msg": …}.
	RefusedStatus int
	// ErrorForm is the shape of an error other than a 422 list or a refused key: "error" (also for ""), "msg" or "message"
	// (the key of an object), or "text" (text/plain).
	ErrorForm string

	// ChatbotUpdateResets makes an update of a chatbot reset the fields that it does not contain to their defaults. The name
	// has no default and is kept.
	ChatbotUpdateResets bool
	// ShowCitationSingular names the field show_citations show_citation in answers.
	ShowCitationSingular bool
	// ChatbotAnswerShort removes meta from the answers to the create and update of a chatbot.
	ChatbotAnswerShort bool
	// MaxChatbots is the maximum number of chatbots. Further creates are answered with 403. 0 means no limit.
	MaxChatbots int
	// AgentCreateFull adds data_source_uuids and tool_functions to the answer to the create of an agent.
	AgentCreateFull bool
	// AgentUpdateShort removes data_source_uuids and tool_functions from the answer to the update of an agent.
	AgentUpdateShort bool
	// AgentMetaFull adds the settings of an agent's type that have not been set to its meta, as 0, "" or false.
	AgentMetaFull bool
	// AgentOrderRandom shuffles each list of agents. The same requests to a new hub get the same orders.
	AgentOrderRandom bool
	// AgentTypesInListOrder sorts lists of agents by type, in the order of api.md §3.
	AgentTypesInListOrder bool
	// EscalationReplaces makes an update of human_escalation_settings reset the settings that it does not contain to their
	// defaults.
	EscalationReplaces bool
	// IgnoresOnUpdate has the names of fields that an update of an agent ignores without checking them, such as bias,
	// stickness and default_message (api.md §2).
	IgnoresOnUpdate []string
	// RefusesOnUpdate has the names of fields that an update of an agent refuses as unknown, with 422.
	RefusesOnUpdate []string
	// DefaultAgentUndeletable makes the delete of the agent that was created with a chatbot answer 403.
	DefaultAgentUndeletable bool
	// SingletonStatus is the status for a second human-escalation or spam-defense agent in a chatbot: 422 (also for 0),
	// 400, 409 or another one. The answer has a text and no list of problems.
	SingletonStatus int
	// AcceptsAnyModel accepts any text as the model of an agent.
	AcceptsAnyModel bool
	// AcceptsAnySource accepts any uuid in data_source_uuids of an agent.
	AcceptsAnySource bool
	// ModelsMissing and ModelCostsMissing remove the endpoints of models and of their costs, as in older deployments. "page"
	// answers 200 with a page of the web app, "404" answers an error.
	ModelsMissing, ModelCostsMissing string
	// HeadersMissing makes tool functions in answers have no headers.
	HeadersMissing bool
	// HeadersMerge makes headers in the update of a tool function add headers, instead of replacing them.
	HeadersMerge bool
	// ParametersReordered sorts the keys of all objects in the parameters of tool functions in answers.
	ParametersReordered bool
	// TrimsText removes leading and trailing white space from texts before they are stored.
	TrimsText bool
	// NormalizesText replaces CRLF by LF in texts, and removes a byte order mark at their start, before they are stored.
	NormalizesText bool
	// DecomposesText stores texts in Unicode's form NFD.
	DecomposesText bool
	// ChildrenTouch makes the create, update and delete of an object set modified_at of the objects that contain it. Messages
	// always set that of their session.
	ChildrenTouch bool
	// UpdateAnswersOldTime makes answers to updates have the modified_at from before the update.
	UpdateAnswersOldTime bool

	// TrainingTime is the duration of the training of a source, by the hub's clock. With 0 the training is complete after the
	// answer to the create. TrainingTimes has the durations of single sources by file name, URL or question.
	TrainingTime  time.Duration
	TrainingTimes map[string]time.Duration
	// TrainingStatuses are the statuses that a source has in turn during its training. nil means those of the vendor's client:
	// await, queued, downloading, extracting, chunking and embedding. See also DocsStatuses.
	TrainingStatuses []string
	// TransientFailures is the number of trainings of a source that fail before one succeeds, if a marker has a transient
	// reason (api.md §5) and no number: 1 (also for 0) or more, or all if negative. A marker with another reason makes all
	// trainings fail. A marker is a text in the file name, the beginning of the file, the URL, the question or the answer. Its
	// form is "fail-" + status, or "fail-3x-" + status for three failures: fail-error:token, fail-3x-error:rate limit,
	// fail-fail.
	TransientFailures int
	// TrainingTouches makes the end of a training change modified_at.
	TrainingTouches bool
	// TitleAppearsLate makes the title of a new source empty until the generated title is set after the training. A failed
	// training does not set one.
	TitleAppearsLate bool
	// TitleChangesLate makes the title of a new source its file name, URL or question until then, and each later training
	// generate another title.
	TitleChangesLate bool
	// TitleOverwritten makes the generated title replace a title that was set by an update before it. Otherwise a title that
	// was set by an update is kept.
	TitleOverwritten bool
	// TitleDelay is the time from the end of the training to the generated title.
	TitleDelay time.Duration
	// SourceCreateFull makes the answers to the create of a source, and to a duplicate, have all keys of list items. Otherwise
	// they have five keys.
	SourceCreateFull bool
	// SourceUpdateShort makes the answer to the update of a source have these five keys only.
	SourceUpdateShort bool
	// UploadTypeFile names the type upload file in answers.
	UploadTypeFile bool
	// LinkType is the type of web pages in answers: link (also for ""), url, video or any other text. A re-scrape refuses those that
	// are shown as video.
	LinkType string
	// AddressForm is the form of addresses in answers, which is also the form in which they are compared to find duplicates: as they
	// were sent (""), with ("slash") or without ("no_slash") a slash at the end of the path, with a lower-case host ("lower_host"), or
	// without https:// ("no_scheme").
	AddressForm string
	// LinksInvented makes meta_json have a reference_source_link if none was sent: the address of a web page, and an address with the
	// uuid for all other sources.
	LinksInvented bool
	// TablesByExtension makes the type of uploaded .csv and .xlsx files table in answers.
	TablesByExtension bool
	// DuplicateFiles selects the uploads that are duplicates, which are answered with 409: those with the "name" (also for ""), the
	// "content", "either" of them or "both" of another source of the chatbot, or "never". DuplicateURLs is the same for URLs: "url"
	// (also for "") or "never".
	DuplicateFiles, DuplicateURLs string
	// DuplicateQuestions makes a question with the same text and the same answer as another one of the chatbot a duplicate, too.
	DuplicateQuestions bool
	// OneAnswerPerQuestion makes a question with the same text as another one of the chatbot a duplicate, whatever its answer.
	OneAnswerPerQuestion bool
	// AcceptsAnyFile accepts uploads of files with any extension.
	AcceptsAnyFile bool
	// MaxUpload is the maximum size of a file, in bytes. Larger files are refused with 413. 0 means no limit.
	MaxUpload int64
	// MetaJSON says whether meta_json of sources is "with" (also for "") or "without" reference_source_link, or "absent".
	MetaJSON string
	// SourceNumbersAsStrings makes file_size and tokens of sources strings, such as "12".
	SourceNumbersAsStrings bool
	// SourceNumbersNull makes file_size and tokens null, instead of 0, until they are known.
	SourceNumbersNull bool
	// SourceOrderRandom shuffles lists of sources and of source tags, like AgentOrderRandom.
	SourceOrderRandom bool
	// MaxBulk is the maximum number of uuids in a bulk delete (of sources or messages), re-scrape or restart. More are refused
	// with 422. 0 means no limit.
	MaxBulk int
	// BulkDeletePartial makes a bulk delete with unknown uuids delete the known ones although it answers 422. Otherwise it
	// deletes nothing.
	BulkDeletePartial bool
	// BulkDeleteIgnoresUnknown makes a bulk delete with unknown uuids delete the known ones and answer success.
	BulkDeleteIgnoresUnknown bool
	// BulkDeleteLeaves is the number of objects, the last ones, that a bulk delete does not delete although it answers
	// success.
	BulkDeleteLeaves int
	// RescrapeMissing and RestartMissing remove the endpoints that train sources again. "page" answers 200 with a page of the web app,
	// "404" answers an error.
	RescrapeMissing, RestartMissing string
	// RestartPerItem makes the answer to a restart of training have an item for each source, like that to a re-scrape.
	RestartPerItem bool
	// TagUpdateMerges makes data_source_uuids in the update of a source tag add sources, instead of replacing them.
	TagUpdateMerges bool
	// TagColorCase is the case in which the color of a source tag is stored: "" (as sent), "upper" or "lower".
	TagColorCase string

	// SessionEcho adds initial_variables and ip_address to sessions in answers, and meta to those in answers to reads, as in
	// newer deployments; meta has the User of a session. Otherwise sessions have three keys.
	SessionEcho bool
	// SessionVariablesTyped makes SessionEcho convert initial variables with the text of a number or boolean to that.
	SessionVariablesTyped bool
	// SessionsIgnoreTimes makes lists of sessions ignore start_timestamp and end_timestamp, as in older deployments.
	SessionsIgnoreTimes bool
	// MessagesKeepSession makes messages leave modified_at of their session as it is.
	MessagesKeepSession bool
	// EndedStatus is the status for a message to a session that has ended: 409 (also for 0), 400, 403 or 404.
	EndedStatus int
	// AnswersFrom is what answers come from: questions and answers whose question is the visitor's ("qa", also for ""), or also the
	// sentences of text files, questions and answers, and documents of the session, that share most of the question's words with it
	// ("documents"). No language model is involved.
	AnswersFrom string
	// AnswersWrong is the probability, from 0 to 1, with which an answer is NoAnswer instead of the right one. Whether it is depends on nothing but
	// AnswerSeed, the question and how many times that was asked before, so that the same questions always get the same answers.
	AnswersWrong float64
	// AnswerSeed selects other answers for AnswersWrong.
	AnswerSeed uint64
	// AnswerFails makes answers fail. This is sent and stored:
	//   - "error_message": sends half of the answer; stores that half with an error_message and no finish_reason
	//   - "text": sends and stores the text of a failure
	//   - "empty": sends nothing; stores an empty response without an error_message
	//   - "empty_error": sends nothing; stores an empty response with an error_message and no finish_reason
	//   - "broken": sends half of the answer and closes the connection; stores that half with an error_message and no
	//     finish_reason
	//   - "broken_stored": sends half of the answer and closes the connection; stores the whole answer
	//   - "broken_lost": sends half of the answer and closes the connection; stores nothing
	//
	// A question can select one of these with a prefix, whatever the quirk says: "fail-empty: Who are you?".
	AnswerFails string
	// FinishLength truncates answers to 100 bytes, at the end of a character, with finish_reason length.
	FinishLength bool
	// MessageStoredFirst stores a message with an empty response and finish_reason null when the stream of its answer begins,
	// and completes it when the stream ends. Otherwise the complete message is stored before the stream begins.
	MessageStoredFirst bool
	// MessageShort makes messages have eight keys, as in older deployments: without labels, session_documents, feedback_json,
	// background_pending_tasks, detected_frustrations, and error_message if there is no error, and with an empty meta_json.
	MessageShort bool
	// MessageListsAsTexts makes the elements of labels and session_documents texts: a name and a uuid. Otherwise they are objects.
	MessageListsAsTexts bool
	// MessageErrorNull makes error_message null if there is no error. Otherwise it is "", or absent with MessageShort.
	MessageErrorNull bool
	// CiteDataEmpty is the cite_data_json of an answer without citations: "{}" (for ""), the JSON null ("null"), "" ("empty")
	// or no such key ("absent").
	CiteDataEmpty string
	// CitationParts are the parts that citations have: all (""), or only "id" (data_source_uuid) or "names" (the others).
	CitationParts string
	// CitationsOnlyShown makes answers have citations only if show_citations of the chatbot is true.
	CitationsOnlyShown bool
	// StreamPause is the wall time to wait before each piece of a streamed answer.
	StreamPause time.Duration
	// TranscriptMissing removes the endpoint of transcripts, as in older deployments. "page" answers 200 with a page of the
	// web app, "404" answers an error.
	TranscriptMissing string

	// TranscriptJSON makes transcripts JSON strings in quotes, with the content type of JSON ("json") or of a text ("text").
	TranscriptJSON string

	// AnswerFields replaces fields of objects in answers: by uuid and by path, such as name or meta.tags, it has the JSON of the value.
	AnswerFields map[string]map[string]string
	// ExtraFields adds undocumented fields to every object and its meta.
	ExtraFields bool
	// NumbersAsFloats makes integers floats in answers: 20.0 instead of 20.
	NumbersAsFloats bool
	// NumbersAsFloat32 makes numbers in answers 32-bit floats: 0.699999988079071 instead of 0.7.
	NumbersAsFloat32 bool
	// NumbersAsStrings makes numbers in answers strings, such as "20" and "0.7". It includes booleans that are numbers.
	NumbersAsStrings bool
	// BooleansAsNumbers makes booleans in objects 1 and 0, except {"success": true}.
	BooleansAsNumbers bool
	// BooleansAsTrueFalse makes the fields that the service answers as 1 and 0 booleans: enabled, those of
	// human_escalation_settings, static of variables, allow_gpt_trainer_properties. BooleansAsNumbers has precedence.
	BooleansAsTrueFalse bool
	// TimeEnd is the end of all times in answers, in place of "Z", such as ".123456Z" or "+00:00". "" means "Z".
	TimeEnd string
	// DateMissing makes answers have no Date header.
	DateMissing bool
	// RateLimitHeaders makes answers have the headers X-RateLimit-Limit and X-RateLimit-Remaining. They do not change.
	RateLimitHeaders bool
	// ListNewestFirst sorts lists newest first. Otherwise they are sorted oldest first.
	ListNewestFirst bool
	// ListLag makes lists show the objects as of that long ago, by the hub's clock (at most 10 minutes). Single objects are
	// always current.
	ListLag time.Duration

	// RequestsPerMinute is the maximum number of requests in a window of 60 s, by the hub's clock. Further requests are
	// answered with 429, and with the rest of the window in whole seconds as Retry-After. 0 means no limit.
	RequestsPerMinute int
}

// SetQuirks lets f change the hub's quirks for all requests that are processed after it returns. f must not call the hub,
// whose lock is held.
func (h *Hub) SetQuirks(f func(*Quirks)) {
	h.mu.Lock()
	defer h.mu.Unlock()
	f(&h.quirks)
}
