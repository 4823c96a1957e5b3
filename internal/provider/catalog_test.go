package provider_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/provider"
)

// walk visits every attribute of a schema, nested ones included, with its path.
func walk(at string, attributes []*tfprotov6.SchemaAttribute, visit func(at string, a *tfprotov6.SchemaAttribute)) {
	for _, a := range attributes {
		visit(at+"."+a.Name, a)
		if a.NestedType != nil {
			walk(at+"."+a.Name, a.NestedType.Attributes, visit)
		}
	}
}

// schemas returns all schemas of the provider, by a readable name.
func schemas(t *testing.T) map[string]*tfprotov6.Schema {
	t.Helper()
	s := acctest.NewServer(t).Schema
	all := map[string]*tfprotov6.Schema{"provider": s.Provider}
	for kind, of := range map[string]map[string]*tfprotov6.Schema{
		"resource ": s.ResourceSchemas, "data source ": s.DataSourceSchemas, "ephemeral resource ": s.EphemeralResourceSchemas, "list resource ": s.ListResourceSchemas,
	} {
		for name, schema := range of {
			all[kind+name] = schema
		}
	}
	return all
}

var (
	sentence = regexp.MustCompile(`(?s)^[A-Z].{15,}[.)]$`)
	secret   = regexp.MustCompile(`(^|_)(api_key|secret|token|password)(_|$)|secret_`)
)

func TestCatalogIsDescribed(t *testing.T) {
	t.Parallel()
	for name, schema := range schemas(t) {
		if !sentence.MatchString(schema.Block.Description) {
			t.Errorf("%s is not described in whole sentences: %q", name, schema.Block.Description)
		}
		if len(schema.Block.BlockTypes) > 0 {
			t.Errorf("%s has blocks; this provider writes nested attributes", name)
		}
		walk(name, schema.Block.Attributes, func(at string, a *tfprotov6.SchemaAttribute) {
			if !sentence.MatchString(a.Description) {
				t.Errorf("%s is not described in whole sentences: %q", at, a.Description)
			}
			if secret.MatchString(a.Name) && !a.Sensitive {
				t.Errorf("%s looks like a secret and is not sensitive", at)
			}
		})
	}
}

func TestCatalogKeepsTheRules(t *testing.T) {
	t.Parallel()
	s := acctest.NewServer(t)
	identities, err := s.GetResourceIdentitySchemas(t.Context(), &tfprotov6.GetResourceIdentitySchemasRequest{})
	if err != nil {
		t.Fatal(err)
	}
	for name, schema := range s.Schema.ResourceSchemas {
		has := map[string]*tfprotov6.SchemaAttribute{}
		for _, a := range schema.Block.Attributes {
			has[a.Name] = a
		}
		for _, common := range []string{"id", "created_at", "modified_at"} {
			if a := has[common]; a == nil || !a.Computed || a.Optional {
				t.Errorf("%s has no computed %s", name, common)
			}
		}
		identity := identities.IdentitySchemas[name]
		if identity == nil {
			t.Errorf("%s has no identity", name)
			continue
		}
		for _, part := range identity.IdentityAttributes {
			if has[part.Name] == nil || !part.RequiredForImport || part.Description == "" {
				t.Errorf("%s: the identity's %s is no attribute, not required for import, or not described", name, part.Name)
			}
		}
	}
	for name, schema := range s.Schema.ListResourceSchemas {
		if s.Schema.ResourceSchemas[name] == nil || identities.IdentitySchemas[name] == nil {
			t.Errorf("%s is listed and is no resource with an identity", name)
		}
		for _, a := range schema.Block.Attributes {
			if a.Computed || a.Sensitive {
				t.Errorf("%s.%s is no filter", name, a.Name)
			}
		}
	}
	for name, schema := range s.Schema.DataSourceSchemas {
		plural := strings.HasSuffix(name, "s")
		has := false
		for _, a := range schema.Block.Attributes {
			has = has || a.Name == "id"
		}
		if has == plural {
			t.Errorf("%s: id is for data sources of one object", name)
		}
	}
}

func TestCatalogIsImportable(t *testing.T) {
	t.Parallel()
	p := &provider.Provider{}
	for _, factory := range p.Resources(t.Context()) {
		r := factory()
		if _, ok := r.(resource.ResourceWithImportState); !ok {
			t.Errorf("%T cannot be imported", r)
		}
		if _, ok := r.(resource.ResourceWithIdentity); !ok {
			t.Errorf("%T has no identity", r)
		}
	}
}

// TestCatalogHasExamplesAndPages: examples and pages exist. TestExamples runs the examples.
func TestCatalogHasExamplesAndPages(t *testing.T) {
	t.Parallel()
	s := acctest.NewServer(t).Schema
	root := filepath.Join("..", "..")
	var want []string
	for name := range s.ResourceSchemas {
		for _, file := range []string{"resource.tf", "import.sh", "import-by-string-id.tf", "import-by-identity.tf"} {
			want = append(want, filepath.Join("examples", "resources", name, file))
		}
		want = append(want, filepath.Join("docs", "resources", strings.TrimPrefix(name, "aichatbothub_")+".md"))
	}
	for name := range s.DataSourceSchemas {
		want = append(want, filepath.Join("examples", "data-sources", name, "data-source.tf"), filepath.Join("docs", "data-sources", strings.TrimPrefix(name, "aichatbothub_")+".md"))
	}
	for name := range s.EphemeralResourceSchemas {
		want = append(want, filepath.Join("examples", "ephemeral-resources", name, "ephemeral-resource.tf"), filepath.Join("docs", "ephemeral-resources", strings.TrimPrefix(name, "aichatbothub_")+".md"))
	}
	for name := range s.ListResourceSchemas {
		want = append(want, filepath.Join("examples", "list-resources", name, "list-resource.tfquery.hcl"), filepath.Join("docs", "list-resources", strings.TrimPrefix(name, "aichatbothub_")+".md"))
	}
	for _, file := range want {
		if _, err := os.Stat(filepath.Join(root, file)); err != nil {
			t.Errorf("%s is missing", file)
		}
	}
}
