package release

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestSchemaOfLastRelease: what the schemas of the last release have is still there, or CHANGELOG.md names it under *Breaking* of *Unreleased*.
// The schemas of each release are in testdata, and before the first release there are none.
func TestSchemaOfLastRelease(t *testing.T) {
	t.Parallel()
	changelog := read(t, "CHANGELOG.md")
	files, err := filepath.Glob("testdata/schema_*.json")
	if err != nil {
		t.Fatal(err)
	}
	last := regexp.MustCompile(`(?m)^## \[([0-9][^]]*)\]`).FindStringSubmatch(changelog)
	if last == nil {
		if len(files) > 0 {
			t.Errorf("CHANGELOG.md has no release, and there is %q", files)
		}
		return
	}
	want := "testdata/schema_" + last[1] + ".json"
	if !slices.Equal(files, []string{want}) {
		t.Fatalf("the schemas of releases are %q, want only %s: see Releasing in CONTRIBUTING.md", files, want)
	}
	released, err := os.ReadFile(want)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "go", "run", "./internal/cmd/schemajson")
	cmd.Dir = root
	present, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, change := range undocumented(breaking(attributes(t, released), attributes(t, present)), changelog) {
		t.Errorf("%s, and CHANGELOG.md does not name it under Breaking of Unreleased", change)
	}
}

// attribute is what a configuration relies on of an attribute, a parameter or a result.
type attribute struct {
	typ                string // as JSON; "" for what has attributes of its own
	settable, required bool
}

// change is a change that breaks configurations.
type change struct{ owner, attribute, what string }

// String describes the change.
func (c change) String() string {
	return strings.TrimSuffix(c.owner+"."+c.attribute, ".") + " " + c.what
}

// attributes returns the attributes in a document of schemas by their owner, such as "resource aichatbothub_agent", and their path.
func attributes(t *testing.T, document []byte) map[string]map[string]attribute {
	t.Helper()
	var parsed struct {
		Providers map[string]map[string]json.RawMessage `json:"provider_schemas"`
	}
	if err := json.Unmarshal(document, &parsed); err != nil || len(parsed.Providers) != 1 {
		t.Fatalf("not the schemas of one provider: %v", err)
	}
	found := map[string]map[string]attribute{}
	for _, sections := range parsed.Providers {
		for section, raw := range sections {
			kind := strings.TrimSuffix(strings.TrimSuffix(section, "_schemas"), "s")
			var owners map[string]any
			if err := json.Unmarshal(raw, &owners); err != nil {
				t.Fatal(err)
			}
			if section == "provider" {
				owners = map[string]any{"": owners}
			}
			for name, schema := range owners {
				list := map[string]attribute{}
				collectAttributes(list, "", schema.(map[string]any))
				found[strings.TrimSpace(kind+" "+name)] = list
			}
		}
	}
	return found
}

// collectAttributes adds the attributes of a schema, a block, a nested type, or the signature of a function.
func collectAttributes(into map[string]attribute, prefix string, schema map[string]any) {
	for _, key := range []string{"block", "nested_type"} {
		if inner, ok := schema[key].(map[string]any); ok {
			collectAttributes(into, prefix, inner)
		}
	}
	for _, key := range []string{"attributes", "block_types"} {
		inner, _ := schema[key].(map[string]any)
		for name, raw := range inner {
			a := raw.(map[string]any)
			optional, required := a["optional"] == true || key == "block_types", a["required"] == true || a["required_for_import"] == true
			mode := a["nesting_mode"]
			if nested, ok := a["nested_type"].(map[string]any); ok {
				mode = nested["nesting_mode"]
			}
			into[prefix+name] = attribute{typeOf(a["type"], mode), optional || required || a["optional_for_import"] == true, required}
			collectAttributes(into, prefix+name+".", a)
		}
	}
	if parameters, ok := schema["parameters"].([]any); ok {
		for i, raw := range parameters {
			into[fmt.Sprintf("parameter %d", i)] = attribute{typ: typeOf(raw.(map[string]any)["type"], nil)}
		}
	}
	if result, ok := schema["return_type"]; ok {
		into["result"] = attribute{typ: typeOf(result, nil)}
	}
}

