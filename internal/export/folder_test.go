package export_test

import (
	"context"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/export"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/subcommand"
)

// entries returns the names of everything in a folder and below.
func entries(t *testing.T, dir string) string {
	t.Helper()
	var names []string
	err := filepath.WalkDir(dir, func(path string, _ os.DirEntry, err error) error {
		names = append(names, path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(names, "\n")
}

// TestForce: without -force no file is replaced. With it only the files of this export are, and other files of an earlier one are listed.
func TestForce(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	e.AddChatbot(mockhub.Chatbot{Name: "Support"})
	e.Clock().Advance(2e9)
	sales := e.AddChatbot(mockhub.Chatbot{Name: "Sales"})
	dir := newDir(t)
	run(t, e, "-dir", dir).good(t)
	write := func(name, content string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("mine.tf", "# mine\n")
	write("support.tf", "# changed\n")
	before, names := tree(t, dir), entries(t, dir)

	r := run(t, e, "-dir", dir)
	if r.code != 1 || !strings.Contains(r.stderr, "support.tf\n") || !strings.Contains(r.stderr, "-force") || strings.Contains(r.stderr, "mine.tf") {
		t.Errorf("exit code %d\n%s", r.code, r.stderr)
	}
	if !maps.Equal(tree(t, dir), before) || entries(t, dir) != names {
		t.Error("files were changed nevertheless")
	}

	e.RemoveChatbot(sales)
	r = run(t, e, "-dir", dir, "-force")
	if r.code != 0 || !strings.Contains(r.stderr, "Warning: the folder has files of an earlier export") || !strings.Contains(r.stderr, "sales.tf") || strings.Contains(r.stderr, "support.tf") || strings.Contains(r.stderr, "mine.tf") {
		t.Errorf("exit code %d\n%s", r.code, r.stderr)
	}
	if after := tree(t, dir); after["mine.tf"] != "# mine\n" || after["support.tf"] == "# changed\n" || after["sales.tf"] != before["sales.tf"] || entries(t, dir) != names {
		t.Errorf("the folder contains %s", entries(t, dir))
	}
}

// TestWholeOrNothing: after a failure or an interruption the disk is unchanged, whether the folder exists or not.
func TestWholeOrNothing(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		there bool
		code  int
		spoil func(e *acctest.Env, dir string) context.Context
	}{
		"new, list fails":   {false, 1, failing},
		"there, list fails": {true, 1, failing},
		"new, interrupted":  {false, 130, interrupting},
		"there, no way in": {true, 1, func(_ *acctest.Env, dir string) context.Context {
			// A file in place of the folder for prompts is found before anything is written, and so is a folder in place of a file.
			if err := os.WriteFile(filepath.Join(dir, "prompts"), nil, 0o600); err != nil {
				panic(err)
			}
			return t.Context()
		}},
		"there, folder in place": {true, 1, func(_ *acctest.Env, dir string) context.Context {
			if err := os.Mkdir(filepath.Join(dir, "terraform.tf"), 0o700); err != nil {
				panic(err)
			}
			return t.Context()
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t)
			bigAccount(e, 6, accountSize{5, 10, 5, 5, 5})
			parent := t.TempDir()
			dir := filepath.Join(parent, "a", "bots")
			if c.there {
				if err := os.MkdirAll(dir, 0o700); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(filepath.Join(dir, "support.tf"), []byte("# mine\n"), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			ctx := c.spoil(e, dir)
			before, content := entries(t, parent), tree(t, parent)
			var stderr strings.Builder
			code := export.Subcommand.Run(ctx, subcommand.Command{Args: []string{"-dir", dir, "-force"}, Version: "dev", Stdout: &stderr, Stderr: &stderr,
				Getenv: func(name string) string {
					return map[string]string{"AICHATBOTHUB_API_KEY": e.Key(), "AICHATBOTHUB_BASE_URL": e.URL, "AICHATBOTHUB_MAX_RETRIES": "0"}[name]
				}})
			if code != c.code {
				t.Errorf("exit code %d, want %d\n%s", code, c.code, stderr.String())
			}
			if after := entries(t, parent); after != before || !maps.Equal(tree(t, parent), content) {
				t.Errorf("there was\n%s\nnow there is\n%s", before, after)
			}
		})
	}
}

// failing makes one of the lists fail after others have succeeded.
func failing(e *acctest.Env, _ string) context.Context {
	e.Inject(mockhub.Fault{Route: listTags, Skip: 3, Times: -1, Status: http.StatusInternalServerError})
	return context.Background()
}

// interrupting cancels the export while it reads the account, as Ctrl-C does.
func interrupting(e *acctest.Env, _ string) context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	e.Inject(mockhub.Fault{Route: listSources, Skip: 2, Mutate: func(answer []byte) []byte { cancel(); return answer }})
	return ctx
}
