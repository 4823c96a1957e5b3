package hub

import (
	"path"
	"strings"
)

// successorDigits is how many hexadecimal digits of the hash of its content the name of a successor has.
const successorDigits = 8

// SuccessorName returns the file name of a source that replaces one with the plain name, with the beginning of the hash of its content. A
// knowledge base uploads it while the source with the plain name exists, gives it the plain name as its title, and recognizes by the name what
// an apply uploaded that ended without saving its state.
func SuccessorName(plain, hash string) string {
	ext := path.Ext(plain)
	return strings.TrimSuffix(plain, ext) + "." + hash[:successorDigits] + ext
}

// PlainName returns the file name of a source without the part of a hash that a knowledge base put into it, and that part, or "". A user can
// have files with such names, such as a date in eight digits. So the title decides: that of a successor is the plain name.
func (s *Source) PlainName() (plain, hash string) {
	if s.Title == nil {
		return s.FileName, ""
	}
	plain = Composed(strings.TrimSpace(*s.Title))
	ext := path.Ext(plain)
	rest, begins := strings.CutPrefix(Composed(s.FileName), strings.TrimSuffix(plain, ext)+".")
	hash, ends := strings.CutSuffix(rest, ext)
	if !begins || !ends || len(hash) != successorDigits || strings.Trim(hash, "0123456789abcdef") != "" {
		return s.FileName, ""
	}
	return plain, hash
}
