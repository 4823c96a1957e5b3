package sourcetag_test

import (
	"fmt"
	"regexp"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

const (
	oneAddress = "data.aichatbothub_source_tag.t"
	allAddress = "data.aichatbothub_source_tags.t"
)

// shelf is a chatbot with three source tags, two of one name and two of one second.
func shelf(t *testing.T, quirks ...func(*mockhub.Quirks)) (e *env, policies, twin1, twin2 string) {
	t.Helper()
	e = start(t, quirks...)
	begin := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	twin2 = e.AddTag(e.chatbot, mockhub.SourceTag{UUID: "bb" + e.one[2:], Name: "Twin", Color: "#00000b", CreatedAt: begin.Add(time.Hour)})
	twin1 = e.AddTag(e.chatbot, mockhub.SourceTag{UUID: "aa" + e.one[2:], Name: "Twin", CreatedAt: begin.Add(time.Hour)})
	policies = e.AddTag(e.chatbot, mockhub.SourceTag{Name: "Policies", Color: "#aaBBcc", DataSourceUUIDs: []string{e.two, e.one}, CreatedAt: begin})
	return e, policies, twin1, twin2
}

// data is a configuration of a data source with these arguments.
func data(typeName, chatbot, arguments string) string {
	return fmt.Sprintf("data %q \"t\" {\n  chatbot_id = %q\n  %s\n}\n", typeName, chatbot, arguments)
}

func (e *env) single(arguments string) string {
	return e.Config(data("aichatbothub_source_tag", e.chatbot, arguments))
}

func (e *env) all(arguments string) string {
	return e.Config(data("aichatbothub_source_tags", e.chatbot, arguments))
}

func TestDataSource(t *testing.T) {
	t.Parallel()
	e, policies, twin1, _ := shelf(t, func(q *mockhub.Quirks) { q.SourceOrderRandom = true })
	want := func(name string, v knownvalue.Check) statecheck.StateCheck {
		return statecheck.ExpectKnownValue(oneAddress, tfjsonpath.New(name), v)
	}
	stamp := knownvalue.StringExact("2026-01-02T03:04:05Z")
	whole := []statecheck.StateCheck{
		want("id", knownvalue.StringExact(policies)), want("chatbot_id", knownvalue.StringExact(e.chatbot)), want("name", knownvalue.StringExact("Policies")),
		want("color", knownvalue.StringExact("#aaBBcc")), want("source_ids", setOf(e.one, e.two)), want("created_at", stamp), want("modified_at", stamp),
	}
	e.Test(t, resource.TestStep{Config: e.single(`name = "Policies"`), ConfigStateChecks: whole}, resource.TestStep{Config: e.single(`id = "` + policies + `"`), ConfigStateChecks: whole},
		resource.TestStep{Config: e.single(`id = "` + twin1 + `"`), ConfigStateChecks: []statecheck.StateCheck{want("source_ids", setOf()), want("name", knownvalue.StringExact("Twin"))}})
}

func TestDataSourceErrors(t *testing.T) {
	t.Parallel()
	e, _, twin1, twin2 := shelf(t)
	nobody := data("aichatbothub_source_tag", "00000000000000000000000000000000", `name = "Policies"`)
	for name, c := range map[string]struct{ config, want string }{
		"shared name":  {e.single(`name = "Twin"`), `(?s)Several source tags found.*has 2 source tags with the name "Twin".*id = "` + twin1 + `"  # #0071F9, created 2026-01-02T04:04:05Z.*id = "` + twin2 + `"  # #00000b`},
		"no such name": {e.single(`name = "policies"`), `(?s)Source tag not found.*has\s+3\s+source\s+tags,\s+and\s+none\s+with\s+the\s+name\s+"policies".*The\s+most\s+similar\s+names\s+are\s+"Policies"`},
		"no such id":   {e.single(`id = "00000000000000000000000000000000"`), `(?s)Source tag not found.*has\s+3\s+source\s+tags,\s+and\s+none\s+with\s+the\s+id`},
		"no chatbot":   {e.Config(nobody), `(?s)Chatbot not found.*chatbot_id += .*0{32}`},
		"dashed id":    {e.single(`id = "43474DA7-ae3b-4b71-91ee-29c2de798257"`), `(?s)Write\s+it\s+as\s+"43474da7ae3b4b7191ee29c2de798257"`},
		"both":         {e.single("name = \"Policies\"\n id = \"" + twin1 + `"`), `Exactly one of these attributes must be configured`},
		"neither":      {e.single(``), `Exactly one of these attributes must be configured`},
		"empty name":   {e.single(`name = ""`), `string length must be at least 1`},
		"bad chatbot":  {e.Config(data("aichatbothub_source_tag", "home", `name = "Policies"`)), `(?s)"home"\s+must\s+be\s+an\s+id`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e.Test(t, resource.TestStep{Config: c.config, PlanOnly: true, ExpectError: regexp.MustCompile(c.want)})
		})
	}
}

