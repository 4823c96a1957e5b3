package export

import (
	"regexp"
	"runtime"
	"strings"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// plainWord matches what no shell changes.
var plainWord = regexp.MustCompile(`^[\pL\pN_@+=:,./\\-]+$`)

// changeTo returns the beginning of a command line that changes to a folder.
func changeTo(dir string) string {
	if hub.Escape(dir) != dir { // no text that can be copied from a terminal stands for it
		return "in this folder, run "
	}
	return "cd " + shellWord(dir, runtime.GOOS) + " && "
}

// shellWord quotes a path for a POSIX shell, or for those of Windows, where a path has no quotation mark.
func shellWord(dir, system string) string {
	if strings.HasPrefix(dir, "-") { // it is no option
		dir = "./" + dir
	}
	switch {
	case system == "windows" && plainWord.MatchString(dir):
		return dir
	case system == "windows":
		return `"` + dir + `"`
	case plainWord.MatchString(dir) && !strings.Contains(dir, `\`):
		return dir
	}
	return "'" + strings.ReplaceAll(dir, "'", `'\''`) + "'"
}
