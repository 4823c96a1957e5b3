package provider

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// The environment variables that are used for arguments that are not set.
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
	UnlistedModels    types.String `tfsdk:"unlisted_models"`
}

// Schema implements provider.Provider. There are no validators: resolve checks values of the configuration and of the environment alike.
func (p *Provider) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Manages chatbots of AI Chatbot Hub, and of any other white label of GPT-trainer: their agents, prompts and tool functions.",
		Attributes: map[string]schema.Attribute{
			"api_key": schema.StringAttribute{
				Optional: true, Sensitive: true,
				MarkdownDescription: fmt.Sprintf("The API key of the account. Create it in the account settings of the web app. If it is not set, or empty, the environment variable `%s` is used, "+
					"which keeps the key out of the configuration.", envKey),
			},
			"base_url": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: fmt.Sprintf("The address of the deployment, for example `https://app.gpt-trainer.com`. It must use https; http is allowed for localhost only. "+
					"Use the address without the path of a page. A trailing `/`, and `/api` or `/api/v1` with what follows, are removed; any other path is kept. If it is not set, or empty, the environment variable `%s` is used. Defaults to `%s`.", envBaseURL, hub.DefaultBaseURL),
			},
			"max_retries": schema.Int64Attribute{
				Optional: true,
				MarkdownDescription: fmt.Sprintf("How many times a request that failed with a temporary error is sent again, from 0 to %d. With 0, each request is sent once. "+
					"A request that creates something is only sent again when the service cannot have processed it. If it is not set, the environment variable `%s` is used. Defaults to `%d`.", mostRetries, envMaxRetries, defaultMaxRetries),
			},
			"request_timeout": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: fmt.Sprintf("How long one attempt of a request may take, as a [Go duration](https://pkg.go.dev/time#ParseDuration) such as `90s` or `2m`. Defaults to `%s`.",
					defaultRequestTimeout),
			},
			"requests_per_minute": schema.Int64Attribute{
				Optional: true,
				MarkdownDescription: "The maximum number of requests per minute in one run, for all resources together. If it is not set, the provider has no limit of its own. " +
					"It always waits as long as the service asks for (429 and Retry-After).",
			},
			"unlisted_models": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: fmt.Sprintf("What a plan does about a `model` of an agent that the service does not list. With `%s`, a model that is new or changed causes a warning. "+
					"With `%s`, the models of all agents of the configuration are compared, unchanged ones too, and each that is not listed is an error: the service stops offering models. "+
					"With `%s`, nothing is compared. Defaults to `%s`.", base.WarnUnlisted, base.RefuseUnlisted, base.IgnoreUnlisted, base.UnlistedModels[0]),
			},
		},
	}
}
