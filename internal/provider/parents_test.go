package provider_test

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// parentsOf returns the attributes of a resource that contain the ids of its parents.
func parentsOf(schema *tfprotov6.Schema) []string {
	var names []string
	for _, a := range schema.Block.Attributes {
		if a.Required && strings.HasSuffix(a.Name, "_id") {
			names = append(names, a.Name)
		}
	}
	return names
}

// object creates an object with a configuration of acctest.Nouns.
func (s *stage) object(typeName string, create map[string]any) (*acctest.Object, tftypes.Value) {
	s.Helper()
	o := s.Object(typeName)
	config := s.configuration(typeName, o, create)
	planned, err := o.Plan(config)
	s.must(err)
	_, err = o.Apply(config, planned)
	s.must(err)
	return o, config
}

// configuration returns a configuration of acctest.Nouns.
func (s *stage) configuration(name string, o *acctest.Object, create map[string]any) tftypes.Value {
	s.Helper()
	values := map[string]tftypes.Value{}
	for attribute, v := range create {
		values[attribute] = s.value(name, attribute, v)
	}
	return o.Configuration(values)
}

// parentTest is an existing object, and its parent.
type parentTest struct {
	*stage
	name          string // the attribute of the child that has the id of the parent
	parent, child *acctest.Object
	noun          acctest.Noun // of the parent
	config        tftypes.Value
	unknown       tftypes.Value // config with an unknown parent
}

// newParentTest returns an object of a noun and its parent, at the beginning of a run.
func newParentTest(t *testing.T, n acctest.Noun, name string) *parentTest {
	t.Helper()
	s := newStage(t)
	f := &parentTest{stage: s, name: name}
	f.child, f.config = s.object(acctest.Prefix+n.Type, n.Create)
	f.unknown = f.with(tftypes.NewValue(tftypes.String, tftypes.UnknownValue))
	f.noun, _ = acctest.NounOf(acctest.Prefix + strings.TrimSuffix(name, "_id"))
	id := s.ids[name]
	if name != "chatbot_id" {
		id = s.ids["chatbot_id"] + "/" + id
	}
	f.parent = f.imported(id)
	s.must(s.NewRun(s.Env))
	return f
}

// with returns the configuration of the child with another parent.
func (f *parentTest) with(parent tftypes.Value) tftypes.Value {
	f.Helper()
	values := map[string]tftypes.Value{}
	f.must(f.config.As(&values))
	values = maps.Clone(values)
	values[f.name] = parent
	return f.child.Configuration(values)
}

// imported returns an object of the parent's type.
func (f *parentTest) imported(id string) *acctest.Object {
	f.Helper()
	o := f.Object(acctest.Prefix + f.noun.Type)
	f.must(o.Import(id))
	return o
}

// other returns another object of the parent's type, in another chatbot.
func (f *parentTest) other() *acctest.Object {
	f.Helper()
	return f.imported(f.noun.Add(f.Env, f.AddChatbot(mockhub.Chatbot{})))
}

func (f *parentTest) destroy(o *acctest.Object) error {
	_, err := o.Plan(tftypes.NewValue(o.State.Type(), nil))
	return err
}

func (f *parentTest) replace(o *acctest.Object) error {
	_, err := o.PlanReplacement(f.configuration(acctest.Prefix+f.noun.Type, o, f.noun.Create))
	return err
}

