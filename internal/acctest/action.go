package acctest

import (
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/zclconf/go-cty/cty"
)

// Invoke validates, plans and invokes an action, as Terraform does. It calls progress for each line of progress, and returns the diagnostics
// of the first step that has any. Attributes that config does not have are null.
func (s *Server) Invoke(typeName string, config map[string]tftypes.Value, progress func(line string)) []*tfprotov6.Diagnostic {
	s.t.Helper()
	return s.InvokeConfig(typeName, s.value(s.ActionSchema(typeName), config), progress)
}

// InvokeConfig is Invoke for a configuration of the action's schema.
func (s *Server) InvokeConfig(typeName string, config *tfprotov6.DynamicValue, progress func(line string)) []*tfprotov6.Diagnostic {
	s.t.Helper()
	if diags := s.ValidateAction(typeName, config); len(diags) > 0 {
		return diags
	}
	if diags := s.PlanAction(typeName, config); len(diags) > 0 {
		return diags
	}
	stream, err := s.actions().InvokeAction(s.t.Context(), &tfprotov6.InvokeActionRequest{ActionType: typeName, Config: config})
	s.must(err)
	var diags []*tfprotov6.Diagnostic
	completed := 0
	for event := range stream.Events {
		switch e := event.Type.(type) {
		case tfprotov6.ProgressInvokeActionEventType:
			progress(e.Message)
		case tfprotov6.CompletedInvokeActionEventType:
			completed++
			diags = e.Diagnostics
		}
	}
	if completed != 1 {
		s.t.Errorf("the action completed %d times", completed)
	}
	return diags
}

// ActionSchema returns the schema of an action.
func (s *Server) ActionSchema(typeName string) *tfprotov6.Schema {
	s.t.Helper()
	action := s.Schema.ActionSchemas[typeName]
	if action == nil {
		s.t.Fatalf("there is no action %s", typeName)
	}
	return action.Schema
}

// ValidateAction validates the configuration of an action.
func (s *Server) ValidateAction(typeName string, config *tfprotov6.DynamicValue) []*tfprotov6.Diagnostic {
	s.t.Helper()
	valid, err := s.actions().ValidateActionConfig(s.t.Context(), &tfprotov6.ValidateActionConfigRequest{ActionType: typeName, Config: config})
	s.must(err)
	return valid.Diagnostics
}

// PlanAction plans an action.
func (s *Server) PlanAction(typeName string, config *tfprotov6.DynamicValue) []*tfprotov6.Diagnostic {
	s.t.Helper()
	planned, err := s.actions().PlanAction(s.t.Context(), &tfprotov6.PlanActionRequest{ActionType: typeName, Config: config})
	s.must(err)
	return planned.Diagnostics
}

// actions returns the part of the server for actions, which is not in the interface of the library yet.
func (s *Server) actions() tfprotov6.ActionServer {
	s.t.Helper()
	server, ok := s.ProviderServer.(tfprotov6.ActionServer)
	if !ok {
		s.t.Fatal("the provider has no actions")
	}
	return server
}

// ActionConfig returns the configuration in an action block, with the values of the variables that it refers to.
func (s *Server) ActionConfig(block *hclsyntax.Block, variables map[string]cty.Value) *tfprotov6.DynamicValue {
	s.t.Helper()
	schema := s.ActionSchema(block.Labels[0])
	if len(block.Body.Blocks) != 1 || block.Body.Blocks[0].Type != "config" {
		s.t.Fatalf("the action %v has no block config alone", block.Labels)
	}
	known := values{}
	for name, value := range variables {
		known["var."+name] = value
	}
	n := &node{body: block.Body.Blocks[0].Body}
	if err := n.check(schema); err != nil {
		s.t.Fatal(err)
	}
	config, err := n.config(schema, known)
	s.must(err)
	dv, err := tfprotov6.NewDynamicValue(schema.ValueType(), config)
	s.must(err)
	return &dv
}
