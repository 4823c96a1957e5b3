package export

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// maxSlug bounds what a name takes over of a display name, in characters.
const maxSlug = 40

// letters are Latin letters that no decomposition turns into ASCII.
var letters = strings.NewReplacer("ß", "ss", "ẞ", "ss", "æ", "ae", "Æ", "ae", "œ", "oe", "Œ", "oe", "ø", "o", "Ø", "o", "ł", "l", "Ł", "l",
	"đ", "d", "Đ", "d", "ð", "d", "Ð", "d", "þ", "th", "Þ", "th", "ı", "i")

// slug turns a display name into a part of a Terraform name: lower-case ASCII letters and digits with single underscores between them,
// at most maxSlug long and cut at a word. It is empty for a name without any Latin letter or digit.
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

// names gives out names, each once.
type names map[string]bool

// take gives the name, or with the lowest free number behind it.
func (n names) take(name string) string {
	free := name
	for i := 2; n[free]; i++ {
		free = fmt.Sprintf("%s_%d", name, i)
	}
	n[free] = true
	return free
}

// chatbotName is the name of a chatbot before it is made unique. It is that of its file too, so it is none that Terraform or Windows
// reads in its own way, nor one of the files that every export has.
func chatbotName(display string) string {
	name := slug(display)
	if name == "" {
		return "chatbot"
	}
	if name[0] >= '0' && name[0] <= '9' {
		name = "chatbot_" + name
	}
	if special.MatchString(name) {
		name += "_chatbot"
	}
	return name
}

// special are the names of files that are no names of their own: Terraform merges override files over others, and to Windows the
// devices are no files at all.
var special = regexp.MustCompile(`^(terraform|imports|con|prn|aux|nul|com[0-9]|lpt[0-9])$|(^|_)override$`)

// childName is the name of something in a chatbot before it is made unique.
func childName(chatbot, display, kind string) string {
	s := slug(display)
	if s == "" {
		s = kind
	}
	return chatbot + "_" + s
}

// named is an object that gets a name.
type named struct {
	createdAt, id string
	base          string
	give          func(name string)
}

// giveNames names objects from the oldest on, so that a new one never takes the name of an older one.
func giveNames(all []named) {
	slices.SortFunc(all, func(a, b named) int {
		return older(a.createdAt, b.createdAt, a.id, b.id)
	})
	taken := names{}
	for _, n := range all {
		n.give(taken.take(n.base))
	}
}
