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
	for name, action := range s.ActionSchemas {
		all["action "+name] = action.Schema
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

// TestFunctionsAreDescribed: functions, which have no schema, are described in whole sentences, and so are their parameters.
func TestFunctionsAreDescribed(t *testing.T) {
	t.Parallel()
	functions := acctest.NewServer(t).Schema.Functions
	if len(functions) == 0 {
		t.Fatal("the provider has no functions")
	}
	for name, f := range functions {
		if f.Summary == "" || !sentence.MatchString(f.Description) || f.Return == nil {
			t.Errorf("%s has the summary %q and the description %q", name, f.Summary, f.Description)
		}
		for _, p := range append(f.Parameters, f.VariadicParameter) {
			if p != nil && (!sentence.MatchString(p.Description) || p.AllowNullValue || p.AllowUnknownValues) {
				t.Errorf("the parameter %s of %s is not described in whole sentences, or can be null or unknown: %q", p.Name, name, p.Description)
			}
		}
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
		noun, _ := acctest.NounOf(name)
		common := []string{"id", "created_at", "modified_at"}
		if noun.Parts != nil { // the service has no times of it
			common = common[:1]
		}
		for _, common := range common {
			if a := has[common]; a == nil || !a.Computed || a.Optional {
				t.Errorf("%s has no computed %s", name, common)
			}
		}
		identity := identities.IdentitySchemas[name]
		if (identity == nil) != (noun.Parts != nil) {
			t.Errorf("%s: an identity is for objects of the service, and only for these", name)
		}
		if identity == nil {
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

// TestCatalogIsImportable: every resource can be imported, by id and by identity, except those of which the service has only the parts. Their
// import is refused, and the error says what to do instead.
func TestCatalogIsImportable(t *testing.T) {
	t.Parallel()
	p := &provider.Provider{}
	for _, factory := range p.Resources(t.Context()) {
		r := factory()
		var meta resource.MetadataResponse
		r.Metadata(t.Context(), resource.MetadataRequest{ProviderTypeName: strings.TrimSuffix(acctest.Prefix, "_")}, &meta)
		noun, _ := acctest.NounOf(meta.TypeName)
		if _, ok := r.(resource.ResourceWithImportState); !ok {
			t.Errorf("%T cannot be imported", r)
		}
		if _, ok := r.(resource.ResourceWithIdentity); ok != (noun.Parts == nil) {
			t.Errorf("%T: an identity is for objects of the service, and only for these", r)
		}
		if noun.Parts == nil {
			continue
		}
		diags := acctest.Start(t).Server(t).ImportID(meta.TypeName, strings.Repeat("0", 32))
		if len(diags) != 1 || diags[0].Summary != noun.Parts.NoImport || !strings.Contains(diags[0].Detail, "To manage") {
			t.Errorf("the import of %s says %q", meta.TypeName, words(diags))
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
		files := []string{"resource.tf", "resource-minimal.tf", "page.md", "requests.md", "import.sh", "import-by-string-id.tf", "import-by-identity.tf"}
		if n, _ := acctest.NounOf(name); n.Parts != nil {
			files = append(files[:4], "import.md")
		}
		for _, file := range files {
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
	for name := range s.ActionSchemas {
		want = append(want, filepath.Join("examples", "actions", name, "action.tf"), filepath.Join("docs", "actions", strings.TrimPrefix(name, "aichatbothub_")+".md"))
	}
	for _, file := range want {
		if _, err := os.Stat(filepath.Join(root, file)); err != nil {
			t.Errorf("%s is missing", file)
		}
	}
}
