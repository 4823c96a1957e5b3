//go:build unix

package export

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestChangeTo: a shell that runs the hint is in the folder, whatever its name is, and has run nothing else.
func TestChangeTo(t *testing.T) {
	t.Parallel()
	parent := t.TempDir()
	for _, name := range []string{
		"bots", "my bots", "it's", `"quoted"`, "$HOME", "$(touch ran)", "`touch ran`", "a;touch ran", "a&&touch ran", "!!", "a!b", `back\slash`, "~", "-p", "--", "*", "a?b", "{a,b}", "#a", "größe", "a|b", "a>ran", "%PATH%", "(a)", "[a]", "^a", "a\u00a0b",
	} {
		dir := filepath.Join(parent, name)
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		for _, given := range []string{name, dir, "./" + name} {
			hint := changeTo(given)
			if !strings.HasPrefix(hint, "cd ") || !strings.HasSuffix(hint, " && ") {
				t.Errorf("%q: the hint is %q", given, hint)
			}
			cmd := exec.CommandContext(t.Context(), "sh", "-c", hint+"pwd -P")
			cmd.Dir = parent
			out, err := cmd.CombinedOutput()
			want, _ := filepath.EvalSymlinks(dir)
			if got := strings.TrimSuffix(string(out), "\n"); err != nil || got != want {
				t.Errorf("%q: %q, %v", hint, out, err)
			}
		}
		if err := os.Remove(dir); err != nil { // it is empty
			t.Error(err)
		}
	}
	if left, err := os.ReadDir(parent); err != nil || len(left) > 0 {
		t.Errorf("%v is left, %v", left, err)
	}
	for _, name := range []string{"a\nb", "\x1b[2J", "a\u202eb", "\t"} {
		if hint := changeTo(name); strings.Contains(hint, name) {
			t.Errorf("the hint is %q", hint)
		}
	}
	for name, want := range map[string]string{`C:\bots`: `C:\bots`, `C:\my bots`: `"C:\my bots"`, `a&b`: `"a&b"`} {
		if got := shellWord(name, "windows"); got != want {
			t.Errorf("Windows: %s, want %s", got, want)
		}
	}
}
