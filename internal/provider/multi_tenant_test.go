package provider_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-exec/tfexec"
)

// tenants writes the customers of the scenario multi-tenant. A customer whose name ends with "!" is not protected.
func (r *exampleRun) tenants(names ...string) {
	r.Helper()
	text := "customers = {\n"
	for _, name := range names {
		key, unprotected := strings.CutSuffix(name, "!")
		text += fmt.Sprintf("  %s = { name = %q, protect = %t }\n", key, key, !unprotected)
	}
	r.write("terraform.tfvars", text+"}\n")
}

// touches applies, and fails the test unless the plan changes objects of one customer only, and the others have the same objects afterwards, with all
// times. No request but those that read has an id of theirs. It returns the number of requests that do not read.
func (r *exampleRun) touches(customer string, others ...string) (writes int) {
	r.Helper()
	before := map[string]string{}
	for _, other := range others {
		before[other] = r.objects(other)
	}
	module := fmt.Sprintf("module.bot[%q].", customer)
	for _, change := range r.plan().ResourceChanges {
		if !change.Change.Actions.NoOp() && !strings.HasPrefix(change.Address, module) {
			r.Errorf("%s is planned as %v, want only changes of %s", change.Address, change.Change.Actions, module)
		}
	}
	ids := r.AllIDs()
	for id := range ids {
		if strings.Contains(r.objects(customer), id) {
			delete(ids, id)
		}
	}
	r.Forget()
	r.must(r.tf.Apply(r.Context(), tfexec.DirOrPlan("plan")))
	for _, request := range r.Requests() {
		if request.Method == "GET" {
			continue
		}
		writes++
		for id := range ids {
			if strings.Contains(request.Path+string(request.Body), id) {
				r.Errorf("%s %s has the id of another customer", request.Method, request.Path)
			}
		}
	}
	for _, other := range others {
		if after := r.objects(other); after != before[other] {
			r.Errorf("%s has changed from\n%s\nto\n%s", other, before[other], after)
		}
	}
	return writes
}

// TestMultiTenant: adding, changing and removing a customer touches no other one. One who is protected is not removed, and one whose key changes keeps
// its chatbot with a moved block.
func TestMultiTenant(t *testing.T) {
	t.Parallel()
	r := newExampleCLI(t).startScenario(t, "multi-tenant")
	r.tenants("acme!", "birch", "cedar!")
	r.must(r.tf.Apply(t.Context()))

	r.tenants("acme!", "cedar!")
	if _, err := r.tf.Plan(t.Context()); err == nil || !strings.Contains(err.Error(), "Chatbot is protected against deletion") {
		t.Errorf("the removal of a customer who is protected: %v", err)
	}

	r.tenants("acme!", "birch!", "cedar!")
	if writes := r.touches("birch", "acme", "birch", "cedar"); writes != 0 {
		t.Errorf("the end of the protection sent %d requests", writes)
	}
	r.edit(filepath.Join("customers", "birch", "opening-hours.md"), "8 to 16", "7 to 16")
	r.touches("birch", "acme", "cedar")
	r.tenants("acme!", "cedar!")
	r.touches("birch", "acme", "cedar")
	r.must(os.CopyFS(filepath.Join(r.dir, "customers", "dune"), os.DirFS(filepath.Join(r.dir, "customers", "cedar"))))
	r.tenants("acme!", "cedar!", "dune!")
	r.touches("dune", "acme", "cedar")

	r.must(os.Rename(filepath.Join(r.dir, "customers", "acme"), filepath.Join(r.dir, "customers", "anvil")))
	r.write("terraform.tfvars", strings.Replace(readText(t, r.dir, "terraform.tfvars"), "acme = ", "anvil = ", 1))
	r.write("moved.tf", "moved {\n  from = module.bot[\"acme\"]\n  to   = module.bot[\"anvil\"]\n}\n")
	for _, change := range r.plan().ResourceChanges {
		if !change.Change.Actions.NoOp() {
			t.Errorf("another key with a moved block: %s is planned as %v", change.Address, change.Change.Actions)
		}
	}

	if got := len(r.Chatbots()); got != 3 || r.botID("birch") != "" {
		t.Errorf("the service has %d chatbots: %v", got, r.Chatbots())
	}
	r.destroy()
}
