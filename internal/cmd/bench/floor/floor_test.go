package floor_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/cmd/bench/floor"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/provider"
)

// TestSameSchemas: the floor provider has the schemas of the real one.
func TestSameSchemas(t *testing.T) {
	t.Parallel()
	ours, err := providerserver.NewProtocol6(provider.New("test")())().GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	raw, err := floor.Write(ours)
	if err != nil {
		t.Fatal(err)
	}
	read, err := floor.Read(raw)
	if err != nil {
		t.Fatal(err)
	}
	same := cmp.Comparer(func(a, b tftypes.Type) bool { return a == nil && b == nil || a != nil && b != nil && a.Equal(b) })
	if diff := cmp.Diff(ours.ResourceSchemas, read.ResourceSchemas, same); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(ours.Provider, read.Provider, same); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(ours.ServerCapabilities, read.ServerCapabilities); diff != "" {
		t.Error(diff)
	}
}
