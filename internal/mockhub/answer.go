package mockhub

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"math"
	"net/http"
	"sort"
	"strconv"
	"strings"
	"time"
)

const (
	jsonType = "application/json"
	htmlType = "text/html; charset=utf-8"
	textType = "text/plain; charset=utf-8"
)

// answer is the result of a handler. body consists of map[string]any, []any and scalars, to which applyQuirks is applied.
// JSON that must not change, such as the parameters of a tool function, is a json.RawMessage.
type answer struct {
	status      int
	body        any
	plain       []byte // sent instead of body when contentType is set
	contentType string
	header      http.Header
	streamed    *streamedAnswer // streamed instead of body
	broken      bool            // the connection is closed after half of body
	changed     bool            // objects have been changed although the status is not 200
}

// problem is one item of a 422 list (api.md §6).
type problem struct {
	Loc  []any  `json:"loc"`
	Msg  string `json:"msg"`
	Type string `json:"type"`
}

// ok is the answer to a successful request (api.md §1).
func ok(body any) answer { return answer{status: http.StatusOK, body: body} }

// success is the answer to a successful delete.
func success() answer {
	return answer{status: http.StatusOK, body: json.RawMessage(`{"success":true}`)}
}

// invalid is a 422 in the list form.
func invalid(ps ...problem) answer {
	sort.SliceStable(ps, func(i, j int) bool { return fmt.Sprint(ps[i].Loc...) < fmt.Sprint(ps[j].Loc...) })
	return answer{status: http.StatusUnprocessableEntity, body: ps}
}

// failure is an error in the form that Quirks.ErrorForm says.
func failure(q Quirks, status int, text string) answer {
	switch q.ErrorForm {
	case "text":
		return answer{status: status, plain: []byte(text), contentType: textType}
	case "msg", "message":
		return answer{status: status, body: map[string]any{q.ErrorForm: text}}
	default:
		return answer{status: status, body: map[string]any{"error": text}}
	}
}

// notFound is the answer for a uuid that does not exist. existed is true if the object has been deleted.
func notFound(c *call, noun string, existed bool) answer {
	status := c.quirks.UnknownStatus
	if existed && c.quirks.DeletedStatus != 0 {
		status = c.quirks.DeletedStatus
	}
	switch status {
	case 0:
		status = http.StatusNotFound
	case http.StatusUnprocessableEntity:
		return invalid(problem{[]any{"uuid"}, noun + " not found", "value_error"})
	}
	return failure(c.quirks, status, noun+" not found")
}

// page is a page of the web app.
func page(status int, title string) answer {
	t := html.EscapeString(title)
	return answer{status: status, contentType: htmlType, plain: []byte(
		"<!doctype html>\n<html><head><title>" + t + "</title></head><body><div id=\"root\">" + t + "</div></body></html>\n")}
}

// encoded is an answer ready to be sent.
type encoded struct {
	status   int
	header   http.Header
	body     []byte
	streamed *streamedAnswer
	broken   bool
}

func (a answer) encode(q Quirks) encoded {
	e := encoded{status: a.status, header: a.header.Clone(), streamed: a.streamed, broken: a.broken}
	if e.header == nil {
		e.header = http.Header{}
	}
	if a.contentType != "" {
		e.header.Set("Content-Type", a.contentType)
		e.body = a.plain
		return e
	}
	e.header.Set("Content-Type", jsonType)
	body := a.body
	if a.status == http.StatusOK {
		body = applyQuirks(body, q)
	}
	e.body = append(encodeJSON(body), '\n')
	return e
}

// encodeJSON writes JSON as the service does, with <, > and & as they are.
func encodeJSON(v any) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		// Only a bug in a handler can cause this.
		panic(fmt.Sprintf("mockhub: answer cannot be encoded: %v", err))
	}
	return bytes.TrimSpace(b.Bytes())
}

// replaceFields replaces the fields of an object that Quirks.AnswerFields names.
func replaceFields(object map[string]any, q Quirks) {
	uuid, _ := object["uuid"].(string)
	for path, value := range q.AnswerFields[uuid] {
		within, name := object, path
		if outer, inner, nested := strings.Cut(path, "."); nested {
			within, _ = object[outer].(map[string]any)
			name = inner
		}
		if within != nil {
			within[name] = json.RawMessage(value)
		}
	}
}

// replaceTimes gives the times of an object the end that Quirks.TimeEnd says.
func replaceTimes(object map[string]any, q Quirks) {
	for _, key := range []string{"created_at", "modified_at"} {
		if at, found := object[key].(string); found && q.TimeEnd != "" {
			object[key] = strings.TrimSuffix(at, "Z") + q.TimeEnd
		}
	}
}

// applyQuirks applies the quirks that concern all objects: TimeEnd, AnswerFields, ExtraFields, NumbersAsFloats, NumbersAsFloat32,
// NumbersAsStrings and BooleansAsNumbers.
func applyQuirks(v any, q Quirks) any {
	switch v := v.(type) {
	case map[string]any:
		for key, item := range v {
			v[key] = applyQuirks(item, q)
		}
		replaceTimes(v, q)
		replaceFields(v, q)
		if _, object := v["uuid"]; object && q.ExtraFields {
			v["moonphase"] = map[string]any{"illuminated": 0.5, "names": []any{"first quarter", nil}}
			if meta, found := v["meta"].(map[string]any); found {
				meta["moonphase"] = []any{1, "two", nil}
			}
		}
	case []any:
		for i, item := range v {
			v[i] = applyQuirks(item, q)
		}
	case int:
		switch {
		case q.NumbersAsStrings:
			return strconv.Itoa(v)
		case q.NumbersAsFloats:
			return json.RawMessage(strconv.Itoa(v) + ".0")
		}
	case float64:
		if q.NumbersAsFloat32 {
			v = float64(float32(v))
		}
		if q.NumbersAsStrings {
			return strconv.FormatFloat(v, 'g', -1, 64)
		}
		if q.NumbersAsFloats && v == math.Trunc(v) {
			return json.RawMessage(strconv.FormatFloat(v, 'f', 1, 64))
		}
		return v
	case bool:
		if q.BooleansAsNumbers && v {
			return applyQuirks(1, q)
		}
		if q.BooleansAsNumbers {
			return applyQuirks(0, q)
		}
	}
	return v
}

// zeroOrOne is a boolean that the service answers as 0 or 1 (api.md §1), or a boolean with Quirks.BooleansAsTrueFalse.
func zeroOrOne(q Quirks, v bool) any {
	switch {
	case q.BooleansAsTrueFalse:
		return v
	case v:
		return 1
	}
	return 0
}

// formatTime returns a time in the format of the service: UTC, whole seconds (api.md §1).
func formatTime(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05Z") }
