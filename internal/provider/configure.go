package provider

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// settings are the values of the provider block: from the configuration, else from the environment, else the default.
type settings struct {
	config   hub.Config // without the UserAgent
	unlisted string     // one of base.UnlistedModels
	unknown  *path.Path // of the first attribute with an unknown value
	diags    diag.Diagnostics
	problems int    // errors other than the missing key
	option   string // of the subcommand, for the base URL; "" for the provider block
}

// resolve returns the settings of a provider block.
func resolve(m model, getenv func(string) string) *settings {
	s := &settings{}
	s.resolve(m, getenv)
	return s
}

// resolve reads all arguments and collects all problems, each with the path of its attribute. It sends no request.
func (s *settings) resolve(m model, getenv func(string) string) {
	s.apiKey(m.APIKey, getenv)
	s.baseURL(m.BaseURL, getenv)
	s.maxRetries(m.MaxRetries, getenv)
	s.requestTimeout(m.RequestTimeout)
	s.requestsPerMinute(m.RequestsPerMinute)
	s.unlistedModels(m.UnlistedModels)
}

// FromEnvironment returns the configuration of the client for a subcommand: from the environment, which getenv reads, and the defaults. The
// base URL is that of an option, unless its value is "". The error joins all problems. The caller sets UserAgent. No request is sent.
func FromEnvironment(getenv func(string) string, option, baseURL string) (hub.Config, error) {
	s := &settings{option: option}
	s.resolve(model{BaseURL: types.StringValue(baseURL)}, getenv)
	problems := make([]error, 0, len(s.diags))
	for _, d := range s.diags {
		problems = append(problems, errors.New(d.Summary()+": "+d.Detail()))
	}
	return s.config, errors.Join(problems...)
}

// reports returns the problems. Without arguments, and probably without a provider block, Terraform adds an error of its own that asks for a
// block, which is not what is missing.
func (s *settings) reports(m model) diag.Diagnostics {
	if m != (model{}) {
		return s.diags
	}
	var all diag.Diagnostics
	for _, d := range s.diags {
		detail := d.Detail() + " The environment variable alone is enough: a provider block is not required, even if Terraform reports that the provider requires explicit configuration."
		if at, ok := d.(diag.DiagnosticWithPath); ok {
			all.AddAttributeError(at.Path(), d.Summary(), detail)
		} else {
			all.AddError(d.Summary(), detail)
		}
	}
	return all
}

// text returns the value of a string argument, and where it comes from, for messages. ok is false if the value is unknown.
func (s *settings) text(name string, v types.String, env string, getenv func(string) string) (value, origin string, ok bool) {
	if v.IsUnknown() {
		s.setUnknown(name)
		return "", "", false
	}
	if v.ValueString() == "" && env != "" {
		return strings.TrimSpace(getenv(env)), "the environment variable " + env, true
	}
	return strings.TrimSpace(v.ValueString()), name, true
}

func (s *settings) setUnknown(name string) {
	if s.unknown == nil {
		p := path.Root(name)
		s.unknown = &p
	}
}

// wrong adds a problem at an attribute.
func (s *settings) wrong(name, summary, detail string) {
	s.problems++
	s.diags.AddAttributeError(path.Root(name), summary, detail)
}

func (s *settings) apiKey(v types.String, getenv func(string) string) {
	key, origin, ok := s.text("api_key", v, envKey, getenv)
	if !ok {
		return
	}
	if key == "" {
		detail := fmt.Sprintf("The provider needs the API key of the account. Create one in the account settings of the web app, under API keys. Then set the environment variable %s", envKey)
		if s.option == "" {
			detail += ", or set api_key in the provider block from an ephemeral variable"
		}
		s.diags.AddAttributeError(path.Root("api_key"), "Missing API key", detail+".")
		return
	}
	if strings.HasPrefix(strings.ToLower(key), "bearer ") {
		s.wrong("api_key", "Invalid API key", fmt.Sprintf("The value of %s starts with \"Bearer\". Set the key alone: the provider adds that word itself.", origin))
		return
	}
	if strings.ContainsFunc(key, func(r rune) bool { return r <= ' ' || r > '~' }) {
		s.wrong("api_key", "Invalid API key", fmt.Sprintf("The value of %s contains white space or other characters that an API key cannot have. Copy the key again, without line breaks.", origin))
		return
	}
	s.config.APIKey = key
}

func (s *settings) baseURL(v types.String, getenv func(string) string) {
	raw, origin, ok := s.text("base_url", v, envBaseURL, getenv)
	if !ok {
		return
	}
	if raw == "" {
		raw = hub.DefaultBaseURL
	}
	if s.option != "" && v.ValueString() != "" {
		origin = s.option
	}
	u, err := hub.ParseBaseURL(raw)
	if err != nil {
		s.wrong("base_url", "Invalid base URL", fmt.Sprintf("The value of %s cannot be used: %s. A valid value is, for example, %s.", origin, err, hub.DefaultBaseURL))
		return
	}
	s.config.BaseURL = u
}

func (s *settings) maxRetries(v types.Int64, getenv func(string) string) {
	n, origin := int64(defaultMaxRetries), "max_retries"
	switch raw := strings.TrimSpace(getenv(envMaxRetries)); {
	case v.IsUnknown():
		s.setUnknown("max_retries")
		return
	case !v.IsNull():
		n = v.ValueInt64()
	case raw != "":
		parsed, err := strconv.ParseInt(raw, 10, 32)
		if err != nil {
			parsed = -1
		}
		n, origin = parsed, "the environment variable "+envMaxRetries
	}
	if n < 0 || n > mostRetries {
		s.wrong("max_retries", "Invalid number of retries", fmt.Sprintf("The value of %s must be a whole number from 0 to %d.", origin, mostRetries))
		return
	}
	s.config.MaxRetries = int(n)
}

func (s *settings) requestTimeout(v types.String) {
	raw, _, ok := s.text("request_timeout", v, "", nil)
	if !ok {
		return
	}
	if raw == "" {
		raw = defaultRequestTimeout
	}
	d, err := time.ParseDuration(raw)
	if err != nil || d <= 0 {
		s.wrong("request_timeout", "Invalid timeout", "request_timeout must be a positive duration with a unit, such as \"90s\" or \"2m\".")
		return
	}
	s.config.RequestTimeout = d
}

func (s *settings) requestsPerMinute(v types.Int64) {
	switch {
	case v.IsUnknown():
		s.setUnknown("requests_per_minute")
	case v.IsNull():
	case v.ValueInt64() < 1:
		s.wrong("requests_per_minute", "Invalid request limit", "requests_per_minute must be 1 or more. Omit it for no limit.")
	default:
		s.config.RequestsPerMinute = int(v.ValueInt64())
	}
}

func (s *settings) unlistedModels(v types.String) {
	raw, _, ok := s.text("unlisted_models", v, "", nil)
	switch {
	case !ok:
	case raw == "":
		s.unlisted = base.UnlistedModels[0]
	case !slices.Contains(base.UnlistedModels, raw):
		s.wrong("unlisted_models", "Invalid setting for unlisted models", fmt.Sprintf("unlisted_models must be one of: %s.", strings.Join(base.UnlistedModels, ", ")))
	default:
		s.unlisted = raw
	}
}
