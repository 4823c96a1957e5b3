package pages

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
)

// TestReadme: README.md has at most 100 lines and one picture, and its configuration works as it stands, also with two documents of one name.
func TestReadme(t *testing.T) {
	t.Parallel()
	text := pages(t)["README.md"]
	if n := strings.Count(text, "\n"); n > 100 {
		t.Errorf("README.md has %d lines", n)
	}
	if n := strings.Count(text, "!["); n != 1 {
		t.Errorf("README.md has %d pictures", n)
	}
	configurations := blocks("README.md", text, "terraform")
	if len(configurations) != 1 {
		t.Fatalf("README.md has %d configurations", len(configurations))
	}
	e := acctest.Start(t)
	c := acctest.NewTerminal(t, e)
	for name, content := range map[string]string{
		"main.tf": configurations[0].text, "faq.csv": "question,answer\nWhen do you open?,At nine.\n",
		"docs/orders/README.md": "# Orders\n\nOrders arrive within two days.\n", "docs/returns/README.md": "# Returns\n\nReturns are free.\n", "docs/notes.txt": "no document",
	} {
		write(t, filepath.Join(c.Dir, filepath.FromSlash(name)), content)
	}
	c.Must("init")
	c.Must("apply", "-auto-approve")
	c.Must("plan", "-detailed-exitcode")
	var names []string
	for _, s := range e.Sources(e.Chatbots()[0].UUID) {
		names = append(names, s.FileName+s.Question)
	}
	slices.Sort(names)
	if want := []string{"When do you open?", "orders-README.md", "returns-README.md"}; !slices.Equal(names, want) {
		t.Errorf("the sources are %q, want %q", names, want)
	}
	c.Must("destroy", "-auto-approve")
	if bots := e.Chatbots(); len(bots) > 0 {
		t.Errorf("%d chatbots are left", len(bots))
	}
}
