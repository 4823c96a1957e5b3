package source_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// TestLineBreaksInNames: the error names the line break, not folders or a missing file.
func TestLineBreaksInNames(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := dir + "/odd\nname.txt"
	if err := os.WriteFile(path, []byte("Hello"), 0o600); err != nil {
		t.Fatal(err)
	}
	const cause = `line\s+break\s+or\s+another\s+control\s+character`
	for name, c := range map[string]struct{ file, want string }{
		"name":                 {`content = "x", name = "a\nb.txt"`, `file.name: "a\\nb.txt"\s+contains\s+a\s+` + cause},
		"name with an end":     {`content = "x", name = "a.txt\n"`, cause + `.*chomp\(\)`},
		"path with an end":     {fmt.Sprintf("path = %q", filepath.Join(dir, "a.txt")+"\n"), `file.path:\s+there\s+is\s+no\s+file.*` + cause + `.*chomp\(\)`},
		"file on disk":         {fmt.Sprintf("path = %q", path), cause + `.*set\s+name`},
		"a folder in the name": {`content = "x", name = "a/b.txt"`, `file\s+name\s+without\s+folders`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t)
			e.Test(t, resource.TestStep{Config: e.Config(source(e.SeedChatbot(), "file = { "+c.file+" }")), PlanOnly: true, ExpectError: regexp.MustCompile(`(?s)Invalid file.*` + c.want)})
		})
	}
}

// TestHalfMade: the title is refused after the upload. The error says that the source exists and is tainted.
func TestHalfMade(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	chatbot := e.SeedChatbot()
	e.Inject(mockhub.Fault{Route: "POST /data-source/{uuid}/update", Times: -1, Status: 422, Body: `[{"loc":["title"],"msg":"too odd","type":"value_error"}]`})
	e.Test(t, resource.TestStep{Config: e.Config(source(chatbot, question, `title = "T"`)), ExpectError: regexp.MustCompile(`(?s)Unable to update source.*title.*The\s+source\s+exists.*tainted.*untaint`)})
}

// TestSourceNames: errors name a source without what can be secret: of a URL they show the host, and of a question nothing.
func TestSourceNames(t *testing.T) {
	t.Parallel()
	const url = "https://me:c4nary@example.com/c4nary?key=c4nary"
	for argument, want := range map[string]string{fmt.Sprintf("url = %q", url): `Source\s+"https://example\.com/…"\s+of\s+chatbot`, question: `Source\s+of\s+chatbot`, `file = { content = "x", name = "prices.txt" }`: `Source\s+"prices.txt"\s+of\s+chatbot`} {
		e := acctest.Start(t)
		chatbot := e.SeedChatbot()
		for _, route := range []string{"POST /chatbot/{uuid}/data-source/url", "POST /chatbot/{uuid}/data-source/qa", "POST /chatbot/{uuid}/data-source/upload"} {
			e.Inject(mockhub.Fault{Route: route, Status: 400, Body: `{"error": "not now: ` + url + `"}`})
		}
		e.Test(t, resource.TestStep{Config: e.Config(source(chatbot, argument)), ExpectError: regexp.MustCompile(`(?s)Unable to create source.*` + want)})
		config := fmt.Sprintf("data \"aichatbothub_source\" \"t\" {\n  chatbot_id = %q\n  file_name = %q\n}\n", chatbot, url)
		e.Test(t, resource.TestStep{Config: e.Config(config), ExpectError: regexp.MustCompile(`(?s)Chatbot\s+[0-9a-f]{32}\s+has\s+no\s+sources`)})
		e.AddSource(chatbot, mockhub.Source{FileName: "a.txt"})
		e.Test(t, resource.TestStep{Config: e.Config(config), ExpectError: regexp.MustCompile(`(?s)has\s+1\s+source,\s+and\s+none\s+with\s+the\s+file_name\s+"https://example\.com/…"\.\s+In\s+the\s+path\s+of\s+an\s+address`)})
	}
}

// TestUploadsAndWebPages: a web page instead of the answer to an upload is explained, and the file is not uploaded again and again.
func TestUploadsAndWebPages(t *testing.T) {
	t.Parallel()
	const blocked = `bot\s+protection\s+or\s+a\s+proxy\s+in\s+front\s+of\s+the\s+service\s+answered\s+%d.*The\s+service\s+itself\s+did\s+not\s+answer`
	for status, c := range map[int]struct {
		want    string
		uploads int
	}{
		400: {`web\s+page.*without\s+the\s+path\s+of\s+a\s+page`, 1}, 403: {fmt.Sprintf(blocked, 403), 1}, 404: {`web\s+page.*every\s+request\s+fails\s+like\s+this`, 1},
		409: {`409\s+Conflict:\s+a\s+web\s+page`, 1}, 413: {`413\s+Request\s+Entity\s+Too\s+Large:\s+a\s+web\s+page`, 1}, 503: {fmt.Sprintf(blocked, 503), 2},
	} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t)
			e.Inject(mockhub.Fault{Route: upload, Status: status, HTML: true, Times: -1})
			e.Test(t, resource.TestStep{Config: e.Config(source(e.SeedChatbot(), `file = { content = "x", name = "a.txt" }`)), ExpectError: regexp.MustCompile(`(?s)Unable to create source.*` + c.want)})
			if n := e.Count(upload); n != c.uploads {
				t.Errorf("%d uploads, want %d", n, c.uploads)
			}
		})
	}
}
