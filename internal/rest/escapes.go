package rest

import (
	"encoding/hex"
	"html"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

const (
	// maxWriting is the longest writing of one character that is read, in bytes: 16 bytes of JSON for an emoji, escaped twice.
	maxWriting = 48
	// maxNested is how deep the characters of an escape are read that are escaped themselves, such as the # of &%23x2F;.
	maxNested = 3
	// maxMemo bounds the writings that an escapes keeps.
	maxMemo = 1024
)

// writing is one way to read the beginning of a text: as the character r, which ends at end.
type writing struct {
	r   rune
	end int
}

// escapes reads the characters of a text in every way in which services write them: as they are, and escaped for URLs, JSON, program text and
// HTML, also one escape within another. It does not decode the text: where a secret begins and ends is not known, and a text that is decoded as a
// whole can have an escape that begins before the secret.
type escapes struct {
	text  string
	steps int                  // that were taken; the caller bounds them
	memo  map[[2]int][]writing // by the position and the depth
}

// at returns the character at i as it is, and what else the text at i can be.
func (s *escapes) at(i int) (plain writing, escaped []writing) {
	r, n := utf8.DecodeRuneInString(s.text[i:])
	if r == utf8.RuneError && n == 1 {
		r = invalid(s.text[i])
	}
	plain = writing{r, i + n}
	if !beginsEscape(s.text[i]) {
		return plain, nil
	}
	return plain, s.read(i, 0)[1:]
}

// invalid returns a rune for a byte that is not UTF-8. It is no character.
func invalid(b byte) rune { return -1 - rune(b) }

func beginsEscape(b byte) bool { return b == '%' || b == '\\' || b == '&' || b == '+' }

// read returns all writings at i, none at the end of the text. The first one is the character as it is. depth is the number of escapes around it.
func (s *escapes) read(i, depth int) []writing {
	s.steps++
	if i >= len(s.text) {
		return nil
	}
	r, n := utf8.DecodeRuneInString(s.text[i:])
	all := []writing{{r, i + n}}
	if !beginsEscape(s.text[i]) || depth > maxNested {
		return all
	}
	key := [2]int{i, depth}
	if known, ok := s.memo[key]; ok {
		return known
	}
	defer func() {
		if len(s.memo) >= maxMemo || s.memo == nil {
			s.memo = map[[2]int][]writing{}
		}
		s.memo[key] = all
	}()
	add := func(r rune, end int) {
		if end-i > maxWriting {
			return
		}
		s.steps += 1 + len(all)/4
		for _, w := range all {
			if w.r == r && w.end == end {
				return
			}
		}
		all = append(all, writing{r, end})
	}
	for next := 0; ; next++ { // what an escape stands for can begin another one
		if s.steps++; next == len(all) {
			return all
		}
		switch w := all[next]; w.r {
		case '%':
			s.percent(w.end, depth, add)
		case '\\':
			s.backslash(w.end, depth, add)
		case '&':
			s.entity(w.end, depth, add)
		case '+':
			add(' ', w.end)
		}
	}
}

// percent reads what follows a percent sign: the two digits of a byte, and in the form of JavaScript's escape four digits of a UTF-16 unit.
func (s *escapes) percent(i, depth int, add func(rune, int)) {
	s.unit(i, 'u', '%', depth, add)
	s.bytes(i, '%', "", depth, add)
}

// backslash reads what follows a backslash in JSON and in the source of programs. Any number of backslashes stands for one: each escape of an
// escape doubles them.
func (s *escapes) backslash(i, depth int, add func(rune, int)) {
	if i >= len(s.text) {
		return
	}
	if s.text[i] == '\\' {
		add('\\', i+1) // what follows is read from there
		return
	}
	if at := strings.IndexByte(`abfnrtv0`, s.text[i]); at >= 0 {
		add(rune("\a\b\f\n\r\t\v\x00"[at]), i+1)
	}
	s.unit(i, 'u', '\\', depth, add)
	s.bytes(i, '\\', "x", depth, add)
	if v, ok := s.hex(i+1, 8); ok && s.text[i] == 'U' {
		add(v, i+9)
	}
	for _, w := range s.read(i, depth+1) {
		if w.r < utf8.RuneSelf && !isWord(w.r) { // \/ and \", and also \&
			add(w.r, w.end)
		}
	}
}

// unit reads a UTF-16 unit after intro: a letter and four digits, or digits in braces. Two units can be one character.
func (s *escapes) unit(i int, letter, intro byte, depth int, add func(rune, int)) {
	if i >= len(s.text) || s.text[i] != letter {
		return
	}
	if strings.HasPrefix(s.text[i+1:], "{") {
		if n := strings.IndexByte(s.text[i+2:min(i+10, len(s.text))], '}'); n > 0 {
			if v, ok := s.hex(i+2, n); ok {
				add(v, i+3+n)
			}
		}
		return
	}
	v, ok := s.hex(i+1, 4)
	if !ok {
		return
	}
	if !utf16.IsSurrogate(v) {
		add(v, i+5)
		return
	}
	for _, next := range s.intros(i+5, intro, depth) {
		low, ok := s.hex(next+1, 4)
		if r := utf16.DecodeRune(v, low); ok && s.text[next] == letter && r != utf8.RuneError {
			add(r, next+5)
		}
	}
}

// bytes reads a character as bytes of UTF-8, each of them as intro, letter and two digits. A byte alone is also a character of Latin-1.
func (s *escapes) bytes(i int, intro byte, letter string, depth int, add func(rune, int)) {
	var raw []byte
	for len(raw) < utf8.UTFMax {
		if !strings.HasPrefix(s.text[min(i, len(s.text)):], letter) {
			return
		}
		one, err := hex.DecodeString(s.text[min(i+len(letter), len(s.text)):min(i+len(letter)+2, len(s.text))])
		if err != nil || len(one) == 0 {
			return
		}
		i += len(letter) + 2
		if raw = append(raw, one[0]); len(raw) == 1 {
			if add(rune(one[0]), i); one[0] < utf8.RuneSelf {
				return
			}
			add(invalid(one[0]), i)
		}
		if r, n := utf8.DecodeRune(raw); r != utf8.RuneError && n == len(raw) {
			add(r, i)
			return
		}
		next := -1
		for _, at := range s.intros(i, intro, depth) {
			if v, ok := s.hex(at+len(letter), 2); ok && v >= 0x80 && v < 0xC0 { // it continues the character
				next = at
			}
		}
		if i = next; i < 0 {
			return
		}
	}
}

// intros returns where an introduction of another unit or byte can end: as it is, repeated, or escaped itself, also by its own kind of escape, as in
// \u005CuDE00.
func (s *escapes) intros(i int, intro byte, depth int) []int {
	var ends []int
	if i >= len(s.text) || !beginsEscape(s.text[i]) {
		return nil
	}
	if s.text[i] == intro {
		again := map[byte]string{'%': "25", '\\': `\`}[intro]
		end := i + 1
		for end-i < maxWriting && strings.HasPrefix(s.text[end:], again) {
			end += len(again)
		}
		ends = append(ends, end)
	}
	for _, w := range s.read(i, depth+1) {
		if w.r == rune(intro) {
			ends = append(ends, w.end)
		}
	}
	return ends
}

// entity reads what follows an ampersand in HTML.
func (s *escapes) entity(i, depth int, add func(rune, int)) {
	for _, w := range s.read(i, depth+1) {
		if w.r != '#' || w.end >= len(s.text) {
			continue
		}
		from, base := w.end, rune(10)
		if s.text[from]|0x20 == 'x' {
			from, base = from+1, 16
		}
		for to := from + 1; to <= min(len(s.text), from+8); to++ { // where it ends without a semicolon is not known
			v, ok := number(s.text[from:to], base)
			if !ok {
				break
			}
			add(v, to)
			s.semicolon(v, to, depth, add)
		}
	}
	to := i
	for to < len(s.text) && to-i < 32 && (s.text[to]|0x20 >= 'a' && s.text[to]|0x20 <= 'z' || s.text[to] >= '0' && s.text[to] <= '9') {
		to++
	}
	if to > i {
		name := html.UnescapeString("&" + s.text[i:to] + ";")
		if r, n := utf8.DecodeRuneInString(name); n == len(name) {
			s.semicolon(r, to, depth, add)
		}
	}
}

// semicolon adds r if there is a semicolon at i.
func (s *escapes) semicolon(r rune, i, depth int, add func(rune, int)) {
	for _, w := range s.read(i, depth+1) {
		if w.r == ';' {
			add(r, w.end)
		}
	}
}

// hex returns the number of n hexadecimal digits at i.
func (s *escapes) hex(i, n int) (rune, bool) {
	if i+n > len(s.text) {
		return 0, false
	}
	return number(s.text[i:i+n], 16)
}

// number returns the character with a number. There is none if a digit is not one, or the number is too large.
func number(digits string, base rune) (v rune, ok bool) {
	for _, d := range strings.ToLower(digits) {
		switch {
		case d >= '0' && d <= '9':
			d -= '0'
		case base == 16 && d >= 'a' && d <= 'f':
			d -= 'a' - 10
		default:
			return 0, false
		}
		if v = v*base + d; v > utf8.MaxRune {
			return 0, false
		}
	}
	return v, digits != ""
}
