package snapshot

import (
	"slices"
	"strings"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/account"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// TestDiffers: which changes of a chatbot change the document.
func TestDiffers(t *testing.T) {
	t.Parallel()
	agent := func(change func(a *hub.Agent)) func(*account.Bot) {
		return func(b *account.Bot) { change(&b.Agents[0]) }
	}
	function := func(change func(f *hub.ToolFunction)) func(*account.Bot) {
		return agent(func(a *hub.Agent) { change(&(*a.ToolFunctions)[0]) })
	}
	source := func(i int, change func(s *hub.Source)) func(*account.Bot) {
		return func(b *account.Bot) { change(&b.Sources[i]) }
	}
	meta := func(i int, text string) func(*account.Bot) {
		return source(i, func(s *hub.Source) { s.MetaJSON = hub.Text(text) })
	}
	for name, c := range map[string]struct {
		change func(b *account.Bot)
		want   bool
	}{
		"line endings, ends and NFD of a prompt": {agent(func(a *hub.Agent) { a.Prompt = new("\ufeffSell.\r\n") }), false},
		"a word of a prompt":                     {agent(func(a *hub.Agent) { a.Prompt = new("Sell!") }), true},
		"a 32-bit float":                         {agent(func(a *hub.Agent) { a.Meta.Temperature = new(hub.Number(0.699999988079071)) }), false},
		"another temperature":                    {agent(func(a *hub.Agent) { a.Meta.Temperature = new(hub.Number(0.71)) }), true},
		"the case of a color":                    {agent(func(a *hub.Agent) { (*a.Meta.Tags)[0].Color = "#0071f9" }), false},
		"the order of variables":                 {agent(func(a *hub.Agent) { *a.Variables = append([]hub.AgentVariable{{Name: "b"}}, *a.Variables...) }), true},
		"a type without prompt settings":         {agent(func(a *hub.Agent) { a.Type = hub.Background }), true},
		"no agent":                               {func(b *account.Bot) { b.Agents = nil }, true},
		"one agent more of the same name":        {func(b *account.Bot) { b.Agents = append(b.Agents, b.Agents[0]) }, true},
		"a source that does not exist":           {agent(func(a *hub.Agent) { *a.DataSourceUUIDs = append(*a.DataSourceUUIDs, hub.ID(uuid(50))) }), true},
		"a source that is listed twice":          {agent(func(a *hub.Agent) { *a.DataSourceUUIDs = append(*a.DataSourceUUIDs, hub.ID(uuid(4))) }), false},
		"the order of JSON keys, and numbers": {function(func(f *hub.ToolFunction) {
			f.Parameters = hub.Parameters("{\"required\" : [\"b\"], \"type\":\"object\"}")
		}), false},
		"another JSON":                              {function(func(f *hub.ToolFunction) { f.Parameters = hub.Parameters(`{"type":"object"}`) }), true},
		"no parameters":                             {function(func(f *hub.ToolFunction) { f.Parameters = nil }), true},
		"the case of a header's name":               {function(func(f *hub.ToolFunction) { f.Headers = hub.Headers{"x-shop": "a"} }), false},
		"the value of a header":                     {function(func(f *hub.ToolFunction) { f.Headers = hub.Headers{"X-Shop": "b"} }), true},
		"a secret header more":                      {function(func(f *hub.ToolFunction) { f.Headers["Authorization"] = "x" }), true},
		"a link with a slash":                       {meta(0, `{"reference_source_link":"https://EXAMPLE.com/r/"}`), false},
		"another link":                              {meta(0, `{"reference_source_link":"https://example.com/s"}`), true},
		"the link of a page to itself":              {meta(1, `{"reference_source_link":"https://example.com/about"}`), false},
		"a link of a page":                          {meta(1, `{"reference_source_link":"https://example.com/else"}`), true},
		"an answer":                                 {meta(2, `{"question":"Open?","answer":"No."}`), true},
		"a question":                                {meta(2, `{"question":"Open now?","answer":"Yes."}`), true},
		"the ends of an answer":                     {meta(2, `{"question":" Open?\r\n","answer":"Yes.\n"}`), false},
		"a question that the service does not show": {meta(2, ``), true},
		"the writing of an address":                 {source(1, func(s *hub.Source) { s.FileName = "HTTPS://Example.com/about/" }), false},
		"an address":                                {source(1, func(s *hub.Source) { s.FileName = "http://example.com/about" }), true},
		"the size of a page":                        {source(1, func(s *hub.Source) { s.FileSize = new(hub.Number(10)) }), false},
		"the size of a file":                        {source(0, func(s *hub.Source) { s.FileSize = new(hub.Number(121)) }), true},
		"a title":                                   {source(0, func(s *hub.Source) { s.Title = new("Sending back") }), false},
		"a failed training":                         {source(0, func(s *hub.Source) { s.Status = "error: no text" }), true},
		"a training":                                {source(0, func(s *hub.Source) { s.Status = "await" }), true},
		"a successor":                               {source(0, func(s *hub.Source) { s.FileName, s.Title = "returns.01234567.md", new("returns.md") }), false},
		"what looks like a successor":               {source(0, func(s *hub.Source) { s.FileName = "returns.01234567.md" }), true},
		"a kind of source": {func(b *account.Bot) {
			b.Sources[0].FileName, b.Sources[0].FileSize, b.Sources[0].MetaJSON = "Open?", nil, ""
			b.Sources[2] = decoded[hub.Source](t, `{`+common(6)+`,"type":"qa","status":"success","meta_json":"{\"question\":\"returns.md\",\"answer\":\"Yes.\"}"}`)
		}, true},
		"citations":  {func(b *account.Bot) { b.Meta.ShowCitations = nil }, true},
		"visibility": {func(b *account.Bot) { b.Meta.Visibility = nil }, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			before, after := whole(t), whole(t)
			c.change(after)
			x, y := Of(before).JSON(), Of(after).JSON()
			if differs := x != y; differs != c.want {
				t.Errorf("differs %t\n%s\n%s", differs, x, y)
			}
		})
	}
}

