package source_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-exec/tfexec"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"golang.org/x/text/unicode/norm"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// folder makes a folder in a folder.
func folder(t *testing.T, dir, name string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(path, 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}

// two is a configuration of two sources of a chatbot with these files.
func two(chatbot, a, b string) string {
	one := source(chatbot, "file = { "+a+" }")
	return one + strings.Replace(source(chatbot, "file = { "+b+" }"), `"t"`, `"u"`, 1)
}

// TestOtherCheckout: another path of a file with the same name and content is no change, whatever else the file has. Another form of the
// content is recorded once, so that the state does not keep a content that the configuration no longer has.
func TestOtherCheckout(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	a, b := write(t, folder(t, dir, "one"), "a.txt", "Hello"), write(t, folder(t, dir, "two"), "a.txt", "Hello")
	noop, update := plancheck.ResourceActionNoop, plancheck.ResourceActionUpdate
	for name, c := range map[string]struct {
		from, to string
		action   plancheck.ResourceActionType
	}{
		"path":         {"path = " + a, "path = " + b, noop},
		"with a name":  {"path = " + a + `, name = "b.txt"`, "path = " + b + `, name = "b.txt"`, noop},
		"name written": {"path = " + a, "path = " + b + `, name = "a.txt"`, noop},
		"name left":    {"path = " + a + `, name = "a.txt"`, "path = " + b, noop},
		"to content":   {"path = " + a, `content = "Hello", name = "a.txt"`, update},
		"from content": {`content = "Hello", name = "a.txt"`, "path = " + b, update},
		"from base64":  {`content_base64 = "SGVsbG8=", name = "a.txt"`, "path = " + b, update},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t)
			chatbot := e.SeedChatbot()
			config := func(file, title string) string {
				return e.Config(source(chatbot, "file = { "+file+" }", fmt.Sprintf("title = %q", title)))
			}
			e.Test(t, resource.TestStep{Config: config(c.from, "One")},
				resource.TestStep{PreConfig: e.Forget, Config: config(c.to, "One"), ConfigPlanChecks: planned(c.action), Check: e.ExpectCount("POST /data-source/{uuid}/update", 0)},
				resource.TestStep{Config: config(c.to, "Two"), ConfigPlanChecks: planned(update), Check: e.ExpectCount(upload, 0)})
		})
	}
}

// TestServiceRenames: a service that stores another file name than it was sent, such as one without spaces.
func TestServiceRenames(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	e := acctest.Start(t)
	chatbot := e.SeedChatbot()
	for _, route := range []string{list, upload} {
		e.Inject(mockhub.Fault{Route: route, Times: -1, Mutate: func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("my file.txt"), []byte("my_file.txt")) }})
	}
	config := func(checkout, name string) string {
		return e.Config(source(chatbot, "file = { path = "+write(t, folder(t, dir, checkout), name, "Hello")+" }"))
	}
	e.Test(t, resource.TestStep{Config: config("one", "my file.txt")},
		resource.TestStep{Config: config("two", "my file.txt"), ConfigPlanChecks: planned(plancheck.ResourceActionNoop)},
		resource.TestStep{Config: config("two", "your file.txt"), ConfigPlanChecks: planned(plancheck.ResourceActionDestroyBeforeCreate)})
}

