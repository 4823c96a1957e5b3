package rest

import (
	"encoding/json"
	"io"
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
	forms := map[string][]sentForm{}
	for part := range parts {
		if len(part) < minSentPart {
			continue
		}
		shortest := minCut
		if isToken(part) {
			shortest = minCutToken
		}
		for _, form := range encodings(part) {
			if len(form) >= minCutToken {
				forms[form[:minCutToken]] = append(forms[form[:minCutToken]], sentForm{form, min(shortest, len(form))})
			}
		}
	}
	message = replaceForms(message, forms)
	for part := range parts {
		if len(part) < minSentPart {
			message = replaceWord(message, part)
		}
	}
	return message
}

// sentForm is a text in an encoding. Beginnings of it are hidden from the shortest length on.
type sentForm struct {
	text     string
	shortest int
}

// matches returns how many bytes at the beginning of a message are a form or its beginning, or 0.
func (f sentForm) matches(message string) int {
	n := 0
	for n < len(f.text) && n < len(message) && f.text[n] == message[n] {
		n++
	}
	if n < f.shortest {
		return 0
	}
	return n
}

// replaceForms replaces all that matches a form; forms are indexed by their first minCutToken bytes. Matches that overlap are replaced
// together: texts can have a common beginning, and one can begin in another, so that replacing one after the other would leave ends.
func replaceForms(message string, forms map[string][]sentForm) string {
	var out strings.Builder
	end := 0 // of the match that is written
	for i := range len(message) {
		n := 0
		for _, f := range forms[message[i:min(i+minCutToken, len(message))]] {
			n = max(n, f.matches(message[i:]))
		}
		switch {
		case n > 0:
			if i >= end {
				out.WriteString(hidden)
			}
			end = max(end, i+n)
		case i >= end:
			out.WriteByte(message[i])
		}
	}
	return out.String()
}

// sentParts returns a text, its lines, its credentials, and its words that look like a token: a service may repeat each of them alone.
func sentParts(text string) []string {
	whole := strings.TrimSpace(text)
	if !isHidden(whole) {
		return nil
	}
	parts := []string{text, whole}
	for line := range strings.Lines(whole) {
		if line = strings.TrimSpace(line); len(line) >= minSentPart {
			parts = append(parts, line)
		}
	}
	parts = append(parts, credentials(whole)...)
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

// credentials returns the parts of a text that are secrets by their place: the credential behind an authentication scheme, and the password,
// the path and the values of the query of a URL. A short path, such as /docs, is none.
func credentials(text string) []string {
	var found []string
	if scheme, credential, ok := strings.Cut(text, " "); ok && slices.Contains([]string{"bearer", "basic", "token"}, strings.ToLower(scheme)) {
		found = append(found, strings.TrimSpace(credential))
	}
	if u, err := url.Parse(text); err == nil && u.Host != "" {
		password, _ := u.User.Password()
		found = append(found, password)
		for _, path := range []string{u.EscapedPath(), u.RequestURI()} {
			if len(path) >= minSentPart {
				found = append(found, path)
			}
		}
		for _, values := range u.Query() {
			found = append(found, values...)
		}
	}
	return slices.DeleteFunc(found, func(s string) bool { return !isHidden(s) })
}

// isHidden reports whether a text is hidden: it is not short, and no word of JSON.
func isHidden(text string) bool {
	return utf8.RuneCountInString(text) >= minSent && !slices.Contains([]string{"true", "false", "null"}, text)
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
