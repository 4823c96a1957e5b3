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
	// maxSentHex is the length of a text up to which its hexadecimal form is searched for, in bytes. It takes 16 times the memory.
	maxSentHex = 1 << 10
	// maxSentFile is the size of a file from which its content is not searched for.
	maxSentFile = 1 << 20
	// maxSearched is how much of a message is searched for texts that were sent. An error shows less.
	maxSearched = 64 << 10
	// hidden stands for a text that was sent. Terraform uses the same words.
	hidden = "(sensitive value)"
)

// sanitizer returns the function that makes texts of an answer fit for an error. It hides what was sent, apart from fields that
// Config.Public names, because the service may repeat the request in its messages. The texts are collected when they are needed.
func (c *Client) sanitizer(in any) func(string) string {
	var texts []string
	collected := false
	return func(s string) string {
		if len(s) > maxSearched { // at the end of a word: a part of one would not be found
			s = s[:max(strings.LastIndexAny(s[:maxSearched], " \n"), 0)]
		}
		if !collected {
			texts, collected = c.sentTexts(in), true
		}
		return c.Sanitize(s, texts...)
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

// HideTexts replaces texts that were sent in a message of the service.
func HideTexts(message string, texts ...string) string { return hideTexts(message, nil, texts) }

// hideTexts replaces matches in a message of the service, and texts that were sent and parts of them. A part can be cut at its end.
func hideTexts(message string, found []match, texts []string) string {
	parts := map[string]bool{}
	for _, text := range texts {
		for _, part := range sentParts(text) {
			parts[part] = true
		}
	}
	var long patterns
	for part := range parts {
		if len(part) < minSentPart {
			continue
		}
		shortest := minCut
		if isToken(part) {
			shortest = minCutToken
		}
		long.add(pattern{text: part, shortest: min(shortest, utf8.RuneCountInString(part)), label: hidden})
		long.addBase64(part, hidden, shortest)
		if len(part) <= maxSentHex {
			long.addHex(part, hidden)
		}
	}
	message = replace(message, append(found, long.find(message)...))
	for part := range parts {
		if len(part) < minSentPart {
			message = replaceWord(message, part)
		}
	}
	return message
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
