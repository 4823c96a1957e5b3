package mockhub_test

import (
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

func TestChatbotLife(t *testing.T) {
	t.Parallel()
	w := serve(t, mockhub.Options{})
	made := w.do("POST", "/chatbot/create", `{"name":"Support"}`)
	id := made.object(t)["uuid"].(string)
	want := `{"created_at":"2024-07-26T12:00:00Z","meta":{"rate_limit":[20,240],"rate_limit_message":"Too many messages",` +
		`"show_citations":false,"visibility":"private"},"modified_at":"2024-07-26T12:00:00Z","name":"Support","uuid":"` + id + `"}`
	made.is(t, 200, want)
	w.do("GET", "/chatbot/"+id, "").is(t, 200, want)
	w.do("GET", "/chatbots", "").is(t, 200, "["+want+"]")

	w.Clock().Advance(90*time.Second + time.Millisecond)
	changed := `{"created_at":"2024-07-26T12:00:00Z","meta":{"rate_limit":[1,360],"rate_limit_message":"","show_citations":true,` +
		`"visibility":"hybrid"},"modified_at":"2024-07-26T12:01:30Z","name":" <&> \"🤖\" ","uuid":"` + id + `"}`
	w.do("POST", "/chatbot/"+id+"/update", `{"name":" <&> \"🤖\" ","visibility":"hybrid","rate_limit":[1,360],`+
		`"rate_limit_message":"","show_citations":true}`).is(t, 200, changed)
	w.do("GET", "/chatbot/"+id, "").is(t, 200, changed)

	w.do("DELETE", "/chatbot/"+id+"/delete", "").is(t, 200, `{"success":true}`)
	w.do("GET", "/chatbots", "").is(t, 200, "[]")
	for _, r := range []reply{
		w.do("GET", "/chatbot/"+id, ""), w.do("POST", "/chatbot/"+id+"/update", `{"name":"x"}`),
		w.do("DELETE", "/chatbot/"+id+"/delete", ""), w.do("GET", "/chatbot/"+id+"/agents", ""),
	} {
		r.is(t, 404, `{"error":"chatbot not found"}`)
	}
}

func TestChatbotCreateFull(t *testing.T) {
	t.Parallel()
	w := serve(t, mockhub.Options{})
	id := w.create(`{"name":"A","visibility":"public","rate_limit":[100,1],"rate_limit_message":"slow","show_citations":true}`)["uuid"].(string)
	got, _ := w.Chatbot(id)
	want := mockhub.Chatbot{UUID: id, Name: "A", Visibility: "public", RateLimitMessage: "slow", RateLimitMessages: 100,
		RateLimitSeconds: 1, ShowCitations: true, CreatedAt: noon, ModifiedAt: noon}
	if got != want {
		t.Errorf("stored %+v\nwant   %+v", got, want)
	}
	// Names are not unique (api.md §3).
	if again := w.create(`{"name":"A"}`)["uuid"]; again == id {
		t.Error("the second chatbot has the first one's uuid")
	}
}

func TestChatbotUpdateKeepsOrResets(t *testing.T) {
	t.Parallel()
	full := mockhub.Chatbot{UUID: chatbotID, Name: "A", Visibility: "public", RateLimitMessage: "slow", RateLimitMessages: 3,
		RateLimitSeconds: 4, ShowCitations: true, CreatedAt: noon.Add(-time.Hour)}
	for resets, want := range map[bool]mockhub.Chatbot{
		false: {Name: "A", Visibility: "public", RateLimitMessage: "new", RateLimitMessages: 3, RateLimitSeconds: 4, ShowCitations: true},
		true:  {Name: "A", Visibility: "private", RateLimitMessage: "new", RateLimitMessages: 20, RateLimitSeconds: 240},
	} {
		t.Run(fmt.Sprint("resets ", resets), func(t *testing.T) {
			t.Parallel()
			w := serve(t, mockhub.Options{Quirks: mockhub.Quirks{ChatbotUpdateResets: resets}})
			w.AddChatbot(full)
			w.do("POST", "/chatbot/"+chatbotID+"/update", `{"rate_limit_message":"new"}`).object(t)
			want.UUID, want.CreatedAt, want.ModifiedAt = chatbotID, noon.Add(-time.Hour), noon
			if got, _ := w.Chatbot(chatbotID); got != want {
				t.Errorf("stored %+v\nwant   %+v", got, want)
			}
		})
	}
}

// TestChatbotBodies goes through every rule about the fields, by create and by update.
func TestChatbotBodies(t *testing.T) {
	t.Parallel()
	w := serve(t, mockhub.Options{})
	w.AddChatbot(mockhub.Chatbot{UUID: chatbotID, Name: "before"})
	before, _ := w.Chatbot(chatbotID)
	one := func(loc, msg, kind string) string {
		return `[{"loc":[` + loc + `],"msg":"` + msg + `","type":"` + kind + `"}]`
	}
	null := func(loc string) string {
		return one(loc, "none is not an allowed value", "type_error.none.not_allowed")
	}
	str := func(loc string) string { return one(loc, "str type expected", "type_error.str") }
	integer := func(i int) string {
		return one(fmt.Sprintf(`"rate_limit",%d`, i), "value is not a valid integer", "type_error.integer")
	}
	enum := one(`"visibility"`, "value is not a valid enumeration member; permitted: 'private', 'public', 'hybrid'", "type_error.enum")
	boolean := one(`"show_citations"`, "value is not a valid boolean", "type_error.bool")
	length := one(`"rate_limit"`, "ensure this value has exactly 2 items", "value_error.list.length")
	for fields, want := range map[string]string{
		`"name":""`:                   one(`"name"`, "ensure this value has at least 1 characters", "value_error.any_str.min_length"),
		`"name":null`:                 null(`"name"`),
		`"name":5`:                    str(`"name"`),
		`"name":"a","name":"b"`:       one(`"body"`, `the key \"name\" comes twice`, "value_error.jsondecode"),
		`"visibility":null`:           null(`"visibility"`),
		`"visibility":true`:           str(`"visibility"`),
		`"visibility":"Private"`:      enum,
		`"visibility":""`:             enum,
		`"rate_limit_message":null`:   null(`"rate_limit_message"`),
		`"rate_limit_message":["a"]`:  str(`"rate_limit_message"`),
		`"show_citations":null`:       null(`"show_citations"`),
		`"show_citations":1`:          boolean,
		`"show_citations":"true"`:     boolean,
		`"show_citation":true`:        one(`"show_citation"`, "extra fields not permitted", "value_error.extra"),
		`"uuid":"x"`:                  one(`"uuid"`, "extra fields not permitted", "value_error.extra"),
		`"meta":{}`:                   one(`"meta"`, "extra fields not permitted", "value_error.extra"),
		`"rate_limit":null`:           null(`"rate_limit"`),
		`"rate_limit":20`:             one(`"rate_limit"`, "value is not a valid list", "type_error.list"),
		`"rate_limit":{"0":1}`:        one(`"rate_limit"`, "value is not a valid list", "type_error.list"),
		`"rate_limit":[]`:             length,
		`"rate_limit":[1]`:            length,
		`"rate_limit":[1,2,3]`:        length,
		`"rate_limit":[null,2]`:       null(`"rate_limit",0`),
		`"rate_limit":["20",240]`:     integer(0),
		`"rate_limit":[20,240.0]`:     integer(1),
		`"rate_limit":[2e1,240]`:      integer(0),
		`"rate_limit":[true,240]`:     integer(0),
		`"rate_limit":[0,240]`:        one(`"rate_limit",0`, "ensure this value is greater than or equal to 1", "value_error.number.not_ge"),
		`"rate_limit":[101,240]`:      one(`"rate_limit",0`, "ensure this value is less than or equal to 100", "value_error.number.not_le"),
		`"rate_limit":[20,-1]`:        one(`"rate_limit",1`, "ensure this value is greater than or equal to 1", "value_error.number.not_ge"),
		`"rate_limit":[20,361]`:       one(`"rate_limit",1`, "ensure this value is less than or equal to 360", "value_error.number.not_le"),
		`"rate_limit":[0,1],"x":null`: `[{"loc":["rate_limit",0],"msg":"ensure this value is greater than or equal to 1","type":"value_error.number.not_ge"},{"loc":["x"],"msg":"extra fields not permitted","type":"value_error.extra"}]`,
	} {
		t.Run(fields, func(t *testing.T) {
			t.Parallel()
			body := "{" + fields + "}"
			w.do("POST", "/chatbot/"+chatbotID+"/update", body).is(t, 422, want)
			if !strings.Contains(fields, `"name"`) {
				body = `{"name":"ok",` + fields + "}"
			}
			w.do("POST", "/chatbot/create", body).is(t, 422, want)
		})
	}
	t.Cleanup(func() {
		if all := w.Chatbots(); !reflect.DeepEqual(all, []mockhub.Chatbot{before}) {
			t.Errorf("refused requests left %+v", all)
		}
	})
	w.do("POST", "/chatbot/create", `{}`).is(t, 422, one(`"name"`, "field required", "value_error.missing"))
	w.do("POST", "/chatbot/"+chatbotID+"/update", `{}`).is(t, 422, one(`"body"`, "nothing to update", "value_error.missing"))
}

func TestDefaultAgent(t *testing.T) {
	t.Parallel()
	w := serve(t, mockhub.Options{})
	id := w.create(`{"name":"A"}`)["uuid"].(string)
	added := w.AddChatbot(mockhub.Chatbot{})
	list := w.do("GET", "/chatbot/"+id+"/agents", "").list(t)
	if len(list) != 1 || list[0]["name"] != "General Q&A" || list[0]["type"] != "user-facing" || list[0]["enabled"] != 1.0 ||
		list[0]["meta"].(map[string]any)["use_all_sources"] != true || list[0]["created_at"] != "2024-07-26T12:00:00Z" {
		t.Errorf("agents of a new chatbot: %v", list)
	}
	mine, theirs := w.Agents(id), w.Agents(added)
	if len(mine) != 1 || len(theirs) != 1 || mine[0].UUID == theirs[0].UUID || !mine[0].Enabled || mine[0].UUID != list[0]["uuid"] {
		t.Errorf("stored agents: %+v %+v", mine, theirs)
	}
	w.do("DELETE", "/chatbot/"+id+"/delete", "")
	if left := w.Agents(id); len(left) != 0 {
		t.Errorf("agents of a deleted chatbot: %+v", left)
	}
}

func TestOutOfBand(t *testing.T) {
	t.Parallel()
	w := serve(t, mockhub.Options{})
	id := w.AddChatbot(mockhub.Chatbot{})
	want := mockhub.Chatbot{UUID: id, Name: "Chatbot", Visibility: "private", RateLimitMessage: "Too many messages",
		RateLimitMessages: 20, RateLimitSeconds: 240, CreatedAt: noon, ModifiedAt: noon}
	if got, ok := w.Chatbot(id); !ok || got != want {
		t.Errorf("added %+v\nwant  %+v", got, want)
	}
	w.Clock().Advance(time.Minute)
	if !w.EditChatbot(id, func(b *mockhub.Chatbot) { b.UUID, b.Name, b.RateLimitMessage = "other", "edited", "" }) {
		t.Error("EditChatbot found nothing")
	}
	want.Name, want.RateLimitMessage, want.ModifiedAt = "edited", "", noon.Add(time.Minute)
	if got, _ := w.Chatbot(id); got != want {
		t.Errorf("edited %+v\nwant   %+v", got, want)
	}
	if got := w.do("GET", "/chatbot/"+id, "").object(t); got["name"] != "edited" || got["modified_at"] != "2024-07-26T12:01:00Z" {
		t.Errorf("answer after the edit: %v", got)
	}
	old := noon.Add(-time.Hour)
	w.EditChatbot(id, func(b *mockhub.Chatbot) { b.ModifiedAt = old })
	if got, _ := w.Chatbot(id); !got.ModifiedAt.Equal(old) {
		t.Errorf("ModifiedAt set by hand: %v", got.ModifiedAt)
	}
	if !w.RemoveChatbot(id) || w.RemoveChatbot(id) || w.RemoveChatbot(unknownID) {
		t.Error("RemoveChatbot: want true once")
	}
	if w.EditChatbot(id, func(*mockhub.Chatbot) { t.Error("called for a removed chatbot") }) {
		t.Error("EditChatbot of a removed chatbot: want false")
	}
	if _, ok := w.Chatbot(id); ok || len(w.Agents(id)) != 0 || w.do("GET", "/chatbot/"+id, "").status != http.StatusNotFound {
		t.Error("the removed chatbot is still there")
	}
}

func TestAddChatbotPanicsOnABadUUID(t *testing.T) {
	t.Parallel()
	h := mockhub.New(mockhub.Options{})
	h.AddChatbot(mockhub.Chatbot{UUID: chatbotID})
	for _, uuid := range []string{chatbotID, strings.ToUpper(chatbotID), "x"} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("no panic for %q", uuid)
				}
			}()
			h.AddChatbot(mockhub.Chatbot{UUID: uuid})
		}()
	}
	h.AddChatbot(mockhub.Chatbot{}) // the lock was released
}
