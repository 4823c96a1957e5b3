package sourcetag_test

import (
	"fmt"
	"slices"
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

const address = "aichatbothub_source_tag.t"

// The routes of the noun.
const (
	list   = "GET /chatbot/{uuid}/source-tags"
	create = "POST /chatbot/{uuid}/source-tag/create"
	update = "POST /source-tag/{uuid}/update"
	remove = "DELETE /source-tag/{uuid}/delete"
)

// What most configurations have.
const (
	named = `name = "Policies"`
	blue  = `color = "#0071F9"`
)

// env is a service with a chatbot that has two sources.
type env struct {
	*acctest.Env
	chatbot, one, two string
}

func start(t *testing.T, quirks ...func(*mockhub.Quirks)) *env {
	t.Helper()
	e := &env{Env: acctest.Start(t, quirks...)}
	e.chatbot = e.SeedChatbot()
	e.one, e.two = e.AddSource(e.chatbot, mockhub.Source{}), e.AddSource(e.chatbot, mockhub.Source{})
	return e
}

// run runs the steps; the destroy behind them must leave no source tag and every source.
func (e *env) run(t *testing.T, steps ...resource.TestStep) {
	t.Helper()
	e.Test(t, steps...)
	if left := e.Tags(e.chatbot); len(left) > 0 {
		t.Errorf("the destroy left %v", left)
	}
	if n := len(e.Sources(e.chatbot)); n != 2 {
		t.Errorf("%d sources after the destroy, want 2", n)
	}
}

// tag is a configuration of one source tag with these arguments; chatbot is an expression.
func tag(chatbot string, arguments ...string) string {
	return "resource \"aichatbothub_source_tag\" \"t\" {\n  chatbot_id = " + chatbot + "\n  " + strings.Join(arguments, "\n  ") + "\n}\n"
}

// config is a whole configuration of one source tag of the chatbot.
func (e *env) config(arguments ...string) string {
	return e.Config(tag(fmt.Sprintf("%q", e.chatbot), arguments...))
}

// on is the argument that puts the tag on sources.
func on(ids ...string) string {
	return `source_ids = ["` + strings.Join(ids, `", "`) + `"]`
}

const onNone = `source_ids = []`

func has(name string, v knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(address, tfjsonpath.New(name), v)
}

// sources is the state's source_ids, in any order.
func sources(ids ...string) statecheck.StateCheck { return has("source_ids", setOf(ids...)) }

func setOf(ids ...string) knownvalue.Check {
	checks := []knownvalue.Check{}
	for _, id := range ids {
		checks = append(checks, knownvalue.StringExact(id))
	}
	return knownvalue.SetExact(checks)
}

func planned(action plancheck.ResourceActionType, more ...plancheck.PlanCheck) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: append(more, plancheck.ExpectResourceAction(address, action))}
}

// importID reads "<chatbot_id>/<id>" out of the state.
func importID(s *terraform.State) (string, error) {
	a := s.RootModule().Resources[address].Primary.Attributes
	return a["chatbot_id"] + "/" + a["id"], nil
}

var importOK = resource.TestStep{ResourceName: address, ImportState: true, ImportStateVerify: true, ImportStateIdFunc: importID}

// sole is the chatbot's one source tag.
func (e *env) sole(t *testing.T) mockhub.SourceTag {
	t.Helper()
	tags := e.Tags(e.chatbot)
	if len(tags) != 1 {
		t.Fatalf("the chatbot has %d source tags, want 1", len(tags))
	}
	return tags[0]
}

// edit changes the source tag as a user of the web app would.
func (e *env) edit(t *testing.T, f func(*mockhub.SourceTag)) func() {
	t.Helper()
	return func() { e.EditTag(e.sole(t).UUID, f) }
}

// uuids is a list of ids in JSON.
func uuids(ids ...string) string {
	if len(ids) == 0 {
		return "[]"
	}
	slices.Sort(ids) // Terraform hands sets over in this order
	return `["` + strings.Join(ids, `","`) + `"]`
}
