package properties_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// noTexts has the strings that are no texts a person writes, with what they are, by path or by name. They have equality rules of their own,
// or none.
var noTexts = map[string]string{
	"chatbot_id": "an id", "agent_id": "an id", "session_id": "an id", "source_ids": "ids",
	"agent.type": "one of several values", "variables.type": "one of several values", "visibility": "one of several values", "method": "one of several values",
	"model": "an identifier", "color": "a color, whose case is ignored", "parameters": "JSON, which has an equality of its own",
	"url": "a URL", "reference_source_link": "a URL", "headers": "values of HTTP", "secret_headers_wo": "secrets",
	"source.file.path": "a path", "source.file.name": "a file name", "content": "the bytes of a file", "content_base64": "the bytes of a file",
	"knowledge_base.folder.path": "a path", "include": "patterns", "exclude": "patterns", "link_prefix": "a URL", "pages": "URLs", "replace": "an enumeration", "pages_max_age": "a duration", "max_age": "a duration",
	"answer_test.cases.contains": "what an answer has to contain", "answer_test.cases.matches": "a regular expression, which is exact", "answer_test.cases.not_matches": "a regular expression, which is exact", "answer_test.cases.cites": "names of sources", "on_miss": "an enumeration",
	"timeouts.delete": "a duration", "content_changes": "an enumeration", "timeouts.create": "a duration", "timeouts.update": "a duration",
}

// isText reports whether an attribute has texts that a person writes.
func isText(path string, a *tfprotov6.SchemaAttribute) bool {
	if a.NestedType != nil {
		return false
	}
	for entry := range noTexts {
		if path == entry || strings.HasSuffix(path, "."+entry) {
			return false
		}
	}
	switch ty := a.Type.(type) {
	case tftypes.List:
		return ty.ElementType.Is(tftypes.String)
	case tftypes.Set:
		return ty.ElementType.Is(tftypes.String)
	case tftypes.Map:
		return ty.ElementType.Is(tftypes.String)
	}
	return a.Type.Is(tftypes.String)
}

// TestTexts: texts that a person writes are equal apart from line endings, white space at both ends, a byte order mark at the start, and
// Unicode's forms NFC and NFD. The plan after an apply is empty, also after an import, and a change of nothing else plans nothing, on a
// service that stores texts as they are and on those that change them.
func TestTexts(t *testing.T) {
	t.Parallel()
	text := func(o *tried, values map[string]tftypes.Value, path, s string) map[string]tftypes.Value {
		return changed(o.t, values, path, func(v tftypes.Value) tftypes.Value {
			if !v.Type().Is(tftypes.String) {
				return v
			}
			return str(s)
		})
	}
	for name, quirks := range map[string]mockhub.Quirks{"stored as they are": {}, "normalized": {TrimsText: true, NormalizesText: true}, "decomposed": {DecomposesText: true}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			each(t, func(q *mockhub.Quirks) {
				*q = quirks
				q.SessionEcho = true
			}, isText, func(o *tried, path string, values map[string]tftypes.Value) {
				crlf, lf, other := text(o, values, path, "\ufeff oné\r\ntwo\r\n"), text(o, values, path, "oné\ntwo"), text(o, values, path, "oné\n\ntwo")
				if warnings := o.apply(crlf); len(warnings) > 0 {
					o.t.Errorf("the apply warns: %s", warnings)
				}
				if drift := o.refresh(); len(drift) > 0 {
					o.t.Errorf("a refresh after the apply changes %v", drift)
				}
				for writing, config := range map[string]map[string]tftypes.Value{"the same": crlf, "another": lf} {
					if changes := o.planned(config); len(changes) > 0 {
						o.t.Errorf("with %s writing, the next plan changes %v", writing, changes)
					}
				}
				if changes := o.planned(other); len(changes) == 0 {
					o.t.Error("another text plans no change")
				}
				if noun, _ := acctest.NounOf(o.typeName()); noun.Parts != nil {
					return // it cannot be imported
				}
				id := o.importID()
				o.must("new run", o.run())
				o.must("import", o.Import(id))
				root, _, _ := strings.Cut(path, ".")
				for writing, config := range map[string]map[string]tftypes.Value{"the same": crlf, "another": lf} {
					changes := o.planned(config)
					if slices.Contains(changes, "replacement") || slices.Contains(changes, root) && !acctest.At(o.State, root).IsNull() {
						o.t.Errorf("with %s writing, the plan after an import changes %v", writing, changes)
					}
				}
			})
		})
	}
}

// TestNumbers: numbers are equal in the precision of a 32-bit float.
func TestNumbers(t *testing.T) {
	t.Parallel()
	isNumber := func(path string, a *tfprotov6.SchemaAttribute) bool {
		return a.NestedType == nil && a.Type.Is(tftypes.Number) && !strings.Contains(path, "rate_limit") && !strings.HasPrefix(path, "answer_test.") // whole numbers
	}
	for _, text := range []string{"0.7", "0.3333333333333333333333333333333333", "0.123456789012345678901", "0.1"} {
		t.Run(text, func(t *testing.T) {
			t.Parallel()
			each(t, func(q *mockhub.Quirks) { *q = mockhub.Quirks{NumbersAsFloat32: true} }, isNumber, func(o *tried, path string, values map[string]tftypes.Value) {
				values[path] = number(text)
				if warnings := o.apply(values); len(warnings) > 0 {
					o.t.Errorf("the apply warns: %s", warnings)
				}
				if drift := o.refresh(); len(drift) > 0 {
					o.t.Errorf("a refresh after the apply changes %v", drift)
				}
				if changes := o.planned(values); len(changes) > 0 {
					o.t.Errorf("the next plan changes %v", changes)
				}
				id := o.importID()
				o.must("new run", o.run())
				o.must("import", o.Import(id))
				if changes := o.planned(values); len(changes) > 0 {
					o.t.Errorf("the plan after an import changes %v", changes)
				}
				values[path] = number("0.70001")
				if changes := o.planned(values); len(changes) == 0 {
					o.t.Error("another number plans no change")
				}
			})
		})
	}
}
