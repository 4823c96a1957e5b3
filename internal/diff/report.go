package diff

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode/utf16"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/account"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/snapshot"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/subcommand"
)

// maxNamed is how many files whose contents are not compared are named.
const maxNamed = 10

// report is the result of a comparison. Its form as JSON is documented in the guide "From staging to production".
type report struct {
	Staging     chatbot       `json:"staging"`
	Production  chatbot       `json:"production"`
	Equal       bool          `json:"equal"` // false also if it is not known
	Differences []difference  `json:"differences"`
	NotCompared []notCompared `json:"not_compared"`
	// ContentsNotCompared are the names of files of which only one chatbot has the hash. They do not count for Equal.
	ContentsNotCompared []string `json:"contents_not_compared"`
}

// chatbot is one of the two chatbots.
type chatbot struct {
	ID   hub.ID `json:"id"`
	Name string `json:"name"`
}

func chatbotOf(b *account.Bot) chatbot { return chatbot{b.ID, b.Name} }

// String describes the chatbot.
func (c chatbot) String() string { return fmt.Sprintf("%s (%s)", quoted(c.Name), c.ID) }

// notCompared is an object with fields that could not be read.
type notCompared struct {
	Chatbot string `json:"chatbot"` // staging or production
	snapshot.Unreadable
}

// newReport compares two chatbots. all compares their own settings, too.
func newReport(staging, production *account.Bot, all bool) report {
	r := report{Staging: chatbotOf(staging), Production: chatbotOf(production), Differences: []difference{}, NotCompared: []notCompared{}, ContentsNotCompared: []string{}}
	if staging == production {
		r.Equal = true
		return r
	}
	a, b := documents(staging, production, all)
	found, oneHash := compare(a, b)
	r.Differences, r.ContentsNotCompared = append(r.Differences, found...), append(r.ContentsNotCompared, oneHash...)
	for _, u := range a.Unreadable {
		r.NotCompared = append(r.NotCompared, notCompared{"staging", u})
	}
	for _, u := range b.Unreadable {
		r.NotCompared = append(r.NotCompared, notCompared{"production", u})
	}
	r.Equal = len(r.Differences) == 0 && len(r.NotCompared) == 0
	return r
}

// writeJSON writes the report as JSON, with escapes for all characters that are not visible.
func (r report) writeJSON(out io.Writer) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	_ = enc.Encode(r) // it consists of JSON values
	for _, c := range b.String() {
		switch {
		case c == '\n' || hub.Visible(c):
			subcommand.Say(out, "%c", c)
		case c > 0xffff:
			high, low := utf16.EncodeRune(c)
			subcommand.Say(out, `\u%04x\u%04x`, high, low)
		default:
			subcommand.Say(out, `\u%04x`, c)
		}
	}
}

// writeText writes the report for people.
func (r report) writeText(out io.Writer) {
	switch {
	case r.Staging == r.Production:
		subcommand.Say(out, "Both are the chatbot %s.\n", r.Staging)
		return
	case r.Equal:
		subcommand.Say(out, "The chatbots %s and %s do not differ.\n", r.Staging, r.Production)
		return
	case len(r.Differences) == 0:
		subcommand.Say(out, "No differences were found between the chatbots %s and %s, but not everything could be compared.\n", r.Staging, r.Production)
		return
	}
	subcommand.Say(out, "- Staging:    %s\n+ Production: %s\n", r.Staging, r.Production)
	var last string
	for _, d := range r.Differences {
		heading := d.heading()
		switch d.Difference {
		case onlyInStaging:
			subcommand.Say(out, "\n- %s is only in staging\n", heading)
		case onlyInProduction:
			subcommand.Say(out, "\n+ %s is only in production\n", heading)
		default:
			if heading != last {
				subcommand.Say(out, "\n  %s differs:\n", heading)
			}
			d.writeValues(out)
		}
		last = heading
	}
}

// sayContents names the files whose contents are not compared, up to maxNamed of them.
func (r report) sayContents(out io.Writer) {
	n := len(r.ContentsNotCompared)
	if n == 0 {
		return
	}
	names := make([]string, 0, maxNamed)
	for _, name := range r.ContentsNotCompared[:min(n, maxNamed)] {
		names = append(names, quoted(name))
	}
	if n > maxNamed {
		names = append(names, fmt.Sprintf("and %d more", n-maxNamed))
	}
	what := "content of 1 file is not compared, because only one of the chatbots has its hash"
	if n > 1 {
		what = fmt.Sprintf("contents of %d files are not compared, because only one of the chatbots has their hashes", n)
	}
	subcommand.Say(out, "The %s: %s.\n", what, strings.Join(names, ", "))
}

// heading describes the object of a difference. The key of a source begins with its kind.
func (d difference) heading() string {
	switch d.Kind {
	case snapshot.Chatbot:
		return "chatbot"
	case snapshot.Source:
		kind, name := d.source()
		return kind + " " + quoted(name)
	}
	heading := strings.ReplaceAll(d.Kind, "_", " ") + " " + quoted(d.Name)
	if d.Kind == snapshot.ToolFunction {
		heading += " of agent " + quoted(d.Agent)
	}
	return heading
}

// quoted returns a name on one line in quotes.
func quoted(name string) string { return `"` + hub.OneLine(name) + `"` }