// beforeChild are events of a run before it plans the child, and whether they replace a child whose parent has an unknown id.
var beforeChild = map[string]struct {
	happens  func(f *parentTest) error
	replaced bool
}{
	"nothing": {func(*parentTest) error { return nil }, false},
	"the parent is planned": {func(f *parentTest) error {
		_, err := f.parent.Plan(f.configuration(acctest.Prefix+f.noun.Type, f.parent, f.noun.Create))
		return err
	}, false},
	"the parent is replaced":  {func(f *parentTest) error { return f.replace(f.parent) }, true},
	"the parent is destroyed": {func(f *parentTest) error { return f.destroy(f.parent) }, true},
	"the parent is gone": {func(f *parentTest) error {
		f.noun.Remove(f.Env, f.ids[f.name])
		return f.parent.Refresh()
	}, true},
	"another object is created": {func(f *parentTest) error {
		o := f.Object(acctest.Prefix + f.noun.Type)
		_, err := o.Plan(f.configuration(acctest.Prefix+f.noun.Type, o, f.noun.Create))
		return err
	}, false},
	"another object is replaced":  {func(f *parentTest) error { return f.replace(f.other()) }, false},
	"another object is destroyed": {func(f *parentTest) error { return f.destroy(f.other()) }, false},
	"the parent of the parent is replaced": {func(f *parentTest) error {
		bot := f.Object("aichatbothub_chatbot")
		if err := bot.Import(f.ids["chatbot_id"]); err != nil {
			return err
		}
		if _, err := bot.PlanReplacement(bot.Configuration(acctest.Strings(map[string]string{"name": "New"}))); err != nil {
			return err
		}
		_, err := f.parent.Plan(f.configuration(acctest.Prefix+f.noun.Type, f.parent, f.noun.Create))
		return err
	}, true},
	"the key is not known": {func(f *parentTest) error { return f.NewRunWithoutKey(f.Env) }, false},
	"the key is not known, and the parent is replaced": {func(f *parentTest) error {
		if err := f.NewRunWithoutKey(f.Env); err != nil {
			return err
		}
		return f.replace(f.parent)
	}, true},
}

// TestUnknownParent: an existing object whose parent has an unknown id is replaced only if the run deletes its parent. Otherwise it is an
// update of nothing but that id, and nothing is sent when the id turns out to be the same.
func TestUnknownParent(t *testing.T) {
	t.Parallel()
	resources := acctest.NewServer(t).Schema.ResourceSchemas
	for _, n := range acctest.Nouns {
		for _, name := range parentsOf(resources[acctest.Prefix+n.Type]) {
			for event, c := range beforeChild {
				t.Run(n.Type+"/"+name+"/"+event, func(t *testing.T) {
					t.Parallel()
					f := newParentTest(t, n, name)
					f.must(c.happens(f))
					planned, err := f.child.Plan(f.unknown)
					f.must(err)
					if planned.Replaces != c.replaced {
						t.Fatalf("replaced: %t, want %t", planned.Replaces, c.replaced)
					}
					if c.replaced {
						return
					}
					if changed := acctest.Differences(f.child.State, planned.Value); !slices.Equal(changed, []string{name}) {
						t.Errorf("changed: %v, want %s alone", changed, name)
					}
					f.Forget()
					final, err := f.child.Final(planned, f.config)
					f.must(err)
					if !f.child.Empty(final) || f.Count("") > 0 {
						t.Errorf("the id is the same, and %v is changed with %d requests", acctest.Differences(f.child.State, final.Value), f.Count(""))
					}
				})
			}
		}
	}
}

// TestOtherParent: an object with another parent is replaced. If the parent was unknown in the plan, the apply fails before anything is
// sent: with an error of the provider if it has applied something before, and otherwise with Terraform's own.
func TestOtherParent(t *testing.T) {
	t.Parallel()
	resources := acctest.NewServer(t).Schema.ResourceSchemas
	for _, n := range acctest.Nouns {
		for _, name := range parentsOf(resources[acctest.Prefix+n.Type]) {
			t.Run(n.Type+"/"+name, func(t *testing.T) {
				t.Parallel()
				f := newParentTest(t, n, name)
				other := f.with(tftypes.NewValue(tftypes.String, strings.Repeat("0", 32)))
				if planned, err := f.child.Plan(other); err != nil || !planned.Replaces {
					t.Errorf("replaced: %t, %v", planned.Replaces, err)
				}
				early, err := f.child.Plan(f.unknown)
				f.must(err)
				if _, err := f.child.Final(early, other); err == nil || !strings.Contains(err.Error(), "inconsistent final plan") {
					t.Errorf("error %v, want Terraform's own", err)
				}
				f.object("aichatbothub_chatbot", map[string]any{"name": "First"})
				f.Forget()
				if _, err := f.child.Final(early, other); err == nil || !strings.Contains(err.Error(), "Parent changed after the plan") {
					t.Errorf("error %v, want the provider's", err)
				}
				if sent := f.Count(""); sent > 0 {
					t.Errorf("%d requests were sent", sent)
				}
			})
		}
	}
}

