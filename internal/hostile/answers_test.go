package hostile

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// hostileAnswer is an answer that is refused.
type hostileAnswer struct {
	name string
	send call
	text repeated
}

// object is the beginning of an object.
const object = `{"uuid":"` + string(someID) + `",`

// hostileAnswers returns answers of 32 MiB.
func hostileAnswers() []hostileAnswer {
	var all []hostileAnswer
	add := func(name string, send call, text repeated) { all = append(all, hostileAnswer{name, send, text}) }
	for _, noun := range slices.Sorted(maps.Keys(lists)) {
		list := func(name, head, unit, tail string) {
			add(noun+": "+name, lists[noun], repeated{head: head, unit: unit, tail: tail})
		}
		for name, element := range map[string]string{
			"empty objects": `{}`, "numbers": `1`, "null": `null`, "lists": `[]`, "texts": `""`, "one object many times": object + `"name":"a"}`, "objects without an id": `{"name":""}`,
			"ids of another form": `{"uuid":"NUMBER__"}`, "many small objects": `{"uuid":"43474da7ae3b4b7191ee29c2NUMBER__"}`,
		} {
			list(name, "["+element, ","+element, "]")
		}
		if noun != "chatbots" { // what follows does not depend on the objects
			continue
		}
		list("unknown members", `[`+object+`"a":1`, `,"NUMBER__":1`, `}]`)
		list("an odd object with unknown members", `[`+object+`"name":[],"created_at":1`, `,"NUMBER__":1`, `}]`)
		list("white space", "[", " ", "]x")
		list("no end", "["+object+`"name":"`, "a", "")
		list("no end of a number", "["+object+`"created_at":1`, "1", "")
		for _, deep := range []string{`[`, `{"a":`, `[{"meta":`} {
			add(noun+": a depth of a million: "+deep, lists[noun], repeated{head: "[" + object + `"meta":`, unit: deep, size: len(deep) * 1_000_000})
		}
	}
	for noun, fields := range map[string][]string{
		"chatbots":    {`"meta":{"rate_limit":`, `"meta":`},
		"agents":      {`"tool_functions":`, `"variables":`, `"meta":{"tags":`, `"data_source_uuids":`, `"human_escalation_settings":{"monitored_messages":`, `"tool_functions":[{"uuid":"` + string(someID) + `","headers":`, `"tool_functions":[{"uuid":"` + string(someID) + `","parameters":`},
		"sources":     {`"meta_json":`, `"tokens":`},
		"source tags": {`"data_source_uuids":`},
		"sessions":    {`"initial_variables":`, `"meta":`},
		"messages":    {`"labels":`, `"session_documents":`, `"cite_data_json":`, `"meta_json":`, `"background_pending_tasks":`, `"detected_frustrations":`},
	} {
		for _, field := range fields {
			for name, unit := range map[string]string{"empty objects": `{}`, "numbers": `1`} {
				ends := strings.Repeat("}", strings.Count(field, "{")) + strings.Repeat("]", strings.Count(field, "[")) + "}]"
				if strings.Contains(field, "[{") {
					ends = "}]}]"
				}
				add(noun+": "+field+" "+name, lists[noun], repeated{head: "[" + object + field + "[" + unit, unit: "," + unit, tail: "]" + ends})
			}
			add(noun+": "+field+" members", lists[noun], repeated{head: "[" + object + field + `{"a":1`, unit: `,"NUMBER__":1`, tail: "}" + strings.Repeat("}", strings.Count(field, "{")) + "}]"})
		}
	}
	single := func(ctx context.Context, c *hub.Client) error { _, err := c.Chatbot(ctx, someID); return err }
	models := func(ctx context.Context, c *hub.Client) error { _, err := c.Models(ctx); return err }
	train := func(ctx context.Context, c *hub.Client) error { return c.Train(ctx, someID, someID, hub.SourceOfPage) }
	deletion := func(ctx context.Context, c *hub.Client) error { return c.DeleteChatbot(ctx, someID) }
	add("chatbot: a list", single, repeated{head: "[{}", unit: ",{}", tail: "]"})
	add("chatbot: no id", single, repeated{head: `{"a":1`, unit: `,"NUMBER__":1`, tail: "}"})
	add("chatbot: an error", single, repeated{head: `{"error":"`, unit: "x", tail: `"}`})
	add("chatbot: a list of errors", single, repeated{head: `{"error":[1`, unit: ",1", tail: `]}`})
	add("delete: an error", deletion, repeated{head: `{"error":"`, unit: "x", tail: `"}`})
	add("models: numbers", models, repeated{head: `{"models":[1`, unit: ",1", tail: `]}`})
	add("models: objects", models, repeated{head: `{"models":[{}`, unit: ",{}", tail: `]}`})
	add("training: numbers", train, repeated{head: `[1`, unit: ",1", tail: `]`})
	add("training: members", train, repeated{head: `[{"a":1`, unit: `,"NUMBER__":1`, tail: `}]`})
	return all
}

// TestHostileAnswers: an answer of 32 MiB that is meant to fill the memory is a clear error after one request, and costs less than 64 MB
// (goals.md S4).
func TestHostileAnswers(t *testing.T) {
	most, worst, all := 0, "", hostileAnswers()
	for _, a := range all {
		network, requests := answers(200, a.text)
		c := client(t, "https://hub.test", network)
		var err error
		n := cost(func() { err = a.send(t.Context(), c) })
		want := 1
		if strings.HasPrefix(a.name, "training") { // by two requests, if one fails
			want, n = 2, n/2
		}
		if n > most {
			most, worst = n, a.name
		}
		if err == nil || len(err.Error()) > 1500 || !strings.Contains(err.Error(), "the answer cannot be used") && !strings.Contains(err.Error(), "the service answered 200 OK") || *requests != want {
			t.Errorf("%s: %.300v, %d requests", a.name, err, *requests)
		}
		if n > allowed {
			t.Errorf("%s: %d MB (%.100v)", a.name, n/1e6, err)
		}
	}
	t.Logf("S4: %d answers of 32 MiB, at most %.0f MB each (%s)", len(all), float64(most)/1e6, worst)
}

