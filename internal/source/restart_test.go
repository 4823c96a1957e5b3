package source_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// TestRestartFallsBack: a training is begun again with the request that fits the kind of the source, and with the other one when the service
// refuses the first or does not have it.
func TestRestartFallsBack(t *testing.T) {
	t.Parallel()
	item := func(e *acctest.Env, chatbot string) string {
		return `[{"error":"invalid data source","uuid":"` + e.Sources(chatbot)[0].UUID + `"}]`
	}
	body := func(text string) func(*acctest.Env, string) mockhub.Fault {
		return func(*acctest.Env, string) mockhub.Fault { return mockhub.Fault{Body: text} }
	}
	status := func(status int) func(*acctest.Env, string) mockhub.Fault {
		return func(*acctest.Env, string) mockhub.Fault {
			return mockhub.Fault{Status: status, Body: `{"error":"first"}`, Times: -1}
		}
	}
	for name, c := range map[string]struct {
		fault   func(e *acctest.Env, chatbot string) mockhub.Fault
		want    string // the error; "" if the other request is sent
		ofPages bool   // the answer has a meaning for web pages only
	}{
		"item":           {func(e *acctest.Env, chatbot string) mockhub.Fault { return mockhub.Fault{Body: item(e, chatbot)} }, "", false},
		"not mentioned":  {body(`[]`), "", true},
		"no such path":   {status(404), "", false},
		"not the method": {status(405), "", false},
		"refused":        {status(400), "", false},
		"plan":           {status(403), "", false},
		"failure":        {status(500), "", false},
		"validation": {func(*acctest.Env, string) mockhub.Fault {
			return mockhub.Fault{Status: 422, Body: `[{"loc":["uuids"],"msg":"first"}]`}
		}, "", false},
		"refused in 200": {body(`{"error":"first"}`), "", false},
		"web page":       {func(*acctest.Env, string) mockhub.Fault { return mockhub.Fault{HTML: true} }, "", false},
		"no JSON":        {body(`{"uui`), "", false},
		"key":            {status(401), `(?s)Unable to train source.*401`, false},
		"key in 422": {func(*acctest.Env, string) mockhub.Fault {
			return mockhub.Fault{Status: 422, Body: `{"msg":"Not enough segments"}`}
		}, `(?s)Unable to train source.*Not\s+enough`, false},
		"throttled":     {status(429), `(?s)Unable to train source.*429`, false},
		"no connection": {func(*acctest.Env, string) mockhub.Fault { return mockhub.Fault{Drop: true, Times: -1} }, `(?s)Unable to train source.*no\s+answer`, false},
	} {
		for kind, argument := range kinds {
			first, second := restart, rescrape
			if kind == "url" {
				first, second = rescrape, restart
			} else if c.ofPages {
				continue
			}
			t.Run(name+" "+kind, func(t *testing.T) {
				t.Parallel()
				e := acctest.Start(t)
				chatbot := e.SeedChatbot()
				config := func(v int) string {
					return e.Config(source(chatbot, argument, fmt.Sprintf("retrain_triggers = { v = %d }", v)))
				}
				// The mock refuses to scrape what is no page.
				trained := func(*mockhub.Fault) {}
				if kind != "url" {
					trained = func(f *mockhub.Fault) {
						*f = mockhub.Fault{Route: second, Body: `[{"status":"restarted scraping","uuid":"` + only(t, e, chatbot).UUID + `"}]`}
					}
				}
				step := resource.TestStep{Config: config(2), PreConfig: func() {
					f := c.fault(e, chatbot)
					f.Route = first
					e.Inject(f)
					var other mockhub.Fault
					if trained(&other); other.Route != "" {
						e.Inject(other)
					}
					e.Forget()
				}}
				want := 1
				if c.want == "" {
					step.Check = func(*terraform.State) error {
						if n, m := e.Count(first), e.Count(second); n < 1 || m != 1 {
							return fmt.Errorf("%d requests of the kind and %d of the other, want 1 of the other", n, m)
						}
						return nil
					}
				} else {
					want, step.ExpectError = 0, regexp.MustCompile(c.want)
				}
				e.Test(t, resource.TestStep{Config: config(1)}, step)
				if n := e.Count(second); n != want {
					t.Errorf("%d requests of the other kind, want %d", n, want)
				}
			})
		}
	}
}

