package hub

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// The service does not tell secret headers from others (api.md §3), and a URL has no place for secrets only. So names and forms decide what
// looks like a secret. The documentation of tool functions has the names.

// A name of a header or of a parameter looks like that of a credential if it contains one of SecretParts or if one of its words is in SecretWords.
// Case is ignored.
var (
	SecretParts = []string{"authorization", "cookie", "credential", "jwt", "key", "passphrase", "passwd", "password", "secret", "session-id", "session_id", "sessionid", "signature", "token"}
	SecretWords = []string{"auth", "authentication", "bearer", "hmac", "oauth", "oauth2", "otp", "pass", "pwd", "sid", "sig", "xauth"}
)

// secretName reports whether a name of a header or a parameter looks like that of a credential.
func secretName(name string) bool {
	lower := strings.ToLower(name)
	if slices.ContainsFunc(SecretParts, func(part string) bool { return strings.Contains(lower, part) }) {
		return true
	}
	return slices.ContainsFunc(words(name), func(word string) bool { return slices.Contains(SecretWords, word) })
}

// words returns the words of a name, in lower case. Anything but letters and digits separates them, and so does a capital letter after a small one.
func words(name string) []string {
	var b strings.Builder
	previous := ' '
	for _, r := range name {
		if unicode.IsLower(previous) && unicode.IsUpper(r) {
			b.WriteByte(' ')
		}
		if previous = r; !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			r = ' '
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return strings.Fields(b.String())
}

// jwt matches a JSON Web Token.
var jwt = regexp.MustCompile(`\beyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.`)

// SecretHeader reports whether a header looks like a secret: by its name, or by a value that begins with Bearer or Basic or has a JSON Web Token.
func SecretHeader(name, value string) bool {
	scheme, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(value)), " ")
	return secretName(name) || scheme == "bearer" || scheme == "basic" || jwt.MatchString(value)
}

// MaskURL returns a URL in which mask replaces what looks like a secret: user information, the values of parameters whose names look like those
// of credentials, long random texts in the path and in parameters, and the path of a webhook. Without a secret the URL is returned as it is.
func MaskURL(address, mask string) string {
	end := strings.IndexAny(address, "?#")
	if end < 0 {
		end = len(address)
	}
	scheme, rest, found := strings.Cut(address[:end], "://")
	if found {
		scheme += "://"
	} else {
		scheme, rest = "", address[:end]
	}
	segments := strings.Split(rest, "/")
	if i := strings.LastIndex(segments[0], "@"); i >= 0 {
		segments[0] = mask + segments[0][i:]
	}
	first, _, _ := strings.Cut(segments[0][strings.LastIndex(segments[0], "@")+1:], ".")
	webhook := slices.Contains([]string{"hook", "hooks", "webhook", "webhooks"}, strings.ToLower(first))
	for i, segment := range segments[1:] {
		name, _, isParameter := strings.Cut(segment[strings.LastIndex(segment, ";")+1:], "=")
		if segment != "" && (webhook || random(segment)) || isParameter && secretName(unescaped(name)) {
			segments[i+1] = mask
		}
	}
	masked := scheme + strings.Join(segments, "/")
	if end == len(address) {
		return masked
	}
	return masked + address[end:end+1] + maskParameters(address[end+1:], mask)
}

// maskParameters masks parameters of a query, with its fragment, or of a fragment.
func maskParameters(query, mask string) string {
	parameters := strings.Split(query, "&")
	for i, p := range parameters {
		parts := strings.Split(p, "#")
		for j, part := range parts {
			name, value, _ := strings.Cut(part, "=")
			switch {
			case secretName(unescaped(name)): // its value may have a #
				parts[j] = name + "=" + mask
				parts = parts[:j+1]
			case random(value):
				parts[j] = name + "=" + mask
			case random(name):
				parts[j] = mask
			}
			if len(parts) == j+1 {
				break
			}
		}
		parameters[i] = strings.Join(parts, "#")
	}
	return strings.Join(parameters, "&")
}

// unescaped returns a text without the escapes of URLs, or as it is if they are wrong.
func unescaped(text string) string {
	if plain, err := url.QueryUnescape(text); err == nil {
		return plain
	}
	return text
}

// uuid matches an identifier of 128 bits, which as a part of a URL is often all that protects a webhook. run matches a long word.
var (
	uuid = regexp.MustCompile(`(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)
	run  = regexp.MustCompile(`[A-Za-z0-9]{16,}`)
	// digits matches several numbers in a word, between and beside letters.
	digits = regexp.MustCompile(`[0-9][A-Za-z]+[0-9]`)
)

// random reports whether a part of a URL looks like a generated text: it has a UUID, a JSON Web Token, or a long word in which digits are among
// letters. Names such as getOrderStatusByCustomer2 and numbers are not random.
func random(part string) bool {
	part = unescaped(part)
	return uuid.MatchString(part) || jwt.MatchString(part) || slices.ContainsFunc(run.FindAllString(part, -1), digits.MatchString)
}
