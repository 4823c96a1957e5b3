package base

import (
	"errors"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// TestLostCreates: what is said about a create whose answer was lost.
func TestLostCreates(t *testing.T) {
	t.Parallel()
	const chatbot, one, two = "cccccccccccccccccccccccccccccccc", "11111111111111111111111111111111", "22222222222222222222222222222222"
	reset := &hub.TransportError{Method: "POST", Path: "/x", Sent: true, Err: errors.New("connection reset")}
	trouble := &hub.Error{Method: "POST", Path: "/x", Status: 503}
	const unknown = "It is not known whether the agent was created"
	for name, c := range map[string]struct {
		err            error
		parts          []string
		want, unwanted []string
	}{
		"several": {&hub.LostError{Candidates: []hub.ID{one, two}, Err: reset}, []string{"aichatbothub_agent", chatbot},
			[]string{"connection reset", one + ", " + two, "  import {\n    to = aichatbothub_agent.NAME\n    id = \"" + chatbot + "/" + one + "\"\n  }"}, []string{unknown}},
		"several, no import": {&hub.LostError{Candidates: []hub.ID{one}, Err: reset}, nil, []string{one, "import it"}, []string{unknown, "NAME"}},
		"twice":              {&hub.LostError{Err: trouble}, nil, []string{"503", "sent twice", "Run Terraform again later"}, []string{unknown, "import"}},
		"exists":             {&hub.Error{Status: 409, JSON: true, Message: "duplicate"}, nil, []string{"duplicate", "an object that exists already", "import it, or delete it there and apply again"}, []string{unknown}},
		"failed, no list":    {trouble, nil, []string{"503", unknown, "the next apply would create a second one"}, []string{"Otherwise"}},
		"no list":            {reset, nil, []string{"connection reset", "Check the network", unknown}, []string{"sent twice"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var diags diag.Diagnostics
			Failure{Doing: "create", Noun: "agent", Import: c.parts}.Report(&diags, c.err)
			if len(diags) != 1 || diags[0].Summary() != "Unable to create agent" {
				t.Fatalf("%v", diags)
			}
			for _, want := range c.want {
				if !strings.Contains(diags[0].Detail(), want) {
					t.Errorf("%q lacks %q", diags[0].Detail(), want)
				}
			}
			for _, unwanted := range c.unwanted {
				if strings.Contains(diags[0].Detail(), unwanted) {
					t.Errorf("%q has %q", diags[0].Detail(), unwanted)
				}
			}
		})
	}
}
