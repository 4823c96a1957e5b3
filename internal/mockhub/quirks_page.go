package mockhub

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"net/http"
	"strings"
	"time"
)

// quirksSource is the source of Quirks. The page of the switches has its comments, so that they are written once.
//
//go:embed quirks.go
var quirksSource string

// quirkView is a switch on the page. Value is JSON, as in the option -quirks.
type quirkView struct {
	Name    string          `json:"name"`
	Type    string          `json:"type"`
	Text    string          `json:"text"`
	Value   json.RawMessage `json:"value"`
	Shown   string          `json:"shown"` // a value that is easier to read, or ""
	Changed bool            `json:"changed"`
}

// serveQuirks sends all switches with their current values.
func (h *Hub) serveQuirks(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	now, normal := values(h.quirks), values(Quirks{})
	h.mu.Unlock()
	views := parseQuirks(quirksSource)
	for i := range views {
		v := &views[i]
		v.Value = now[v.Name]
		v.Changed = !bytes.Equal(v.Value, normal[v.Name])
		var d time.Duration
		if v.Type == "time.Duration" && json.Unmarshal(v.Value, &d) == nil && d != 0 {
			v.Shown = d.String()
		}
	}
	sendState(w, r, views)
}

// values returns the values of the switches by name.
func values(q Quirks) map[string]json.RawMessage {
	raw, err := json.Marshal(q)
	var out map[string]json.RawMessage
	if err != nil || json.Unmarshal(raw, &out) != nil { // all types of Quirks can be encoded
		panic("mockhub: the quirks cannot be encoded")
	}
	return out
}

// parseQuirks returns the fields of Quirks in Go code that gofmt has formatted. Fields that follow each other without a comment share the one
// before them.
func parseQuirks(source string) []quirkView {
	_, source, _ = strings.Cut(source, "\ntype Quirks struct {\n")
	source, _, _ = strings.Cut(source, "\n}\n")
	var out []quirkView
	var comment []string
	used := false
	for line := range strings.Lines(source) {
		line = strings.TrimSpace(line)
		if text, found := strings.CutPrefix(line, "//"); found {
			if used {
				comment, used = nil, false
			}
			comment = append(comment, strings.TrimPrefix(text, " "))
			continue
		}
		words := strings.Fields(line)
		if len(words) < 2 {
			continue
		}
		used = true
		for _, name := range words[:len(words)-1] {
			out = append(out, quirkView{Name: strings.TrimSuffix(name, ","), Type: words[len(words)-1], Text: paragraphs(comment)})
		}
	}
	return out
}

// paragraphs joins the lines of a comment. Items of lists stay separate lines.
func paragraphs(comment []string) string {
	var b strings.Builder
	for i, line := range comment {
		text := strings.TrimSpace(line)
		item := strings.HasPrefix(line, "  - ")
		switch {
		case item, text == "":
			b.WriteString("\n")
		case i > 0 && comment[i-1] != "":
			b.WriteString(" ")
		}
		b.WriteString(text)
	}
	return strings.ReplaceAll(b.String(), "\n\n", "\n")
}
