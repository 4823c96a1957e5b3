package rest

import (
	"encoding/json"
	"fmt"
)

// maxBatch is how many bytes of a list are decoded at once. A call of the decoder for each element takes more time.
const maxBatch = 64 << 10

// DecodeObjects decodes a JSON array of n objects, which CountObjects has counted. The first object that cannot be decoded, or that check does not
// accept, is an error at once, so that an answer that is refused needs little memory (goals.md S4). Fields of an object in an unknown form are
// left out, as in DecodeObject.
func DecodeObjects[T any](raw []byte, n int, check func(*T) error) ([]T, error) {
	var out []T
	var batch []byte
	s := scanner{raw: raw}
	for len(out) < n {
		part, count := s.batch(n - len(out))
		if len(out)+count > cap(out) {
			size := n
			if out == nil {
				size = count
			}
			out = append(make([]T, 0, size), out...)
		}
		from, to := len(out), len(out)+count
		out = out[:to]
		into := out[from:from:to]
		if count > 1 {
			batch = append(append(append(batch[:0], '['), part...), ']')
		}
		if count == 1 || json.Unmarshal(batch, &into) != nil {
			if err := decodeEach(part, out[from:], from); err != nil {
				return nil, err
			}
		}
		for i := from; i < to; i++ {
			if err := check(&out[i]); err != nil {
				return nil, fmt.Errorf("element %d: %w", i, err)
			}
		}
	}
	return out, nil
}

// decodeEach decodes the objects of a part of an array one by one. from is the number of objects before them.
func decodeEach[T any](part []byte, out []T, from int) error {
	clear(out) // what an attempt to decode all of them has left
	s := scanner{raw: part}
	for i := range out {
		if err := decodeLenient(s.object(), &out[i]); err != nil {
			return fmt.Errorf("element %d: %w", from+i, err)
		}
	}
	return nil
}

// object returns the next object of an array, which has one.
func (s *scanner) object() []byte {
	for s.peek() != '{' { // the bracket of the array, or a comma
		s.pos++
	}
	start := s.pos
	s.skip()
	return s.raw[start:s.pos]
}

// batch returns the text of the next objects of an array, which has n more: as many as maxBatch allows, and at least one.
func (s *scanner) batch(n int) (part []byte, count int) {
	part = s.object()
	start := s.pos - len(part)
	for count = 1; count < n; count++ {
		end := s.pos
		if s.object(); s.pos-start > maxBatch {
			s.pos = end
			break
		}
	}
	return s.raw[start:s.pos], count
}
