// Package floor is a provider with the schemas of another one, on the plugin protocol without a framework. It returns the values that it
// gets, without decoding them where Terraform allows that. The cost of a run with it is the cost of Terraform and of a plugin process.
package floor

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"os"
	"sync"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Server is the provider. It implements the methods that Terraform calls for managed resources that are not imported. The embedded
// interface is nil and has the other methods.
type Server struct {
	tfprotov6.ProviderServer
	// Schemas is the path of a file with the result of [Write]. It is read when the schemas are requested.
	Schemas string

	once   sync.Once
	schema *tfprotov6.GetProviderSchemaResponse
	err    error
}

// GetProviderSchema implements tfprotov6.ProviderServer.
func (s *Server) GetProviderSchema(context.Context, *tfprotov6.GetProviderSchemaRequest) (*tfprotov6.GetProviderSchemaResponse, error) {
	return s.load()
}

func (s *Server) load() (*tfprotov6.GetProviderSchemaResponse, error) {
	s.once.Do(func() {
		var raw []byte
		if raw, s.err = os.ReadFile(s.Schemas); s.err == nil {
			s.schema, s.err = Read(raw)
		}
	})
	return s.schema, s.err
}

// ValidateProviderConfig implements tfprotov6.ProviderServer.
func (s *Server) ValidateProviderConfig(_ context.Context, req *tfprotov6.ValidateProviderConfigRequest) (*tfprotov6.ValidateProviderConfigResponse, error) {
	return &tfprotov6.ValidateProviderConfigResponse{PreparedConfig: req.Config}, nil
}

// ConfigureProvider implements tfprotov6.ProviderServer.
func (s *Server) ConfigureProvider(context.Context, *tfprotov6.ConfigureProviderRequest) (*tfprotov6.ConfigureProviderResponse, error) {
	return &tfprotov6.ConfigureProviderResponse{}, nil
}

// StopProvider implements tfprotov6.ProviderServer.
func (s *Server) StopProvider(context.Context, *tfprotov6.StopProviderRequest) (*tfprotov6.StopProviderResponse, error) {
	return &tfprotov6.StopProviderResponse{}, nil
}

// ValidateResourceConfig implements tfprotov6.ProviderServer.
func (s *Server) ValidateResourceConfig(context.Context, *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	return &tfprotov6.ValidateResourceConfigResponse{}, nil
}

// UpgradeResourceState implements tfprotov6.ProviderServer.
func (s *Server) UpgradeResourceState(_ context.Context, req *tfprotov6.UpgradeResourceStateRequest) (*tfprotov6.UpgradeResourceStateResponse, error) {
	return &tfprotov6.UpgradeResourceStateResponse{UpgradedState: &tfprotov6.DynamicValue{JSON: req.RawState.JSON}}, nil
}

// ReadResource implements tfprotov6.ProviderServer.
func (s *Server) ReadResource(_ context.Context, req *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	return &tfprotov6.ReadResourceResponse{NewState: req.CurrentState, Private: req.Private}, nil
}

// PlanResourceChange implements tfprotov6.ProviderServer. The id of a new object is unknown. An existing object does not change.
func (s *Server) PlanResourceChange(_ context.Context, req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	planned := req.ProposedNewState
	if isNull(req.PriorState) {
		var err error
		if planned, err = s.withID(req.TypeName, planned, tftypes.UnknownValue); err != nil {
			return &tfprotov6.PlanResourceChangeResponse{}, err
		}
	} else if !isNull(planned) {
		planned = req.PriorState
	}
	return &tfprotov6.PlanResourceChangeResponse{PlannedState: planned, PlannedPrivate: req.PriorPrivate}, nil
}

// ApplyResourceChange implements tfprotov6.ProviderServer. A new object gets an id.
func (s *Server) ApplyResourceChange(_ context.Context, req *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	state := req.PlannedState
	if isNull(req.PriorState) {
		id := make([]byte, 16)
		_, _ = rand.Read(id) // documented to never return an error
		var err error
		if state, err = s.withID(req.TypeName, state, hex.EncodeToString(id)); err != nil {
			return &tfprotov6.ApplyResourceChangeResponse{}, err
		}
	}
	return &tfprotov6.ApplyResourceChangeResponse{NewState: state, Private: req.PlannedPrivate}, nil
}

// isNull reports whether an object is null, without decoding it: null is one byte in MessagePack.
func isNull(v *tfprotov6.DynamicValue) bool { return len(v.MsgPack) == 1 && v.MsgPack[0] == 0xc0 }

// withID returns an object with this id.
func (s *Server) withID(typeName string, from *tfprotov6.DynamicValue, id any) (*tfprotov6.DynamicValue, error) {
	all, err := s.load()
	if err != nil {
		return nil, err
	}
	ty := all.ResourceSchemas[typeName].ValueType()
	object, err := from.Unmarshal(ty)
	if err != nil {
		return nil, err
	}
	attributes := map[string]tftypes.Value{}
	if err := object.As(&attributes); err != nil {
		return nil, err
	}
	attributes["id"] = tftypes.NewValue(tftypes.String, id)
	v, err := tfprotov6.NewDynamicValue(ty, tftypes.NewValue(ty, attributes))
	return &v, err
}
