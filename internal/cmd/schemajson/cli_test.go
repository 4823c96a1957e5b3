package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/provider"
)

// laterKeys are the keys that older Terraform releases leave out: identities
// came with 1.12, list resources and actions with 1.14, messages with 1.15.
var laterKeys = []string{
	"resource_identity_schemas", "list_resource_schemas", "action_schemas", "deprecation_message",
}

// TestSameAsTerraform compares the output with that of the installed Terraform
// for the same provider.
func TestSameAsTerraform(t *testing.T) {
	t.Parallel()
	if os.Getenv("TF_ACC") == "" {
		t.Skip("set TF_ACC=1: builds the provider and runs Terraform")
	}
	var ours bytes.Buffer
	if err := run(t.Context(), providerserver.NewProtocol6(provider.New("dev")())(), docsAddress, &ours); err != nil {
		t.Fatal(err)
	}
	got, want := onlyProvider(t, ours.Bytes()), onlyProvider(t, terraformSchemas(t, terraformPath(t)))
	for _, difference := range compare("", got, want) {
		t.Error(difference)
	}
}

// terraformPath returns the Terraform that the acceptance tests use.
func terraformPath(t *testing.T) string {
	t.Helper()
	if path := os.Getenv("TF_ACC_TERRAFORM_PATH"); path != "" {
		return path
	}
	path, err := exec.LookPath("terraform")
	if err != nil {
		t.Skip("no terraform on PATH and TF_ACC_TERRAFORM_PATH is not set")
	}
	return path
}

// terraformSchemas builds the provider and returns its schemas as printed by the
// Terraform at a path.
func terraformSchemas(t *testing.T, terraform string) []byte {
	t.Helper()
	dir := t.TempDir()
	binary := filepath.Join(dir, "terraform-provider-aichatbothub")
	if runtime.GOOS == "windows" {
		binary += ".exe"
	}
	command(t, "../../..", nil, "go", "build", "-buildvcs=false", "-o", binary, ".")
	write(t, filepath.Join(dir, "cli.tfrc"), fmt.Sprintf(
		"provider_installation {\n  dev_overrides {\n    \"aichatbothub/aichatbothub\" = %q\n  }\n  direct {}\n}\n", dir))
	write(t, filepath.Join(dir, "main.tf"),
		"terraform {\n  required_providers {\n    aichatbothub = {\n      source = \"aichatbothub/aichatbothub\"\n    }\n  }\n}\n")
	environment := []string{"TF_CLI_CONFIG_FILE=" + filepath.Join(dir, "cli.tfrc"), "CHECKPOINT_DISABLE=1"}
	return command(t, dir, environment, terraform, "providers", "schema", "-json")
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func command(t *testing.T, dir string, environment []string, name string, arguments ...string) []byte {
	t.Helper()
	var stderr bytes.Buffer
	cmd := exec.CommandContext(t.Context(), name, arguments...)
	cmd.Dir, cmd.Env, cmd.Stderr = dir, append(os.Environ(), environment...), &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", cmd, err, stderr.String())
	}
	return out
}

// onlyProvider returns the schemas of the one provider in a document. The key
// is left out of the comparison, because ours is the one that tfplugindocs wants.
func onlyProvider(t *testing.T, document []byte) any {
	t.Helper()
	var parsed struct {
		FormatVersion string         `json:"format_version"`
		Providers     map[string]any `json:"provider_schemas"`
	}
	if err := json.Unmarshal(document, &parsed); err != nil {
		t.Fatal(err)
	}
	if parsed.FormatVersion != formatVersion || len(parsed.Providers) != 1 {
		t.Fatalf("got format %q with %d providers, want %q with 1",
			parsed.FormatVersion, len(parsed.Providers), formatVersion)
	}
	for _, schemas := range parsed.Providers {
		return schemas
	}
	return nil
}

// compare returns a line for every place where got differs from want. Keys that
// only newer releases of Terraform print may be missing from want.
func compare(path string, got, want any) []string {
	gotObject, ok1 := got.(map[string]any)
	wantObject, ok2 := want.(map[string]any)
	if !ok1 || !ok2 {
		if reflect.DeepEqual(got, want) {
			return nil
		}
		return []string{fmt.Sprintf("%s: got %v, Terraform has %v", path, got, want)}
	}
	var differences []string
	for key, value := range gotObject {
		other, known := wantObject[key]
		if !known && slices.Contains(laterKeys, key) {
			continue
		}
		differences = append(differences, compare(path+"/"+key, value, other)...)
	}
	for key, value := range wantObject {
		if _, known := gotObject[key]; !known {
			differences = append(differences, fmt.Sprintf("%s/%s: missing, Terraform has %v", path, key, value))
		}
	}
	slices.SortFunc(differences, strings.Compare)
	return differences
}