// TestHostileRefusals: the text of an error answer is short, whatever the answer is, and the status is kept.
func TestHostileRefusals(t *testing.T) {
	for name, text := range map[string]repeated{
		"text": {head: "x", unit: "y"}, "page": {head: "<html>", unit: "<p>"}, "message": {head: `{"error":"x`, unit: "y", tail: `"}`}, "empty objects": {head: "[{}", unit: ",{}", tail: "]"},
		"numbers": {head: "[1", unit: ",1", tail: "]"}, "members": {head: `{"a":1`, unit: `,"NUMBER__":1`, tail: "}"}, "fields": {head: `[{"loc":["a"],"msg":"b"}`, unit: `,{"loc":["a"],"msg":"b"}`, tail: "]"},
		"loc": {head: `[{"msg":"b","loc":[1`, unit: `,1`, tail: "]}]"}, "detail": {head: `{"detail":[{}`, unit: `,{}`, tail: "]}"}, "depth": {unit: `{"error":`}, "lists": {unit: "["},
	} {
		for _, size := range []int{1 << 20, largest} { // the first is what is read of an error
			for _, status := range []int{400, 403, 409, 422, 500} {
				text.size = size
				network, requests := answers(status, text)
				c := client(t, "https://hub.test", network)
				var err error
				n := cost(func() { err = lists["chatbots"](t.Context(), c) })
				if e := hub.AsError(err); e == nil || e.Status != status || len(e.Error()) > 1000 || *requests != 1 || n > allowed {
					t.Errorf("%s, %d: %.300v, %d requests, %d MB", name, status, err, *requests, n/1e6)
				}
			}
		}
	}
}

// TestHonestAnswers: the objects of a large account cost no more than four times the answer (goals.md S4).
func TestHonestAnswers(t *testing.T) {
	const common = `"created_at":"2024-07-26T03:04:13Z","modified_at":"2024-07-26T03:04:13Z","uuid":"43474da7ae3b4b7191ee29c2NUMBER__"`
	for noun, unit := range map[string]string{
		"chatbots":    `{"meta":{"rate_limit":[20,240],"rate_limit_message":"Too many messages","show_citations":false,"visibility":"private"},"name":"Support",` + common + `}`,
		"sources":     `{"title":"Opening hours","file_name":"hours.pdf","file_size":1200,"tokens":300,"type":"upload","status":"success","meta_json":"{\"reference_source_link\":\"https://example.com\"}",` + common + `}`,
		"source tags": `{"name":"prices","color":"#0071F9","data_source_uuids":["43474da7ae3b4b7191ee29c2de798257","62076e7a79fd4d549112d915a4158638"],` + common + `}`,
		"sessions":    `{` + common + `}`,
		"messages": `{"query":"When do you open?","response":"We open at nine o'clock from Monday to Friday, and at ten on Saturdays. On Sundays and on public holidays we are closed. You can order at any time in our shop; orders of the morning are sent on the same day.","finish_reason":"stop","cite_data_json":"{}","meta_json":"{\"prompt_tokens\":12}","error_message":"","background_pending_tasks":0,"detected_frustrations":null,` +
			`"feedback_json":null,"labels":[],"session_documents":[],` + common + `}`,
		"agents": `{"description":"Answers","enabled":1,"meta":{"model":"gpt-4o-mini-4k","tags":[],"temperature":0.5,"use_all_sources":true,"bias":0.5,"stickness":0.1},"name":"Support","prompt":"You are kind and brief. Answer in the language of the question.",` +
			`"type":"user-facing","variables":[{"name":"email","description":"Email of the user","type":"string","example":"a@example.com","default_value":{"content":"","static":0}}],"data_source_uuids":["62076e7a79fd4d549112d915a4158638"],` +
			`"tool_functions":[{"uuid":"43474da7ae3b4b7191ee29c2de798257","name":"order","description":"Looks up an order","external_url":"https://example.com/orders","method":"POST","headers":{"X-Team":"support"},"enabled":1,` +
			`"parameters":{"type":"object","properties":{"email":{"type":"string","description":"Email"}},"required":["email"]},"meta":{"allow_gpt_trainer_properties":0},` + strings.ReplaceAll(common, "NUMBER__", "de798257") + `}],` + common + `}`,
	} {
		n := min(100_000, largest/(len(unit)+1)-1)
		size := n * (len(unit) + 1)
		network, _ := answers(200, repeated{head: "[" + strings.ReplaceAll(unit, number, "ffffffff"), unit: "," + unit, tail: "]", size: size})
		c := client(t, "https://hub.test", network)
		var err error
		needs := cost(func() { err = lists[noun](t.Context(), c) }) - (largest - size) // the end of the buffer that the answer is read into is not used
		t.Logf("S4: %d %s of %.0f MB cost %.0f MB, %.1f times the answer", n, noun, float64(size)/1e6, float64(needs)/1e6, float64(needs)/float64(size))
		if err != nil || needs > 4*size {
			t.Errorf("%s: %v, %d MB", noun, err, needs/1e6)
		}
	}
}
