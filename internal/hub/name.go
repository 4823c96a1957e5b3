package hub

import "golang.org/x/text/unicode/norm"

// Composed returns a text in Unicode's form NFC, which Terraform uses for all strings. macOS, and uploads from it, write names in the form
// NFD, in which an accented letter is a letter and a combining accent.
func Composed(text string) string { return norm.NFC.String(text) }

// SameName reports whether two names are equal in the form NFC.
func SameName(a, b string) bool { return a == b || Composed(a) == Composed(b) }
