package provider_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// neverEmpty are the fields that the service requires, or sets itself (api.md §2, §3), by noun, or by noun and kind of object. No object of
// the service has an empty one.
var neverEmpty = map[string][]string{
	"chatbot":         {"name", "meta.visibility", limitMessage},
	"agent":           neverEmptyInAgents,
	"default_agent":   neverEmptyInAgents,
	"tool_function":   {"name", "description", "external_url", "method", "parameters.type"},
	"source web page": {"file_name"},
	"source question": {"meta_json"}, // a deployment without it is in "What Terraform cannot detect"
	"source_tag":      {"name", "color", "data_source_uuids[]"},
	"message":         {"query"},
}

var neverEmptyInAgents = []string{"name", "type", "data_source_uuids[]", "variables[].name", "variables[].type", "meta.tags[].name", "meta.tags[].color"}

// limitMessage can be empty. Terraform then generates no argument, which means the default ("What Terraform cannot detect").
const limitMessage = "meta.rate_limit_message"

// TestEmptyTexts: whichever text of an object the service shows as "", the configuration that Terraform or OpenTofu generates for the object
// is valid and changes nothing.
func TestEmptyTexts(t *testing.T) {
	t.Parallel()
	for _, noun := range acctest.Nouns {
		for _, kind := range slices.Sorted(maps.Keys(noun.Generated)) {
			t.Run(noun.Type+" "+kind, func(t *testing.T) {
				t.Parallel()
				e := acctest.Start(t)
				id := noun.Generated[kind](e, e.SeedChatbot())
				fields := map[string]bool{}
				empty := "" // the field that is empty in answers
				for _, route := range append(noun.ReadRoutes, noun.ListRoute) {
					e.Inject(mockhub.Fault{Route: route, Times: -1, Mutate: func(answer []byte) []byte { return emptied(t, answer, acctest.LastID(id), empty, fields) }})
				}
				s := e.Server(t)
				check := func() {
					if err := s.NewRun(e); err != nil {
						t.Fatal(err)
					}
					changes, diags := s.PlanImportedID(acctest.Prefix+noun.Type, id)
					if len(changes) > 0 {
						t.Errorf("empty %s: %v", empty, changes)
					}
					for _, d := range diags {
						t.Errorf("empty %s: %s: %s: %s", empty, d.Attribute, d.Summary, d.Detail)
					}
				}
				check()
				for _, field := range slices.Sorted(maps.Keys(fields)) {
					if !slices.Contains(slices.Concat(neverEmpty[noun.Type], neverEmpty[noun.Type+" "+kind]), field) {
						empty = field
						check()
					}
				}
			})
		}
	}
}

// emptied returns an answer in which one field of an object is an empty text. It adds the fields of the object that are texts to fields.
func emptied(t *testing.T, answer []byte, id, field string, fields map[string]bool) []byte {
	t.Helper()
	var decoded any
	if err := json.Unmarshal(answer, &decoded); err != nil {
		t.Error(err)
	}
	var walk func(v any, at string, in bool) any
	walk = func(v any, at string, in bool) any {
		switch v := v.(type) {
		case string:
			if in {
				if fields[at] = true; at == field {
					return ""
				}
			}
		case map[string]any:
			if v["uuid"] == id {
				in, at = true, ""
			}
			for key, member := range v {
				if key != "uuid" {
					v[key] = walk(member, strings.TrimPrefix(at+"."+key, "."), in)
				}
			}
		case []any:
			for i, element := range v {
				v[i] = walk(element, at+"[]", in)
			}
		}
		return v
	}
	out, err := json.Marshal(walk(decoded, "", false))
	if err != nil {
		t.Error(err)
	}
	return out
}
