package provider_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-exec/tfexec"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// TestGeneratedConfiguration: the configuration that Terraform generates for imported objects plans to import all of them and to change
// nothing, with every reading of the contract that changes answers.
func TestGeneratedConfiguration(t *testing.T) {
	t.Parallel()
	c := acctest.NewCLI(t)
	for name, quirk := range map[string]func(*mockhub.Quirks){
		"as documented": func(*mockhub.Quirks) {},
		"a newer deployment": func(q *mockhub.Quirks) {
			q.AgentMetaFull, q.SessionEcho, q.ExtraFields, q.UploadTypeFile = true, true, true, true
			q.LinkType, q.AddressForm, q.LinksInvented = "video", "slash", true
		},
		"other spellings": func(q *mockhub.Quirks) {
			q.BooleansAsNumbers, q.NumbersAsFloats, q.NumbersAsFloat32, q.SourceNumbersAsStrings, q.ParametersReordered, q.ShowCitationSingular = true, true, true, true, true, true
			q.LinkType, q.AddressForm = "url", "no_scheme"
		},
		"short answers": func(q *mockhub.Quirks) {
			q.SourceNumbersNull, q.MetaJSON, q.CiteDataEmpty, q.MessageErrorNull, q.MessageShort = true, "without", "absent", true, true
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t, quirk)
			chatbot := e.SeedChatbot()
			r := &exampleRun{T: t, Env: e, dir: t.TempDir()}
			r.tf = c.Terraform(t, r.dir, e, nil)
			var blocks strings.Builder
			n := 0
			for _, noun := range acctest.Nouns {
				for _, kind := range slices.Sorted(maps.Keys(noun.Generated)) {
					fmt.Fprintf(&blocks, "# %s\nimport {\n  to = %s.n%d\n  id = %q\n}\n", kind, acctest.Prefix+noun.Type, n, noun.Generated[kind](e, chatbot))
					n++
				}
			}
			r.prepare(blocks.String())
			r.generate(n)
		})
	}
}

// generate lets Terraform generate the configuration of the import blocks, and applies it. Nothing but GET requests is sent.
func (r *exampleRun) generate(imports int) {
	r.Helper()
	_, err := r.tf.Plan(r.Context(), tfexec.GenerateConfigOut("generated.tf"))
	text, _ := os.ReadFile(filepath.Join(r.dir, "generated.tf"))
	if err != nil {
		r.Fatalf("%v\n%s", err, text)
	}
	r.importsOnly(imports)
	r.Forget()
	r.must(r.tf.Apply(r.Context()))
	for _, request := range r.Requests() {
		if request.Method != "GET" {
			r.Errorf("%s was sent: %s", request.Route, request.Body)
		}
	}
	r.settled()
}

// importsOnly plans, and fails the test unless the plan has want imports and no change.
func (r *exampleRun) importsOnly(want int) {
	r.Helper()
	imports := 0
	for _, change := range r.plan().ResourceChanges {
		if change.Change.Importing != nil {
			imports++
		}
		if !change.Change.Actions.NoOp() {
			r.Errorf("%s is planned as %v, want no change: %v → %v", change.Address, change.Change.Actions, change.Change.Before, change.Change.After)
		}
	}
	if imports != want {
		r.Errorf("%d imports are planned, want %d", imports, want)
	}
}
