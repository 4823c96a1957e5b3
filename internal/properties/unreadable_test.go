package properties_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"pgregory.net/rapid"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// TestUnreadableFields: a field of one object that the service answers with any JSON value does not concern the other objects, and does not
// remove the object. If no reader can make sense of the value, the state keeps all its values (api.md §1).
func TestUnreadableFields(t *testing.T) {
	t.Parallel()
	for _, kind := range kinds {
		if noun, _ := acctest.NounOf(prefix + kind); noun.LeavesNothing() {
			continue // no answer has anything of it
		}
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			w := start(t)
			w.seed()
			w.Clock().Advance(time.Minute) // so that no agent could be the default agent
			w.SetQuirks(func(q *mockhub.Quirks) { q.SessionEcho = true })
			var all []*tried
			for _, other := range kinds {
				o := w.try(t, other)
				o.apply(w.written(other, "name"))
				o.refresh()
				all = append(all, o)
			}
			odd := all[slices.Index(kinds, kind)]
			fields := odd.answeredFields(kind)
			if lists := odd.lists(all); len(lists) < 7 {
				t.Fatalf("only %d data sources list objects", len(lists))
			}
			var cases, unreadable atomic.Int64
			rapid.Check(t, func(rt *rapid.T) {
				values := map[string]string{}
				for range rapid.IntRange(1, 3).Draw(rt, "fields") {
					name := rapid.SampledFrom(slices.Sorted(maps.Keys(fields))).Draw(rt, "field")
					values[name] = drawJSON(rt, 3)
					if rapid.Bool().Draw(rt, "of another kind") {
						values[name] = map[byte]string{'s': `[` + values[name] + `]`, '[': "7", '{': "7"}[fields[name]]
					}
				}
				odd.mustKeep(rt, all, fields, values)
				cases.Add(1)
				if certainlyUnreadable(fields, values) {
					unreadable.Add(1)
				}
			})
			t.Logf("%d cases, %d of them with unreadable values only", cases.Load(), unreadable.Load())
		})
	}
}

// mustKeep fails if a refresh of all objects fails or changes another object than o while its fields have these values, or if it removes o.
func (o *tried) mustKeep(rt *rapid.T, all []*tried, fields map[string]byte, values map[string]string) {
	o.SetQuirks(func(q *mockhub.Quirks) {
		q.AnswerFields = map[string]map[string]string{acctest.LastID(o.importID()): values}
	})
	defer o.SetQuirks(func(q *mockhub.Quirks) { q.AnswerFields = nil })
	if err := o.run(); err != nil {
		rt.Fatal(err)
	}
	for _, other := range all {
		before := other.State
		err := other.Refresh()
		after := other.State
		other.State = before
		changed := acctest.Differences(before, after)
		switch {
		case err != nil:
			rt.Errorf("%v: refresh of %s: %v", values, other.importID(), err)
		case after.IsNull():
			rt.Errorf("%v: %s was removed from the state", values, other.importID())
		case other.importID() != o.importID() && len(changed) > 0:
			rt.Errorf("%v: %v of %s changed, which is another object", values, changed, other.importID())
		case len(changed) > 0 && certainlyUnreadable(fields, values):
			rt.Errorf("%v: %v of %s changed, although the values cannot be read", values, changed, other.importID())
		}
	}
	for typeName, config := range o.lists(all) {
		resp, err := o.server.ReadDataSource(o.t.Context(), &tfprotov6.ReadDataSourceRequest{TypeName: typeName, Config: config})
		if err != nil || len(resp.Diagnostics) > 0 {
			rt.Errorf("%v: %s: %v %v", values, typeName, err, resp.Diagnostics)
		}
	}
}

// lists returns the configurations of the data sources that need ids of these objects only, by type.
func (o *tried) lists(all []*tried) map[string]*tfprotov6.DynamicValue {
	ids := map[string]tftypes.Value{}
	for i, kind := range kinds {
		ids[kind+"_id"] = acctest.At(all[i].State, "id")
		if kind == "tool_function" {
			ids["agent_id"] = acctest.At(all[i].State, "agent_id")
		}
	}
	ids["chatbot_id"] = str(o.chatbot) // the chatbot of the others
	configs := map[string]*tfprotov6.DynamicValue{}
	for typeName, schema := range o.server.Schema.DataSourceSchemas {
		values, complete := map[string]tftypes.Value{}, strings.HasSuffix(typeName, "s") && typeName != prefix+"models"
		for _, a := range schema.Block.Attributes {
			values[a.Name] = tftypes.NewValue(a.ValueType(), nil)
			if a.Required {
				id, known := ids[a.Name]
				values[a.Name], complete = id, complete && known
			}
		}
		if complete {
			config, err := tfprotov6.NewDynamicValue(schema.ValueType(), tftypes.NewValue(schema.ValueType(), values))
			o.must("configuration of "+typeName, err)
			configs[typeName] = &config
		}
	}
	return configs
}