// everything has an object of each resource, in a chatbot whose id is read from a data source.
const everything = `
resource "aichatbothub_chatbot" "b" {
  name           = "Shop"
  show_citations = CITATIONS
}
data "aichatbothub_chatbot" "b" {
  name       = "Shop"
  depends_on = [aichatbothub_chatbot.b]
}
resource "aichatbothub_default_agent" "t" {
  chatbot_id = data.aichatbothub_chatbot.b.id
  prompt     = "Be kind."
}
resource "aichatbothub_agent" "t" {
  chatbot_id = data.aichatbothub_chatbot.b.id
  type       = "user-facing"
  name       = "Orders"
}
resource "aichatbothub_tool_function" "t" {
  chatbot_id  = data.aichatbothub_chatbot.b.id
  agent_id    = aichatbothub_agent.t.id
  name        = "find"
  description = "Finds."
  url         = "https://example.com/"
  secret_headers_wo = { "X-Key" = "c4nary" }
}
resource "aichatbothub_source" "t" {
  chatbot_id = data.aichatbothub_chatbot.b.id
  qa         = { question = "When?", answer = "At 9." }
}
resource "aichatbothub_knowledge_base" "t" {
  chatbot_id = data.aichatbothub_chatbot.b.id
  questions  = { "Where?" = "Here." }
}
resource "aichatbothub_source_tag" "t" {
  chatbot_id = data.aichatbothub_chatbot.b.id
  name       = "Prices"
  color      = "#0071F9"
}
resource "aichatbothub_session" "t" {
  chatbot_id = data.aichatbothub_chatbot.b.id
}
resource "aichatbothub_message" "t" {
  session_id = aichatbothub_session.t.id
  query      = "When?"
}
resource "aichatbothub_answer_test" "t" {
  chatbot_id = data.aichatbothub_chatbot.b.id
  cases      = { when = { ask = ["When?"], not_contains = ["tea"] } }
}
`

// everythingPlanned checks the plan of every object in the chatbot of everything.
func everythingPlanned(action plancheck.ResourceActionType, except map[string]plancheck.ResourceActionType) resource.ConfigPlanChecks {
	var checks []plancheck.PlanCheck
	for _, n := range acctest.Nouns {
		if n.Type == "chatbot" {
			continue
		}
		want := action
		if other, ok := except[n.Type]; ok {
			want = other
		}
		checks = append(checks, plancheck.ExpectResourceAction(acctest.Prefix+n.Type+".t", want))
	}
	return resource.ConfigPlanChecks{PreApply: checks}
}

// TestParentFromDataSource: a change of the chatbot replaces none of its objects whose chatbot_id comes from a data source that Terraform
// reads in the apply. When a tainted chatbot is replaced, the apply fails, and the next one creates what it contained.
func TestParentFromDataSource(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	config := func(citations bool) string {
		return e.Config(strings.Replace(everything, "CITATIONS", fmt.Sprint(citations), 1))
	}
	onlyChatbot := func() {
		for _, r := range e.Requests() {
			if r.Method != "GET" && r.Route != "POST /chatbot/{uuid}/update" {
				t.Errorf("%s was sent", r.Route)
			}
		}
	}
	renamed := strings.Replace(config(false), "Orders", "Returns", 1)
	e.Test(t,
		resource.TestStep{Config: config(false)},
		resource.TestStep{PreConfig: e.Forget, Config: config(true), ConfigPlanChecks: everythingPlanned(plancheck.ResourceActionUpdate,
			map[string]plancheck.ResourceActionType{"message": plancheck.ResourceActionNoop})},
		resource.TestStep{PreConfig: func() { onlyChatbot(); e.Forget() }, Config: renamed, Check: e.ExpectCount("POST /agent/{uuid}/update", 1)},
		resource.TestStep{Config: config(true), Taint: []string{"aichatbothub_chatbot.b"},
			ExpectError: regexp.MustCompile(`(?s)Parent changed after the plan.*Apply\s+again`)},
		resource.TestStep{Config: config(true), ConfigPlanChecks: everythingPlanned(plancheck.ResourceActionCreate, nil)},
	)
}
