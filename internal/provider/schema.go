package provider

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// The environment variables that stand in for arguments.
const (
	envKey        = "AICHATBOTHUB_API_KEY"
	envBaseURL    = "AICHATBOTHUB_BASE_URL"
	envMaxRetries = "AICHATBOTHUB_MAX_RETRIES"
)

// Defaults and bounds of the arguments.
const (
	defaultMaxRetries     = 4
	mostRetries           = 10
	defaultRequestTimeout = "60s"
)

// model is the provider block.
type model struct {
	APIKey            types.String `tfsdk:"api_key"`
	BaseURL           types.String `tfsdk:"base_url"`
	MaxRetries        types.Int64  `tfsdk:"max_retries"`
	RequestTimeout    types.String `tfsdk:"request_timeout"`
	RequestsPerMinute types.Int64  `tfsdk:"requests_per_minute"`
}

// Schema implements provider.Provider. The checks are in configure.go, because environment variables get the same ones.
func (p *Provider) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Manages chatbots of AI Chatbot Hub, and of any other white label of GPT-trainer: their agents, prompts and tool functions.",
		Attributes: map[string]schema.Attribute{
			"api_key": schema.StringAttribute{
				Optional: true, Sensitive: true,
				MarkdownDescription: fmt.Sprintf("The API key of the account. Keys are made in the account settings of the web app. Left out or empty, it comes from the environment variable `%s`, "+
					"which keeps it out of the configuration.", envKey),
			},
			"base_url": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: fmt.Sprintf("The address of the deployment, for example `https://app.gpt-trainer.com`. It must be https; plain http is taken for localhost only. "+
					"A trailing `/` or `/api/v1` is dropped. Left out or empty, it comes from `%s`, and defaults to `%s`.", envBaseURL, hub.DefaultBaseURL),
			},
			"max_retries": schema.Int64Attribute{
				Optional: true,
				MarkdownDescription: fmt.Sprintf("How often a request that failed in a way that may pass is sent again, from 0 to %d; 0 sends exactly one request. "+
					"A request that creates something is sent again only when the service provably did not process it. Left out, it comes from `%s`, and defaults to `%d`.", mostRetries, envMaxRetries, defaultMaxRetries),
			},
			"request_timeout": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: fmt.Sprintf("How long one try of a request may take, as a [Go duration](https://pkg.go.dev/time#ParseDuration) such as `90s` or `2m`. Defaults to `%s`.",
					defaultRequestTimeout),
			},
			"requests_per_minute": schema.Int64Attribute{
				Optional: true,
				MarkdownDescription: "The most requests that one run of the provider sends in a minute, all resources together. Left out, the provider sets no limit of its own; " +
					"it always keeps quiet as long as the service asks for it (429 and Retry-After).",
			},
		},
	}
}
