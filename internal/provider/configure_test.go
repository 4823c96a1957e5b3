package provider

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

func env(pairs ...string) func(string) string {
	return func(name string) string {
		for i := 0; i < len(pairs); i += 2 {
			if pairs[i] == name {
				return pairs[i+1]
			}
		}
		return ""
	}
}

func TestConfigurationThenEnvironmentThenDefault(t *testing.T) {
	t.Parallel()
	s := resolve(model{}, env(envKey, " from-env\n"))
	if s.diags.HasError() {
		t.Fatal(s.diags)
	}
	if c := s.config; c.APIKey != "from-env" || c.BaseURL.String() != "https://app.aichatbothub.com" || c.MaxRetries != 4 || c.RequestTimeout != time.Minute || c.RequestsPerMinute != 0 || s.unlisted != "warn" {
		t.Errorf("defaults: %+v", c)
	}
	s = resolve(model{}, env(envKey, "k", envBaseURL, "https://app.gpt-trainer.com/api/v1/", envMaxRetries, "0"))
	if c := s.config; c.BaseURL.String() != "https://app.gpt-trainer.com" || c.MaxRetries != 0 {
		t.Errorf("environment: %+v", c)
	}
	s = resolve(model{APIKey: types.StringValue("mine"), BaseURL: types.StringValue("http://localhost:8765"), MaxRetries: types.Int64Value(2),
		RequestTimeout: types.StringValue("1m30s"), RequestsPerMinute: types.Int64Value(30), UnlistedModels: types.StringValue("ignore")},
		env(envKey, "k", envBaseURL, "https://app.gpt-trainer.com", envMaxRetries, "7"))
	if c := s.config; s.diags.HasError() || c.APIKey != "mine" || c.BaseURL.String() != "http://localhost:8765" || c.MaxRetries != 2 || c.RequestTimeout != 90*time.Second || c.RequestsPerMinute != 30 || s.unlisted != "ignore" {
		t.Errorf("configuration: %+v %v", c, s.diags)
	}
}

// TestAllProblemsAtOnce: every problem is reported at its attribute, and names the environment variable if the value comes from one.
func TestAllProblemsAtOnce(t *testing.T) {
	t.Parallel()
	s := resolve(model{RequestTimeout: types.StringValue("60"), RequestsPerMinute: types.Int64Value(0)}, env(envBaseURL, "http://example.com", envMaxRetries, "many"))
	var got []string
	for _, d := range s.diags.Errors() {
		at, ok := d.(diag.DiagnosticWithPath)
		if !ok {
			t.Errorf("%s stands at no attribute", d.Summary())
			continue
		}
		got = append(got, at.Path().String()+": "+d.Summary()+": "+d.Detail())
	}
	all := strings.Join(got, "\n")
	for _, want := range []string{"Missing API key", envKey, "plain http", envBaseURL, envMaxRetries, "0 to 10", "request_timeout must be a positive duration", "requests_per_minute must be 1"} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is not in:\n%s", want, all)
		}
	}
	if len(got) != 5 || s.problems != 4 {
		t.Errorf("%d errors and %d problems, want 5 and 4:\n%s", len(got), s.problems, all)
	}
}

func TestBadKeysAreNotShown(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"Bearer abcdef", "abc def", "abc\ndef", "abcdéf", "abc\x00"} {
		s := resolve(model{APIKey: types.StringValue(key)}, env())
		if len(s.diags) != 1 || s.config.APIKey != "" {
			t.Fatalf("%q: %v", key, s.diags)
		}
		if slices.ContainsFunc(strings.Fields(key)[1:], func(word string) bool { return strings.Contains(s.diags[0].Detail(), word) }) {
			t.Errorf("the message shows the key: %s", s.diags[0].Detail())
		}
	}
}

func TestUnknownValues(t *testing.T) {
	t.Parallel()
	for name, m := range map[string]model{
		"api_key": {APIKey: types.StringUnknown()}, "base_url": {BaseURL: types.StringUnknown()}, "max_retries": {MaxRetries: types.Int64Unknown()},
		"request_timeout": {RequestTimeout: types.StringUnknown()}, "requests_per_minute": {RequestsPerMinute: types.Int64Unknown()},
		"unlisted_models": {UnlistedModels: types.StringUnknown()},
	} {
		if s := resolve(m, env(envKey, "k")); s.unknown == nil || s.unknown.String() != name || s.diags.HasError() {
			t.Errorf("%s unknown: %v %v", name, s.unknown, s.diags)
		}
	}
}
