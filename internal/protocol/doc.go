// Package protocol serves a provider over Terraform's plugin protocol. HashiCorp's plugin libraries do the work. This package works around
// four of their properties, each of which has a test in upstream_test.go that fails when the workaround is no longer needed.
//
// # Contexts are kept until the provider ends
//
// The framework's server derives a cancellable context for each call and appends its cancel function to a list that only StopProvider
// empties. The context holds the loggers of the call, about 16 kB, and a plan makes four calls for each object. See registerContext in
// https://github.com/hashicorp/terraform-plugin-framework/blob/v1.19.0/internal/proto6server/serve.go#L24-L39.
// NewServer passes on a context of its own, which releases the context of the call when the call returns (call_context.go).
//
// # Calls that arrive after StopProvider are not cancelled
//
// StopProvider cancels the calls that are in progress. A call that Terraform sends at the same moment can arrive later, and would then wait
// for a service that does not answer until its timeouts, minutes after Ctrl-C. See cancelRegisteredContexts in the same file.
// terraform-plugin-go does not help: it replaces the channel that stops calls (https://github.com/hashicorp/terraform-plugin-go/pull/25).
// NewServer cancels late calls as well.
//
// # The report of an action is lost after StopProvider
//
// When StopProvider returns, terraform-plugin-go cancels the calls in progress, and sends none of the events that an action has after that. The
// stream then ends without an error, which Terraform takes for a success. See InvokeAction in
// https://github.com/hashicorp/terraform-plugin-go/blob/v0.31.0/tfprotov6/tf6server/server.go#L1461-L1482.
// NewServer cancels the actions first, and StopProvider returns when their reports were sent (action.go).
//
// # Log lines are written at every level by default
//
// Without an environment variable that sets a level, the loggers of the plugin libraries write every line from TRACE upwards to stderr.
// Terraform parses each line, and drops it when TF_LOG is not set. In a large plan that is a third of the CPU time. See
// https://github.com/hashicorp/terraform-plugin-log/blob/v0.11.0/tfsdklog/sdk.go#L38-L40 and the discussion in
// https://github.com/hashicorp/terraform-plugin-go/pull/93. Serve sets the variables.
package protocol
