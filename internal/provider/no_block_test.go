package provider_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
)

// TestNoProviderBlock: without a provider block, the error about a missing key says that no block is required although Terraform asks for one.
func TestNoProviderBlock(t *testing.T) {
	t.Parallel()
	c := acctest.NewCLI(t)
	for name, block := range map[string]string{"no block": "", "an empty block": "provider \"aichatbothub\" {}\n"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			config := "terraform {\n  required_providers {\n    aichatbothub = { source = \"aichatbothub/aichatbothub\" }\n  }\n}\n" + block + aBot
			if err := os.WriteFile(filepath.Join(dir, "main.tf"), []byte(config), 0o600); err != nil {
				t.Fatal(err)
			}
			tf := c.Terraform(t, dir, nil, nil)
			if err := tf.Init(t.Context()); err != nil {
				t.Fatal(err)
			}
			_, err := tf.Plan(t.Context())
			if err == nil {
				t.Fatal("no error")
			}
			got := strings.Join(strings.Fields(strings.ReplaceAll(err.Error(), "│", " ")), " ")
			if !strings.Contains(got, "Missing API key") || !strings.Contains(got, "AICHATBOTHUB_API_KEY") || !strings.Contains(got, "The environment variable alone is enough: a provider block is not required") {
				t.Errorf("%v", err)
			}
		})
	}
}
