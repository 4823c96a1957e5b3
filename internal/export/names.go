package export

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// maxSlug is the maximum length of a slug, in characters.
const maxSlug = 40

// letters replaces Latin letters that Unicode does not decompose to ASCII.
var letters = strings.NewReplacer("ß", "ss", "ẞ", "ss", "æ", "ae", "Æ", "ae", "œ", "oe", "Œ", "oe", "ø", "o", "Ø", "o", "ł", "l", "Ł", "l",
	"đ", "d", "Đ", "d", "ð", "d", "Ð", "d", "þ", "th", "Þ", "th", "ı", "i")

// slug returns a part of a Terraform name for a display name: lower-case ASCII letters and digits separated by single underscores, with
// at most maxSlug characters, truncated at a word. It is empty for a name without Latin letters and digits.
func slug(name string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(letters.Replace(name)) {
		switch r = unicode.ToLower(r); {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case !unicode.Is(unicode.Mn, r) && b.Len() > 0 && !strings.HasSuffix(b.String(), "_"):
			b.WriteByte('_')
		}
		if b.Len() > maxSlug+1 {
			break
		}
	}
	s := b.String()
	if len(s) > maxSlug {
		if cut := strings.LastIndexByte(s[:maxSlug+1], '_'); cut > 0 {
			s = s[:cut]
		} else {
			s = s[:maxSlug]
		}
	}
	return strings.Trim(s, "_")
}

// names are the names that have been assigned.
type names map[string]bool

// take returns the name, with the lowest number that makes it unique if it has been assigned.
func (n names) take(name string) string {
	free := name
	for i := 2; n[free]; i++ {
		free = fmt.Sprintf("%s_%d", name, i)
	}
	n[free] = true
	return free
}

// chatbotName is the name of a chatbot before it is made unique. It is also the name of its file, so names with a special meaning for
// Terraform or Windows, and the other files of an export, are avoided.
func chatbotName(display string) string {
	name := slug(display)
	if name == "" {
		return "chatbot"
	}
	if name[0] >= '0' && name[0] <= '9' {
		name = "chatbot_" + name
	}
	if reserved.MatchString(name) {
		name += "_chatbot"
	}
	return name
}

// reserved matches file names that cannot be used: other files of an export, override files of Terraform, and devices of Windows.
var reserved = regexp.MustCompile(`^(terraform|imports|removed|con|prn|aux|nul|com[0-9]|lpt[0-9])$|(^|_)override$`)

// childName is the name of an object in a chatbot before it is made unique.
func childName(chatbot, display, kind string) string {
	s := slug(display)
	if s == "" {
		s = kind
	}
	return chatbot + "_" + s
}

// named is an object that gets a name.
type named struct {
	hub.Object
	base   string // the name before it is made unique
	assign func(name string)
}

// assignNames assigns names to objects, oldest first, so that new objects do not change the names of older ones.
func assignNames(all []named) {
	taken := names{}
	for _, n := range hub.OldestFirst(all) {
		n.assign(taken.take(n.base))
	}
}
