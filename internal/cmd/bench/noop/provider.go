// Package noop is the real provider with nothing in it: the same schemas on the same framework, served in the same way, and no I/O. What
// the real one costs above it is the cost of asking the service, of decoding, and of its own decisions.
package noop

import (
	"context"
	"crypto/rand"
	"encoding/hex"

	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// New takes everything out of a provider but its schemas.
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

// hollow is a resource of which the schema is left.
type hollow struct{ whole resource.Resource }

// Metadata implements resource.Resource.
func (h hollow) Metadata(ctx context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	h.whole.Metadata(ctx, req, resp)
}

// Schema implements resource.Resource.
func (h hollow) Schema(ctx context.Context, req resource.SchemaRequest, resp *resource.SchemaResponse) {
	h.whole.Schema(ctx, req, resp)
}

// Create implements resource.Resource: the object is what was planned, with an id.
func (hollow) Create(_ context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	raw, err := tftypes.Transform(req.Plan.Raw, func(path *tftypes.AttributePath, v tftypes.Value) (tftypes.Value, error) {
		switch {
		case v.IsKnown():
			return v, nil
		case path.Equal(tftypes.NewAttributePath().WithAttributeName("id")):
			id := make([]byte, 16)
			_, _ = rand.Read(id) // it never fails
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

// Read implements resource.Resource: nothing has changed.
func (hollow) Read(context.Context, resource.ReadRequest, *resource.ReadResponse) {}

// Update implements resource.Resource.
func (hollow) Update(_ context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	resp.State.Raw = req.Plan.Raw
}

// Delete implements resource.Resource.
func (hollow) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}
