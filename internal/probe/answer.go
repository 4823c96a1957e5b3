package probe

import (
	"bytes"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"slices"
	"strings"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
)

// answer is an answer of the service with its JSON. Numbers are json.Number, which keeps their digits.
type answer struct {
	rest.Answer
	value any // the JSON of the body; nil for another body
	json  bool
}

// read decodes the body of an answer.
func read(a rest.Answer) answer {
	value, isJSON := rest.DecodeAny(a.Body)
	return answer{a, value, isJSON}
}

// ok reports whether the answer is a success, and neither a web page nor a refusal in spite of its status.
func (a answer) ok() bool {
	return a.isSuccess() && !a.isPage() && a.object()["success"] != false && a.object()["error"] == nil
}

// isSuccess reports whether the status is a success. The provider accepts all of them.
func (a answer) isSuccess() bool {
	return a.Status >= http.StatusOK && a.Status < http.StatusMultipleChoices
}

// isBusy reports whether the service, or a proxy in front of it, had no time for a request. That tells nothing about the request.
func (a answer) isBusy() bool {
	return slices.Contains([]int{http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout}, a.Status)
}

// isAbout reports whether the answer is a success that shows the object with an id.
func (a answer) isAbout(object rest.ID) bool {
	return a.ok() && object != "" && id(a.object()) == object
}

// isRefused reports whether the service refused a request because of what it contains. Other failures tell nothing.
func (a answer) isRefused() bool {
	switch a.Status {
	case http.StatusUnauthorized, http.StatusNotFound, http.StatusGone:
		return false
	}
	return a.Status >= http.StatusBadRequest && a.Status < http.StatusInternalServerError && !a.isPage() && !a.isBusy()
}

// isPage reports whether the body is a web page.
func (a answer) isPage() bool { return bytes.HasPrefix(bytes.TrimSpace(a.Body), []byte("<")) }

// object returns the body as an object; nil if it is none.
func (a answer) object() map[string]any {
	o, _ := a.value.(map[string]any)
	return o
}

// list returns the objects of a body that is a list; nil if it is none.
func (a answer) list() []map[string]any {
	items, isList := a.value.([]any)
	if !isList {
		return nil
	}
	objects := make([]map[string]any, 0, len(items))
	for _, item := range items {
		if o, isObject := item.(map[string]any); isObject {
			objects = append(objects, o)
		}
	}
	return objects
}

// complete reports whether the body is a list of objects that all have an id, so that what is not in it does not exist.
func (a answer) complete() bool {
	items, isList := a.value.([]any)
	return isList && !slices.ContainsFunc(items, func(item any) bool { o, _ := item.(map[string]any); return id(o) == "" })
}

// objectIn returns a value that is an object, or JSON of one in a string.
func objectIn(value any) (map[string]any, bool) {
	if text, isText := value.(string); isText {
		value = read(rest.Answer{Body: []byte(text)}).value
	}
	object, isObject := value.(map[string]any)
	return object, isObject
}

// mediaType returns the content type of an answer, for a report.
func (a answer) mediaType() string {
	media, _, err := mime.ParseMediaType(a.Header.Get("Content-Type"))
	if err != nil || !mediaForm.MatchString(media) || digits(media) > maxDigits {
		return "another content type"
	}
	return media
}

// id returns the uuid of an object; "" if it has none of the known form.
func id(object map[string]any) rest.ID {
	text, _ := object["uuid"].(string)
	parsed, err := rest.ParseID(text)
	if err != nil {
		return ""
	}
	return parsed
}

// member returns a member of an object, or of an object in it.
func member(object map[string]any, path ...string) (value any, found bool) {
	for _, name := range path[:len(path)-1] {
		object, _ = object[name].(map[string]any)
	}
	value, found = object[path[len(path)-1]]
	return value, found
}

// form returns the status of an answer and the form of its body, such as `404 {"error"}`, without any text of the body.
func (a answer) form() string {
	body := a.bodyForm()
	if strings.HasPrefix(body, "{") {
		return fmt.Sprintf("%d %s", a.Status, body)
	}
	return fmt.Sprintf("%d, %s", a.Status, body)
}

// bodyForm returns the form of the body, such as `{"error"}`.
func (a answer) bodyForm() string {
	switch body := a.value.(type) {
	case map[string]any:
		for _, key := range []string{"error", "msg", "message", "detail", "uuid", "success"} {
			if _, found := body[key]; found {
				return fmt.Sprintf("{%q}", key)
			}
		}
		return "an object"
	case []any:
		return "a list"
	}
	switch {
	case a.isPage():
		return "a web page"
	case len(bytes.TrimSpace(a.Body)) == 0:
		return "an empty body"
	case a.json:
		return "JSON"
	}
	return "a text"
}

// status returns the status as a word of a report.
func (a answer) status() string { return fmt.Sprint(a.Status) }

// unexpected is the error of a fact that could not be tried because of an answer.
func (a answer) unexpected(doing string) error {
	return errors.New(doing + " was answered with " + strings.TrimSpace(a.form()))
}
