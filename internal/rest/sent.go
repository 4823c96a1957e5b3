package rest

import (
	"encoding/json"
	"io"
	"maps"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// minSent is the length from which a text that was sent is hidden. Shorter ones would damage other words.
	minSent = 4
	// minSentPart is the length from which a text is hidden within words, and a part of a text alone.
	minSentPart = 8
	// minCut and minCutToken are the lengths from which the beginning of a text, and of a word that looks like a token, is hidden.
	minCut, minCutToken = 24, 6
	// maxSentFile is the size of a file from which its content is not searched for.
	maxSentFile = 1 << 20
	// maxSearched is how much of a message is searched for texts that were sent. An error shows less.
	maxSearched = 64 << 10
	// hidden stands for a text that was sent. Terraform uses the same words.
	hidden = "(sensitive value)"
)

// sanitizer returns the function that makes texts of an answer fit for an error. It hides what was sent, apart from fields that
// Config.Public names, because the service may repeat the request in its messages. The texts are collected when they are needed.
func (c *Client) sanitizer(r Route, in any) func(string) string {
	var texts []string
	collected := false
	return func(s string) string {
		if len(s) > maxSearched { // at the end of a word: a part of one would not be found
			s = s[:max(strings.LastIndexAny(s[:maxSearched], " \n"), 0)]
		}
		if !collected {
			texts, collected = c.sentTexts(in), true
		}
		return c.Sanitize(HideTexts(s, texts...), r.Secrets...)
	}
}

// sentTexts returns the texts of a request body that errors may not repeat.
func (c *Client) sentTexts(in any) []string {
	var texts []string
	switch in := in.(type) {
	case nil:
	case *UploadBody:
		for _, value := range in.fields {
			texts = append(texts, value)
		}
		texts = append(texts, in.text())
	default:
		raw, _ := json.Marshal(in) // it was sent, so that it can be encoded
		var body any
		_ = json.Unmarshal(raw, &body)
		c.collect(body, nil, &texts)
	}
	return texts
}

// collect appends the texts of a JSON value, which is at a path of field names. Elements of a list have the path of the list.
func (c *Client) collect(v any, at []string, texts *[]string) {
	switch v := v.(type) {
	case string:
		if c.public == nil || !c.public(at) {
			*texts = append(*texts, v)
		}
	case []any:
		for _, element := range v {
			c.collect(element, at, texts)
		}
	case map[string]any:
		for name, member := range v {
			c.collect(member, append(slices.Clone(at), name), texts)
		}
	}
}

// text returns the content of the file, or "" if it is large or not text.
func (u *UploadBody) text() string {
	if u.file.Size > maxSentFile {
		return ""
	}
	r, err := u.file.Open()
	if err != nil {
		return ""
	}
	defer func() { _ = r.Close() }()
	raw, err := io.ReadAll(io.LimitReader(r, maxSentFile))
	if err != nil || !utf8.Valid(raw) {
		return ""
	}
	return string(raw)
}

// HideTexts replaces texts that were sent, and parts of them, in a message of the service. A part can be cut at its end.
func HideTexts(message string, texts ...string) string {
	parts := map[string]bool{}
	for _, text := range texts {
		for _, part := range sentParts(text) {
			parts[part] = true
		}
	}
	// The longest first: a shorter one could be a part of it.
	for _, part := range slices.SortedFunc(maps.Keys(parts), func(a, b string) int { return len(b) - len(a) }) {
		if len(part) < minSentPart {
			message = replaceWord(message, part)
			continue
		}
		shortest := minCut
		if isToken(part) {
			shortest = minCutToken
		}
		for _, form := range encodings(part) {
			message = replaceCut(message, form, shortest)
		}
	}
	return message
}

// replaceCut replaces a text, and beginnings of it of at least the shortest length.
func replaceCut(message, text string, shortest int) string {
	if shortest = min(shortest, len(text)); shortest == 0 {
		return message
	}
	var out strings.Builder
	for {
		at := strings.Index(message, text[:shortest])
		if at < 0 {
			out.WriteString(message)
			return out.String()
		}
		end := at + shortest
		for n := shortest; end < len(message) && n < len(text) && message[end] == text[n]; n++ {
			end++
		}
		out.WriteString(message[:at])
		out.WriteString(hidden)
		message = message[end:]
	}
}

// sentParts returns a text, its lines, and its words that look like a token: a service may repeat each of them alone.
func sentParts(text string) []string {
	whole := strings.TrimSpace(text)
	if utf8.RuneCountInString(whole) < minSent || slices.Contains([]string{"true", "false", "null"}, whole) {
		return nil
	}
	parts := []string{text, whole}
	for line := range strings.Lines(whole) {
		if line = strings.TrimSpace(line); len(line) >= minSentPart {
			parts = append(parts, line)
		}
	}
	for _, word := range strings.FieldsFunc(whole, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("-_.~+%", r)
	}) {
		if isToken(word) {
			parts = append(parts, word)
			if plain, err := url.QueryUnescape(word); err == nil && len(plain) >= minSentPart {
				parts = append(parts, plain)
			}
		}
	}
	return parts
}

// isToken reports whether a word looks like a token: it is long and has letters and digits.
func isToken(word string) bool {
	return len(word) >= minSentPart && !strings.ContainsFunc(word, unicode.IsSpace) && strings.ContainsFunc(word, unicode.IsLetter) && strings.ContainsFunc(word, unicode.IsDigit)
}

// replaceWord replaces a short text where it is a word of its own.
func replaceWord(message, word string) string {
	var out strings.Builder
	for {
		before, after, found := strings.Cut(message, word)
		if !found {
			out.WriteString(message)
			return out.String()
		}
		last, _ := utf8.DecodeLastRuneInString(out.String() + before)
		next, _ := utf8.DecodeRuneInString(after)
		out.WriteString(before)
		if isWord(last) || isWord(next) {
			out.WriteString(word)
		} else {
			out.WriteString(hidden)
		}
		message = after
	}
}

func isWord(r rune) bool { return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r)) }
