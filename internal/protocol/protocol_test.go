package protocol

import (
	"context"
	"maps"
	"strings"
	"testing"
	"time"
)

// TestLogLevels: the libraries log at the level that Terraform was started with, and a variable that is set by hand is not changed. The
// protocol library, which writes errors in full, and the framework, which writes values, log nothing.
func TestLogLevels(t *testing.T) {
	t.Parallel()
	all := func(level string) map[string]string {
		return map[string]string{"TF_LOG_SDK": level, "TF_LOG_SDK_PROTO": "OFF", "TF_LOG_SDK_FRAMEWORK": "OFF", "TF_LOG_PROVIDER_AICHATBOTHUB": level}
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
			if got := LogLevels(func(name string) string { return c.env[name] }, false); !maps.Equal(got, c.want) {
				t.Errorf("%v, want %v", got, c.want)
			}
			values := maps.Clone(c.want)
			maps.DeleteFunc(values, func(name, _ string) bool { return !strings.HasPrefix(name, "TF_LOG_SDK_") })
			if got := LogLevels(func(name string) string { return c.env[name] }, true); !maps.Equal(got, values) {
				t.Errorf("with -debug: %v, want %v", got, values)
			}
		})
	}
}

// TestCallContext: during the call it has the values, the deadline and the end of the call's context. After detach it has no values and is
// cancelled.
func TestCallContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(context.WithValue(t.Context(), key{}, 7), time.Hour)
	defer cancel()
	c := newCallContext(ctx)
	child, stop := context.WithCancel(c)
	defer stop()
	if _, has := c.Deadline(); !has || c.Value(key{}) != 7 || c.Err() != nil || child.Err() != nil {
		t.Error("it differs from the call's context")
	}
	cancel()
	<-child.Done()
	c.detach()
	if c.Value(key{}) != nil || c.Err() == nil {
		t.Error("it still refers to the call's context")
	}
	<-c.Done()
}
