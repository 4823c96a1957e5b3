package message_test

import (
	"fmt"
	"os"
	"path/filepath"
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

// TestWhiteSpace: a service that trims keeps the configuration's writing, and white space at the ends of a question makes no diff.
func TestWhiteSpace(t *testing.T) {
	t.Parallel()
	for name, trims := range map[string]bool{"trims": true, "keeps": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t, func(q *mockhub.Quirks) { q.TrimsText = trims })
			spaced := `query = "  When do you open?\r\nOn Sundays, too?\n"`
			same := func(arguments ...string) resource.TestStep {
				return resource.TestStep{Config: e.config(arguments...), ConfigPlanChecks: planned(plancheck.ResourceActionNoop), Check: e.spent(1)}
			}
			e.run(t, resource.TestStep{Config: e.config(spaced), ConfigStateChecks: []statecheck.StateCheck{has("query", knownvalue.StringExact("  When do you open?\r\nOn Sundays, too?\n"))}},
				same(spaced), same(`query = "When do you open?\nOn Sundays, too?"`), same("query = <<-EOT\n When do you open?\n On Sundays, too?\n EOT"),
				resource.TestStep{Config: e.config(`query = "When do you open? On Sundays, too?"`), ConfigPlanChecks: planned(plancheck.ResourceActionDestroyBeforeCreate)})
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
	all := message("terraform_data.in.output.session", `query = terraform_data.in.output.query`, `triggers = terraform_data.in.output.triggers`)
	given := func(query, triggers string) string {
		return in("in", fmt.Sprintf(`{ session = %q, query = %q, triggers = %s }`, e.session, query, triggers))
	}
	e.run(t,
		resource.TestStep{Config: e.Config(given("When do you open?", "{}") + all), ConfigStateChecks: answers(hours), Check: e.spent(1),
			ConfigPlanChecks: planned(plancheck.ResourceActionCreate, plancheck.ExpectUnknownValue(address, tfjsonpath.New("query")))},
		// An input that changes leaves open what is asked, so it is asked anew.
		resource.TestStep{Config: e.Config(given("Who are you?", "{}") + all), ConfigStateChecks: answers(mockhub.NoAnswer), Check: e.spent(2),
			ConfigPlanChecks: planned(plancheck.ResourceActionDestroyBeforeCreate)},
		// What turns out to be blank is an error when it is known.
		resource.TestStep{Config: e.Config(given(" ", "{}") + all), ExpectError: regexp.MustCompile(`(?s)query.*must\s+not\s+be\s+blank`)},
		resource.TestStep{Config: e.Config(given("When do you open?", "null") + all), ConfigStateChecks: answers(hours), Check: e.spent(3)},
		// Triggers that are not known yet are recorded in place where there were none.
		resource.TestStep{Config: e.Config(given("When do you open?", "null") + in("first", `"1"`) + message(`"`+e.session+`"`, opening, `triggers = { a = terraform_data.first.output }`)),
			ConfigPlanChecks: planned(plancheck.ResourceActionUpdate), Check: e.spent(3)},
	)
}

func TestBadInput(t *testing.T) {
	t.Parallel()
	id := `"` + strings.Repeat("c", 32) + `"`
	for name, c := range map[string]struct{ config, want string }{
		"session":        {message(`"chat"`, opening), `(?s)session_id += .*"chat"\s+must\s+be\s+an\s+id`},
		"dashed session": {message(`"43474DA7-ae3b-4b71-91ee-29c2de798257"`, opening), `(?s)Write\s+it\s+as\s+"43474da7ae3b4b7191ee29c2de798257"`},
		"no session":     {"resource \"aichatbothub_message\" \"t\" {\n" + opening + "\n}\n", `(?s)Missing required argument.*session_id`},
		"no query":       {message(id), `(?s)Missing required argument.*query`},
		"empty query":    {message(id, `query = ""`), `(?s)query += .*must\s+not\s+be\s+blank`},
		"blank query":    {message(id, `query = " \n\t\r"`), `(?s)query += .*must\s+not\s+be\s+blank`},
		"wide blank":     {message(id, `query = "\u00a0\u3000\u0085"`), `(?s)query += .*must\s+not\s+be\s+blank`},
		"triggers":       {message(id, opening, `triggers = ["a"]`), `(?s)triggers += `},
		"response":       {message(id, opening, `response = "Yes."`), `(?s)Invalid Configuration for Read-Only Attribute|Value for unconfigurable attribute`},
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

// TestManyMessages: a plan of twenty messages sends as many lists as a plan of one, and few requests delete them.
func TestManyMessages(t *testing.T) {
	t.Parallel()
	costs := map[int]int{}
	for _, n := range []int{1, 30} {
		e := start(t)
		config := e.Config(strings.Replace(message(`"`+e.session+`"`, `query = "Question ${count.index}?"`), "{", fmt.Sprintf("{\n  count = %d", n), 1))
		e.run(t, resource.TestStep{Config: config}, resource.TestStep{PreConfig: e.Forget, Config: config, Check: func(*terraform.State) error {
			costs[n] = e.Count("")
			if lists := e.Count(list); lists != costs[n] || lists == 0 {
				return fmt.Errorf("%d requests, of which %d lists", costs[n], lists)
			}
			return nil
		}})
		if groups, alone := e.Count(bulk), e.Count(remove); n > 1 && (groups == 0 || groups+alone > n/2) {
			t.Errorf("%d messages were deleted with %d bulk requests and %d single ones", n, groups, alone)
		} else {
			t.Logf("%d messages: %d requests of a plan, %d bulk and %d single deletes", n, costs[n], groups, alone)
		}
		if e.Answers() != n {
			t.Errorf("%d answers to %d questions", e.Answers(), n)
		}
	}
	if costs[1] != costs[30] {
		t.Errorf("%d requests for one message and %d for thirty", costs[1], costs[30])
	}
}

// TestRequestsOfAPlan counts what the real Terraform makes the real provider send for twenty messages: a plan is one list.
func TestRequestsOfAPlan(t *testing.T) {
	t.Parallel()
	c, e := acctest.NewCLI(t), start(t)
	dir := t.TempDir()
	config := "terraform {\n  required_providers {\n    aichatbothub = { source = \"aichatbothub/aichatbothub\" }\n  }\n}\n" +
		strings.Replace(message(`"`+e.session+`"`, `query = "Question ${count.index}?"`), "{", "{\n  count = 20", 1)
	if err := os.WriteFile(filepath.Join(dir, "main.tf"), []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	tf := c.Terraform(t, dir, e.Env, nil)
	plan := func() error { _, err := tf.Plan(t.Context()); return err }
	for _, step := range []struct {
		name             string
		run              func() error
		all, asks, lists int
	}{
		{"init", func() error { return tf.Init(t.Context()) }, 0, 0, 0},
		{"the first plan", plan, 0, 0, 0},
		{"apply", func() error { return tf.Apply(t.Context()) }, 41, 20, 21}, // one list before the first question
		{"the next plan", plan, 1, 0, 1},
	} {
		e.Forget()
		if err := step.run(); err != nil {
			t.Fatalf("%s: %v", step.name, err)
		}
		if all, asks, lists := e.Count(""), e.Count(send), e.Count(list); all != step.all || asks != step.asks || lists != step.lists {
			t.Errorf("%s: %d requests, %d questions and %d lists; want %d, %d and %d", step.name, all, asks, lists, step.all, step.asks, step.lists)
		}
	}
}
