package provider_test

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-log/tflogtest"
	"github.com/hashicorp/terraform-plugin-log/tfsdklogtest"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/protocol"
)

// logsChild is the environment variable that makes this test binary the provider whose log is read.
const logsChild = "PROVIDER_LOGS_CHILD"

// logged is a test whose calls of the provider have the loggers that tf6server gives them. They write to the standard error.
type logged struct{ testing.TB }

// Context implements testing.TB.
func (l logged) Context() context.Context {
	return tflogtest.RootLogger(tfsdklogtest.RootLogger(l.TB.Context(), os.Stderr), os.Stderr)
}

// TestValuesAreNotLogged: with TF_LOG=TRACE no value of an attribute is in the log of the provider: of any resource, data source, list resource,
// ephemeral resource, action or function, in any of their calls. The levels of logs are those of a process, so that another one is started. With
// all the lines of the framework, values show, so the test would find them.
func TestValuesAreNotLogged(t *testing.T) {
	t.Parallel()
	if os.Getenv(logsChild) != "" {
		logEverything(t)
		return
	}
	for _, all := range []bool{false, true} {
		cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestValuesAreNotLogged$")
		for _, v := range os.Environ() {
			if !strings.HasPrefix(v, "TF_LOG") {
				cmd.Env = append(cmd.Env, v)
			}
		}
		given := map[string]string{"TF_LOG": "TRACE"}
		if all {
			given["TF_LOG_SDK_FRAMEWORK"] = "TRACE"
		}
		maps.Copy(given, protocol.LogLevels(func(name string) string { return given[name] }, false))
		for name, level := range given {
			cmd.Env = append(cmd.Env, name+"="+level)
		}
		cmd.Env = append(cmd.Env, logsChild+"=1")
		var log bytes.Buffer
		cmd.Stderr = &log
		if out, err := cmd.Output(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		lines, shown := 0, []string(nil)
		for line := range strings.Lines(log.String()) {
			if lines++; strings.Contains(line, "c4nary") {
				shown = append(shown, fmt.Sprintf("%.400s", line))
			}
		}
		switch {
		case all && len(shown) == 0:
			t.Error("the framework logs no values any more: it need not be silent")
		case !all && len(shown) > 0:
			t.Errorf("%d of %d lines have a value, such as\n%s", len(shown), lines, strings.Join(shown[:min(5, len(shown))], ""))
		case lines < 100 || !strings.Contains(log.String(), "API request"):
			t.Errorf("only %d lines are logged: look at this test", lines)
		}
	}
}

// logEverything makes all calls of the provider with values that can be recognized.
func logEverything(t *testing.T) {
	t.Helper()
	s := newStage(t)
	s.Server = s.Env.Server(logged{t})
	calls := 0
	for _, n := range acctest.Nouns { // what exists: create, read, update, delete
		for _, config := range n.Canaries {
			s.logLife(n, config)
			calls++
		}
	}
	for kind, schema := range schemas(t) { // what is validated and planned, or read
		walk("", schema.Block.Attributes, func(at string, a *tfprotov6.SchemaAttribute) {
			if (a.Required || a.Optional) && a.NestedType == nil && hasText(a.Type) {
				s.diagnose(kind, s.targeted(schema, at, canary))
				calls++
			}
		})
	}
	for name, f := range s.Schema.Functions {
		var arguments []*tfprotov6.DynamicValue
		for _, p := range f.Parameters {
			dv, err := tfprotov6.NewDynamicValue(p.Type, withText(p.Type, "question,answer\n"+canary+","+canary))
			s.must(err)
			arguments = append(arguments, &dv)
		}
		_, err := s.CallFunction(logged{t}.Context(), &tfprotov6.CallFunctionRequest{Name: name, Arguments: arguments})
		s.must(err)
		calls++
	}
	if calls < 100 {
		t.Errorf("only %d calls", calls)
	}
}

// logLife creates an object, reads, updates, reads and destroys it.
func (s *stage) logLife(n acctest.Noun, config map[string]any) {
	s.Helper()
	object, value := s.sentObject(acctest.Prefix+n.Type, config)
	_ = object.Validate(value)
	apply := func(value tftypes.Value) {
		if plan, err := object.Plan(value); err == nil {
			_, _ = object.Apply(value, plan) // an answer test misses
		}
		_ = object.Refresh()
	}
	apply(value)
	if next := changed(n, config); next != nil {
		_, value = s.sentObject(acctest.Prefix+n.Type, next)
		apply(value)
	}
	apply(tftypes.NewValue(object.State.Type(), nil))
}

// logContext returns the context of calls. In the process whose log is read it has loggers.
func logContext(t *testing.T) context.Context {
	t.Helper()
	if os.Getenv(logsChild) != "" {
		return logged{t}.Context()
	}
	return t.Context()
}
