package provider_test

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// TestUpdatesKeepWhatIsKnown updates each attribute of each resource alone. No computed value becomes unknown but those that can change.
func TestUpdatesKeepWhatIsKnown(t *testing.T) {
	t.Parallel()
	schemas := acctest.NewServer(t).Schema.ResourceSchemas
	for _, n := range acctest.Nouns {
		var covered []string
		for i, u := range n.Updates {
			covered = append(covered, u.Other...)
			for _, c := range u.Changes {
				covered = append(covered, c.Attribute)
				t.Run(fmt.Sprintf("%s %d %s", n.Type, i, c.Attribute), func(t *testing.T) {
					t.Parallel()
					keepsKnown(t, n.Type, u.Base, c)
				})
			}
		}
		for _, a := range schemas[acctest.Prefix+n.Type].Block.Attributes {
			if (a.Required || a.Optional) && !slices.Contains(covered, a.Name) {
				t.Errorf("%s of %s is not in the Updates of acctest.Nouns", a.Name, n.Type)
			}
		}
	}
}

func keepsKnown(t *testing.T, typeName string, base map[string]string, c acctest.NounUpdate) {
	t.Helper()
	e := acctest.Start(t)
	e.SetModels(map[string]float64{"gpt-4o-8k": 1, "gpt-5-8k": 1, "gpt-4o-mini-4k": 1})
	chatbot := e.SeedChatbot()
	agent := e.AddAgent(chatbot, mockhub.Agent{})
	e.Keep(agent)
	ids := strings.NewReplacer("CHATBOT", chatbot, "AGENT", agent, "SESSION", e.AddSession(chatbot, mockhub.Session{}), "SOURCE", e.AddSource(chatbot, mockhub.Source{}), "FOLDER", folderWith(t, "a.md"))
	config := func(value string) string {
		arguments := maps.Clone(base)
		if value != "" {
			arguments[c.Attribute] = value
		}
		var body strings.Builder
		for attribute, value := range arguments {
			fmt.Fprintf(&body, "  %s = %s\n", attribute, ids.Replace(value))
		}
		return e.Config(fmt.Sprintf("resource \"aichatbothub_%s\" \"t\" {\n%s}\n", typeName, body.String()))
	}
	steps := []resource.TestStep{{Config: config("")}}
	update := func(value string, unknown []string) {
		if value != "" {
			steps = append(steps, resource.TestStep{Config: config(value), ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{onlyUnknown(unknown)}}})
		}
	}
	update(c.First, c.FirstUnknown)
	update(c.Second, c.SecondUnknown)
	e.Test(t, steps...)
}

// folderWith returns the path of a folder with a file.
func folderWith(t *testing.T, name string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, name), []byte("Text."), 0o600); err != nil {
		t.Fatal(err)
	}
	return filepath.ToSlash(dir)
}

// onlyUnknown checks that a plan updates the resource in place, and that no other attributes than these are unknown.
type onlyUnknown []string

// CheckPlan implements plancheck.PlanCheck.
func (o onlyUnknown) CheckPlan(_ context.Context, req plancheck.CheckPlanRequest, resp *plancheck.CheckPlanResponse) {
	for _, r := range req.Plan.ResourceChanges {
		if r.Mode != tfjson.ManagedResourceMode {
			continue
		}
		if !r.Change.Actions.Update() {
			resp.Error = fmt.Errorf("%s: the plan is %v, want an update", r.Address, r.Change.Actions)
			return
		}
		for _, path := range unknownIn("", r.Change.AfterUnknown) {
			if !slices.Contains(o, path) {
				resp.Error = fmt.Errorf("%s: %s becomes unknown, want only %v", r.Address, path, o)
				return
			}
		}
	}
}

// unknownIn returns the paths of unknown values, as the JSON form of a plan has them.
func unknownIn(at string, v any) []string {
	var paths []string
	switch v := v.(type) {
	case bool:
		if v {
			paths = append(paths, strings.TrimPrefix(at, "."))
		}
	case map[string]any:
		for name, member := range v {
			paths = append(paths, unknownIn(at+"."+name, member)...)
		}
	case []any:
		for i, element := range v {
			paths = append(paths, unknownIn(fmt.Sprintf("%s[%d]", at, i), element)...)
		}
	}
	return paths
}