// answeredFields returns the paths of the fields of an object in the list of the service, except the uuid, with the kinds of their values.
func (o *tried) answeredFields(kind string) map[string]byte {
	o.t.Helper()
	noun, _ := acctest.NounOf(prefix + kind)
	ids := strings.Split(o.importID(), "/")
	method, path, _ := strings.Cut(noun.ListRoute, " ")
	req, err := http.NewRequestWithContext(o.t.Context(), method, o.URL+"/api/v1"+strings.Replace(path, "{uuid}", ids[0], 1), http.NoBody)
	o.must("request", err)
	req.Header.Set("Authorization", "Bearer "+o.Key())
	resp, err := http.DefaultClient.Do(req)
	o.must("list", err)
	defer func() { _ = resp.Body.Close() }()
	var list any
	o.must("list", json.NewDecoder(resp.Body).Decode(&list))
	object := objectWith(list, ids[len(ids)-1])
	if object == nil {
		o.t.Fatalf("%s %s does not answer %s", method, path, o.importID())
	}
	fields := map[string]byte{}
	for name, value := range object {
		if name == "uuid" {
			continue
		}
		fields[name] = kindOf(value)
		if inner, ok := value.(map[string]any); ok && (name == "meta" || name == "human_escalation_settings") {
			for nested, value := range inner {
				fields[name+"."+nested] = kindOf(value)
			}
		}
	}
	return fields
}

// objectWith returns the object with this uuid in a JSON value, or nil.
func objectWith(v any, id string) map[string]any {
	switch v := v.(type) {
	case []any:
		for _, element := range v {
			if found := objectWith(element, id); found != nil {
				return found
			}
		}
	case map[string]any:
		if v["uuid"] == id {
			return v
		}
		for _, member := range v {
			if found := objectWith(member, id); found != nil {
				return found
			}
		}
	}
	return nil
}

// kindOf returns a character for the kind of a JSON value: { [ or s for a single value.
func kindOf(v any) byte {
	switch v.(type) {
	case map[string]any:
		return '{'
	case []any:
		return '['
	}
	return 's'
}

// asText are the fields that can have any kind of value: JSON in a text or as it is, or a text for a person.
var asText = []string{"cite_data_json", "meta_json", "error_message"}

// certainlyUnreadable reports whether each value is of another kind than the field has, so that no reader can make sense of it.
func certainlyUnreadable(fields map[string]byte, values map[string]string) bool {
	for name, raw := range values {
		var v any
		if json.Unmarshal([]byte(raw), &v) != nil {
			return false
		}
		kind := kindOf(v)
		if kind == fields[name] || slices.Contains(asText, name) || v == nil || slices.Contains([]string{`""`, "[]", "{}"}, raw) {
			return false
		}
		if kind == '{' && name == "tool_functions" || kind == 's' && fields[name] == '{' && strings.HasPrefix(raw, `"`) {
			return false
		}
	}
	return true
}

// drawJSON draws a JSON value of at most this depth.
func drawJSON(t *rapid.T, depth int) string {
	kinds := []string{"null", "word", "number", "text", "list", "object"}
	if depth == 0 {
		kinds = kinds[:4]
	}
	switch rapid.SampledFrom(kinds).Draw(t, "kind") {
	case "word":
		return rapid.SampledFrom([]string{"true", "false", `""`, "[]", "{}", "[null]", "[[]]", `[{}]`, `{"":null}`, `"43474da7ae3b4b7191ee29c2de798257"`, `["x"]`}).Draw(t, "word")
	case "number":
		return rapid.SampledFrom([]string{"0", "-1", "1e400", "-0.0", "9007199254740993", "0.699999988079071", "1e-400", "7", fmt.Sprint(rapid.Int64().Draw(t, "int"))}).Draw(t, "number")
	case "text":
		text, _ := json.Marshal(rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"NaN", "true", "0", "user-facing", "success", "{}", "\u0000", "😀", "2024-07-25T21:19:01Z"})).Draw(t, "text"))
		return string(text)
	case "list":
		var elements []string
		for range rapid.IntRange(0, 3).Draw(t, "elements") {
			elements = append(elements, drawJSON(t, depth-1))
		}
		return "[" + strings.Join(elements, ",") + "]"
	case "object":
		var members []string
		for i := range rapid.IntRange(0, 3).Draw(t, "members") {
			name, _ := json.Marshal(rapid.SampledFrom([]string{"uuid", "name", "meta", "tags", "type", "static", fmt.Sprint(i)}).Draw(t, "name"))
			members = append(members, string(name)+":"+drawJSON(t, depth-1))
		}
		return "{" + strings.Join(members, ",") + "}"
	}
	return "null"
}