func typeOf(value, nestingMode any) string {
	raw, _ := json.Marshal([]any{value, nestingMode}) // both come from JSON
	return string(raw)
}

// breaking returns what of before is gone or different in after, sorted.
func breaking(before, after map[string]map[string]attribute) []change {
	var all []change
	for owner, old := range before {
		now, ok := after[owner]
		if !ok {
			all = append(all, change{owner, "", "was removed"})
			continue
		}
		for name, a := range old {
			b, ok := now[name]
			switch {
			case !ok:
				all = append(all, change{owner, name, "was removed"})
			case a.typ != b.typ:
				all = append(all, change{owner, name, "has another type"})
			case a.settable && !b.settable:
				all = append(all, change{owner, name, "can no longer be set"})
			case !a.required && b.required:
				all = append(all, change{owner, name, "is now required"})
			}
		}
		for name, b := range now {
			if _, ok := old[name]; !ok && (b.required && !strings.Contains(name, ".") || strings.HasPrefix(name, "parameter ")) {
				all = append(all, change{owner, name, "is new and required"})
			}
		}
	}
	slices.SortFunc(all, func(a, b change) int { return strings.Compare(a.String(), b.String()) })
	return all
}

// undocumented returns the changes without an entry under *Breaking* of *Unreleased* that has the names of the owner and the attribute as code.
func undocumented(changes []change, changelog string) []change {
	_, section, _ := strings.Cut(changelog, "## [Unreleased]")
	section, _, _ = strings.Cut(section, "\n## [")
	_, section, _ = strings.Cut(section, "\n### Breaking\n")
	section, _, _ = strings.Cut(section, "\n### ")
	entries := strings.Split(section, "\n- ")
	return slices.DeleteFunc(slices.Clone(changes), func(c change) bool {
		names := []string{c.owner[strings.LastIndex(c.owner, " ")+1:], c.attribute[strings.LastIndex(c.attribute, ".")+1:]}
		return slices.ContainsFunc(entries, func(entry string) bool {
			return !slices.ContainsFunc(names, func(name string) bool {
				return name != "" && name != "provider" && !strings.Contains(entry, "`"+name+"`")
			}) && strings.TrimSpace(entry) != ""
		})
	})
}

