package protocol

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"
	"weak"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// The tests of this file test both the framework alone and this package. When one fails for the framework alone, a new version has solved
// the problem: remove the workaround.

// servers returns the framework's own server and the one of this package, for the same provider.
func servers(p *fake) map[string]tfprotov6.ProviderServer {
	return map[string]tfprotov6.ProviderServer{"framework": providerserver.NewProtocol6(p)(), "protocol": NewServer(p)}
}

// TestContextsAreReleased: what the context of a call holds can be collected when the call has returned. The framework alone keeps it.
func TestContextsAreReleased(t *testing.T) {
	t.Parallel()
	for name, s := range servers(&fake{}) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for call, value := range calls(t, s) {
				runtime.GC()
				switch kept := value.Value() != nil; {
				case name == "protocol" && kept:
					t.Errorf("%s: the context is kept", call)
				case name == "framework" && !kept:
					t.Errorf("%s: the framework does not keep the context any more: remove callContext", call)
				}
			}
			runtime.KeepAlive(s)
		})
	}
}

// key is the key of a value in the context of a call.
type key struct{}

// calls makes one call of each kind that Terraform makes for each object. It returns weak pointers to values in the contexts of the calls.
func calls(t *testing.T, s tfprotov6.ProviderServer) map[string]weak.Pointer[[64]byte] {
	t.Helper()
	values := map[string]weak.Pointer[[64]byte]{}
	for name, call := range map[string]func(context.Context) error{
		"validate": func(ctx context.Context) error {
			_, err := s.ValidateResourceConfig(ctx, &tfprotov6.ValidateResourceConfigRequest{TypeName: "fake_none"})
			return err
		},
		"upgrade": func(ctx context.Context) error {
			_, err := s.UpgradeResourceState(ctx, &tfprotov6.UpgradeResourceStateRequest{TypeName: "fake_none"})
			return err
		},
		"read": func(ctx context.Context) error {
			_, err := s.ReadResource(ctx, &tfprotov6.ReadResourceRequest{TypeName: "fake_none"})
			return err
		},
		"plan": func(ctx context.Context) error {
			_, err := s.PlanResourceChange(ctx, &tfprotov6.PlanResourceChangeRequest{TypeName: "fake_none"})
			return err
		},
		"apply": func(ctx context.Context) error {
			_, err := s.ApplyResourceChange(ctx, &tfprotov6.ApplyResourceChangeRequest{TypeName: "fake_none"})
			return err
		},
		"action": func(ctx context.Context) error {
			actions, _ := s.(tfprotov6.ActionServer)
			stream, err := actions.InvokeAction(ctx, &tfprotov6.InvokeActionRequest{ActionType: "fake_none"})
			if err != nil {
				return err
			}
			for range stream.Events {
				continue
			}
			return nil
		},
	} {
		value := new([64]byte)
		ctx, cancel := context.WithCancel(context.WithValue(context.WithoutCancel(t.Context()), key{}, value))
		if err := call(ctx); err != nil {
			t.Fatal(err)
		}
		cancel() // gRPC does the same after each call
		values[name] = weak.Make(value)
	}
	return values
}

// TestLateCallsAreCancelled: a call that arrives after StopProvider is cancelled, until the next ConfigureProvider. The framework alone lets
// it run.
func TestLateCallsAreCancelled(t *testing.T) {
	t.Parallel()
	p := &fake{}
	for name, s := range servers(p) {
		if _, err := s.StopProvider(t.Context(), &tfprotov6.StopProviderRequest{}); err != nil {
			t.Fatal(err)
		}
		switch err := p.read(t, s); {
		case name == "protocol" && err == nil:
			t.Error("a late call is not cancelled")
		case name == "framework" && err != nil:
			t.Error("the framework cancels late calls: remove forward's part in StopProvider")
		}
		config, err := tfprotov6.NewDynamicValue(emptyObject, tftypes.NewValue(emptyObject, map[string]tftypes.Value{}))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{Config: &config}); err != nil {
			t.Fatal(err)
		}
		if err := p.read(t, s); err != nil {
			t.Errorf("%s: a call of the next run is cancelled", name)
		}
	}
}

// TestCallsInProgressAreCancelled: StopProvider cancels a call that is in progress.
func TestCallsInProgressAreCancelled(t *testing.T) {
	t.Parallel()
	p := &fake{started: make(chan struct{})}
	s := NewServer(p)
	go func() {
		<-p.started
		if _, err := s.StopProvider(t.Context(), &tfprotov6.StopProviderRequest{}); err != nil {
			t.Error(err)
		}
	}()
	if err := p.read(t, s); err == nil {
		t.Error("the call is not cancelled")
	}
}

// logLinesChild is the environment variable that makes this test binary serve one call. "as served" sets the log levels first.
const logLinesChild = "PROTOCOL_LOG_LINES_CHILD"

// TestLogLines: without a log level no line is written. The plugin libraries by themselves write TRACE lines.
func TestLogLines(t *testing.T) {
	t.Parallel()
	if mode := os.Getenv(logLinesChild); mode != "" {
		if mode == "as served" {
			if err := setLogLevels(false); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := tf6server.New("registry.terraform.io/aichatbothub/aichatbothub", NewServer(&fake{})).StopProvider(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		return
	}
	for mode, want := range map[string]bool{"libraries": true, "as served": false} {
		cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestLogLines$")
		for _, v := range os.Environ() {
			if !strings.HasPrefix(v, "TF_LOG") {
				cmd.Env = append(cmd.Env, v)
			}
		}
		cmd.Env = append(cmd.Env, logLinesChild+"="+mode)
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		if out, err := cmd.Output(); err != nil {
			t.Fatalf("%v\n%s%s", err, out, stderr.Bytes())
		}
		switch got := strings.Contains(stderr.String(), `"@level":"trace"`); {
		case got && !want:
			t.Errorf("log lines are written:\n%s", stderr.Bytes())
		case !got && want:
			t.Errorf("the plugin libraries write no log lines any more: remove setLogLevels. They wrote:\n%s", stderr.Bytes())
		}
	}
}
