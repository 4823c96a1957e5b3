package provider_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-exec/tfexec"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// release is the scenario staged-release in its own folder, with a real Terraform and its own service.
type release struct {
	*exampleRun
}

// startRelease copies the scenario and runs init. confirm is 0, because a pause before a repetition takes seconds.
func startRelease(t *testing.T) *release {
	t.Helper()
	c := newExampleCLI(t)
	r := &release{c.startScenario(t, "staged-release")}
	r.write("terraform.tfvars", "confirm = 0\n")
	return r
}

// add copies a file of testdata into the module.
func (r *release) add(name string) {
	r.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", "staged-release", name))
	r.must(err)
	r.write(filepath.Join("bot", name), string(raw))
}

func (r *release) remove(name string) {
	r.Helper()
	r.must(os.Remove(filepath.Join(r.dir, filepath.FromSlash(name))))
}

// wrong has all answers be wrong from now on, whatever the documents say: the mock does not read prompts.
func (r *release) wrong(is bool) {
	r.SetQuirks(func(q *mockhub.Quirks) {
		q.AnswersWrong = 0
		if is {
			q.AnswersWrong = 1
		}
	})
}

// passes applies, and fails the test if that fails.
func (r *release) passes(step string, options ...tfexec.ApplyOption) {
	r.Helper()
	if err := r.tf.Apply(r.Context(), options...); err != nil {
		r.Fatalf("%s: %v", step, err)
	}
}

// misses applies, and fails the test unless the apply fails because of a wrong answer and of nothing else.
func (r *release) misses(step string, options ...tfexec.ApplyOption) {
	r.Helper()
	err := r.tf.Apply(r.Context(), options...)
	if err == nil || strings.Count(err.Error(), "Error: ") != strings.Count(err.Error(), "Error: Answer test missed") {
		r.Fatalf("%s: %v, want only that the answer test missed", step, err)
	}
}

const (
	staging    = "Northwind Books (staging)"
	production = "Northwind Books"
)

// has fails the test unless the objects of a chatbot contain each text, or do not contain it if the text begins with "!".
func (r *release) has(step, name string, texts ...string) {
	r.Helper()
	objects := r.objects(name)
	for _, text := range texts {
		if part, not := strings.CutPrefix(text, "!"); strings.Contains(objects, part) == not {
			r.Errorf("%s: looking for %q in %s:\n%s", step, text, name, objects)
		}
	}
}

// unchanged fails the test unless the objects of production are those before.
func (r *release) unchanged(step, before string) {
	r.Helper()
	if after := r.objects(production); after != before {
		r.Errorf("%s: production has changed from\n%s\nto\n%s", step, before, after)
	}
}

// TestStagedRelease: with a wrong answer, nothing of production is created or updated, in the same apply and in the next one. What is removed or
// replaced is not held back, and single sources make the answer test unsound.
func TestStagedRelease(t *testing.T) {
	t.Parallel()
	r := startRelease(t)
	r.remain()

	r.firstRelease()
	r.changesInPlace()
	r.removals()
	r.singles()
	r.wrong(false)
	r.destroy()
}

// firstRelease: production is not created before all cases have passed.
func (r *release) firstRelease() {
	r.Helper()
	wrong := tfexec.Var("documents=documents_wrong")
	for _, step := range []string{"first apply", "second apply"} {
		r.misses(step, wrong)
		if r.botID(staging) == "" || r.botID(production) != "" || len(r.Chatbots()) != 1 {
			r.Fatalf("%s: the service has %v, want staging alone", step, r.Chatbots())
		}
	}
	r.passes("first release")
	r.has("first release", production, "within 30 days", "bookshop")
	r.has("first release", staging, `"sessions": null`)
}

