package probe

import (
	"testing"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
)

// TestForms: the forms of values that the mock has no switch for.
func TestForms(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ got, want string }{
		"text as sent":            {textForm(oddText), asSent},
		"text trimmed":            {textForm("Probe\r\nÉ."), trimmed},
		"text trimmed at the end": {textForm("\ufeff Probe\r\nÉ."), trimmed},
		"text trimmed, with LF":   {textForm("Probe\nÉ."), mixed},
		"text with LF":            {textForm("\ufeff Probe\nÉ.\n "), mixed},
		"text of all forms":       {textForm("Probe\nE\u0301."), mixed},
		"text in capitals":        {textForm("PROBE\r\nÉ."), ""},
		"no text":                 {textForm(nil), ""},

		"parameters as sent":        {parametersForm([]byte(parameters)), asSent},
		"parameters spelled 1.5":    {parametersForm([]byte(`{"type":"object","properties":{"number":{"type":"number","minimum":1.5},"city":{"type":"string"}},"required":["number"]}`)), "with another order or spelling"},
		"parameters as a text":      {parametersForm([]byte(`"{\"type\":\"object\"}"`)), "a text"},
		"other parameters":          {parametersForm([]byte(`{"type":"object"}`)), "other parameters"},
		"no parameters":             {parametersForm([]byte(`null`)), "other parameters"},
		"parameters cut off":        {parametersForm([]byte(`{"type`)), "not JSON"},
		"parameters with new lines": {parametersForm([]byte("\n" + parameters)), asSent},

		"time":                 {timeForm("2024-07-25T21:19:01Z"), "whole seconds and Z"},
		"time with a fraction": {timeForm("2024-07-25T21:19:01.5+00:00"), "fractions of a second"},
		"time with an offset":  {timeForm("2024-07-25T21:19:01+02:00"), "an offset"},
		"time without a zone":  {timeForm("2024-07-25T21:19:01"), "not RFC 3339"},
		"no time":              {timeForm(""), "not RFC 3339"},

		"lag of seconds":          {lagReading(20 * time.Second), later},
		"lag, seen after minutes": {lagReading(0), later}, // with a low limit of requests
		"lag of more":             {lagReading(31 * time.Second), "after more than half a minute"},

		"JSON and more": {read(rest.Answer{Status: 200, Body: []byte(`{"uuid":"a"}}`)}).form(), "200, a text"},

		"refusal":    {read(rest.Answer{Status: 404, Body: []byte(`{"error":"secret"}`)}).form(), `404 {"error"}`},
		"list":       {read(rest.Answer{Status: 422, Body: []byte(`[{"msg":"secret"}]`)}).form(), "422, a list"},
		"a page":     {read(rest.Answer{Status: 200, Body: []byte(" <html>")}).form(), "200, a web page"},
		"empty body": {read(rest.Answer{Status: 200}).form(), "200, an empty body"},
		"a text":     {read(rest.Answer{Status: 400, Body: []byte("secret")}).form(), "400, a text"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if tc.got != tc.want {
				t.Errorf("%q, want %q", tc.got, tc.want)
			}
		})
	}
}

// TestSuccess: which answers are a success, and which ones a refusal because of what was sent.
func TestSuccess(t *testing.T) {
	t.Parallel()
	for body, tc := range map[string]struct {
		status      int
		ok, refused bool
	}{
		`{"uuid":"a"}`:         {200, true, false},
		`{"success":true}`:     {200, true, false},
		`{"success":false}`:    {200, false, false},
		`{"error":"a"}`:        {200, false, false},
		`{"error":null}`:       {200, true, false},
		`<html></html>`:        {403, false, false},
		`{"error":"b"}`:        {403, false, true},
		`{"error":"c"}`:        {404, false, false},
		`{"error":"d"}`:        {500, false, false},
		`[{"msg":"required"}]`: {422, false, true},
	} {
		t.Run(body, func(t *testing.T) {
			t.Parallel()
			a := read(rest.Answer{Status: tc.status, Body: []byte(body)})
			if a.ok() != tc.ok || a.isRefused() != tc.refused {
				t.Errorf("success %v, refused %v", a.ok(), a.isRefused())
			}
		})
	}
}
