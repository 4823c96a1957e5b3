package provider

import (
	"context"
	"maps"
	"runtime"
	"testing"
	"weak"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// TestLogLevels: nothing is written where Terraform would throw it away, and everything that somebody asks for.
func TestLogLevels(t *testing.T) {
	t.Parallel()
	all := func(level string) map[string]string {
		return map[string]string{"TF_LOG_SDK": level, "TF_LOG_SDK_PROTO": level, "TF_LOG_SDK_FRAMEWORK": level, "TF_LOG_PROVIDER_AICHATBOTHUB": level}
	}
	own := all("OFF")
	delete(own, "TF_LOG_SDK_PROTO")
	for name, c := range map[string]struct{ env, want map[string]string }{
		"nothing asked for":        {nil, all("OFF")},
		"everything":               {map[string]string{"TF_LOG": "TRACE"}, all("TRACE")},
		"as JSON":                  {map[string]string{"TF_LOG": "JSON"}, all("TRACE")},
		"some":                     {map[string]string{"TF_LOG": "INFO"}, all("INFO")},
		"of providers alone":       {map[string]string{"TF_LOG_PROVIDER": "DEBUG"}, all("DEBUG")},
		"of providers, and others": {map[string]string{"TF_LOG_PROVIDER": "WARN", "TF_LOG": "TRACE"}, all("WARN")},
		"of Terraform alone":       {map[string]string{"TF_LOG_CORE": "TRACE"}, all("OFF")},
		"one set by hand":          {map[string]string{"TF_LOG_SDK_PROTO": "TRACE"}, own},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := logLevels(func(name string) string { return c.env[name] }); !maps.Equal(got, c.want) {
				t.Errorf("%v, want %v", got, c.want)
			}
		})
	}
}

// keyOf is the key of what a call's context carries.
type keyOf struct{}

// TestNothingKept: when a call is over, nothing holds on to what its context carried. The framework alone keeps it until the provider ends.
func TestNothingKept(t *testing.T) {
	t.Parallel()
	whole := providerserver.NewProtocol6(New("test")())()
	for name, c := range map[string]struct {
		server tfprotov6.ProviderServer
		kept   bool
	}{"as served": {NewServer(New("test")()), false}, "the framework alone": {whole, true}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for call, carried := range calls(t, c.server) {
				runtime.GC()
				if kept := carried.Value() != nil; kept != c.kept {
					t.Errorf("%s: kept %v, want %v", call, kept, c.kept)
				}
			}
			runtime.KeepAlive(c.server)
		})
	}
}

// calls makes each of the calls that there are many of, and gives what their contexts carried.
func calls(t *testing.T, s tfprotov6.ProviderServer) map[string]weak.Pointer[[64]byte] {
	t.Helper()
	carried := map[string]weak.Pointer[[64]byte]{}
	for name, call := range map[string]func(context.Context) error{
		"validate": func(ctx context.Context) error {
			_, err := s.ValidateResourceConfig(ctx, &tfprotov6.ValidateResourceConfigRequest{TypeName: "aichatbothub_chatbot"})
			return err
		},
		"upgrade": func(ctx context.Context) error {
			_, err := s.UpgradeResourceState(ctx, &tfprotov6.UpgradeResourceStateRequest{TypeName: "aichatbothub_chatbot"})
			return err
		},
		"read": func(ctx context.Context) error {
			_, err := s.ReadResource(ctx, &tfprotov6.ReadResourceRequest{TypeName: "aichatbothub_none"})
			return err
		},
		"plan": func(ctx context.Context) error {
			_, err := s.PlanResourceChange(ctx, &tfprotov6.PlanResourceChangeRequest{TypeName: "aichatbothub_none"})
			return err
		},
		"apply": func(ctx context.Context) error {
			_, err := s.ApplyResourceChange(ctx, &tfprotov6.ApplyResourceChangeRequest{TypeName: "aichatbothub_none"})
			return err
		},
	} {
		value := new([64]byte)
		ctx, cancel := context.WithCancel(context.WithValue(context.WithoutCancel(t.Context()), keyOf{}, value))
		if err := call(ctx); err != nil {
			t.Fatal(err)
		}
		cancel() // as gRPC does behind each call
		carried[name] = weak.Make(value)
	}
	return carried
}

// TestLoan: a call sees its context's values, deadline and end; what outlives the call finds it cancelled and empty.
func TestLoan(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(context.WithValue(t.Context(), keyOf{}, 7), 1<<40)
	defer cancel()
	l := lend(ctx)
	child, stop := context.WithCancel(l)
	defer stop()
	if _, has := l.Deadline(); !has || l.Value(keyOf{}) != 7 || l.Err() != nil || child.Err() != nil {
		t.Error("the loan is not the context")
	}
	cancel()
	<-child.Done()
	l.end()
	if l.Value(keyOf{}) != nil || l.Err() == nil {
		t.Error("the loan outlives its call")
	}
	<-l.Done()
}