// changesInPlace: changes in place and creations wait for the answer test.
func (r *release) changesInPlace() {
	r.Helper()
	before := r.objects(production)
	r.edit("documents/returns.md", "30 days", "two weeks")
	r.write("documents/gifts.md", "We wrap gifts.\n")
	r.remove("documents/opening-hours.txt")
	r.edit("variables.tf", "You answer the customers", "You advise the customers")
	r.edit("bot/main.tf", "show_citations = true", "rate_limit_message = \"Later.\"\n  show_citations = true")
	r.add("gifts.tf")
	r.add("orders.tf")
	r.edit("main.tf", "knowledge = module.staging.revision", "knowledge = module.staging.revision\n    orders = module.staging.orders_enabled")
	for _, step := range []string{"wrong document", "wrong document again"} {
		r.misses(step)
		r.unchanged(step, before)
		r.has(step, staging, "two weeks", "gifts.md", "!opening-hours.txt", "You advise", "Later.", "Orders", "Gifts")
	}
	r.edit("documents/returns.md", "two weeks", "30 days")
	r.write("documents/opening-hours.txt", "The shop is open from 10 to 17, Monday to Saturday.\n")
	r.passes("mend")
	r.has("mend", production, "30 days", "gifts.md", "from 10 to 17", "You advise", "Later.", "Orders", "Gifts")
}

// removals: what is removed or replaced does not wait for the answer test, but an agent that is disabled first does.
func (r *release) removals() {
	r.Helper()
	r.wrong(true)
	before := r.objects(production)
	r.edit("bot/orders.tf", "= true #", "= false #")
	r.misses("disabled first")
	r.unchanged("disabled first", before)

	r.edit("variables.tf", "You advise", "You help")
	r.remove("bot/gifts.tf")
	r.edit("bot/orders.tf", "user-facing", "background")
	r.edit("bot/orders.tf", "  use_all_sources = true\n", "")
	r.misses("removed and replaced")
	r.has("removed and replaced", production, "You advise", "!Gifts", "!Orders")
	r.has("removed and replaced", staging, "You help", "!Gifts", "Orders")
}

// singles: without create_before_destroy, a single source is deleted from production before the question is asked. With it, the question is asked
// while staging still has the old source, so that a wrong one passes.
func (r *release) singles() {
	r.Helper()
	r.wrong(false)
	r.add("parking.tf")
	r.edit("main.tf", "module.staging.revision", "\"${module.staging.revision} ${module.staging.singles}\"")
	r.edit("variables.tf", "    rude ", "    parking = { ask = [\"What costs parking?\"], contains = [\"two euros\"] }\n    rude ")
	r.passes("single source")
	r.has("single source", production, "two euros")

	r.edit("bot/parking.tf", "two euros", "nothing")
	r.misses("deleted first")
	r.has("deleted first", production, "!parking.txt")
	r.has("deleted first", staging, "Parking costs nothing.")

	// Terraform handles everything that a resource with create_before_destroy depends on in the same way: here all of staging.
	r.edit("bot/parking.tf", "nothing", "two euros")
	r.edit("bot/parking.tf", "aichatbothub_source.parking.id", "\"${aichatbothub_source.parking.id} ${aichatbothub_source.coffee.id}\"")
	r.add("coffee.tf")
	if err := r.tf.Apply(r.Context()); err == nil || !strings.Contains(err.Error(), "409 Conflict") {
		r.Errorf("a file that is created before the old one is deleted: %v, want a conflict", err)
	}

	r.edit("bot/parking.tf", "two euros", "nothing")
	r.edit("variables.tf", "\"two euros\"", "\"costs nothing\"")
	r.edit("variables.tf", "    rude ", "    coffee = { ask = [\"Is coffee free?\"], contains = [\"is free\"] }\n    rude ")
	r.passes("with create_before_destroy")
	r.has("with create_before_destroy", production, "Parking costs nothing.", "Coffee is free.")

	r.edit("bot/coffee.tf", "Coffee is free.", "Coffee costs one euro.")
	r.passes("wrong with create_before_destroy")
	r.has("wrong with create_before_destroy", production, "Coffee costs one euro.", "!Coffee is free.")
}
