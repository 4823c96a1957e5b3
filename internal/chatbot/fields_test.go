package chatbot

import (
	"slices"
	"testing"
)

// TestFields: every attribute of the schema is a setting of the table, computed, or known to Terraform alone.
func TestFields(t *testing.T) {
	t.Parallel()
	found := 0
	for name, attribute := range attributes() {
		configurable := attribute.IsRequired() || attribute.IsOptional()
		switch isField := slices.ContainsFunc(fields, func(f field) bool { return f.name == name }); {
		case isField:
			found++
		case configurable && name != "deletion_protection":
			t.Errorf("%s is not in the table", name)
		}
		if _, ok := readAttributes()[name]; !ok && name != "deletion_protection" {
			t.Errorf("a data source does not show %s", name)
		}
	}
	if found != len(fields) {
		t.Errorf("the schema has %d of the %d fields of the table", found, len(fields))
	}
}
