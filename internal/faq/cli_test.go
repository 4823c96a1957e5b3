package faq_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
)

// TestKnowledgeBase: the questions of a file are those of a knowledge base, and a file that is edited changes it. A text that is not known yet
// is an unknown map in the plan.
func TestKnowledgeBase(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	e.ThroughCLI()
	file := filepath.Join(t.TempDir(), "faq.csv")
	write := func(text string) func() {
		return func() {
			if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	config := e.Config(fmt.Sprintf(`
resource "aichatbothub_knowledge_base" "t" {
  chatbot_id = %q
  questions  = provider::aichatbothub::faq(file(%q), "csv")
}

resource "terraform_data" "t" {
  input = "# When?\nAt 9."
}

resource "terraform_data" "answers" {
  input = provider::aichatbothub::faq(terraform_data.t.output, "markdown")
}
`, e.SeedChatbot(), file))
	questions := func(all map[string]string) []statecheck.StateCheck {
		want := map[string]knownvalue.Check{}
		for question, answer := range all {
			want[question] = knownvalue.StringExact(answer)
		}
		return []statecheck.StateCheck{statecheck.ExpectKnownValue("aichatbothub_knowledge_base.t", tfjsonpath.New("questions"), knownvalue.MapExact(want)),
			statecheck.ExpectKnownValue("terraform_data.answers", tfjsonpath.New("output"), knownvalue.MapExact(map[string]knownvalue.Check{"When?": knownvalue.StringExact("At 9.")}))}
	}
	e.Test(t,
		resource.TestStep{PreConfig: write("\ufeffquestion;answer\r\nWhen?;At 9.\r\n"), Config: config, ConfigStateChecks: questions(map[string]string{"When?": "At 9."}),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectUnknownValue("terraform_data.answers", tfjsonpath.New("input"))}}},
		resource.TestStep{PreConfig: write("Who?,We.\nWhen?,\n"), Config: config, ExpectError: regexp.MustCompile(`(?s)Invalid\s+value\s+for\s+"text"\s+parameter:\s+line\s+2:\s+the\s+answer\s+is\s+empty\.\s+Write\s+one,\s+or\s+remove\s+the\s+question\.`)},
		resource.TestStep{PreConfig: write("Who?,We.\nWhen?,At 10.\n"), Config: config, ConfigStateChecks: questions(map[string]string{"When?": "At 10.", "Who?": "We."})},
	)
}

// TestArguments: an argument that is null or has another value is an error at it, and needs no account.
func TestArguments(t *testing.T) {
	t.Parallel()
	for arguments, want := range map[string]string{
		`"a", "md"`:   `(?s)Invalid\s+value\s+for\s+"format"\s+parameter:\s+must\s+be\s+"csv"\s+or\s+"markdown"\.`,
		`null, "csv"`: `(?s)Invalid\s+value\s+for\s+"text"\s+parameter:\s+argument\s+must\s+not\s+be\s+null\.`,
	} {
		t.Run(arguments, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t)
			e.ThroughCLI()
			e.Test(t, resource.TestStep{Config: "output \"t\" {\n  value = provider::aichatbothub::faq(" + arguments + ")\n}\n", ExpectError: regexp.MustCompile(want)})
		})
	}
}

// TestProtocol: the function is served by a provider that is not configured.
func TestProtocol(t *testing.T) {
	t.Parallel()
	s := acctest.NewServer(t)
	arguments := make([]*tfprotov6.DynamicValue, 0, 2)
	for _, text := range []string{"# When?\nAt 9.", "markdown"} {
		v, err := tfprotov6.NewDynamicValue(tftypes.String, tftypes.NewValue(tftypes.String, text))
		if err != nil {
			t.Fatal(err)
		}
		arguments = append(arguments, &v)
	}
	resp, err := s.CallFunction(t.Context(), &tfprotov6.CallFunctionRequest{Name: "faq", Arguments: arguments})
	if err != nil || resp.Error != nil {
		t.Fatal(err, resp.Error)
	}
	ty := tftypes.Map{ElementType: tftypes.String}
	got, err := resp.Result.Unmarshal(ty)
	if want := tftypes.NewValue(ty, map[string]tftypes.Value{"When?": tftypes.NewValue(tftypes.String, "At 9.")}); err != nil || !got.Equal(want) {
		t.Errorf("%v (%v), want %v", got, err, want)
	}
}
