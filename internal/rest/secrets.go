package rest

import (
	"encoding/base64"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

const (
	// minSecret is the length from which a value that a user calls a secret is hidden in all texts of the service, in bytes. Values from
	// minSecretToken on are hidden if they have a letter and a digit. Shorter ones are parts of ordinary words and numbers.
	minSecret, minSecretToken = 8, 6
	// maxSecrets and maxSecretBytes bound what a client remembers, and maxSecretBytes the length of one of its values.
	maxSecrets, maxSecretBytes = 1000, 64 << 10
)

// commonValues are values of HTTP headers that are no secrets, wherever a user writes them. Other values can begin with one.
var commonValues = []string{"application/json", "application/x-www-form-urlencoded", "application/xml", "multipart/form-data", "text/plain", "text/html", "text/xml", "keep-alive", "no-cache", "no-store"}

// secrets are the values that no text of a client may show. They are safe for concurrent use. Their zero value is empty.
type secrets struct {
	mu       sync.RWMutex
	known    map[string]bool
	size     int // of all values, in bytes
	patterns patterns
}

// add adds a value, if there is room for it. A message can be cut within a secret: half of a value without spaces is hidden, too.
func (s *secrets) add(value, label string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.known[value] || len(s.known) >= maxSecrets || s.size+len(value) > maxSecretBytes {
		return
	}
	if s.known == nil {
		s.known = map[string]bool{}
	}
	s.known[value] = true
	s.size += len(value)
	n := utf8.RuneCountInString(value)
	shortest := n
	if !strings.Contains(value, " ") {
		shortest = min(n, max((n+1)/2, minSecret))
	}
	s.patterns.add(pattern{text: value, shortest: shortest, label: label})
	s.patterns.addBase64(value, label, shortest)
	s.patterns.addHex(value, label)
}

// find returns where a text has one of the values.
func (s *secrets) find(text string) []match {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.patterns.find(text)
}

// Remember hides values in all texts of the service that the client returns or logs from now on, as Redact does. Of a value such as "Bearer abc"
// the part after the scheme is hidden alone, too, and of "Basic" what it encodes. Values that are too short or common are ignored: hiding them
// would damage messages. So are values beyond a thousand, or 64 KiB together.
func (c *Client) Remember(values ...string) {
	for _, value := range values {
		for _, part := range secretParts(value) {
			if isSecret(part) {
				c.secrets.add(part, hidden)
			}
		}
	}
}

// secretParts returns a value, and what of it is a secret alone.
func secretParts(value string) []string {
	value = strings.TrimSpace(value)
	parts := []string{value}
	scheme, credential, found := strings.Cut(value, " ")
	if credential = strings.TrimSpace(credential); !found {
		return parts
	}
	parts = append(parts, credential)
	if raw, err := base64.StdEncoding.DecodeString(credential); err == nil && strings.EqualFold(scheme, "basic") {
		_, password, _ := strings.Cut(string(raw), ":")
		parts = append(parts, string(raw), password)
	}
	return parts
}

// isSecret reports whether a value is worth hiding.
func isSecret(value string) bool {
	if slices.ContainsFunc(commonValues, func(common string) bool { return strings.HasPrefix(strings.ToLower(value), common) }) {
		return false
	}
	return len(value) >= minSecret || len(value) >= minSecretToken && strings.ContainsFunc(value, unicode.IsLetter) && strings.ContainsFunc(value, unicode.IsDigit)
}
