package base_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
)

func TestRecover(t *testing.T) {
	t.Parallel()
	var diags diag.Diagnostics
	diags.AddWarning("Before", "It stays.")
	func() {
		defer base.Recover(&diags)
		explode("s3cret-of-an-argument", nil)
	}()
	if len(diags) != 2 || diags[1].Severity() != diag.SeverityError || diags[1].Summary() != "Bug in the provider" {
		t.Fatalf("%v, want the warning and an error", diags)
	}
	detail := diags[1].Detail()
	for _, want := range []string{"nil pointer dereference", hub.ReportIt, "/issues", "base_test.explode", "base_test.TestRecover"} {
		if !strings.Contains(detail, want) {
			t.Errorf("the detail lacks %q: %s", want, detail)
		}
	}
	for _, bad := range []string{"s3cret", "0x", ".go:", "goroutine", "base.Recover"} {
		if strings.Contains(detail, bad) {
			t.Errorf("the detail has %q: %s", bad, detail)
		}
	}
}

func TestRecoverWithoutPanic(t *testing.T) {
	t.Parallel()
	var diags diag.Diagnostics
	func() { defer base.Recover(&diags) }()
	if len(diags) > 0 {
		t.Errorf("%v, want nothing", diags)
	}
}

// explode panics with something in its arguments.
func explode(_ string, p *string) { *p += "x" }