// TestBreakingChanges: each kind of change that breaks a configuration is found in a document, and needs an entry of its own.
func TestBreakingChanges(t *testing.T) {
	t.Parallel()
	const before = `{"provider_schemas":{"x":{
		"provider":{"block":{"attributes":{"api_key":{"type":"string","optional":true}}}},
		"resource_schemas":{"aichatbothub_a":{"block":{"attributes":{
			"name":{"type":"string","required":true},"size":{"type":"number","optional":true},"id":{"type":"string","computed":true},
			"tags":{"nested_type":{"nesting_mode":"list","attributes":{"color":{"type":"string","optional":true}}},"optional":true}}}}},
		"resource_identity_schemas":{"aichatbothub_a":{"attributes":{"id":{"type":"string","required_for_import":true}}}},
		"functions":{"faq":{"return_type":["map","string"],"parameters":[{"name":"text","type":"string"}]}}}}}`
	for name, c := range map[string]struct {
		old, replacement string
		want             []string
	}{
		"nothing":                  {"", "", nil},
		"a description":            {`"type":"number","optional":true`, `"type":"number","optional":true,"description":"new"`, nil},
		"a new attribute":          {`"size":`, `"weight":{"type":"number","optional":true},"size":`, nil},
		"a new required attribute": {`"size":`, `"weight":{"type":"number","required":true},"size":`, []string{"resource aichatbothub_a.weight is new and required"}},
		"an attribute removed":     {`"size":{"type":"number","optional":true},`, "", []string{"resource aichatbothub_a.size was removed"}},
		"an attribute retyped":     {`"type":"number"`, `"type":"string"`, []string{"resource aichatbothub_a.size has another type"}},
		"an attribute required":    {`"type":"number","optional":true`, `"type":"number","required":true`, []string{"resource aichatbothub_a.size is now required"}},
		"an attribute computed":    {`"type":"number","optional":true`, `"type":"number","computed":true`, []string{"resource aichatbothub_a.size can no longer be set"}},
		"a member removed":         {`"color":{"type":"string","optional":true}`, "", []string{"resource aichatbothub_a.tags.color was removed"}},
		"a list is a set":          {`"nesting_mode":"list"`, `"nesting_mode":"set"`, []string{"resource aichatbothub_a.tags has another type"}},
		"a resource renamed":       {`"resource_schemas":{"aichatbothub_a"`, `"resource_schemas":{"aichatbothub_b"`, []string{"resource aichatbothub_a was removed"}},
		"a setting removed":        {`"api_key":{"type":"string","optional":true}`, "", []string{"provider.api_key was removed"}},
		"an identity retyped":      {`"id":{"type":"string","required_for_import":true}`, `"id":{"type":"number","required_for_import":true}`, []string{"resource_identity aichatbothub_a.id has another type"}},
		"a result retyped":         {`["map","string"]`, `["list","string"]`, []string{"function faq.result has another type"}},
		"a parameter added":        {`"parameters":[`, `"parameters":[{"name":"format","type":"string"},`, []string{"function faq.parameter 1 is new and required"}},
	} {
		after := strings.Replace(before, c.old, c.replacement, 1)
		var got []string
		changes := breaking(attributes(t, []byte(before)), attributes(t, []byte(after)))
		for _, change := range changes {
			got = append(got, change.String())
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	changes := []change{{"resource aichatbothub_a", "size", ""}, {"resource aichatbothub_a", "tags.color", ""}, {"provider", "api_key", ""}, {"function faq", "", ""}}
	for name, c := range map[string]struct {
		changelog string
		want      int
	}{
		"no entry":       {"## [Unreleased]\n\n### Added\n\n- `aichatbothub_a` has `size`, `color`, `api_key`, `faq`.\n", 4},
		"an older entry": {"## [Unreleased]\n\n## [0.1.0]\n\n### Breaking\n\n- `aichatbothub_a` has no `size`, `color`, `api_key`, `faq`.\n", 4},
		"one":            {"## [Unreleased]\n\n### Breaking\n\n- `aichatbothub_a`: `size` is a string.\n\n### Fixed\n\n- `faq`\n", 3},
		"all":            {"## [Unreleased]\n\n### Breaking\n\n- `aichatbothub_a`: `size` is a string.\n- `aichatbothub_a` has no `color`.\n- The provider has no `api_key`.\n- `faq` is gone.\n", 0},
	} {
		if got := undocumented(changes, c.changelog); len(got) != c.want {
			t.Errorf("%s: %v lack an entry, want %d", name, got, c.want)
		}
	}
}

// TestSchemasAreComplete: the comparison sees every kind of schema that the provider has.
func TestSchemasAreComplete(t *testing.T) {
	t.Parallel()
	cmd := exec.CommandContext(t.Context(), "go", "run", "./internal/cmd/schemajson")
	cmd.Dir = root
	raw, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	found := attributes(t, raw)
	for owner, want := range map[string]string{
		"provider": "api_key", "resource aichatbothub_agent": "human_escalation_settings.sound_enabled", "data_source aichatbothub_agents": "agents.name",
		"ephemeral_resource aichatbothub_session": "chatbot_id", "list_resource aichatbothub_agent": "chatbot_id", "function faq": "result",
		"resource_identity aichatbothub_agent": "id",
	} {
		if _, ok := found[owner][want]; !ok {
			t.Errorf("%s lacks %s: it has %v", owner, want, slices.Sorted(maps.Keys(found[owner])))
		}
	}
	if got := breaking(found, found); len(got) > 0 {
		t.Errorf("the schemas differ from themselves: %v", got)
	}
}
