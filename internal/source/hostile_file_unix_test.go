//go:build unix

package source_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// secretText is the content of a file that no path of a configuration names.
const secretText = "BEGIN PRIVATE KEY"

// withPath returns the values of a source with a file.
func withPath(chatbot, path string) map[string]tftypes.Value {
	values := acctest.Strings(map[string]string{"chatbot_id": chatbot})
	values["file"] = fileValue(map[string]string{"path": path})
	return values
}

// TestHostilePaths: what is no ordinary file is an error at plan, which neither waits nor reads without end.
func TestHostilePaths(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	for _, err := range []error{
		syscall.Mkfifo(at("pipe.txt"), 0o600), os.Symlink("pipe.txt", at("to-pipe.txt")), os.Symlink("/dev/zero", at("to-zero.txt")),
		os.Symlink("loop.txt", at("loop.txt")), os.Symlink("none.txt", at("to-none.txt")), os.Symlink(".", at("to-folder.txt")), os.WriteFile(at("a.txt"), []byte("a"), 0o600),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	e := acctest.Start(t)
	s := e.Server(t)
	chatbot := strings.Repeat("c", 32)
	const notRegular, access = "is not a regular file", "unable to access the file"
	for path, want := range map[string]string{
		at("pipe.txt"): notRegular, at("to-pipe.txt"): notRegular, at("to-zero.txt"): notRegular,
		"/dev/zero": notRegular, "/dev/random": notRegular, "/dev/null": notRegular, "/dev/tty": notRegular,
		at("to-folder.txt"): "is a folder", "/proc/self/fd": "is a folder",
		at("loop.txt"): access, at("a.txt/b.txt"): access, at(strings.Repeat("n", 300)): access, strings.Repeat("d/", 3000) + "a.txt": access, at("a\x00.txt"): access,
		at("to-none.txt"): "there is no file", at("a.txt\n"): "line break", at("\x1b[2J.txt"): "control character", at("\u202etxt.a"): "there is no file",
	} {
		if strings.HasPrefix(path, "/proc") {
			if _, err := os.Stat(path); err != nil { // this system has no such files
				continue
			}
		}
		var diags []*tfprotov6.Diagnostic
		acctest.Within(t, func() { _, diags = s.Plan("aichatbothub_source", withPath(chatbot, path)) })
		if len(diags) != 1 || diags[0].Summary != "Invalid file" || !strings.Contains(diags[0].Detail, want) || strings.ContainsAny(diags[0].Detail, "\x00\x1b\u202e") {
			t.Errorf("%q: %v, want %q", path, diags, want)
		}
	}
	for _, path := range []string{"/proc/self/environ", "/proc/self/maps", "/proc/self/mem"} { // no size, and a content, such as the API key
		if _, err := os.Stat(path); err != nil {
			continue
		}
		acctest.Within(t, func() {
			if _, diags := s.Plan("aichatbothub_source", withPath(chatbot, path)); len(diags) != 1 || !strings.Contains(diags[0].Detail, "the content is empty") {
				t.Errorf("%s: %v", path, diags)
			}
		})
	}
	if n := e.Count(""); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
}

// TestSwappedAfterPlan: what a path leads to in the apply is uploaded only if it has the planned content. Nothing else is sent, not even in part.
func TestSwappedAfterPlan(t *testing.T) {
	t.Parallel()
	secret := filepath.Join(t.TempDir(), "id_rsa")
	if err := os.WriteFile(secret, []byte(secretText), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		swap func(path string) error
		want string
	}{
		"link to a secret": {func(path string) error { return os.Symlink(secret, path) }, "File changed after the plan"},
		"another content":  {func(path string) error { return os.WriteFile(path, []byte(strings.ToLower(secretText)), 0o600) }, "File changed after the plan"},
		"pipe":             {func(path string) error { return syscall.Mkfifo(path, 0o600) }, "Invalid file"},
		"endless":          {func(path string) error { return os.Symlink("/dev/zero", path) }, "Invalid file"},
		"folder":           {func(path string) error { return os.Mkdir(path, 0o700) }, "Invalid file"},
		"loop":             {func(path string) error { return os.Symlink(path, path) }, "Invalid file"},
		"nothing":          {func(string) error { return nil }, "Invalid file"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t)
			s, chatbot := e.Server(t), e.SeedChatbot()
			path := filepath.Join(t.TempDir(), "a.txt")
			if err := os.WriteFile(path, []byte(strings.Repeat("x", len(secretText))), 0o600); err != nil {
				t.Fatal(err)
			}
			var diags []*tfprotov6.Diagnostic
			acctest.Within(t, func() {
				diags = s.Create("aichatbothub_source", withPath(chatbot, path), func() {
					if err := os.Remove(path); err != nil {
						t.Error(err)
					}
					if err := c.swap(path); err != nil {
						t.Error(err)
					}
				})
			})
			if len(diags) != 1 || diags[0].Summary != c.want {
				t.Errorf("%v, want %q", diags, c.want)
			}
			if n := e.Count(upload); n != 0 {
				t.Errorf("%d uploads were sent", n)
			}
		})
	}
}

// TestSwappedBetweenTries: all tries of an upload read the file that was opened first, even if the path leads to another one by then.
func TestSwappedBetweenTries(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	s, chatbot, dir := e.Server(t), e.SeedChatbot(), t.TempDir()
	path, text := filepath.Join(dir, "a.txt"), strings.Repeat("x", len(secretText))
	for name, content := range map[string]string{"a.txt": text, "id_rsa": secretText} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	reached, swapped := make(chan struct{}, 1), make(chan struct{})
	e.Inject(mockhub.Fault{Route: upload, Status: http.StatusTooManyRequests, Reached: reached, Hold: swapped})
	go func() {
		<-reached
		if err := os.Symlink("id_rsa", path+".new"); err != nil {
			t.Error(err)
		}
		if err := os.Rename(path+".new", path); err != nil {
			t.Error(err)
		}
		close(swapped)
	}()
	s.Clean(s.Create("aichatbothub_source", withPath(chatbot, path), func() {}))
	bodies := e.Bodies(upload)
	if len(bodies) != 2 {
		t.Fatalf("%d uploads, want 2", len(bodies))
	}
	for _, body := range bodies {
		if !strings.Contains(body, text) || strings.Contains(body, secretText) {
			t.Errorf("the upload has another content: %q", body)
		}
	}
}

// TestLongName: a file name of 255 bytes on disk, and one of 300 bytes that is configured, reach the service as they are.
func TestLongName(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	s, chatbot := e.Server(t), e.SeedChatbot()
	longest, longer := "a"+strings.Repeat("ü", 125)+".txt", strings.Repeat("n", 296)+".txt"
	path := filepath.Join(t.TempDir(), longest)
	if err := os.WriteFile(path, []byte("one"), 0o600); err != nil {
		t.Fatal(err)
	}
	values := acctest.Strings(map[string]string{"chatbot_id": chatbot})
	values["file"] = fileValue(map[string]string{"content": "two", "name": longer})
	for name, values := range map[string]map[string]tftypes.Value{longest: withPath(chatbot, path), longer: values} {
		for _, d := range s.Create("aichatbothub_source", values, func() {}) {
			if d.Severity == tfprotov6.DiagnosticSeverityError {
				t.Errorf("%s: %s: %s", name, d.Summary, d.Detail)
			}
		}
	}
	names := map[string]bool{}
	for _, s := range e.Sources(chatbot) {
		names[s.FileName] = true
	}
	if len(names) != 2 || !names[longest] || !names[longer] {
		t.Errorf("the names at the service are %v", names)
	}
}
