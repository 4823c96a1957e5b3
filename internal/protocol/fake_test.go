package protocol

import (
	"context"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// emptyObject is the type of every configuration of the fake provider.
var emptyObject = tftypes.Object{AttributeTypes: map[string]tftypes.Type{}}

// fake is a provider with one data source, which records whether its context is cancelled, and one action.
type fake struct {
	release chan struct{} // an action that is cancelled waits for it
	started chan struct{} // if not nil, a read closes it and waits for the end of its context
	err     error         // the error of the last read's context
}

func (p *fake) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "fake"
}

func (p *fake) Schema(context.Context, provider.SchemaRequest, *provider.SchemaResponse) {}

func (p *fake) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {}

func (p *fake) Resources(context.Context) []func() resource.Resource { return nil }

func (p *fake) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{func() datasource.DataSource { return fakeDataSource{p} }}
}

func (p *fake) Actions(context.Context) []func() action.Action {
	return []func() action.Action{func() action.Action { return fakeAction{p} }}
}

// fakeAction sends two lines of progress. Before the second one it waits for the end of its context and for release.
type fakeAction struct{ p *fake }

func (a fakeAction) Metadata(_ context.Context, _ action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = "fake_action"
}

func (a fakeAction) Schema(context.Context, action.SchemaRequest, *action.SchemaResponse) {}

func (a fakeAction) Invoke(ctx context.Context, _ action.InvokeRequest, resp *action.InvokeResponse) {
	resp.SendProgress(action.InvokeProgressEvent{Message: "begun"})
	<-ctx.Done()
	<-a.p.release
	resp.SendProgress(action.InvokeProgressEvent{Message: "ended"})
	resp.Diagnostics.AddError("Interrupted", "")
}

// invoke invokes the action through a server. It sends a description of each event to events, and then closes it.
func (p *fake) invoke(t *testing.T, s tfprotov6.ProviderServer, events chan<- string) {
	t.Helper()
	defer close(events)
	config, err := tfprotov6.NewDynamicValue(emptyObject, tftypes.NewValue(emptyObject, map[string]tftypes.Value{}))
	if err != nil {
		t.Error(err)
	}
	actions, ok := s.(tfprotov6.ActionServer)
	if !ok {
		t.Error("the server has no actions")
		return
	}
	stream, err := actions.InvokeAction(t.Context(), &tfprotov6.InvokeActionRequest{ActionType: "fake_action", Config: &config})
	if err != nil {
		t.Error(err)
		return
	}
	for event := range stream.Events {
		switch e := event.Type.(type) {
		case tfprotov6.ProgressInvokeActionEventType:
			events <- e.Message
		case tfprotov6.CompletedInvokeActionEventType:
			for _, d := range e.Diagnostics {
				events <- d.Summary
			}
		}
	}
}

type fakeDataSource struct{ p *fake }

func (d fakeDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "fake_data"
}

func (d fakeDataSource) Schema(context.Context, datasource.SchemaRequest, *datasource.SchemaResponse) {
}

func (d fakeDataSource) Read(ctx context.Context, _ datasource.ReadRequest, _ *datasource.ReadResponse) {
	if d.p.started != nil {
		close(d.p.started)
		<-ctx.Done()
	}
	d.p.err = ctx.Err()
}

// read reads the data source through a server, and returns the error of the context that the data source was given.
func (p *fake) read(t *testing.T, s tfprotov6.ProviderServer) error {
	t.Helper()
	config, err := tfprotov6.NewDynamicValue(emptyObject, tftypes.NewValue(emptyObject, map[string]tftypes.Value{}))
	if err != nil {
		t.Fatal(err)
	}
	resp, err := s.ReadDataSource(t.Context(), &tfprotov6.ReadDataSourceRequest{TypeName: "fake_data", Config: &config})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range resp.Diagnostics {
		t.Fatalf("%s: %s", d.Summary, d.Detail)
	}
	return p.err
}