// TestAbsent: what an answer lacks is the service's default, and the list of an agent that uses all sources says nothing.
func TestAbsent(t *testing.T) {
	t.Parallel()
	bot := func(agent string) *account.Bot {
		return &account.Bot{Agents: []hub.Agent{decoded[hub.Agent](t, `{`+common(1)+`,"name":"A","type":"user-facing",`+agent+`}`)}}
	}
	for _, same := range [][2]string{
		{`"description":""`, `"prompt":null`},
		{`"meta":{"use_all_sources":false}`, `"meta":{}`},
		{`"meta":{"temperature":0,"bias":-0.0,"tags":[]}`, `"meta":{}`},
		{`"variables":[]`, `"variables":null,"data_source_uuids":[]`},
		{`"meta":{"use_all_sources":true},"data_source_uuids":["` + uuid(9) + `"]`, `"meta":{"use_all_sources":1}`},
		{`"human_escalation_settings":{"sound_enabled":1}`, `"meta":{"default_message":"of another type"}`},
		{`"tool_functions":[{"uuid":"` + uuid(3) + `","name":"f"}]`, `"tool_functions":[{"uuid":"` + uuid(4) + `","name":"f","method":"GET","enabled":true,"parameters":[],"headers":[],"meta":{"allow_gpt_trainer_properties":0}}]`},
		{`"tool_functions":[{"uuid":"` + uuid(3) + `","name":"f","parameters":{}}]`, `"tool_functions":[{"uuid":"` + uuid(4) + `","name":"f","parameters":null}]`},
	} {
		if x, y := Of(bot(same[0])).JSON(), Of(bot(same[1])).JSON(); x != y {
			t.Errorf("%s and %s:\n%s\n%s", same[0], same[1], x, y)
		}
	}
	if got, want := Of(&account.Bot{}).JSON(), `{"agents":[],"show_citations":false,"source_tags":[],"sources":[]}`; got != want {
		t.Errorf("an empty chatbot is %s, want %s", got, want)
	}
}

// TestSecretHeaders: of a header that looks like a secret, by its name or by its value, there is only the name.
func TestSecretHeaders(t *testing.T) {
	t.Parallel()
	const canary = "canary-51f0c8d2e7"
	b := whole(t)
	(*b.Agents[0].ToolFunctions)[0].Headers = hub.Headers{"X-API-Key": canary, "Authorization": canary, "authorization": canary, "X-Login": "Bearer " + canary, "X-Other": "basic " + canary, "X-Shop": "1", "x-shop": "2"}
	text := Of(b).JSON()
	if strings.Contains(text, canary) || !strings.Contains(text, `"headers":{"x-shop":"1, 2"}`) || !strings.Contains(text, `"secret_headers":["authorization","x-api-key","x-login","x-other"]`) {
		t.Error(text)
	}
}

