package answertest

import (
	"strings"
	"unicode/utf8"

	"github.com/agext/levenshtein"
)

// Limits of the search for the nearest text, so that it takes no time with long answers.
const (
	maxNearestWords = 3000 // of the answer
	maxNearestRunes = 200  // of the text that is searched
)

// nearest names the part of an answer that differs least from a text; it is empty if nothing is similar. A part has as many words as the text.
func nearest(answer, want string) string {
	words, target := strings.Fields(answer), fold(want)
	n := len(strings.Fields(target))
	if utf8.RuneCountInString(target) > maxNearestRunes {
		return ""
	}
	words = words[:min(len(words), maxNearestWords)]
	best, found := (utf8.RuneCountInString(target)+1)/2, "" // more than half of it is the same
	for i := 0; i+n <= len(words); i++ {                    // without MaxCost, with which levenshtein 1.2.3 can return less than the distance
		part := strings.Join(words[i:i+n], " ")
		if d := levenshtein.Distance(trimmed(fold(part)), target, nil); d < best {
			best, found = d, part
		}
	}
	if found == "" {
		return ""
	}
	return ". The nearest is " + shown(trimmed(found))
}

// trimmed returns a text without punctuation at its ends.
func trimmed(text string) string { return strings.Trim(text, ".,;:!?()[]\"'*_`") }

// place names the words of an answer around a text that it contains.
func place(answer, text string) string {
	const around = 3
	words, target := strings.Fields(answer), fold(text)
	n := len(strings.Fields(target)) + 1 // the text can begin within a word
	has := func(i int) bool {
		return i < len(words) && strings.Contains(fold(strings.Join(words[i:min(i+n, len(words))], " ")), target)
	}
	for i := range words {
		if has(i) && !has(i+1) {
			return ", in " + shown(strings.Join(words[max(i-around, 0):min(i+n-1+around, len(words))], " "))
		}
	}
	return ""
}
