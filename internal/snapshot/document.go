package snapshot

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"strconv"
	"strings"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/account"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// Document is what the answers of a chatbot depend on (schema.md). It has no ids and no times, so that those of two chatbots that answer alike
// are equal.
type Document struct {
	// Value has objects (map[string]any), lists ([]any), strings, numbers (json.Number) and booleans. A setting that is empty or 0 is left out,
	// which is the same to the service. Its lists of objects are sorted by their names, and those of a name by their content.
	Value map[string]any
	// Unreadable are the objects with fields in an unknown form, or that the service does not show. These fields are not in Value.
	Unreadable []Unreadable
	// Hashes are the parts of hashes that knowledge bases put into the names of files, by the keys of the sources. They are not in Value, because
	// a file that was uploaded once has none.
	Hashes map[string]string
}

// Ref says which object of a document is meant. Several can have one name.
type Ref struct {
	Kind  string // Chatbot, Agent, ToolFunction, SourceTag or Source
	Name  string // the member name, or the key of a source; "" for the chatbot
	Agent string // the name of the agent of a tool function
}

// The kinds of objects.
const (
	Chatbot      = "chatbot"
	Agent        = "agent"
	ToolFunction = "tool_function"
	SourceTag    = "source_tag"
	Source       = "source"
)

// object is a JSON object.
type object = map[string]any

// Of returns the document of a chatbot, without its own name, visibility and limits.
func Of(b *account.Bot) Document {
	d := Document{Hashes: map[string]string{}}
	sources, keys := d.sources(b)
	d.Value = object{"agents": d.agents(b, keys), "sources": sources, "source_tags": d.sourceTags(b, keys)}
	d.addSettings(b.Chatbot)
	d.Unreadable = hub.SortedFunc(d.Unreadable, func(a, b Unreadable) int { return cmp.Compare(a.Object, b.Object) })
	return d
}

// JSON returns the document as JSON with sorted keys and without white space. It also has what could not be read, with the ids of the objects:
// two chatbots are not to be taken for equal because of what is not known.
func (d Document) JSON() string {
	if len(d.Unreadable) == 0 {
		return encode(d.Value)
	}
	whole := maps.Clone(d.Value)
	whole["unreadable"] = d.Unreadable
	return encode(whole)
}

// SHA256 returns the hash of a JSON text in hexadecimal digits.
func SHA256(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// encode returns a value as JSON in the form NFC, which Terraform uses for all strings. encoding/json sorts the keys of maps.
func encode(v any) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(v) // it consists of JSON values
	return hub.Composed(strings.TrimSuffix(b.String(), "\n"))
}

// sorted returns objects ordered by a member, and then by their content: the service has no order, and ids and times say nothing.
func sorted(objects []object, by string) []any {
	type entry struct {
		name, text string
		object     object
	}
	entries := make([]entry, len(objects))
	for i, o := range objects {
		name, _ := o[by].(string)
		entries[i] = entry{name, encode(o), o}
	}
	entries = hub.SortedFunc(entries, func(a, b entry) int { return cmp.Or(cmp.Compare(a.name, b.name), cmp.Compare(a.text, b.text)) })
	values := make([]any, len(entries))
	for i, e := range entries {
		values[i] = e.object
	}
	return values
}

// put adds a member that is not empty: neither nil, "", 0, nor a list or an object without elements.
func put(o object, name string, v any) {
	switch v := v.(type) {
	case nil:
		return
	case string:
		if v == "" {
			return
		}
	case json.Number:
		if v == "0" {
			return
		}
	case []any:
		if len(v) == 0 {
			return
		}
	case object:
		if len(v) == 0 {
			return
		}
	}
	o[name] = v
}

// text returns a text in the form in which texts are compared, "" for nil.
func text(s *string) string {
	if s == nil {
		return ""
	}
	return hub.NormalText(*s)
}

// number returns a number in the precision in which numbers are compared, 0 for nil.
func number(n *hub.Number) json.Number {
	if n == nil || float32(*n) == 0 {
		return "0"
	}
	return json.Number(strconv.FormatFloat(float64(float32(*n)), 'g', -1, 32))
}

// flag returns a boolean, nil for nil.
func flag[T ~bool](b *T) any {
	if b == nil {
		return nil
	}
	return bool(*b)
}

// boolean returns a boolean, absent for nil.
func boolean[T ~bool](b *T, absent bool) bool {
	if b == nil {
		return absent
	}
	return bool(*b)
}

// list returns a list of strings.
func list(all []string) []any {
	values := make([]any, len(all))
	for i, s := range all {
		values[i] = s
	}
	return values
}
