package properties_test

import (
	"fmt"
	"math/big"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"pgregory.net/rapid"
)

// pieces are parts of texts with special meanings in HCL, JSON, HTTP and Unicode.
var pieces = []string{"a", "Zoe", " ", "\n", "\r\n", "\t", "é", "e\u0301", "👩‍👩‍👧", "${x}", "%{ if }", "$${", `"`, `\`, "<b>&", "\u2028", "\u00a0", "0", "null", "日本", "\x01", "\ufeff"}

// text generates a text. It is sometimes empty and rarely very long.
func text(t *rapid.T, label string) string {
	s := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 5).Draw(t, label), "")
	if rapid.IntRange(0, 150).Draw(t, label+" length") == 150 {
		s += strings.Repeat("long 長 ", 10_000) + s
	}
	return s
}

// solid generates a text that is not blank.
func solid(t *rapid.T, label string) string { return text(t, label) + "x" + text(t, label) }

// short generates a short text that is not blank.
func short(t *rapid.T, label string) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 5).Draw(t, label), "") + "x" + rapid.SampledFrom([]string{"", " ", "\r\n"}).Draw(t, label+" end")
}

func str(s string) tftypes.Value { return tftypes.NewValue(tftypes.String, s) }

func yes(b bool) tftypes.Value { return tftypes.NewValue(tftypes.Bool, b) }

// number is a number with the precision of core.
func number(s string) tftypes.Value {
	f, _, err := big.ParseFloat(s, 10, 512, big.ToNearestEven)
	if err != nil {
		panic(err)
	}
	return tftypes.NewValue(tftypes.Number, f)
}

// texts is a list, a set or a map of texts. For a map, the arguments are names and values alternately.
func texts(ty tftypes.Type, all ...string) tftypes.Value {
	if ty.Is(tftypes.Map{}) {
		values := map[string]tftypes.Value{}
		for i := 0; i+1 < len(all); i += 2 {
			values[all[i]] = str(all[i+1])
		}
		return tftypes.NewValue(ty, values)
	}
	values := []tftypes.Value{}
	for _, s := range all {
		values = append(values, str(s))
	}
	return tftypes.NewValue(ty, values)
}

// object is a nested object. Attributes that are not in values are null.
func object(ty tftypes.Type, values map[string]tftypes.Value) tftypes.Value {
	all := map[string]tftypes.Value{}
	of, _ := ty.(tftypes.Object)
	for name, member := range of.AttributeTypes {
		all[name] = tftypes.NewValue(member, nil)
		if v, written := values[name]; written {
			all[name] = v
		}
	}
	return tftypes.NewValue(ty, all)
}

// draw generates a non-null value of an attribute. at is its path in the table of special values.
func (w *fixture) draw(t *rapid.T, a *tfprotov6.SchemaAttribute, at string) tftypes.Value {
	kind, path, _ := strings.Cut(at, ".")
	if special, ok := w.nouns[kind].specials[path]; ok {
		return special(w, t, a.ValueType())
	}
	if a.NestedType != nil {
		return w.drawNested(t, a, at)
	}
	switch ty := a.Type.(type) {
	case tftypes.List, tftypes.Set:
		return texts(ty, rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) string { return text(t, at) }), 0, 4, rapid.ID).Draw(t, at)...)
	case tftypes.Map:
		var all []string
		for _, name := range rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"a", "b", "user_email", "é", "A"}), 0, 3, rapid.ID).Draw(t, at) {
			all = append(all, name, text(t, at+"."+name))
		}
		return texts(ty, all...)
	}
	switch {
	case a.Type.Is(tftypes.Bool):
		return yes(rapid.Bool().Draw(t, at))
	case a.Type.Is(tftypes.Number):
		return number(rapid.SampledFrom([]string{"0", "1", "0.1", "0.3", "0.25", "0.7", "0.123456789012345678901", "1e-7"}).Draw(t, at))
	case a.Required:
		return str(solid(t, at))
	}
	return str(text(t, at))
}

func (w *fixture) drawNested(t *rapid.T, a *tfprotov6.SchemaAttribute, at string) tftypes.Value {
	one := func(ty tftypes.Type) tftypes.Value {
		return object(ty, w.drawAll(t, a.NestedType.Attributes, at+"."))
	}
	list, isList := a.ValueType().(tftypes.List)
	if !isList {
		return one(a.ValueType())
	}
	values := []tftypes.Value{}
	for range rapid.IntRange(0, 3).Draw(t, at+" length") {
		values = append(values, one(list.ElementType))
	}
	return tftypes.NewValue(list, values)
}

// drawAll generates values of all required and of some optional attributes.
func (w *fixture) drawAll(t *rapid.T, attributes []*tfprotov6.SchemaAttribute, at string) map[string]tftypes.Value {
	values := map[string]tftypes.Value{}
	for _, a := range attributes {
		if a.Required || a.Optional && rapid.Bool().Draw(t, at+a.Name+" is written") {
			values[a.Name] = w.draw(t, a, at+a.Name)
		}
	}
	return values
}

// one is a generator of one of the texts.
func one(of ...string) func(*fixture, *rapid.T, tftypes.Type) tftypes.Value {
	return func(_ *fixture, t *rapid.T, _ tftypes.Type) tftypes.Value {
		return str(rapid.SampledFrom(of).Draw(t, "one"))
	}
}

// drawn is a generator of a text.
func drawn(f func(*rapid.T, string) string) func(*fixture, *rapid.T, tftypes.Type) tftypes.Value {
	return func(_ *fixture, t *rapid.T, _ tftypes.Type) tftypes.Value { return str(f(t, "text")) }
}

// whole is a generator of an integer from 1 to most.
func whole(most int) func(*fixture, *rapid.T, tftypes.Type) tftypes.Value {
	return func(_ *fixture, t *rapid.T, _ tftypes.Type) tftypes.Value {
		return number(fmt.Sprint(rapid.IntRange(1, most).Draw(t, "number")))
	}
}

// sharedChatbot is a generator that returns the chatbot of the sequence.
func sharedChatbot(w *fixture, _ *rapid.T, _ tftypes.Type) tftypes.Value { return str(w.chatbot) }

// sources is a generator of some of the chatbot's sources.
func sources(w *fixture, t *rapid.T, ty tftypes.Type) tftypes.Value {
	return texts(ty, rapid.SliceOfNDistinct(rapid.SampledFrom(w.sources), 0, len(w.sources), rapid.ID).Draw(t, "sources")...)
}

const (
	colors      = "#0071F9 #0071f9 #aBcDeF #000000"
	agentTypes  = "user-facing background human-escalation pre-canned spam-defense"
	modelNames  = "gpt-4o-mini-4k gpt-4o-mini-16k gpt-4o-8k gpt-5-8k"
	httpMethods = "GET POST PUT DELETE PATCH"
)
