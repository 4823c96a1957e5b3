package base

import (
	"fmt"
	"runtime/debug"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// Recover is deferred by every method that Terraform calls. It turns a panic into an error: otherwise the whole provider would end, and
// Terraform would lose what the method has put into the state so far, the id of a new object among it.
func Recover(diags *diag.Diagnostics) {
	p := recover()
	if p == nil {
		return
	}
	diags.AddError("Bug in the provider", fmt.Sprintf("The provider panicked: %v. The state has the changes that were made before. %s Add the lines below.\n\n%s",
		p, hub.ReportIt, frames(string(debug.Stack()))))
}

// Recovered returns the error of f, or one for its panic. It is for goroutines, in which a panic would end the provider.
func Recovered(f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the provider panicked: %v. Please report it", p)
		}
	}()
	return f()
}

// frames lists the functions of the provider on a stack. It omits their arguments, which are addresses and can be secrets.
func frames(stack string) string {
	const module = "github.com/aichatbothub/terraform-provider-aichatbothub/"
	var out []string
	for line := range strings.Lines(stack) {
		if name, ok := strings.CutPrefix(line, module); ok && !strings.Contains(name, "base.Recover") {
			out = append(out, "  "+name[:max(strings.LastIndex(name, "("), 0)])
		}
	}
	return strings.Join(out, "\n")
}
