package export

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
	"pgregory.net/rapid"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// evaluated formats `x = VALUE` within a block, as in a file, and returns the value that Terraform reads.
func evaluated(t interface{ Fatalf(string, ...any) }, v value) cty.Value {
	src := hclwrite.Format([]byte("b {\n  x = " + v.write(1) + "\n}\n"))
	f, diags := hclsyntax.ParseConfig(src, "", hcl.InitialPos)
	if diags.HasErrors() {
		t.Fatalf("%s\n%s", diags, src)
	}
	blocks := f.Body.(*hclsyntax.Body).Blocks
	if len(blocks) != 1 || len(blocks[0].Body.Attributes) != 1 || len(blocks[0].Body.Blocks) != 0 {
		t.Fatalf("the value is not a single argument:\n%s", src)
	}
	got, diags := blocks[0].Body.Attributes["x"].Expr.Value(&hcl.EvalContext{Functions: map[string]function.Function{
		"chomp": stdlib.ChompFunc, "jsonencode": stdlib.JSONEncodeFunc,
	}})
	if diags.HasErrors() {
		t.Fatalf("%s\n%s", diags, src)
	}
	return got
}

// hostile generates texts with characters that need escaping, and random texts.
func hostile() *rapid.Generator[string] {
	piece := rapid.SampledFrom([]string{"a", "Zürich", " ", "  ", "\t", "\n", "\n\n", "\r\n", "\r", "$", "%", "{", "}", "${", "%{", "$${", "%%{", "${x}", "%{if true}", "EOT", "EOT2", "\"", "\\", "\\n", "\\u0041",
		"\u0301", "e\u0301", "\u00a0", "\u3000", "\u2028", "\u202e", "\ufeff", "\u200d", "👩\u200d🚀", "\x00", "\x7f", "#", "/*", "<<EOT\n", "~}", "\U000e0041", "~", "\v", "\f", "\u0085"})
	return rapid.OneOf(rapid.Map(rapid.SliceOfN(piece, 0, 14), func(p []string) string { return strings.Join(p, "") }), rapid.String())
}

func TestTextsAreExact(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := hostile().Draw(t, "text")
		want := cty.NormalizeString(s)
		for _, v := range []value{text(s), short(s), object{{key: "k", value: text(s)}}, list{object{{key: s, value: text(s)}}}} {
			got := evaluated(t, v)
			for !got.Type().IsPrimitiveType() { // its only element
				for it := got.ElementIterator(); it.Next(); {
					_, got = it.Element()
				}
			}
			if got.AsString() != want {
				t.Fatalf("%q became %q:\n%s", s, got.AsString(), v.write(1))
			}
		}
	})
}

func TestLooseTextsAreTheSame(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := hostile().Draw(t, "text")
		if got := evaluated(t, loose(s)).AsString(); !hub.SameText(got, cty.NormalizeString(s)) {
			t.Fatalf("%q became %q:\n%s", s, got, loose(s).write(1))
		}
	})
}

// TestKeysAreExact: a question is the same text in a map and in a reference to its element, and answers are the same for the provider.
func TestKeysAreExact(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		question, answer := hostile().Draw(t, "question"), hostile().Draw(t, "answer")
		key := trimmed(question)
		got := evaluated(t, answers{{key: key, value: loose(answer)}})
		found := got.AsValueMap()[cty.NormalizeString(key)]
		if len(got.AsValueMap()) != 1 || found == cty.NilVal || !hub.SameText(key, question) || !hub.SameText(found.AsString(), cty.NormalizeString(answer)) {
			t.Fatalf("%q and %q became %#v", question, answer, got)
		}
		expr, diags := hclsyntax.ParseExpression([]byte("a.source_ids["+quote(key)+"]"), "", hcl.InitialPos)
		if diags.HasErrors() {
			t.Fatalf("%s", diags)
		}
		id, diags := expr.Value(&hcl.EvalContext{Variables: map[string]cty.Value{"a": cty.ObjectVal(map[string]cty.Value{"source_ids": cty.MapVal(map[string]cty.Value{cty.NormalizeString(key): cty.StringVal("id")})})}})
		if diags.HasErrors() || id.AsString() != "id" {
			t.Fatalf("the reference to %q is %#v: %s", key, id, diags)
		}
	})
}

