package base

import (
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
)

var webURL = regexp.MustCompile(`^(?i)https?://[^\s/?#]+`)

// IsWebURL reports whether a text is an http or https URL with a host.
func IsWebURL(text string) bool { return webURL.MatchString(text) }

// WebURL validates the address of a web page.
func WebURL() validator.String {
	return textRule{"must be an http:// or https:// URL with a host", IsWebURL}
}
