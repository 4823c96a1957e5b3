package hub

import (
	"encoding/json"
	"strings"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
)

// SessionDocument is a document that a question was sent with. The service does not document its form: each field may be empty, not both.
type SessionDocument struct {
	ID       ID
	FileName string
}

// TokenCounts are the tokens of a question and its answer; nil if the service does not say.
type TokenCounts struct{ Prompt, Completion, Total *int64 }

// Labels returns the names of the conversation's labels; nil if there is no list of them.
func (m *Message) Labels() []string {
	return eachElement(m.LabelList, func(v any) (string, bool) {
		text := textOf(v, "name", "label", "title", "text", "uuid")
		return text, text != ""
	})
}

// SessionDocuments returns the documents that the question was sent with; nil if there is no list of them.
func (m *Message) SessionDocuments() []SessionDocument {
	return eachElement(m.DocumentList, func(v any) (SessionDocument, bool) {
		var d SessionDocument
		switch v := v.(type) {
		case string:
			d.FileName = v
			if ID(v).Valid() {
				d = SessionDocument{ID: ID(v)}
			}
		case map[string]any:
			if id := ID(textOf(v, "uuid", "id")); id.Valid() {
				d.ID = id
			}
			d.FileName = textOf(v, "file_name", "filename", "name", "title")
		}
		return d, d != SessionDocument{}
	})
}

// PendingTasks returns the number of tasks of background agents that have not ended; nil if the service does not say.
func (m *Message) PendingTasks() *int64 { return wholeNumber(decodeAny(m.BackgroundPendingTasks)) }

// Frustrations returns what the service detected of the visitor's frustration, or "".
func (m *Message) Frustrations() string {
	if text := string(m.DetectedFrustrations); text != "[]" && text != "{}" {
		return text
	}
	return ""
}

// Tokens returns the token counts of meta_json. Its keys are not documented (api.md §3), so the usual names are searched, in meta_json and in an
// object in it.
func (m *Message) Tokens() TokenCounts {
	meta := m.meta()
	counts := []map[string]any{meta}
	for _, key := range []string{"usage", "tokenusage", "tokens", "tokencounts"} {
		if inner, ok := meta[key].(map[string]any); ok {
			counts = append(counts, plainKeys(inner))
		}
	}
	find := func(keys ...string) *int64 {
		for _, in := range counts {
			for _, key := range keys {
				if n := wholeNumber(in[key]); n != nil {
					return n
				}
			}
		}
		return nil
	}
	return TokenCounts{find("prompttokens", "inputtokens"), find("completiontokens", "outputtokens"), find("totaltokens", "tokens")}
}

// CalledFunctions returns the names of the functions of meta_json, in the order of the calls; nil if it has no list of functions.
func (m *Message) CalledFunctions() []string {
	meta := m.meta()
	for _, key := range []string{"functioncalls", "calledfunctions", "functionscalled", "functions", "toolfunctions", "toolcalls"} {
		if list, ok := meta[key].([]any); ok {
			return elements(list, func(v any) (string, bool) {
				if call, ok := v.(map[string]any); ok {
					if function, ok := call["function"].(map[string]any); ok {
						v = function
					}
				}
				name := textOf(v, "name", "function_name", "function")
				return name, name != ""
			})
		}
	}
	return nil
}

// meta returns meta_json with plain keys; nil if it is no JSON object.
func (m *Message) meta() map[string]any {
	meta, _ := decodeAny([]byte(m.MetaJSON)).(map[string]any)
	return plainKeys(meta)
}

// plainKeys returns an object with keys without case and underscores.
func plainKeys(object map[string]any) map[string]any {
	plain := make(map[string]any, len(object))
	for key, v := range object {
		plain[strings.ToLower(strings.ReplaceAll(key, "_", ""))] = v
	}
	return plain
}

// eachElement converts the elements of a JSON list, which may be in a string. The result is nil if there is no list.
func eachElement[T any](raw []byte, convert func(v any) (T, bool)) []T {
	v := decodeAny(raw)
	if text, ok := v.(string); ok {
		v = decodeAny([]byte(text))
	}
	list, ok := v.([]any)
	if !ok {
		return nil
	}
	return elements(list, convert)
}

// elements converts the elements of a list. Those for which convert returns false are left out.
func elements[T any](list []any, convert func(v any) (T, bool)) []T {
	out := make([]T, 0, len(list))
	for _, v := range list {
		if one, ok := convert(v); ok {
			out = append(out, one)
		}
	}
	return out
}

// textOf returns a text or a number, or the first text that an object has under one of the keys, or "".
func textOf(v any, keys ...string) string {
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	case map[string]any:
		for _, key := range keys {
			if text, ok := v[key].(string); ok && text != "" {
				return text
			}
		}
	}
	return ""
}

// wholeNumber returns a whole number, which may be in a string, or nil.
func wholeNumber(v any) *int64 {
	var n Number
	switch v.(type) {
	case string, json.Number:
	default:
		return nil
	}
	if n.UnmarshalJSON([]byte(textOf(v))) != nil {
		return nil
	}
	whole, err := n.Int()
	if err != nil {
		return nil
	}
	return &whole
}

// decodeAny decodes JSON with its numbers as they are written; nil if it is none.
func decodeAny(raw []byte) any {
	v, _ := rest.DecodeAny(raw)
	return v
}

// encodeSorted returns a value as JSON with sorted keys; "" for nil, an empty text, list or object.
func encodeSorted(v any) string {
	raw, err := json.Marshal(v)
	if text := string(raw); err == nil && text != "null" && text != `""` && text != "[]" && text != "{}" {
		return text
	}
	return ""
}
