package rest

import (
	"errors"
	"fmt"
)

// What the parts of a JSON value need in memory when they are decoded, about and in bytes, apart from their texts. A member of an object of
// the API is a field of a struct, and its memory is that of the object; one below it can be in a map.
const (
	elementWeight = 32
	objectWeight  = 200 // of an element that is an object
	memberWeight  = 64
	fieldWeight   = 16
)

// An answer whose values need more than maxFactor times its size, and more than maxSpare beyond that, is refused before it is decoded: "{}," has 3
// bytes, and a chatbot more than 100. Real answers need about twice their size (goals.md S4). The factor is 1 for a value without a type.
const (
	maxFactor = 4
	maxSpare  = 4 << 20
)

// errTooHeavy is the error for an answer of too many values for its size.
var errTooHeavy = errors.New("it has too many values for its size")

// scanner finds values in a JSON text and estimates what they need in memory. It decodes nothing and allocates nothing. It looks at texts and
// brackets only, so that the decoder has to check what it found.
type scanner struct {
	raw []byte
	pos int
	// shallow is how deep the objects are whose members are fields of a struct: 1 for those of the values themselves, 0 for none.
	shallow int

	elements, objects, members, fields int
}

// affordable reports whether a JSON text may be decoded. shallow is as in scanner.
func affordable(raw []byte, shallow int) bool {
	s := scanner{raw: raw, shallow: shallow}
	for s.peek() != 0 {
		s.skip()
	}
	return !s.tooHeavy()
}

// tooHeavy reports whether the values so far need too much memory for the whole text.
func (s *scanner) tooHeavy() bool {
	limit := maxSpare + len(s.raw)
	if s.shallow > 0 {
		limit = maxSpare + maxFactor*len(s.raw)
	}
	return s.elements*elementWeight+s.objects*(objectWeight-elementWeight)+s.members*memberWeight+s.fields*fieldWeight > limit
}

// peek returns the next character that is not white space; 0 at the end.
func (s *scanner) peek() byte {
	for ; s.pos < len(s.raw); s.pos++ {
		switch c := s.raw[s.pos]; c {
		case ' ', '\t', '\r', '\n':
		default:
			return c
		}
	}
	return 0
}

// skip moves behind the next value, or behind the next character that begins none. It returns false if the text ends in the value.
func (s *scanner) skip() bool {
	before := byte(0) // the character before a value, without white space
	for depth := 0; s.peek() != 0; {
		c := s.raw[s.pos]
		s.pos++
		switch c {
		case '"':
			if !s.skipText() {
				return false
			}
		case '{', '[':
			depth++
			if c == '{' && (before == '[' || before == ',') {
				s.objects++
			}
			if next := s.peek(); next != '}' && next != ']' {
				s.elements++ // or a member; see ':'
			}
		case '}', ']':
			depth--
		case ',':
			s.elements++
		case ':':
			s.elements--
			if depth <= s.shallow {
				s.fields++
			} else {
				s.members++
			}
		}
		before = c
		if depth <= 0 {
			return depth == 0
		}
	}
	return false
}

// skipText moves behind a text whose first quotation mark is read. It returns false if the text does not end.
func (s *scanner) skipText() bool {
	for s.pos < len(s.raw) {
		c := s.raw[s.pos]
		s.pos++
		switch c {
		case '"':
			return true
		case '\\':
			s.pos++
		}
	}
	return false
}

// CountObjects returns the number of elements of a JSON array of objects. It decodes nothing. It is an error if one is no object, or if the text is not an array,
// ends before it does, continues after it, or has too many values for its size.
func CountObjects(raw []byte) (int, error) {
	s := scanner{raw: raw, shallow: 1}
	if s.peek() != '[' {
		return 0, errors.New("it is not a list")
	}
	s.pos++
	n := 0
	for end := s.peek() == ']'; !end; n++ {
		switch c := s.peek(); {
		case c == '{':
		case s.pos >= len(raw):
			return 0, errors.New("the list ends too early")
		default:
			return 0, fmt.Errorf("element %d is not an object", n)
		}
		if !s.skip() {
			return 0, errors.New("the list ends too early")
		}
		s.objects++
		if s.tooHeavy() {
			return 0, errTooHeavy
		}
		switch c := s.peek(); {
		case c == ',':
			s.pos++
		case c == ']':
			end = true
		case s.pos >= len(raw):
			return 0, errors.New("the list ends too early")
		default:
			return 0, fmt.Errorf("there is no comma after element %d", n)
		}
	}
	s.pos++
	if s.peek(); s.pos < len(raw) {
		return 0, errors.New("there is something after the list")
	}
	return n, nil
}
