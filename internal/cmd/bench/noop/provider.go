// Package noop is a provider with the schemas of the real one, on the same framework, without I/O. The difference between the costs of both
// is the cost of requests, of decoding, and of the logic of the real provider.
package noop

import (
	"context"
	"crypto/rand"
	"encoding/hex"

	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// New returns a provider with the schemas of another one.
func New(whole provider.Provider) provider.Provider { return empty{whole} }

type empty struct{ provider.Provider }

// Configure implements provider.Provider.
func (empty) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {}

// Resources implements provider.Provider.
func (e empty) Resources(ctx context.Context) []func() resource.Resource {
	var all []func() resource.Resource
	for _, whole := range e.Provider.Resources(ctx) {
		all = append(all, func() resource.Resource { return hollow{whole()} })
	}
	return all
}

// hollow is a resource with the schema of another one.
type hollow struct{ whole resource.Resource }

// Metadata implements resource.Resource.
func (h hollow) Metadata(ctx context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	h.whole.Metadata(ctx, req, resp)
}

// Schema implements resource.Resource.
func (h hollow) Schema(ctx context.Context, req resource.SchemaRequest, resp *resource.SchemaResponse) {
	h.whole.Schema(ctx, req, resp)
}

// Create implements resource.Resource. The new state is the plan with an id.
func (hollow) Create(_ context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	raw, err := tftypes.Transform(req.Plan.Raw, func(path *tftypes.AttributePath, v tftypes.Value) (tftypes.Value, error) {
		switch {
		case v.IsKnown():
			return v, nil
		case path.Equal(tftypes.NewAttributePath().WithAttributeName("id")):
			id := make([]byte, 16)
			_, _ = rand.Read(id) // documented to never return an error
			return tftypes.NewValue(tftypes.String, hex.EncodeToString(id)), nil
		default:
			return tftypes.NewValue(v.Type(), nil), nil
		}
	})
	if err != nil {
		resp.Diagnostics.AddError("No object", err.Error())
	}
	resp.State.Raw = raw
}

// Read implements resource.Resource. It changes nothing.
func (hollow) Read(context.Context, resource.ReadRequest, *resource.ReadResponse) {}

// Update implements resource.Resource.
func (hollow) Update(_ context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	resp.State.Raw = req.Plan.Raw
}

// Delete implements resource.Resource.
func (hollow) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}
