package probe

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/subcommand"
)

// result is what was found out about a fact.
type result struct {
	fact    *fact
	seen    observation
	verdict string
	reason  string // why it was not seen
}

// shown returns what was seen, or why nothing was.
func (r result) shown() string {
	if r.verdict == notSeen {
		return "nothing: " + r.reason
	}
	return r.seen.String()
}

// report is the result of a run.
type report struct {
	baseURL, version string
	time             time.Time
	results          []result
	leftBehind       []string
	unsure           bool // whether what leftBehind names exists
	requests         int64
}

// count returns the number of results with a verdict.
func (r report) count(verdict string) int {
	n := 0
	for _, one := range r.results {
		if one.verdict == verdict {
			n++
		}
	}
	return n
}

// lineWidth is the width of the text report, in characters.
const lineWidth = 80

// write writes the report, as JSON or as text.
func (r report) write(out io.Writer, asJSON bool) error {
	var text bytes.Buffer
	if asJSON {
		r.printJSON(&text)
	} else {
		r.print(&text)
	}
	_, err := out.Write(text.Bytes())
	return err
}

// print writes the report as text: for each fact what was seen, what the documentation says, and what the provider makes of it.
func (r report) print(out io.Writer) {
	subcommand.Say(out, "%s, %s\nterraform-provider-aichatbothub %s\n", r.baseURL, r.time.UTC().Format(time.RFC3339), r.version)
	for _, one := range r.results {
		subcommand.Say(out, "\n%s%*s\n", one.fact.id, lineWidth-len(one.fact.id), one.verdict)
		for _, line := range [][2]string{{"seen", one.shown()}, {"documented", one.fact.documented}, {"provider", one.fact.note}} {
			printWrapped(out, line[0], line[1])
		}
	}
	subcommand.Say(out, "\n%d facts: %d as assumed, %d handled, %d not handled, %d not seen. %d requests.\n",
		len(r.results), r.count(asAssumed), r.count(handled), r.count(notHandled), r.count(notSeen), r.requests)
}

// labelWidth is the width of the first column of a fact.
const labelWidth = 12

// printWrapped writes a label and a text in lines of lineWidth.
func printWrapped(out io.Writer, label, text string) {
	line := fmt.Sprintf("  %-*s", labelWidth, label)
	for word := range strings.FieldsSeq(text) {
		if len([]rune(line))+1+len([]rune(word)) > lineWidth && strings.TrimSpace(line) != "" {
			subcommand.Say(out, "%s\n", strings.TrimRight(line, " "))
			line = strings.Repeat(" ", 2+labelWidth)
		}
		line += word + " "
	}
	subcommand.Say(out, "%s\n", strings.TrimRight(line, " "))
}

// jsonReport is the report as JSON.
type jsonReport struct {
	BaseURL    string     `json:"base_url"`
	Provider   string     `json:"provider"`
	Time       string     `json:"time"`
	Facts      []jsonFact `json:"facts"`
	LeftBehind []string   `json:"left_behind"`
}

type jsonFact struct {
	ID            string   `json:"id"`
	Seen          string   `json:"seen"`
	Documented    string   `json:"documented"`
	KnownReadings []string `json:"known_readings"`
	Verdict       string   `json:"verdict"`
	Note          string   `json:"note"`
}

// printJSON writes the report as JSON.
func (r report) printJSON(out io.Writer) {
	all := jsonReport{r.baseURL, r.version, r.time.UTC().Format(time.RFC3339), []jsonFact{}, append([]string{}, r.leftBehind...)}
	for _, one := range r.results {
		readings := []string{}
		for _, known := range one.fact.readings {
			readings = append(readings, known.name)
		}
		all.Facts = append(all.Facts, jsonFact{one.fact.id, one.shown(), one.fact.documented, readings, one.verdict, one.fact.note})
	}
	enc := json.NewEncoder(out)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	_ = enc.Encode(all) // texts can always be encoded
}
