package base

import "strings"

// ImportBlock is the import block for an object that exists already, to be pasted into a configuration. Terraform does not tell a
// provider the name of a resource, so it stands as NAME.
func ImportBlock(typeName string, parts ...string) string {
	return sprintf("  import {\n    to = %s.NAME\n    id = %q\n  }", typeName, strings.Join(parts, "/"))
}
