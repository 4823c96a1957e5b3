package rest

import (
	"encoding/base64"
	"encoding/hex"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	// maxSteps and maxStepsPerByte bound the work of a search. What is left of the text when it has taken that many steps is hidden. Only a text
	// that repeats itself, and searched for a text that does the same, takes that many.
	maxSteps        = 1 << 20
	maxStepsPerByte = 64
	// minEncoded is the shortest part of a base64 text that is searched for, and of a hexadecimal one, in characters. Shorter ones would match
	// unrelated text.
	minEncoded = 6
	// base64Digits are the digits of both alphabets.
	base64Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_"
)

// pattern is a text to find. Each of its characters can be escaped.
type pattern struct {
	text     string
	shortest int // characters; a beginning of the text is found from this length on
	label    string
	// before and after report that a base64 digit before or after the text encodes a part of the secret.
	before, after bool
}

// patterns are texts to find, by their first two characters. A text of one character is not found.
type patterns struct {
	byStart map[[2]rune][]pattern
	first   map[rune]bool
}

// match is a part of a text that a pattern matches.
type match struct {
	start, end int
	label      string
}

func (p *patterns) add(one pattern) {
	var start []rune
	for _, r := range runes(one.text) {
		if start = append(start, r); len(start) == 2 {
			break
		}
	}
	if len(start) < 2 {
		return
	}
	if p.byStart == nil {
		p.byStart, p.first = map[[2]rune][]pattern{}, map[rune]bool{}
	}
	key := [2]rune(start)
	p.byStart[key], p.first[key[0]] = append(p.byStart[key], one), true
}

// addBase64 adds what base64 makes of a text, in both alphabets, wherever the text begins in what is encoded: three alignments.
func (p *patterns) addBase64(text, label string, shortest int) {
	known := map[string]bool{}
	for _, encoding := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		for before, first := range []int{0, 2, 3} { // digits that encode the bytes before the text
			end := (before + len(text)) * 8 / 6 // the next digit also encodes bytes after the text
			if end-first < minEncoded {
				continue
			}
			inner := encoding.EncodeToString(append(make([]byte, before), text...))[first:end]
			if known[inner] {
				continue // the alphabets are the same for this text
			}
			known[inner] = true
			p.add(pattern{text: inner, shortest: min(max(shortest, minEncoded), len(inner)), label: label, before: before > 0, after: (before+len(text))%3 != 0})
		}
	}
}

// addHex adds the hexadecimal forms of a text.
func (p *patterns) addHex(text, label string) {
	digits := hex.EncodeToString([]byte(text))
	if len(digits) < minEncoded {
		return
	}
	for _, separator := range []string{"", " ", ":"} {
		var pairs []string
		for pair := range slices.Chunk([]byte(digits), 2) {
			pairs = append(pairs, string(pair))
		}
		form := strings.Join(pairs, separator)
		p.add(pattern{text: form, shortest: len(form), label: label})
		if upper := strings.ToUpper(form); upper != form {
			p.add(pattern{text: upper, shortest: len(upper), label: label})
		}
	}
}

// runes yields the characters of a text with their positions. Bytes that are not UTF-8 are characters that match themselves.
func runes(text string) iter.Seq2[int, rune] {
	return func(yield func(int, rune) bool) {
		for i := 0; i < len(text); {
			r, n := utf8.DecodeRuneInString(text[i:])
			if r == utf8.RuneError && n == 1 {
				r = invalid(text[i])
			}
			if !yield(i, r) {
				return
			}
			i += n
		}
	}
}

// find returns all matches in a text.
func (p *patterns) find(text string) []match {
	if len(p.byStart) == 0 {
		return nil
	}
	var found []match
	s := &escapes{text: text}
	for i := range len(text) {
		if !utf8.RuneStart(text[i]) {
			continue
		}
		if found = p.findAt(s, i, found); s.spent() {
			return append(found, match{i, len(text), hidden})
		}
	}
	return found
}

// findAt appends the matches that begin at i.
func (p *patterns) findAt(s *escapes, i int, found []match) []match {
	plain, escaped := s.at(i)
	if escaped == nil && !p.first[plain.r] {
		return found
	}
	var starts [][2]rune
	for _, first := range append([]writing{plain}, escaped...) {
		if !p.first[first.r] || first.end >= len(s.text) {
			continue
		}
		next, escaped := s.at(first.end)
		for _, second := range append([]writing{next}, escaped...) {
			if start := [2]rune{first.r, second.r}; p.byStart[start] != nil && !slices.Contains(starts, start) {
				starts = append(starts, start)
			}
		}
	}
	for _, start := range starts {
		found = p.verify(s, i, p.byStart[start], found)
	}
	return found
}

// verify appends the matches of candidates that begin at i.
func (p *patterns) verify(s *escapes, i int, candidates []pattern, found []match) []match {
	for _, c := range candidates {
		end := c.match(s, i)
		if end < 0 {
			continue
		}
		m := match{i, end, c.label}
		if c.before && i > 0 && strings.IndexByte(base64Digits, s.text[i-1]) >= 0 {
			m.start--
		}
		if c.after && end < len(s.text) && strings.IndexByte(base64Digits, s.text[end]) >= 0 {
			m.end++
		}
		found = append(found, m)
	}
	return found
}

// match returns where the longest writing of the pattern at i ends, or -1.
func (c pattern) match(s *escapes, i int) int {
	ends, next, n := []int{i}, []int(nil), 0
	for _, r := range runes(c.text) {
		next = next[:0]
		for _, at := range ends {
			if s.steps++; at >= len(s.text) || s.spent() {
				continue
			}
			plain, escaped := s.at(at)
			s.steps += len(escaped) * (1 + len(next)/4)
			if plain.r == r && !slices.Contains(next, plain.end) {
				next = append(next, plain.end)
			}
			for _, w := range escaped {
				if w.r == r && !slices.Contains(next, w.end) {
					next = append(next, w.end)
				}
			}
		}
		if len(next) == 0 {
			break
		}
		ends, next, n = next, ends, n+1
	}
	if n < c.shortest {
		return -1
	}
	return slices.Max(ends)
}

// spent reports whether a search took too many steps.
func (s *escapes) spent() bool { return s.steps > maxSteps+maxStepsPerByte*len(s.text) }

// replace replaces the matches in a text by their labels. Those that overlap are replaced together: texts can have a common beginning, and one
// can begin in another, so that replacing one after the other would leave ends.
func replace(text string, found []match) string {
	if len(found) == 0 {
		return text
	}
	longest := map[int]match{} // by start
	for _, m := range found {
		if m.end > longest[m.start].end {
			longest[m.start] = m
		}
	}
	var out strings.Builder
	end := 0 // of the match that is written
	for i := range len(text) {
		m, begins := longest[i]
		if begins && i >= end {
			out.WriteString(m.label)
		}
		if end = max(end, m.end); i >= end {
			out.WriteByte(text[i])
		}
	}
	return out.String()
}
