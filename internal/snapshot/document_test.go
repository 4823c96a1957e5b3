package snapshot

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/account"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// TestJSON is the whole document of a chatbot. Its form is part of the surface: a change of it makes every stored hash differ.
func TestJSON(t *testing.T) {
	t.Parallel()
	want := `{"agents":[{"bias":1,"default_message":"Hello","description":"Sells.","enabled":true,` +
		`"human_escalation_settings":{"human_requested_message":"A","live_chat_end_announcement":"C","live_chat_start_announcement":"B","monitored_messages":["help"],"notifications_enabled":true,"sound_enabled":true},` +
		`"model":"gpt-4o-mini-4k","name":"Sales","prompt":"Sell.","sources":["file: returns.md"],"stickiness":2,"tags":[{"color":"#0071f9","criteria":"Wants it","name":"Lead"}],"temperature":0.7,` +
		`"tool_functions":[{"description":"Finds.","enabled":true,"headers":{"x-shop":"a"},"method":"POST","name":"find","parameters":{"required":["b"],"type":"object"},"send_session_metadata":true,"url":"https://example.com/find"}],` +
		`"type":"future","use_all_sources":false,"variables":[{"default_value":"x","description":"Address","example":"a@b.c","name":"email","static":true,"type":"string"}]}],` +
		`"show_citations":true,"source_tags":[{"color":"#0071f9","name":"Policies","sources":["file: returns.md"]}],` +
		`"sources":[{"key":"file: returns.md","reference_source_link":"https://example.com/r","size":120},{"key":"page: https://example.com/about"},{"answer":"Yes.","key":"question: Open?"}]}`
	if got := Of(whole(t)).JSON(); got != want {
		t.Errorf("\n%s\nwant\n%s", got, want)
	}
	if got, want := SHA256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// leaves visits every value in an object that has no parts, by its path. A part that is nil or empty is an error: it could not be changed.
func leaves(t *testing.T, at string, v reflect.Value, visit func(at string, v reflect.Value)) {
	t.Helper()
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			t.Fatalf("%s is nil", at)
		}
		leaves(t, at, v.Elem(), visit)
	case reflect.Struct:
		for i := range v.NumField() {
			leaves(t, strings.TrimPrefix(at+"."+v.Type().Field(i).Name, "."), v.Field(i), visit)
		}
	case reflect.Slice:
		switch {
		case v.Type().Elem().Kind() == reflect.Uint8 || strings.HasSuffix(at, ".Unreadable"):
			visit(at, v)
		case v.Len() == 0:
			t.Fatalf("%s is empty", at)
		default:
			leaves(t, at, v.Index(0), visit)
		}
	default:
		visit(at, v)
	}
}

// change changes a value that has no parts.
func change(t *testing.T, at string, v reflect.Value) {
	t.Helper()
	switch v.Kind() {
	case reflect.String:
		switch {
		case strings.HasSuffix(at, "UUIDs"):
			v.SetString(uuid(5)) // another source
		case strings.HasSuffix(at, "Object.ID"):
			v.SetString(uuid(99))
		default:
			v.SetString(v.String() + "x")
		}
	case reflect.Bool:
		v.SetBool(!v.Bool())
	case reflect.Float64:
		v.SetFloat(v.Float() + 0.5)
	case reflect.Int64:
		v.SetInt(v.Int() + 1)
	case reflect.Map:
		v.SetMapIndex(reflect.ValueOf("X-Shop"), reflect.ValueOf("b"))
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			v.SetBytes([]byte(`{"type":"object","required":["c"]}`))
		} else {
			v.Set(reflect.ValueOf([]string{"created_at"}))
		}
	default:
		t.Fatalf("%s has the kind %s, which this test cannot change", at, v.Kind())
	}
}

// sameAnswers are the fields that do not change the document, with the reason. Those of Object are the same in all objects.
var sameAnswers = map[string]string{
	"Object.ID": "an id", "Object.CreatedAt": "a time", "Object.ModifiedAt": "a time", "Object.Unreadable": "bookkeeping of the client; TestUnreadable",
	"Chatbot.Name": "its own", "Chatbot.Meta.Visibility": "its own", "Chatbot.Meta.RateLimit.Messages": "its own", "Chatbot.Meta.RateLimit.Seconds": "its own", "Chatbot.Meta.RateLimitMessage": "its own",
	"Chatbot.Meta.ShowCitation": "the other spelling, which the client reads as show_citations",
	"Sources.Title":             "can be written by the service", "Sources.Type": "only its kind counts", "Sources.Tokens": "the service can count otherwise",
}