// TestContentChanges: with "ignore" the file is read only to create the source.
func TestContentChanges(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "a.txt")
	file := write(t, dir, "a.txt", "one")
	e := acctest.Start(t)
	chatbot := e.SeedChatbot()
	none(t, e, chatbot)
	config := func(file, changes string) string {
		return e.Config(source(chatbot, "file = { "+file+" }", fmt.Sprintf("content_changes = %q", changes)))
	}
	ignored := config("path = "+file, "ignore")
	noop, update, replace := planned(plancheck.ResourceActionNoop), planned(plancheck.ResourceActionUpdate), planned(plancheck.ResourceActionDestroyBeforeCreate)
	remove := func() {
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
	e.Test(t,
		resource.TestStep{Config: ignored},
		resource.TestStep{PreConfig: func() { write(t, dir, "a.txt", "two") }, Config: ignored, ConfigPlanChecks: noop},
		resource.TestStep{PreConfig: remove, Config: ignored, ConfigPlanChecks: noop},
		resource.TestStep{Config: config(`content = "three", name = "a.txt"`, "ignore"), ConfigPlanChecks: noop},
		resource.TestStep{Config: e.Config(source(chatbot, "file = { path = "+file+" }", `content_changes = "ignore"`, `title = "Mine"`)), ConfigPlanChecks: update, Check: e.ExpectCount(upload, 1)},
		resource.TestStep{Config: config("path = "+file, "replace"), ExpectError: regexp.MustCompile(`(?s)Invalid file.*there\s+is\s+no\s+file`)},
		resource.TestStep{PreConfig: func() { write(t, dir, "a.txt", "two") }, Config: config("path = "+file, "replace"), ConfigPlanChecks: replace},
		resource.TestStep{Config: config("path = "+write(t, dir, "b.txt", "two"), "ignore"), ConfigPlanChecks: replace},
		resource.TestStep{PreConfig: func() { e.RemoveSource(only(t, e, chatbot).UUID); remove() }, Config: config("path = "+file, "ignore"), ExpectError: regexp.MustCompile(`(?s)there\s+is\s+no\s+file`)},
		resource.TestStep{Config: e.Config("")},
	)
}

// TestContentChangesUnknown: content that is not known at plan does not replace a source whose content changes are ignored.
func TestContentChangesUnknown(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	chatbot := e.SeedChatbot()
	config := func(text string) string {
		return e.Config(fmt.Sprintf("resource \"terraform_data\" \"in\" { input = { text = %q } }\n", text) +
			source(chatbot, `file = { content = terraform_data.in.output.text, name = "a.txt" }`, `content_changes = "ignore"`))
	}
	e.Test(t, resource.TestStep{Config: config("one")}, resource.TestStep{Config: config("two"), ConfigPlanChecks: planned(plancheck.ResourceActionNoop), Check: e.ExpectCount(upload, 1)})
}

// TestContentChangesAfterImport: the default is no change of an imported source, and "ignore" reads no file for one.
func TestContentChangesAfterImport(t *testing.T) {
	t.Parallel()
	for argument, action := range map[string]plancheck.ResourceActionType{
		"":                            plancheck.ResourceActionNoop,
		`content_changes = "replace"`: plancheck.ResourceActionNoop,
		`content_changes = "ignore"`:  plancheck.ResourceActionUpdate,
	} {
		t.Run(argument, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t)
			chatbot := e.SeedChatbot()
			id := e.AddSource(chatbot, mockhub.Source{FileName: "a.txt", FileSize: 5, Status: "success"})
			file := `file = { name = "a.txt" }`
			if action == plancheck.ResourceActionUpdate {
				file = `file = { path = "nowhere/a.txt" }`
			}
			e.Test(t, resource.TestStep{Config: e.Config(source(chatbot, file, argument) + fmt.Sprintf("import {\n to = %s\n id = \"%s/%s\"\n}\n", address, chatbot, id)),
				ConfigPlanChecks: planned(action), Check: e.ExpectCount(upload, 0)})
		})
	}
}