func TestListDataSource(t *testing.T) {
	t.Parallel()
	e, policies, twin1, twin2 := shelf(t, func(q *mockhub.Quirks) { q.ListNewestFirst = true })
	e.ThroughCLI()
	ids := func(want ...string) []statecheck.StateCheck {
		exact := []knownvalue.Check{}
		for _, id := range want {
			exact = append(exact, knownvalue.ObjectPartial(map[string]knownvalue.Check{"id": knownvalue.StringExact(id)}))
		}
		return []statecheck.StateCheck{statecheck.ExpectKnownValue(allAddress, tfjsonpath.New("source_tags"), knownvalue.ListExact(exact))}
	}
	stamp := knownvalue.StringExact("2026-01-02T03:04:05Z")
	e.Test(t,
		resource.TestStep{Config: e.all(``), ConfigStateChecks: append(ids(policies, twin1, twin2), statecheck.ExpectKnownValue(allAddress, tfjsonpath.New("source_tags").AtSliceIndex(0), knownvalue.ObjectExact(map[string]knownvalue.Check{
			"id": knownvalue.StringExact(policies), "chatbot_id": knownvalue.StringExact(e.chatbot), "name": knownvalue.StringExact("Policies"), "color": knownvalue.StringExact("#aaBBcc"),
			"source_ids": setOf(e.one, e.two), "created_at": stamp, "modified_at": stamp,
		})))},
		resource.TestStep{Config: e.all(`name_regex = "^Tw"`), ConfigStateChecks: ids(twin1, twin2)},
		resource.TestStep{Config: e.all(`name_regex = "^nothing"`), ConfigStateChecks: ids()},
	)
}

func TestListDataSourceErrors(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		chatbot, arguments, want string
		fault                    mockhub.Fault
		quirk                    int
	}{
		"pattern":        {arguments: `name_regex = "("`, want: `(?s)Invalid regular expression.*RE2`},
		"bad chatbot":    {chatbot: "home", want: `(?s)"home"\s+must\s+be\s+an\s+id`},
		"no chatbot":     {chatbot: "00000000000000000000000000000000", want: `(?s)Chatbot not found.*chatbot_id += .*0{32}`},
		"no chatbot 403": {chatbot: "00000000000000000000000000000000", want: `(?s)Chatbot not found.*chatbot_id += .*0{32}`, quirk: 403},
		"refused":        {want: `(?s)Unable to list source tags.*Source\s+tags\s+of\s+chatbot.*suspended`, fault: mockhub.Fault{Status: 403, Body: `{"error": "suspended"}`}},
		"HTML":           {want: `(?s)Unable to list source tags.*base_url`, fault: mockhub.Fault{HTML: true}},
		"not whole":      {want: `(?s)Unable to list source tags.*no uuid`, fault: mockhub.Fault{Body: `[{"name": "x"}]`}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e, _, _, _ := shelf(t, func(q *mockhub.Quirks) { q.UnknownStatus = c.quirk })
			if c.fault.Status != 0 || c.fault.HTML || c.fault.Body != "" {
				c.fault.Route, c.fault.Times = list, 1
				e.Inject(c.fault)
			}
			if c.chatbot == "" {
				c.chatbot = e.chatbot
			}
			e.Test(t, resource.TestStep{Config: e.Config(data("aichatbothub_source_tags", c.chatbot, c.arguments)), PlanOnly: true, ExpectError: regexp.MustCompile(c.want)})
		})
	}
}
