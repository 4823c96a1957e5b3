package acctest

import (
	"context"
	"os"
	"strings"

	"github.com/hashicorp/terraform-plugin-testing/tfversion"
)

// Queries returns the version checks of a test that needs `terraform query`: Terraform 1.14, and not OpenTofu, whose version numbers differ.
func Queries() []tfversion.TerraformVersionCheck {
	return []tfversion.TerraformVersionCheck{notOpenTofu{}, tfversion.SkipBelow(tfversion.Version1_14_0)}
}

// notOpenTofu skips a test under OpenTofu, which terraform-plugin-testing runs only when this variable names its registry.
type notOpenTofu struct{}

// CheckTerraformVersion implements tfversion.TerraformVersionCheck.
func (notOpenTofu) CheckTerraformVersion(_ context.Context, _ tfversion.CheckTerraformVersionRequest, resp *tfversion.CheckTerraformVersionResponse) {
	if strings.Contains(os.Getenv("TF_ACC_PROVIDER_HOST"), "opentofu") {
		resp.Skip = "OpenTofu has no query command"
	}
}