// TestUnreadable: two chatbots with a field in an unknown form are not equal, and one is equal to itself. Fields that the document does not have
// make no difference.
func TestUnreadable(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(b *account.Bot)
		want   []string
	}{
		"agent":          {func(b *account.Bot) { b.Agents[0].Unreadable = []string{"created_at", "meta.tags"} }, []string{`agent "Sales" (` + uuid(2) + `): meta.tags`}},
		"tool functions": {func(b *account.Bot) { b.Agents[0].Unreadable = []string{"tool_functions"} }, []string{`agent "Sales" (` + uuid(2) + `): tool_functions`}},
		"of another type": {func(b *account.Bot) {
			b.Agents[0].Type, b.Agents[0].Unreadable = hub.SpamDefense, []string{"human_escalation_settings.sound_enabled", "meta.model"}
		}, nil},
		"tool function": {func(b *account.Bot) { (*b.Agents[0].ToolFunctions)[0].Unreadable = []string{"headers", "modified_at"} },
			[]string{`tool function "find" (` + uuid(3) + `) of agent "Sales" (` + uuid(2) + `): headers`}},
		"source": {func(b *account.Bot) { b.Sources[0].Unreadable = []string{"status", "title", "tokens"} }, []string{"source " + uuid(4) + ": status"}},
		"member": {func(b *account.Bot) {
			b.Sources[2].MetaJSON = `{"question":"Open?","answer":"Yes.","reference_source_link":7}`
		}, []string{"source " + uuid(6) + ": meta_json.reference_source_link"}},
		"question":      {func(b *account.Bot) { b.Sources[2].MetaJSON = "" }, []string{"source " + uuid(6) + ": meta_json"}},
		"source tag":    {func(b *account.Bot) { b.SourceTags[0].Unreadable = []string{"color"} }, []string{`source tag "Policies" (` + uuid(7) + `): color`}},
		"chatbot":       {func(b *account.Bot) { b.Unreadable = []string{"meta.rate_limit", "meta.show_citations", "name"} }, []string{`chatbot "Shop" (` + uuid(1) + `): meta.show_citations`}},
		"chatbot's own": {func(b *account.Bot) { b.Unreadable = []string{"meta.visibility"} }, nil},
		"several objects": {func(b *account.Bot) {
			b.SourceTags[0].Unreadable, b.Sources[0].Unreadable = []string{"name"}, []string{"file_name"}
		}, []string{"source " + uuid(4) + ": file_name", `source tag "Policies" (` + uuid(7) + `): name`}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b, other := whole(t), whole(t)
			c.change(b)
			c.change(other)
			other.ID, other.Agents[0].ID, other.SourceTags[0].ID = hub.ID(uuid(60)), hub.ID(uuid(61)), hub.ID(uuid(62))
			for i := range other.Sources {
				other.Sources[i].ID = hub.ID(uuid(63 + i))
			}
			*other.Agents[0].DataSourceUUIDs, *other.SourceTags[0].DataSourceUUIDs = []hub.ID{other.Sources[0].ID}, []hub.ID{other.Sources[0].ID}
			d := Of(b)
			var got []string
			for _, u := range d.Unreadable {
				got = append(got, u.String())
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%q, want %q", got, c.want)
			}
			if again := Of(b).JSON(); again != d.JSON() {
				t.Errorf("one chatbot has two documents:\n%s\n%s", d.JSON(), again)
			}
			if equal := Of(other).JSON() == d.JSON(); equal != (c.want == nil) {
				t.Errorf("the documents of two chatbots are equal: %t\n%s", equal, d.JSON())
			}
		})
	}
}

// TestHashes: the hashes in the names of successors are kept aside.
func TestHashes(t *testing.T) {
	t.Parallel()
	b := whole(t)
	b.Sources[0].FileName, b.Sources[0].Title = "returns.01234567.md", new("returns.md")
	if got := Of(b).Hashes; len(got) != 1 || got["file: returns.md"] != "01234567" {
		t.Errorf("%v", got)
	}
}
