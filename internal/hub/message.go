package hub

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/consistency"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
)

// FinishLength is the finish_reason of an answer that the service cut short (api.md §3).
const FinishLength = "length"

// Message is one question and its answer (api.md §3). What an answer of the service lacks is nil.
type Message struct {
	Object
	Query        string  `json:"query"`
	Response     *string `json:"response"`
	FinishReason *string `json:"finish_reason"`  // "stop" or FinishLength; nil or empty until the answer is complete
	ErrorMessage *Text   `json:"error_message"`  // of the service's own failure
	CiteDataJSON Text    `json:"cite_data_json"` // JSON in a string; an object where a deployment answers one
	MetaJSON     Text    `json:"meta_json"`      // as CiteDataJSON; see Tokens and CalledFunctions
	FeedbackJSON Text    `json:"feedback_json"`  // as CiteDataJSON

	// The forms of these are not documented; see Labels, SessionDocuments, PendingTasks and Frustrations.
	LabelList              json.RawMessage `json:"labels"`
	DocumentList           json.RawMessage `json:"session_documents"`
	BackgroundPendingTasks json.RawMessage `json:"background_pending_tasks"`
	DetectedFrustrations   Text            `json:"detected_frustrations"`
}

// Citation is one part of a source that an answer cites.
type Citation struct {
	Key      string `json:"-"`                // by which the answer's text refers to it, such as "3.4"
	SourceID Text   `json:"data_source_uuid"` // of a source that may be gone by now
	Title    Text   `json:"title"`
	Text     Text   `json:"text"`
	FileName Text   `json:"file_name"`
	Type     Text   `json:"type"`
}

// Citations decodes cite_data_json, in the order of the keys. Its form is not documented, so a text that is not a JSON object is ignored, and
// so is a citation in an unknown form.
func (m *Message) Citations() []Citation {
	var cited map[string]*Citation
	if _, err := rest.DecodeObject([]byte(m.CiteDataJSON), &cited); err != nil {
		return nil
	}
	out := make([]Citation, 0, len(cited))
	for key, c := range cited {
		if c != nil {
			c.Key = key
			out = append(out, *c)
		}
	}
	return SortedFunc(out, func(a, b Citation) int { return compareKeys(a.Key, b.Key) })
}

// compareKeys orders "3.4" before "3.10".
func compareKeys(a, b string) int {
	return cmp.Or(slices.CompareFunc(strings.Split(a, "."), strings.Split(b, "."), func(a, b string) int {
		m, errA := strconv.ParseUint(a, 10, 64)
		n, errB := strconv.ParseUint(b, 10, 64)
		if errA != nil || errB != nil {
			return cmp.Compare(a, b)
		}
		return cmp.Compare(m, n)
	}), cmp.Compare(a, b))
}

// failure returns the message of a failure inside the service, or "". It is a text (api.md §3). In another form it says nothing about a
// complete answer, which would be asked for again and paid twice.
func (m *Message) failure() string {
	text := value(m.ErrorText())
	if decodeAny([]byte(text)) != nil && value(m.FinishReason) != "" {
		return ""
	}
	return strings.TrimSpace(text)
}

// ErrorText returns the error message, or nil if there is none: false, 0, {} and [] mean the same as null.
func (m *Message) ErrorText() *Text {
	if m.ErrorMessage == nil {
		return nil
	}
	switch v := decodeAny([]byte(*m.ErrorMessage)); {
	case v != nil && encodeSorted(v) == "", v == false, v == json.Number("0"):
		return nil
	}
	return m.ErrorMessage
}

// Messages lists a session's messages. If the session does not exist, IsGone of the error is true.
func (c *Client) Messages(ctx context.Context, session ID) ([]Message, error) {
	s, err := c.messages(session).List(ctx)
	if err != nil {
		return nil, c.sessionOfMessageGone(ctx, session, err)
	}
	return s.Items, nil
}

// freshMessages is Messages with a list that begins now.
func (c *Client) freshMessages(ctx context.Context, session ID) ([]Message, error) {
	s, err := c.messages(session).Fresh(ctx)
	if err != nil {
		return nil, c.sessionOfMessageGone(ctx, session, err)
	}
	return s.Items, nil
}

// Message reads one message of a session, as it was at notBefore or later: a modified_at that the caller has seen, or "". If it does not
// exist, IsGone of the error is true.
func (c *Client) Message(ctx context.Context, session, id ID, notBefore string) (Message, error) {
	m, found, err := c.messages(session).Get(ctx, id, notBefore)
	if err != nil {
		return m, c.sessionOfMessageGone(ctx, session, err)
	}
	if found {
		return m, nil
	}
	if _, err := c.Session(ctx, "", session); err != nil {
		return m, err
	}
	return m, &GoneError{What: "message " + string(id)}
}

// sessionOfMessageGone returns a GoneError if err, from a request for something in a session, means that the session does not exist, and err
// otherwise. Only the session itself decides: one that has ended exists and refuses messages, with a status that is not documented.
func (c *Client) sessionOfMessageGone(ctx context.Context, session ID, err error) error {
	if maybe, _ := consistency.MayBeGone(err); !maybe {
		return err
	}
	_, sessionErr := c.session(session).Fresh(ctx)
	if gone := c.sessionGone(ctx, "", session, sessionErr); IsGone(gone) {
		return gone
	}
	return err
}

// Transcript returns a session's conversation as text. The service may answer it as a JSON string in quotes (api.md §2).
func (c *Client) Transcript(ctx context.Context, session ID) (string, error) {
	text, err := rest.CallText(ctx, c.rest, rest.Get("/session/{uuid}/messages/plain-text", session), nil)
	return decodeTranscript(text), err
}

// decodeTranscript returns the text of a transcript: that of the JSON string, if the whole body is one, and the body itself otherwise.
func decodeTranscript(body string) string {
	trimmed := strings.TrimSpace(strings.TrimPrefix(body, "\ufeff"))
	var text string
	if strings.HasPrefix(trimmed, `"`) && json.Unmarshal([]byte(trimmed), &text) == nil {
		return text
	}
	return strings.ToValidUTF8(body, "\uFFFD")
}

// messages returns the collection of a session's messages.
func (c *Client) messages(session ID) *consistency.Collection[Message] {
	return consistency.CollectionOf[Message](c.shared, rest.Get("/session/{uuid}/messages", session))
}
