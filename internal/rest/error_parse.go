package rest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

// maxFields is how many field errors of a 422 are kept.
const maxFields = 100

// parseError reads the body of an error in all forms of api.md §6. sanitize is applied to all texts, which may repeat the request.
func parseError(r Route, status int, body []byte, sanitize func(string) string) *Error {
	e := &Error{Method: r.Method, Path: r.Template, Status: status}
	if status == http.StatusConflict {
		e.Body = body
	}
	trimmed := strings.TrimSpace(strings.TrimPrefix(string(body), byteOrderMark))
	e.JSON = json.Valid(body) && (strings.HasPrefix(trimmed, "{") || strings.HasPrefix(trimmed, "["))
	switch {
	case status == http.StatusConflict && e.JSON && strings.Contains(trimmed, `"uuid"`):
		e.Message = "there is one already" // the body is the existing object (api.md §6)
	case e.JSON && !affordable(body, 0):
		e.Message = trimmed
	case e.JSON && trimmed[0] == '{':
		e.fromObject(body, false)
	case e.JSON:
		e.fromList(body)
	case looksLikeHTML(trimmed):
		e.HTML, e.Message = true, "a web page and not an answer of the API"
	default:
		e.Message = trimmed
	}
	e.Message = sanitize(e.Message)
	for _, f := range e.Fields {
		for i := range f.Loc {
			f.Loc[i] = sanitize(f.Loc[i])
		}
	}
	for i := range e.Fields {
		e.Fields[i].Msg = sanitize(e.Fields[i].Msg)
	}
	return e
}

// fromObject reads {"error": …}, {"msg": …}, {"message": …} and {"detail": [loc, msg]}, and one such object inside another. Other types
// under these keys ({"error": true}) are not messages; without any message, the whole body is used.
func (e *Error) fromObject(body []byte, inner bool) {
	var o map[string]json.RawMessage
	if json.Unmarshal(body, &o) != nil {
		return
	}
	for _, key := range []string{"error", "msg", "message", "detail"} {
		raw := o[key]
		switch {
		case len(raw) == 0:
		case raw[0] == '[':
			e.fromList(raw)
		case raw[0] == '{' && !inner:
			e.fromObject(raw, true)
		case raw[0] == '"' || raw[0] == '{':
			e.Message = unquote(raw)
		}
		if e.Message != "" {
			e.msg = key == "msg" && !inner
			return
		}
	}
	if len(o) > 0 {
		e.Message = string(body)
	}
}

// fromList reads the list of a body validation ({"loc", "msg"}) or of a bulk call ({"uuid", "error"}).
func (e *Error) fromList(body []byte) {
	n, err := CountObjects(body)
	s := scanner{raw: body}
	var messages []string
	for i := 0; err == nil && i < n; i++ {
		var item struct {
			Loc   []any  `json:"loc"`
			Msg   string `json:"msg"`
			UUID  string `json:"uuid"`
			Error string `json:"error"`
		}
		err = json.Unmarshal(s.object(), &item)
		switch {
		case len(item.Loc) > 0 && len(e.Fields) == maxFields:
		case len(item.Loc) > 0:
			loc := locNames(item.Loc)
			e.Fields = append(e.Fields, FieldError{Loc: loc, Msg: item.Msg})
			messages = append(messages, strings.Join(loc, ".")+": "+item.Msg)
		case item.UUID != "":
			messages = append(messages, item.UUID+": "+item.Error)
		case item.Msg != "" || item.Error != "":
			messages = append(messages, item.Msg+item.Error)
		}
	}
	e.Message = strings.Join(messages, "; ")
	switch {
	case err != nil:
		e.Message, e.Fields = string(body), nil
	case e.Message == "" && n > 0:
		e.Message = string(body)
	}
}

// locNames converts a loc such as ["body", "rate_limit", 0] to names, without the "body" that some versions put first.
func locNames(loc []any) []string {
	var names []string
	for i, l := range loc {
		if i == 0 && l == "body" && len(loc) > 1 {
			continue
		}
		names = append(names, fmt.Sprint(l))
	}
	return names
}

// isRefusal reports whether a successful answer contains a refusal instead of an object: {"error": "text"} or "success": false.
func isRefusal(body []byte) bool {
	var o struct {
		UUID    beginning `json:"uuid"`
		Error   beginning `json:"error"`
		Success beginning `json:"success"`
	}
	if !bytes.HasPrefix(bytes.TrimSpace(body), []byte("{")) || json.Unmarshal(body, &o) != nil || o.UUID != "" {
		return false
	}
	switch o.Error {
	case "", "null", `""`, "false", "0", "[]", "{}":
		return o.Success == "false" || o.Success == "0"
	}
	return true
}

// beginning is the beginning of a JSON value as it is written, so that a large value is not copied.
type beginning string

// UnmarshalJSON implements json.Unmarshaler.
func (b *beginning) UnmarshalJSON(raw []byte) error {
	*b = beginning(raw[:min(len(raw), len("false")+1)])
	return nil
}

// looksLikeHTML reports whether a body is a web page, whatever its content type.
func looksLikeHTML(body string) bool {
	return strings.HasPrefix(body, "<")
}
