package probe

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// The forms of names that a report shows. Other texts can be texts of the account.
var (
	plainWord  = regexp.MustCompile(`^[a-z][a-z0-9_:\- ]{0,39}$`) // keys, types and statuses
	mediaForm  = regexp.MustCompile(`^[a-z]+/[a-z0-9.+-]{1,30}$`)
	headerForm = regexp.MustCompile(`^[A-Za-z][A-Za-z-]{0,39}$`)
)

// maxDigits is how many digits a name has at most. Ids have more.
const maxDigits = 3

// maxWords limits the names in a list of them.
const maxWords = 30

// digits returns the number of digits in a text.
func digits(text string) int {
	n := 0
	for _, r := range text {
		if unicode.IsDigit(r) {
			n++
		}
	}
	return n
}

// word returns a key, a type or a status for a report.
func word(text string) string {
	if !plainWord.MatchString(text) || digits(text) > maxDigits {
		return "another text"
	}
	return text
}

// keys returns the keys of an object for a report.
func keys(object map[string]any) string {
	var all []string
	for _, key := range slices.Sorted(maps.Keys(object)) {
		all = append(all, word(key))
	}
	return words(all)
}

// words joins names for a report.
func words(all []string) string {
	if more := len(all) - maxWords; more > 0 {
		all = append(slices.Clip(all[:maxWords]), fmt.Sprintf("and %d more", more))
	}
	return strings.Join(all, ", ")
}
