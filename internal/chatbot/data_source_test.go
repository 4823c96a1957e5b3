package chatbot_test

import (
	"regexp"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// account is a service with three chatbots, two of one name, made in an order that is not that of their names.
func account(t *testing.T, quirks ...func(*mockhub.Quirks)) (e *acctest.Env, sales, twin1, twin2 string) {
	t.Helper()
	e = acctest.Start(t, quirks...)
	start := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	sales = e.AddChatbot(mockhub.Chatbot{Name: "Sales", Visibility: "public", RateLimitMessages: 5, RateLimitSeconds: 50, ShowCitations: true, CreatedAt: start.Add(time.Hour)})
	twin1 = e.AddChatbot(mockhub.Chatbot{Name: "Twin", CreatedAt: start})
	twin2 = e.AddChatbot(mockhub.Chatbot{Name: "Twin", CreatedAt: start.Add(2 * time.Hour)})
	e.Keep(sales, twin1, twin2)
	return e, sales, twin1, twin2
}

func TestDataSourceReadsEveryAttribute(t *testing.T) {
	t.Parallel()
	for name, by := range map[string]string{"by id": "id", "by name": "name"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e, sales, _, _ := account(t)
			argument := `id = "` + sales + `"`
			if by == "name" {
				argument = `name = "Sales"`
			}
			want := func(attribute string, v knownvalue.Check) statecheck.StateCheck {
				return statecheck.ExpectKnownValue("data.aichatbothub_chatbot.t", tfjsonpath.New(attribute), v)
			}
			e.Test(t, resource.TestStep{
				Config: e.Config("data \"aichatbothub_chatbot\" \"t\" {\n" + argument + "\n}"),
				ConfigStateChecks: []statecheck.StateCheck{
					want("id", knownvalue.StringExact(sales)), want("name", knownvalue.StringExact("Sales")),
					want("visibility", knownvalue.StringExact("public")), want("rate_limit", limit(5, 50)),
					want("rate_limit_message", knownvalue.StringExact("Too many messages")), want("show_citations", knownvalue.Bool(true)),
					want("widget_url", knownvalue.StringExact(e.URL+"/widget/"+sales)),
					want("embed_html", knownvalue.StringRegexp(regexp.MustCompile(sales))), want("iframe_html", knownvalue.StringRegexp(regexp.MustCompile(sales))),
					want("created_at", knownvalue.StringExact("2026-01-02T04:04:05Z")), want("modified_at", knownvalue.StringExact("2026-01-02T04:04:05Z")),
				},
			})
		})
	}
}

func TestDataSourceErrors(t *testing.T) {
	t.Parallel()
	e, _, twin1, twin2 := account(t, func(q *mockhub.Quirks) { q.UnknownStatus = 403 })
	for name, c := range map[string]struct{ argument, want string }{
		"shared name":  {`name = "Twin"`, `(?s)The account has 2 chatbots with the name\s+"Twin".*id = "` + twin1 + `".*id = "` + twin2 + `"`},
		"no such name": {`name = "twin"`, `(?s)The account has 3 chatbots, and none with the name\s+"twin".*The most similar names are "Twin"`},
		"no such id":   {`id = "00000000000000000000000000000000"`, `(?s)no\s+chatbot\s+with\s+the\s+id\s+0{32}`},
		"dashed id":    {`id = "43474DA7-ae3b-4b71-91ee-29c2de798257"`, `(?s)Write\s+it\s+as\s+"43474da7ae3b4b7191ee29c2de798257"`},
		"not an id":    {`id = "Sales"`, `(?s)"Sales"\s+must\s+be\s+an\s+id\s+of\s+32`},
		"both":         {"name = \"Sales\"\nid = \"" + twin1 + `"`, `Exactly one of these attributes must be configured`},
		"neither":      {``, `Exactly one of these attributes must be configured`},
		"empty name":   {`name = ""`, `string length must be at least 1`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e.Test(t, resource.TestStep{Config: e.Config("data \"aichatbothub_chatbot\" \"t\" {\n" + c.argument + "\n}"), PlanOnly: true, ExpectError: regexp.MustCompile(c.want)})
		})
	}
}

func TestListDataSource(t *testing.T) {
	t.Parallel()
	e, sales, twin1, twin2 := account(t, func(q *mockhub.Quirks) { q.ListNewestFirst = true })
	e.ThroughCLI()
	ids := func(want ...string) []statecheck.StateCheck {
		checks := []statecheck.StateCheck{}
		path := tfjsonpath.New("chatbots")
		checks = append(checks, statecheck.ExpectKnownValue("data.aichatbothub_chatbots.t", path, knownvalue.ListSizeExact(len(want))))
		for i, id := range want {
			checks = append(checks, statecheck.ExpectKnownValue("data.aichatbothub_chatbots.t", path.AtSliceIndex(i).AtMapKey("id"), knownvalue.StringExact(id)))
		}
		return checks
	}
	e.Test(t,
		resource.TestStep{Config: e.Config(`data "aichatbothub_chatbots" "t" {}`), ConfigStateChecks: ids(twin1, sales, twin2)},
		resource.TestStep{Config: e.Config(`data "aichatbothub_chatbots" "t" { name_regex = "^Tw" }`), ConfigStateChecks: ids(twin1, twin2)},
		resource.TestStep{Config: e.Config(`data "aichatbothub_chatbots" "t" { name_regex = "none" }`), ConfigStateChecks: ids()},
		resource.TestStep{Config: e.Config(`data "aichatbothub_chatbots" "t" { name_regex = "(" }`), PlanOnly: true, ExpectError: regexp.MustCompile("(?s)Invalid regular expression.*RE2")},
		resource.TestStep{
			PreConfig: func() { e.Inject(mockhub.Fault{Route: list, Status: 403, Body: `{"error": "suspended"}`}) },
			Config:    e.Config(`data "aichatbothub_chatbots" "t" {}`), ExpectError: regexp.MustCompile("(?s)Unable to list chatbots.*suspended"),
		},
	)
}
