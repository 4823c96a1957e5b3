package provider_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"text/tabwriter"

	"github.com/hashicorp/terraform-exec/tfexec"
)

// customers writes the variables of the configuration: n chatbots with ten questions each. The first one has this prompt, and this answer to the first
// question.
func (g *guide) customers(n int, prompt, answer string) {
	g.Helper()
	all := map[string]map[string]string{}
	for i := range n {
		questions := map[string]string{}
		for j := range 10 {
			questions[fmt.Sprintf("Question %d?", j)] = "Answer."
		}
		all[fmt.Sprintf("customer-%02d", i)] = questions
	}
	all["customer-00"]["Question 0?"] = answer
	raw, err := json.Marshal(map[string]any{"customers": all, "prompts": map[string]string{"customer-00": prompt}})
	g.must(err)
	g.write("terraform.tfvars.json", string(raw))
}

// count returns the number of requests that run sends. If all is false, only those count that change something: how many lists an apply reads depends on
// how long the training takes.
func (g *guide) count(all bool, run func() error) int {
	g.Helper()
	g.Forget()
	g.must(run())
	n := 0
	for _, r := range g.Requests() {
		if all || !strings.HasPrefix(r.Route, "GET ") {
			n++
		}
	}
	return n
}

// TestGuideRequestsOfRuns counts the requests of runs with 1 and 10 chatbots, and compares them with the table of the guide "Running at scale". With
// -update it writes the table.
func TestGuideRequestsOfRuns(t *testing.T) {
	t.Parallel()
	var table strings.Builder
	w := tabwriter.NewWriter(&table, 0, 0, 2, ' ', 0)
	sizes := []int{1, 10}
	counts := map[string][]int{}
	var steps []string
	for _, n := range sizes {
		g := startGuide(t, "scale")
		g.remain()
		note := func(step string, all bool, run func() error) {
			if counts[step] == nil {
				steps = append(steps, step)
			}
			counts[step] = append(counts[step], g.count(all, run))
		}
		plan := func(options ...tfexec.PlanOption) func() error {
			return func() error { _, err := g.tf.Plan(t.Context(), options...); return err }
		}
		apply := func() error { return g.tf.Apply(t.Context()) }
		g.customers(n, "Be brief.", "Answer.")
		note("first plan", true, plan())
		note("first apply, changes only", false, apply)
		note("plan without changes", true, plan())
		note("plan -refresh-only", true, plan(tfexec.RefreshOnly(true)))
		note("plan -refresh=false", true, plan(tfexec.Refresh(false)))
		g.customers(n, "Be polite.", "Answer.")
		note("plan of another prompt of one chatbot", true, plan())
		note("apply of it, changes only", false, apply)
		g.customers(n, "Be polite.", "Another answer.")
		note("plan of another answer of one chatbot", true, plan())
		note("apply of it, with training, changes only", false, apply)
		note("plan -destroy", true, plan(tfexec.Destroy(true)))
		note("destroy, changes only", false, func() error { return g.tf.Destroy(t.Context()) })
	}
	_, _ = fmt.Fprintln(w, "requests of\t1 chatbot\t10 chatbots")
	for _, step := range steps {
		_, _ = fmt.Fprintf(w, "%s\t%d\t%d\n", step, counts[step][0], counts[step][1])
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	const golden = "testdata/guides/scale/requests.txt"
	if *update {
		if err := os.WriteFile(golden, []byte(table.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil || string(want) != table.String() {
		t.Errorf("%s: %v; it has\n%s\nwant (run the test with -update)\n%s", golden, err, want, &table)
	}
}

// TestGuideSplitState: a chatbot of a module with for_each moves to a state of its own, as the guide "Running at scale" says. Then both plans are empty.
func TestGuideSplitState(t *testing.T) {
	t.Parallel()
	g := startGuide(t, "scale")
	g.customers(2, "Be brief.", "Answer.")
	g.passes("all in one state")

	own := &guide{&release{&exampleRun{T: t, Env: g.Env, dir: t.TempDir()}}, g.cli}
	own.tf = g.cli.Terraform(t, own.dir, g.Env, nil)
	own.must(os.CopyFS(filepath.Join(own.dir, "bot"), os.DirFS(filepath.Join(g.dir, "bot"))))
	own.write("main.tf", "module \"bot\" {\n  source = \"./bot\"\n  name = \"customer-01\"\n  prompt = \"Be brief.\"\n"+
		"  questions = { for i in range(10) : \"Question ${i}?\" => \"Answer.\" }\n}\n")
	own.must(own.tf.Init(t.Context()))

	commands := guideBlocks(t, "scale.md.tmpl", "\n## Options of Terraform\n")
	for _, block := range commands[len(commands)-2:] {
		block = strings.NewReplacer("../all", g.dir, `"acme"`, `"customer-01"`, "terraform plan\n", "", "terraform -chdir=../all plan\n", "").Replace(block)
		own.shell(block)
	}
	own.empty("the state of one chatbot")
	g.customers(1, "Be brief.", "Answer.")
	g.empty("the state of the others")
}