// TestTextsLookWritten: texts with several lines are heredocs, without a chomp or escape that is not needed.
func TestTextsLookWritten(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		v    value
		want string
	}{
		{text("One line."), `"One line."`},
		{text("Wir öffnen um 9 – \"täglich\" 👩\u200d🚀 ${x}"), `"Wir öffnen um 9 – \"täglich\" 👩` + "\u200d" + `🚀 $${x}"`},
		{text("a\n\n  b\n"), "<<-EOT\n    a\n\n      b\n  EOT"},
		{text("a\nb"), "chomp(<<-EOT\n    a\n    b\n  EOT\n  )"},
		{text("  a\n  b\n"), "<<EOT\n  a\n  b\nEOT"},
		{text("a\nEOT\n%{b}\n"), "<<-EOT2\n    a\n    EOT\n    %%{b}\n  EOT2"},
		{text("a\rb\n"), `"a\rb\n"`},
		{text("a\u202eb\n"), `"a\u202eb\n"`},
		{loose("\r\n a\r\nb\r\n\r\n"), "<<-EOT\n    a\n    b\n  EOT"},
		{loose(" a \n"), `"a"`},
		{list{}, `[]`},
		{list{short("a"), short("b")}, `["a", "b"]`},
		{object{{key: "a", value: number(0.7)}, {key: "b-c", value: list{boolean(true)}}}, `{ a = 0.7, "b-c" = [true] }`},
		{object{{key: "a", value: text(strings.Repeat("x", 120))}}, "{\n    a = \"" + strings.Repeat("x", 120) + "\"\n  }"},
		{list{object{{key: "a", value: whole(1)}}}, "[\n    { a = 1 },\n  ]"},
		{list{object{{key: "a", value: whole(1)}}, object{{key: "a", value: text("b\n")}}}, "[\n    {\n      a = 1\n    },\n    {\n      a = <<-EOT\n        b\n      EOT\n    },\n  ]"},
	} {
		if got := c.v.write(1); got != c.want {
			t.Errorf("%#v is written\n%s\nwant\n%s", c.v, got, c.want)
		}
	}
}

// TestParametersAreTheSameJSON: parameters are written as equal JSON.
func TestParametersAreTheSameJSON(t *testing.T) {
	t.Parallel()
	keys := rapid.OneOf(hostile(), rapid.SampledFrom([]string{"type", "for", "null", "true", "a-b", "1"}))
	var anything *rapid.Generator[any]
	anything = rapid.Deferred(func() *rapid.Generator[any] {
		return rapid.OneOf(hostile().AsAny(), rapid.Bool().AsAny(), rapid.SampledFrom([]any{nil, 0, -1, 1.5, 1e300, 12345678901234567, 0.1, "for"}),
			rapid.SliceOfN(anything, 0, 3).AsAny(), rapid.MapOfN(keys, anything, 0, 3).AsAny())
	})
	rapid.Check(t, func(t *rapid.T) {
		raw, err := json.Marshal(map[string]any{"type": "object", "properties": anything.Draw(t, "properties")})
		if err != nil {
			t.Fatalf("%v", err)
		}
		v, ok := parameters(raw)
		if !ok {
			t.Fatalf("%s: nothing", raw)
		}
		state := cty.NormalizeString(string(raw))
		want, err := canonical(state)
		if err != nil {
			t.Skip("it is no JSON any more once Terraform has normalized it")
		}
		if got, err := canonical(evaluated(t, v).AsString()); err != nil || got != want {
			t.Fatalf("%s became %s:\n%s", want, got, v.write(1))
		}
	})
}

func canonical(text string) (string, error) {
	var v any
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		return "", err
	}
	out, err := json.Marshal(v)
	return string(out), err
}

func TestParametersThatNoExpressionKeeps(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		`null`: "", ` {} `: "", `[]`: "", ``: "",
		`{"type": "object"}`:                `jsonencode({ type = "object" })`,
		`{"maximum": 1e400}`:                `"{\"maximum\":1e400}"`,
		`{"maximum": 12345678901234567890}`: `"{\"maximum\":12345678901234567890}"`,
		`{"description": "e\u0301"}`:        `"{\"description\":\"e\\u0301\"}"`,
		`{"a": 1, "a": 2}`:                  `"{\"a\":1,\"a\":2}"`,
		strings.Repeat(`{"a":`, 30) + "1" + strings.Repeat("}", 30): quote(strings.Repeat(`{"a":`, 30) + "1" + strings.Repeat("}", 30)),
	} {
		got := ""
		if v, ok := parameters(json.RawMessage(raw)); ok {
			got = v.write(0)
		}
		if got != want {
			t.Errorf("%s is written %s, want %s", raw, got, want)
		}
	}
}
