package sourcetag_test

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// TestColorCase: upper and lower case make no diff, neither after an import nor after an apply, and are not sent with another change.
func TestColorCase(t *testing.T) {
	t.Parallel()
	for _, theirs := range []string{"#aabbcc", "#AABBCC", "#AaBbCc"} {
		for _, membership := range []string{"", "source_ids = []"} {
			t.Run(theirs+membership, func(t *testing.T) {
				t.Parallel()
				e := start(t)
				id := e.AddTag(e.chatbot, mockhub.SourceTag{Name: "Policies", Color: theirs})
				nothing := func(color string, before func()) resource.TestStep {
					return resource.TestStep{PreConfig: before, Config: e.config(named, `color = "`+color+`"`, membership),
						ConfigPlanChecks: planned(plancheck.ResourceActionNoop), Check: e.ExpectBodies(update)}
				}
				imported := nothing("#aaBBcc", nil)
				imported.Config += fmt.Sprintf("import {\n to = %s\n id = \"%s/%s\"\n}\n", address, e.chatbot, id)
				e.run(t, imported, nothing("#AABBCC", nil), nothing("#AABBCC", e.edit(t, func(s *mockhub.SourceTag) { s.Color = "#aABBCc" })), resource.TestStep{
					Config: e.config(`name = "Rules"`, `color = "#aabbcc"`, membership), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate), Check: e.ExpectBodies(update, `{"name":"Rules"}`),
				}, resource.TestStep{
					PreConfig: e.Forget, Config: e.config(`name = "Rules"`, `color = "#aabbcd"`, membership),
					ConfigPlanChecks: planned(plancheck.ResourceActionUpdate), Check: e.ExpectBodies(update, `{"color":"#aabbcd"}`),
				})
			})
		}
	}
}

// TestLeftOutIsNotManaged: without source_ids the tag keeps what the service has, and a plan that changes something else shows it.
func TestLeftOutIsNotManaged(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.ThroughCLI()
	open := plancheck.ExpectUnknownValue(address, tfjsonpath.New("source_ids"))
	kept := plancheck.ExpectKnownValue(address, tfjsonpath.New("source_ids"), knownvalue.SetExact([]knownvalue.Check{knownvalue.StringExact(e.one), knownvalue.StringExact(e.two)}))
	e.run(t,
		resource.TestStep{Config: e.config(named, blue), ConfigPlanChecks: planned(plancheck.ResourceActionCreate, open)},
		resource.TestStep{
			PreConfig: e.edit(t, func(s *mockhub.SourceTag) { s.DataSourceUUIDs = []string{e.two, e.one} }),
			Config:    e.config(named, blue), ConfigPlanChecks: planned(plancheck.ResourceActionNoop), ConfigStateChecks: []statecheck.StateCheck{sources(e.one, e.two)},
		},
		importOK,
		resource.TestStep{
			Config: e.config(`name = "Rules"`, blue), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate, kept),
			ConfigStateChecks: []statecheck.StateCheck{sources(e.one, e.two)}, Check: e.ExpectBodies(update, `{"name":"Rules"}`),
		},
		resource.TestStep{ // from here on it is managed; what it has is not sent again
			PreConfig: e.Forget, Config: e.config(`name = "Rules"`, blue, on(e.one, e.two)), ConfigPlanChecks: planned(plancheck.ResourceActionNoop), Check: e.ExpectBodies(update),
		},
		resource.TestStep{Config: e.config(`name = "Rules"`, blue, on(e.one)), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate)},
		resource.TestStep{ // and from here on no longer
			PreConfig: e.Forget, Config: e.config(`name = "Rules"`, blue), ConfigPlanChecks: planned(plancheck.ResourceActionNoop),
			ConfigStateChecks: []statecheck.StateCheck{sources(e.one)}, Check: e.ExpectBodies(update),
		},
	)
}

