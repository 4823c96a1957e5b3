package rest

import (
	"bytes"
	"encoding/json"
	"slices"
	"testing"
)

// thing is an object with fields of several types.
type thing struct {
	UUID ID      `json:"uuid"`
	Name string  `json:"name"`
	Size *Number `json:"size"`
	IDs  *[]ID   `json:"ids"`
	Meta struct {
		Limit *Number          `json:"limit"`
		Inner map[string]*Bool `json:"inner"`
	} `json:"meta"`
}

func TestDecodeObject(t *testing.T) {
	t.Parallel()
	const id = `"uuid":"43474da7ae3b4b7191ee29c2de798257"`
	for raw, c := range map[string]struct {
		unreadable []string
		readable   string // what is left, as JSON of the same thing
	}{
		`{` + id + `,"name":"a","size":1}`:                                                  {nil, `{` + id + `,"name":"a","size":1}`},
		`{` + id + `,"name":7,"size":1}`:                                                    {[]string{"name"}, `{` + id + `,"size":1}`},
		`{` + id + `,"name":"a","size":"big","ids":["x"]}`:                                  {[]string{"ids", "size"}, `{` + id + `,"name":"a"}`},
		`{` + id + `,"meta":[]}`:                                                            {[]string{"meta"}, `{` + id + `}`},
		`{` + id + `,"meta":{"limit":"x","inner":{"a":true}}}`:                              {[]string{"meta.limit"}, `{` + id + `,"meta":{"inner":{"a":true}}}`},
		`{` + id + `,"meta":{"limit":1,"inner":{"a":true,"b":"maybe"}},"more":{"limit":7}}`: {[]string{"meta.inner.b"}, `{` + id + `,"meta":{"limit":1,"inner":{"a":true}}}`},
		`{` + id + `,"NAME":7}`:                                                             {[]string{"NAME"}, `{` + id + `}`},
	} {
		var got, want thing
		unreadable, err := DecodeObject([]byte(raw), &got)
		if err != nil || !slices.Equal(unreadable, c.unreadable) {
			t.Errorf("%s: %q, %v", raw, unreadable, err)
		}
		if err := json.Unmarshal([]byte(c.readable), &want); err != nil {
			t.Fatal(err)
		}
		is, _ := json.Marshal(got)
		if must, _ := json.Marshal(want); !bytes.Equal(is, must) {
			t.Errorf("%s: %s, want %s", raw, is, must)
		}
	}
	for _, raw := range []string{``, `{`, `7`, `[]`, `"x"`, `{"uuid":7}`, `{"UUID":"x"}`, `{"uuid":"x","name":7}`, `{"uuid":{}}`} {
		var got thing
		if unreadable, err := DecodeObject([]byte(raw), &got); err == nil {
			t.Errorf("%s: %q, no error", raw, unreadable)
		}
	}
}