// TestTwoFilesOfOneName: the plan reports them when both are for one chatbot.
func TestTwoFilesOfOneName(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	a, b := write(t, folder(t, dir, "one"), "a.txt", "Hello"), write(t, folder(t, dir, "two"), "a.txt", "Hello")
	refused := regexp.MustCompile(`(?s)Duplicate file name.*"a.txt".*one/a.txt.*two/a.txt.*file.name|Duplicate file name.*"a.txt".*two/a.txt.*one/a.txt.*file.name`)
	t.Run("new", func(t *testing.T) {
		t.Parallel()
		e := acctest.Start(t)
		chatbot := e.SeedChatbot()
		e.Test(t, resource.TestStep{Config: e.Config(two(chatbot, "path = "+a, "path = "+b)), PlanOnly: true, ExpectError: refused},
			resource.TestStep{Config: e.Config(two(chatbot, "path = "+a, "path = "+b+`, name = "two-a.txt"`))},
			resource.TestStep{Config: e.Config(two(chatbot, "path = "+a, "path = "+b)), PlanOnly: true, ExpectError: refused},
			resource.TestStep{Config: e.Config(two(chatbot, `content = "x", name = "b.txt"`, `content = "y", name = "b.txt"`)), PlanOnly: true, ExpectError: regexp.MustCompile(`(?s)Duplicate file name.*SHA-256`)},
			// Names that change places, and a name that becomes free in the same run.
			resource.TestStep{Config: e.Config(two(chatbot, "path = "+a+`, name = "two-a.txt"`, "path = "+b)), PlanOnly: true, ExpectNonEmptyPlan: true},
			resource.TestStep{Config: e.Config(two(chatbot, "path = "+a+`, name = "c.txt"`, "path = "+b))},
			resource.TestStep{Config: e.Config("")})
	})
	t.Run("through Terraform", func(t *testing.T) {
		t.Parallel()
		e := acctest.Start(t)
		e.ThroughCLI()
		chatbot := e.SeedChatbot()
		config := func(folders string) string {
			return e.Config(fmt.Sprintf("resource \"aichatbothub_source\" \"t\" {\n  for_each = toset(%s)\n  chatbot_id = %q\n  file = { path = \"%s/${each.key}/a.txt\" }\n}\n", folders, chatbot, filepath.ToSlash(dir)))
		}
		e.Test(t, resource.TestStep{Config: config(`["one", "two"]`), PlanOnly: true, ExpectError: refused},
			resource.TestStep{Config: config(`["one"]`)}, resource.TestStep{Config: config(`["two"]`)}, resource.TestStep{Config: e.Config("")})
	})
	t.Run("new chatbots", func(t *testing.T) {
		t.Parallel()
		s := acctest.Start(t).Server(t)
		warnings := 0
		for _, path := range []string{a, a, b} {
			config := map[string]tftypes.Value{"chatbot_id": tftypes.NewValue(tftypes.String, tftypes.UnknownValue), "file": fileValue(map[string]string{"path": strings.Trim(path, `"`)})}
			_, diags := s.Plan("aichatbothub_source", config)
			for _, d := range diags {
				if warnings++; d.Severity.String() != "WARNING" || !strings.Contains(d.Detail, "one/a.txt") || !strings.Contains(d.Detail, "two/a.txt") {
					t.Errorf("%s: %s: %s", d.Severity, d.Summary, d.Detail)
				}
			}
		}
		if warnings != 1 {
			t.Errorf("%d warnings, want 1", warnings)
		}
	})
}

