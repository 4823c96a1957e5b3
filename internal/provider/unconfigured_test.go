package provider_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// TestImportWithoutKey: while the API key is not known, an import is an error in both forms. A state with nothing but ids would be planned
// as a replacement of the live object.
func TestImportWithoutKey(t *testing.T) {
	t.Parallel()
	for _, n := range acctest.Nouns {
		if n.Parts != nil {
			continue // an import is refused in any case
		}
		typeName := acctest.Prefix + n.Type
		t.Run(typeName, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t)
			id := n.Add(e, e.SeedChatbot())
			s := acctest.NewServer(t)
			if err := s.NewRunWithoutKey(e); err != nil {
				t.Fatal(err)
			}
			_, _, byIdentity := s.Import(typeName, identityOf(t, s, typeName, id))
			for form, diags := range map[string][]*tfprotov6.Diagnostic{"id": s.ImportID(typeName, id), "identity": byIdentity} {
				if len(diags) != 1 || diags[0].Summary != "Provider not configured yet" {
					t.Errorf("by %s: %q, want one error, that the provider is not configured", form, words(diags))
				}
			}
			if sent := e.Count(""); sent > 0 {
				t.Errorf("%d requests were sent", sent)
			}
		})
	}
}

// identityOf returns the identity of an object with this import id.
func identityOf(t *testing.T, s *acctest.Server, typeName, importID string) map[string]string {
	t.Helper()
	schemas, err := s.GetResourceIdentitySchemas(t.Context(), &tfprotov6.GetResourceIdentitySchemasRequest{})
	if err != nil {
		t.Fatal(err)
	}
	parts, identity := strings.Split(importID, "/"), map[string]string{}
	for _, a := range schemas.IdentitySchemas[typeName].IdentityAttributes {
		switch a.Name {
		case "id":
			identity[a.Name] = acctest.LastID(importID)
		case "agent_id":
			identity[a.Name] = parts[1]
		default:
			identity[a.Name] = parts[0]
		}
	}
	return identity
}

// TestImportWithoutKeyThroughCLI: a live agent survives the apply of an import block whose provider has a key that the same run makes.
func TestImportWithoutKeyThroughCLI(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	bot := e.SeedChatbot()
	agent := e.AddAgent(bot, mockhub.Agent{Name: "Live"})
	e.Keep(agent)
	config := fmt.Sprintf(`
resource "terraform_data" "key" { input = %q }
provider "aichatbothub" {
  api_key  = terraform_data.key.output
  base_url = %q
}
import {
  to = aichatbothub_agent.t
  id = "%s/%s"
}
resource "aichatbothub_agent" "t" {
  chatbot_id = %[3]q
  type       = "user-facing"
  name       = "Live"
}
`, e.Key(), e.URL, bot, agent)
	e.Test(t,
		resource.TestStep{Config: config, ExpectError: regexp.MustCompile(`Error: Provider not configured yet`)},
		resource.TestStep{Config: e.Config(aBot)},
	)
	if _, there := e.Agent(agent); !there {
		t.Error("the live agent was deleted")
	}
}

// TestRefreshWithoutKey: while the API key is not known, a plan keeps every existing object as it is in the state, and sends nothing.
func TestRefreshWithoutKey(t *testing.T) {
	t.Parallel()
	for _, n := range acctest.Nouns {
		typeName := acctest.Prefix + n.Type
		t.Run(typeName, func(t *testing.T) {
			t.Parallel()
			s := newStage(t)
			o, config := s.object(typeName, n.Create)
			before := o.State
			s.must(s.NewRunWithoutKey(s.Env))
			s.Forget()
			s.must(o.Refresh())
			planned, err := o.Plan(config)
			s.must(err)
			if !o.State.Equal(before) || !o.Empty(planned) {
				t.Errorf("refreshed: %v, planned: %v", acctest.Differences(before, o.State), acctest.Differences(before, planned.Value))
			}
			if sent := s.Count(""); sent > 0 {
				t.Errorf("%d requests were sent", sent)
			}
		})
	}
}
