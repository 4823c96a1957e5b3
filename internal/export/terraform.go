package export

import (
	"net/url"
	"regexp"
	"strings"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/provider"
)

// deployment has the settings of the provider for terraform.tf.
type deployment struct {
	version string // the version of this build
	baseURL *url.URL
}

var release = regexp.MustCompile(`^v?((\d+\.\d+)\.\d+)(-.+)?$`)

// constraint is the version constraint of the provider: this release and later compatible ones, or exactly this pre-release. It is ""
// for other builds.
func (d deployment) constraint() string {
	parts := release.FindStringSubmatch(d.version)
	switch {
	case parts == nil:
		return ""
	case parts[3] != "":
		return parts[1] + parts[3]
	}
	return "~> " + parts[2]
}

// file returns the content of terraform.tf.
func (d deployment) file() string {
	var b strings.Builder
	b.WriteString(firstLine + "\n\nterraform {\n  required_version = \">= 1.11\"\n\n  required_providers {\n    aichatbothub = {\n")
	b.WriteString("      source = " + quote(strings.TrimPrefix(provider.Address, "registry.terraform.io/")) + "\n")
	if constraint := d.constraint(); constraint != "" {
		b.WriteString("      version = " + quote(constraint) + "\n")
	}
	b.WriteString("    }\n  }\n}\n\n# The API key is read from AICHATBOTHUB_API_KEY.\nprovider \"aichatbothub\" {")
	if address := d.baseURL.String(); address != hub.DefaultBaseURL {
		b.WriteString("\n  base_url = " + quote(address) + "\n")
	}
	b.WriteString("}\n")
	return b.String()
}
