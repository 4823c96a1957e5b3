package probe

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/provider"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/subcommand"
)

// output is the output and the exit code of a run.
type output struct {
	code           int
	stdout, stderr string
	report         jsonReport // with -json
}

// probeWith probes a mock.
func probeWith(t *testing.T, e *acctest.Env, args ...string) output {
	t.Helper()
	return probeFrom(t.Context(), t, map[string]string{"AICHATBOTHUB_API_KEY": e.Key(), "AICHATBOTHUB_BASE_URL": e.URL}, args...)
}

// probeFrom probes with environment variables.
func probeFrom(ctx context.Context, t *testing.T, env map[string]string, args ...string) output {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code := Subcommand.Run(ctx, subcommand.Command{Args: args, Version: "0.1.0", Getenv: func(name string) string { return env[name] }, Stdout: &stdout, Stderr: &stderr,
		Options: []provider.Option{acctest.ShortWaits}})
	out := output{code: code, stdout: stdout.String(), stderr: stderr.String()}
	if slices.Contains(args, "-json") && stdout.Len() > 0 {
		if err := json.Unmarshal(stdout.Bytes(), &out.report); err != nil {
			t.Fatalf("%v\n%s\n%s", err, stdout.String(), stderr.String())
		}
	}
	return out
}

// setQuirks sets switches of the mock, given as Field=value with spaces between them.
func setQuirks(t *testing.T, q *mockhub.Quirks, assignments string) {
	t.Helper()
	for assignment := range strings.FieldsSeq(assignments) {
		setQuirk(t, q, assignment)
	}
}

// setQuirk sets a switch of the mock, given as Field=value.
func setQuirk(t *testing.T, q *mockhub.Quirks, assignment string) {
	t.Helper()
	name, text, _ := strings.Cut(assignment, "=")
	field := reflect.ValueOf(q).Elem().FieldByName(name)
	if !field.IsValid() {
		t.Fatalf("the mock has no switch %s", name)
	}
	switch field.Interface().(type) {
	case time.Duration:
		d, err := time.ParseDuration(text)
		if err != nil {
			t.Fatal(err)
		}
		field.SetInt(int64(d))
		return
	case []string:
		field.Set(reflect.ValueOf(strings.Split(text, ",")))
		return
	}
	switch field.Kind() {
	case reflect.String:
		field.SetString(text)
	case reflect.Bool:
		field.SetBool(text == "true")
	case reflect.Int, reflect.Int64:
		n, err := strconv.Atoi(text)
		if err != nil {
			t.Fatal(err)
		}
		field.SetInt(int64(n))
	default:
		t.Fatalf("the switch %s has the type %s", name, field.Type())
	}
}

// TestReadings: with each switch of the mock, the facts that it stands for report that reading. The verdicts about the others are those
// without the switch. Nothing is left behind.
func TestReadings(t *testing.T) {
	t.Parallel()
	affected := map[string]map[string]string{"": {}} // by switch: the readings by fact
	for i := range facts {
		for _, r := range facts[i].readings {
			if r.reason != "" {
				continue
			}
			if affected[r.quirk] == nil {
				affected[r.quirk] = map[string]string{}
			}
			affected[r.quirk][facts[i].id] = r.name
		}
	}
	for quirk, expected := range affected {
		t.Run(quirk, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t, func(q *mockhub.Quirks) {
				setQuirks(t, q, quirk)
			})
			other := e.AddChatbot(mockhub.Chatbot{Name: "Support"})
			e.Keep(other)
			out := probeWith(t, e, "-json", "-ask")
			if out.code != subcommand.OK {
				t.Errorf("exit code %d\n%s", out.code, out.stderr)
			}
			if len(out.report.Facts) != len(facts) {
				t.Fatalf("%d facts of %d", len(out.report.Facts), len(facts))
			}
			for i, f := range out.report.Facts {
				want, direct := expected[f.ID]
				if !direct {
					want = affected[""][f.ID]
				}
				if reading, _, _ := strings.Cut(f.Seen, " ("); want != "" && reading != want {
					t.Errorf("%s: %s, want %s", f.ID, f.Seen, want)
				}
				if f.Verdict == notHandled || f.Verdict == notSeen {
					t.Errorf("%s (%d): %s: %s", f.ID, i, f.Verdict, f.Seen)
				}
			}
			if left := e.Chatbots(); len(left) != 1 || left[0].UUID != other {
				t.Errorf("%d chatbots are left", len(left))
			}
			t.Log(fmt.Sprint(len(e.Requests()), " requests"))
		})
	}
}