// TestFileMissingInApply: a saved plan is applied where the file is not. The error says that the old source is deleted, and what to do.
func TestFileMissingInApply(t *testing.T) {
	t.Parallel()
	c, e := acctest.NewCLI(t), acctest.Start(t)
	chatbot, dir := e.SeedChatbot(), t.TempDir()
	file := write(t, dir, "a.txt", "one")
	config := "terraform {\n required_providers {\n  aichatbothub = { source = \"aichatbothub/aichatbothub\" }\n }\n}\n" + source(chatbot, "file = { path = "+file+" }")
	if err := os.WriteFile(filepath.Join(dir, "main.tf"), []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	tf := c.Terraform(t, dir, e, nil)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(tf.Init(t.Context()))
	must(tf.Apply(t.Context()))
	old := only(t, e, chatbot).UUID
	write(t, dir, "a.txt", "two")
	_, err := tf.Plan(t.Context(), tfexec.Out("plan"))
	must(err)
	must(os.Remove(filepath.Join(dir, "a.txt")))
	err = tf.Apply(t.Context(), tfexec.DirOrPlan("plan"))
	if err == nil || !regexp.MustCompile(`(?s)there\s+is\s+no\s+file.*already\s+deleted\s+the\s+old\s+source\s+`+old+`.*pass\s+the\s+files\s+to\s+that\s+job`).MatchString(strings.ReplaceAll(err.Error(), "│", "")) {
		t.Errorf("%v", err)
	}
	write(t, dir, "a.txt", "two")
	must(tf.Apply(t.Context()))
	only(t, e, chatbot)
	must(tf.Destroy(t.Context()))
}

// TestDeletedBefore: an error in the content of a new source tells that its run has deleted the old one, also after a change of the name.
func TestDeletedBefore(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ next, want string }{"content": {"a.txt", "already deleted the old source"}, "name": {"b.txt", "already deleted sources of the chatbot"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			file := func(name, text string) map[string]tftypes.Value {
				return map[string]tftypes.Value{"file": fileValue(map[string]string{"path": strings.Trim(write(t, dir, name, text), `"`)})}
			}
			e := acctest.Start(t)
			s := e.Server(t)
			chatbot := tftypes.NewValue(tftypes.String, e.SeedChatbot())
			o := s.Object("aichatbothub_source")
			gone := o.State
			values := file("a.txt", "one")
			values["chatbot_id"] = chatbot
			config := o.Configuration(values)
			p, err := o.Plan(config)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := o.Apply(config, p); err != nil {
				t.Fatal(err)
			}
			values = file(c.next, "two")
			values["chatbot_id"] = chatbot
			config = o.Configuration(values)
			if p, err = o.Plan(config); err != nil || !p.Replaces {
				t.Fatal(p.Replaces, err)
			}
			if err := os.Remove(filepath.Join(dir, c.next)); err != nil {
				t.Fatal(err)
			}
			if err := s.NewRun(e); err != nil {
				t.Fatal(err)
			}
			if _, err := o.Apply(gone, acctest.Planned{Value: gone}); err != nil {
				t.Fatal(err)
			}
			if _, err := o.Plan(config); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v", err)
			}
			if err := s.NewRun(e); err != nil {
				t.Fatal(err)
			}
			if _, err := o.Plan(config); err == nil || strings.Contains(err.Error(), "already deleted") {
				t.Errorf("in another run: %v", err)
			}
		})
	}
}

// TestDecomposedPath: a file whose name, or whose folder's name, is in the form NFD on disk. Terraform hands over its path in the form NFC.
func TestDecomposedPath(t *testing.T) {
	t.Parallel()
	name, dir := "Größe é.txt", "Ordner für å"
	for form, c := range map[string]struct{ dir, name string }{
		"composed": {dir, name}, "decomposed": {norm.NFD.String(dir), norm.NFD.String(name)}, "folder": {norm.NFD.String(dir), name}, "name": {dir, norm.NFD.String(name)},
		"half": {dir, norm.NFD.String("Größe") + " é.txt"},
	} {
		t.Run(form, func(t *testing.T) {
			t.Parallel()
			root := t.TempDir()
			write(t, folder(t, root, c.dir), c.name, "Hello")
			e := acctest.Start(t)
			chatbot := e.SeedChatbot()
			e.Test(t, resource.TestStep{Config: e.Config(source(chatbot, fmt.Sprintf("file = { path = %q }", filepath.Join(root, dir, name)))),
				ConfigStateChecks: []statecheck.StateCheck{has("file_name", knownvalue.StringExact(name))}})
		})
	}
	t.Run("missing", func(t *testing.T) {
		t.Parallel()
		e := acctest.Start(t)
		e.Test(t, resource.TestStep{Config: e.Config(source(e.SeedChatbot(), `file = { path = "nirgends/für.txt" }`)), PlanOnly: true, ExpectError: regexp.MustCompile(`(?s)there\s+is\s+no\s+file\s+"nirgends/für.txt"`)})
	})
}

// TestDecomposedImport: an uploaded file with a name in the form NFD is that of the configuration.
func TestDecomposedImport(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	chatbot, name := e.SeedChatbot(), "Größe.txt"
	id := e.AddSource(chatbot, mockhub.Source{FileName: norm.NFD.String(name), FileSize: 5, Status: "success"})
	e.Test(t, resource.TestStep{Config: e.Config(source(chatbot, fmt.Sprintf("file = { content = \"Hello\", name = %q }", name)) + fmt.Sprintf("import {\n to = %s\n id = \"%s/%s\"\n}\n", address, chatbot, id)),
		ConfigPlanChecks: planned(plancheck.ResourceActionUpdate), Check: e.ExpectCount(upload, 0)})
}