// TestRestartMissing: a service without one of the two requests trains sources of each kind again as far as the other request can.
func TestRestartMissing(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		quirk         func(*mockhub.Quirks)
		kind          string
		rescrapes     int
		restarts      int
		videoIsNoPage bool
	}{
		"usual page":           {func(*mockhub.Quirks) {}, "url", 1, 0, false},
		"usual question":       {func(*mockhub.Quirks) {}, "qa", 0, 1, false},
		"another name of type": {func(q *mockhub.Quirks) { q.LinkType = "url" }, "url", 1, 0, false},
		"a video":              {func(q *mockhub.Quirks) { q.LinkType = "video" }, "url", 1, 1, false},
		"no re-scrape":         {func(q *mockhub.Quirks) { q.RescrapeMissing = "404" }, "url", 1, 1, false},
		"no re-scrape, page":   {func(q *mockhub.Quirks) { q.RescrapeMissing = "page" }, "url", 1, 1, false},
		"no restart":           {func(q *mockhub.Quirks) { q.RestartMissing = "page" }, "url", 1, 0, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t, c.quirk)
			chatbot := e.SeedChatbot()
			config := func(v int) string {
				return e.Config(source(chatbot, kinds[c.kind], fmt.Sprintf("retrain_triggers = { v = %d }", v)))
			}
			e.Test(t, resource.TestStep{Config: config(1)}, resource.TestStep{Config: config(2), Check: func(*terraform.State) error {
				if n, m, s := e.Count(rescrape), e.Count(restart), only(t, e, chatbot); n != c.rescrapes || m != c.restarts || s.Trainings != 2 {
					return fmt.Errorf("%d re-scrapes, %d restarts, %d trainings", n, m, s.Trainings)
				}
				return nil
			}})
		})
	}
}

// TestRestartRefusedTwice: when the service refuses both requests, the error is that of the first, and names the second.
func TestRestartRefusedTwice(t *testing.T) {
	t.Parallel()
	for kind, argument := range kinds {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t)
			chatbot := e.SeedChatbot()
			config := func(v int) string {
				return e.Config(source(chatbot, argument, fmt.Sprintf("retrain_triggers = { v = %d }", v)))
			}
			first, second := "restart", "re-scrape"
			if kind == "url" {
				first, second = second, first
			}
			e.Test(t, resource.TestStep{Config: config(1)}, resource.TestStep{PreConfig: func() {
				e.Inject(mockhub.Fault{Route: rescrape, Status: 400, Body: `{"error":"no re-scrape"}`})
				e.Inject(mockhub.Fault{Route: restart, Status: 400, Body: `{"error":"no restart"}`})
			}, Config: config(2), ExpectError: regexp.MustCompile(`(?s)Unable to train source.*no\s+` + first + `.*no\s+` + second)}, resource.TestStep{Config: config(2)})
		})
	}
}

// TestRestartInDeletedChatbot: when the chatbot does not exist any more, the other request is not sent.
func TestRestartInDeletedChatbot(t *testing.T) {
	t.Parallel()
	for kind, routes := range map[string][2]string{"qa": {restart, rescrape}, "url": {rescrape, restart}} {
		e := acctest.Start(t, func(q *mockhub.Quirks) { q.UnknownStatus = 403 })
		o, chatbot := e.Server(t).Object("aichatbothub_source"), e.SeedChatbot()
		apply := func(v string, between func()) error {
			values := acctest.Strings(map[string]string{"chatbot_id": chatbot})
			values["retrain_triggers"] = tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, acctest.Strings(map[string]string{"v": v}))
			if kind == "url" {
				values["url"] = tftypes.NewValue(tftypes.String, "https://example.com/a")
			} else {
				values["qa"] = tftypes.NewValue(qaType, acctest.Strings(map[string]string{"question": "When?", "answer": "From 9 to 18."}))
			}
			config := o.Configuration(values)
			p, err := o.Plan(config)
			if err != nil {
				t.Fatal(err)
			}
			between()
			_, err = o.Apply(config, p)
			return err
		}
		if err := apply("1", func() {}); err != nil {
			t.Fatal(err)
		}
		err := apply("2", func() {
			e.RemoveChatbot(chatbot)
			e.Inject(mockhub.Fault{Route: routes[0], Status: 400})
		})
		if err == nil || !strings.Contains(err.Error(), "chatbot "+chatbot+" does not exist") || e.Count(routes[0]) != 1 || e.Count(routes[1]) != 0 {
			t.Errorf("%s: %d requests of the kind, %d of the other: %v", kind, e.Count(routes[0]), e.Count(routes[1]), err)
		}
	}
}
