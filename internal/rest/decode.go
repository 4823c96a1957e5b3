package rest

import "encoding/json"

// Checker is implemented by answers that can be incomplete although they are valid JSON.
type Checker interface {
	// Check returns an error if something is missing that every such answer has.
	Check() error
}

// Decode decodes a JSON answer and checks it. An incomplete answer is an error.
func Decode[Out any](body []byte) (Out, error) {
	var out Out
	if err := json.Unmarshal(body, &out); err != nil {
		return out, err
	}
	if c, ok := any(&out).(Checker); ok {
		return out, c.Check()
	}
	return out, nil
}