// TestFields: each field of each object changes the document, unless it is listed here with the reason. A new field of the client has to be
// added to the document or to the list.
func TestFields(t *testing.T) {
	t.Parallel()
	original, originalOwn := Of(whole(t)).JSON(), withOwn(whole(t))
	count := 0
	leaves(t, "", reflect.ValueOf(whole(t)), func(string, reflect.Value) { count++ })
	seen := map[string]bool{}
	for i := range count {
		bot, n, name := whole(t), 0, ""
		leaves(t, "", reflect.ValueOf(bot), func(at string, v reflect.Value) {
			if n == i {
				name = at
				change(t, at, v)
				if at == "Sources.Object.ID" { // what refers to it still does
					(*bot.Agents[0].DataSourceUUIDs)[0], (*bot.SourceTags[0].DataSourceUUIDs)[0] = hub.ID(v.String()), hub.ID(v.String())
				}
			}
			n++
		})
		rule := name
		if _, field, found := strings.Cut(name, "Object."); found { // the same in all objects
			rule = "Object." + field
		}
		seen[rule] = true
		reason := sameAnswers[rule]
		if changed := Of(bot).JSON() != original; changed != (reason == "") {
			t.Errorf("%s: changed %t, and the reason not to is %q", name, changed, reason)
		}
		if changed := withOwn(bot) != originalOwn; changed != (reason == "" || reason == "its own") {
			t.Errorf("%s, with the chatbot's own settings: changed %t, and the reason not to is %q", name, changed, reason)
		}
	}
	for rule := range sameAnswers {
		if !seen[rule] {
			t.Errorf("there is no field %s", rule)
		}
	}
	if n := reflect.TypeFor[hub.SourceMeta]().NumField(); n != 3 { // question, answer and reference_source_link are in TestDiffers
		t.Errorf("meta_json has %d members: add the new one to TestDiffers", n)
	}
}

func withOwn(b *account.Bot) string {
	d := Of(b)
	d.AddOwn(b.Chatbot)
	return d.JSON()
}

// TestShuffled: ids, times and the order of lists do not change the document. Neither do equal objects: all are kept.
func TestShuffled(t *testing.T) {
	t.Parallel()
	const seed = 18
	for round := range 200 {
		r := rand.New(rand.NewPCG(seed, uint64(round)))
		a, b := shuffled(t, r, round), shuffled(t, r, round)
		if x, y := Of(a).JSON(), Of(b).JSON(); x != y {
			t.Fatalf("seed %d, round %d:\n%s\n%s", seed, round, x, y)
		}
		if n := strings.Count(Of(a).JSON(), `"name":"Twin"`); n != 2*(2+2) {
			t.Fatalf("%d twins: %s", n, Of(a).JSON())
		}
	}
}

// shuffled is a chatbot with several objects of each kind, some with the same name, with random ids, times and orders. Its content follows from
// the round.
func shuffled(t *testing.T, r *rand.Rand, round int) *account.Bot {
	t.Helper()
	next := r.IntN(1000)
	fresh := func(text string) string { // with other ids and times
		next++
		return strings.Replace(text, "{", fmt.Sprintf(`{"uuid":"%016x%016x","created_at":"2026-01-02T03:%02d:00Z",`, r.Uint64(), next, r.IntN(60)), 1)
	}
	b := &account.Bot{Chatbot: decoded[hub.Chatbot](t, fresh(`{"name":"Shop"}`))}
	for i := range 5 {
		b.Sources = append(b.Sources, decoded[hub.Source](t, fresh(fmt.Sprintf(`{"file_name":"f%d.md","type":"upload","status":"success","file_size":%d,"meta_json":""}`, i%4, round+i))))
	}
	ids := func(of ...int) string {
		var quoted []string
		for _, i := range of {
			quoted = append(quoted, fmt.Sprintf("%q", b.Sources[i].ID))
		}
		r.Shuffle(len(quoted), func(i, j int) { quoted[i], quoted[j] = quoted[j], quoted[i] })
		return strings.Join(quoted, ",")
	}
	for i, name := range []string{"Twin", "Twin", "Other"} {
		functions := fresh(`{"name":"Twin","external_url":"https://a.example","headers":{"B":"1","A":"2"}}`) + "," + fresh(`{"name":"Twin","external_url":"https://b.example"}`)
		if i == 2 {
			functions = ""
		}
		b.Agents = append(b.Agents, decoded[hub.Agent](t, fresh(fmt.Sprintf(`{"name":%q,"type":"user-facing","prompt":"%d","data_source_uuids":[%s,%q],"tool_functions":[%s]}`,
			name, i*round, ids(i, 4), uuid(next), functions))))
	}
	b.SourceTags = []hub.SourceTag{
		decoded[hub.SourceTag](t, fresh(fmt.Sprintf(`{"name":"Twin","color":"#000000","data_source_uuids":[%s]}`, ids(0, 1, 2)))),
		decoded[hub.SourceTag](t, fresh(`{"name":"Twin","color":"#ffffff"}`)),
	}
	for i := range b.Agents {
		if f := b.Agents[i].ToolFunctions; f != nil && r.IntN(2) == 0 {
			slices.Reverse(*f)
		}
	}
	r.Shuffle(len(b.Agents), func(i, j int) { b.Agents[i], b.Agents[j] = b.Agents[j], b.Agents[i] })
	r.Shuffle(len(b.Sources), func(i, j int) { b.Sources[i], b.Sources[j] = b.Sources[j], b.Sources[i] })
	r.Shuffle(len(b.SourceTags), func(i, j int) { b.SourceTags[i], b.SourceTags[j] = b.SourceTags[j], b.SourceTags[i] })
	return b
}