// TestUnmanagedSourceIsDestroyed: a source that is destroyed while the tag is updated is no difference that somebody has to be told of. The
// next refresh reads it.
func TestUnmanagedSourceIsDestroyed(t *testing.T) {
	t.Parallel()
	e := start(t)
	s := e.Server(t)
	o := s.Object("aichatbothub_source_tag")
	if err := o.Import(e.chatbot + "/" + e.AddTag(e.chatbot, mockhub.SourceTag{Name: "Policies", DataSourceUUIDs: []string{e.one, e.two}})); err != nil {
		t.Fatal(err)
	}
	config := o.Configuration(acctest.Strings(map[string]string{"chatbot_id": e.chatbot, "name": "Rules", "color": "#0071F9"}))
	p, err := o.Plan(config)
	if err != nil {
		t.Fatal(err)
	}
	e.RemoveSource(e.one)
	if warnings, err := o.Apply(config, p); err != nil || len(warnings) > 0 {
		t.Fatal(err, warnings)
	}
	if err := errors.Join(s.NewRun(e.Env), o.Refresh()); err != nil {
		t.Fatal(err)
	}
	if got := acctest.At(o.State, "source_ids").String(); strings.Contains(got, e.one) || !strings.Contains(got, e.two) {
		t.Errorf("after a refresh the tag is on %s", got)
	}
	if p, err = o.Plan(config); err != nil || !o.Empty(p) {
		t.Error("the next plan is not empty", err)
	}
}

// TestReplacedSource: a source that is replaced keeps its tag through the reference; the service takes the old one off by itself.
func TestReplacedSource(t *testing.T) {
	t.Parallel()
	for name, lifecycle := range map[string]string{"destroyed first": "", "created first": "lifecycle { create_before_destroy = true }"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t)
			config := func(answer string) string {
				return fmt.Sprintf("resource \"aichatbothub_source\" \"s\" {\n chatbot_id = %q\n qa = { question = \"Q\", answer = %q }\n %s\n}\n", e.chatbot, answer, lifecycle) +
					e.config(named, blue, `source_ids = [aichatbothub_source.s.id, "`+e.one+`"]`)
			}
			var was string
			carries := func(*terraform.State) error {
				got := e.sole(t).DataSourceUUIDs
				now := strings.Trim(strings.Replace(strings.Join(got, " "), e.one, "", 1), " ")
				if len(got) != 2 || now == was {
					return fmt.Errorf("the tag is on %v, before it was on %s", got, was)
				}
				was = now
				return nil
			}
			e.run(t, resource.TestStep{Config: config("A"), Check: carries}, resource.TestStep{
				PreConfig: e.Forget, Config: config("B"), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate),
				Check: resource.ComposeTestCheckFunc(carries, e.ExpectCount(update, 1)),
			})
		})
	}
}

// TestUnknownAtPlan: unknown values are evaluated in the apply.
func TestUnknownAtPlan(t *testing.T) {
	t.Parallel()
	e := start(t)
	in := func(name, input string) string {
		return "resource \"terraform_data\" \"" + name + "\" {\n input = " + input + "\n}\n"
	}
	all := []string{`name = terraform_data.in.output.name`, `color = terraform_data.in.output.color`, `source_ids = terraform_data.in.output.ids`}
	first := in("in", fmt.Sprintf(`{ name = "Policies", color = "#0071F9", ids = [%q] }`, e.one))
	e.run(t,
		resource.TestStep{Config: first + e.config(all...), ConfigStateChecks: []statecheck.StateCheck{has("name", knownvalue.StringExact("Policies")), sources(e.one)}},
		// An element is not known, and turns out to be what the tag has.
		resource.TestStep{PreConfig: e.Forget, Config: first + in("same", `"`+e.one+`"`) + e.config(named, blue, `source_ids = [terraform_data.same.output]`),
			ConfigPlanChecks: planned(plancheck.ResourceActionUpdate), Check: e.ExpectBodies(update)},
		// The color turns out to be the same one, and the sources not to be managed.
		resource.TestStep{Config: first + in("null", `{ color = "#0071f9", ids = null }`) + e.config(named, `color = terraform_data.null.output.color`, `source_ids = terraform_data.null.output.ids`),
			ConfigPlanChecks: planned(plancheck.ResourceActionUpdate), ConfigStateChecks: []statecheck.StateCheck{sources(e.one)}, Check: e.ExpectBodies(update)},
		// Everything is not known and turns out to be different.
		resource.TestStep{Config: in("other", `{ name = "Rules", color = "#000000", ids = [] }`) + e.config(`name = terraform_data.other.output.name`, `color = terraform_data.other.output.color`, `source_ids = terraform_data.other.output.ids`),
			ConfigPlanChecks: planned(plancheck.ResourceActionUpdate), ConfigStateChecks: []statecheck.StateCheck{sources()},
			Check: e.ExpectBodies(update, `{"name":"Rules","color":"#000000","data_source_uuids":[]}`)},
	)
}

func TestBadInput(t *testing.T) {
	t.Parallel()
	id := `"` + strings.Repeat("c", 32) + `"`
	for name, c := range map[string]struct{ config, want string }{
		"chatbot":       {tag(`"bot"`, named, blue), `(?s)chatbot_id += .*"bot"\s+must\s+be\s+an\s+id`},
		"no chatbot":    {"resource \"aichatbothub_source_tag\" \"t\" {\n" + named + "\n" + blue + "\n}\n", `(?s)Missing required argument.*chatbot_id`},
		"no name":       {tag(id, blue), `(?s)Missing required argument.*name`},
		"no color":      {tag(id, named), `(?s)Missing required argument.*color`},
		"empty name":    {tag(id, `name = ""`, blue), `(?s)name += .*length must be at least 1`},
		"word":          {tag(id, named, `color = "red"`), `(?s)color += .*must\s+be\s+a\s+color\s+such\s+as\s+#0071F9`},
		"short":         {tag(id, named, `color = "#07F"`), `must\s+be\s+a\s+color`},
		"with alpha":    {tag(id, named, `color = "#0071F9FF"`), `must\s+be\s+a\s+color`},
		"no hash":       {tag(id, named, `color = "0071F9"`), `must\s+be\s+a\s+color`},
		"line break":    {tag(id, named, `color = "#0071F9\n"`), `must\s+be\s+a\s+color`},
		"source":        {tag(id, named, blue, on("x")), `(?s)source_ids += .*"x"\s+must\s+be\s+an\s+id`},
		"dashed source": {tag(id, named, blue, on("43474DA7-ae3b-4b71-91ee-29c2de798257")), `(?s)Write\s+it\s+as\s+"43474da7ae3b4b7191ee29c2de798257"`},
		"null source":   {tag(id, named, blue, `source_ids = [null]`), `(?s)Error: Null element.*source_ids += `},
		"id":            {tag(id, named, blue, `id = `+id), `(?s)Invalid Configuration for Read-Only Attribute|Value for unconfigurable attribute`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t)
			e.Test(t, resource.TestStep{Config: e.Config(c.config), PlanOnly: true, ExpectError: regexp.MustCompile(c.want)})
			if n := e.Count(""); n != 0 {
				t.Errorf("%d requests were sent", n)
			}
		})
	}
}

// TestOneListPerPlan: a plan of twenty source tags sends as many lists as a plan of one, and nothing else.
func TestOneListPerPlan(t *testing.T) {
	t.Parallel()
	costs := map[int]int{}
	for _, n := range []int{1, 20} {
		e := start(t)
		config := e.Config(strings.Replace(tag(`"`+e.chatbot+`"`, `name = "T${count.index}"`, blue), "{", fmt.Sprintf("{\n  count = %d", n), 1))
		e.run(t, resource.TestStep{Config: config}, resource.TestStep{PreConfig: e.Forget, Config: config, Check: func(*terraform.State) error {
			costs[n] = e.Count("")
			if lists := e.Count(list); lists != costs[n] || lists == 0 {
				return fmt.Errorf("%d requests, of which %d lists", costs[n], lists)
			}
			return nil
		}})
	}
	if costs[1] != costs[20] {
		t.Errorf("%d requests for one source tag and %d for twenty", costs[1], costs[20])
	}
}
