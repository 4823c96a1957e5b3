package provider

import (
	"cmp"
	"context"
	"os"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"
)

// Serve serves the provider to the Terraform that has started this process, or with debug to one that is told to. When Terraform needs it
// no longer, it closes what a run that failed has left open. Terraform waits two seconds for that.
func Serve(ctx context.Context, version string, debug bool) error {
	p := &Provider{version: version}
	err := ServeAny(p, debug)
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
	defer cancel()
	p.opened.Close(ctx)
	return err
}

// ServeAny serves a provider at the address of this one, as cheaply. The benchmark serves others to compare with.
func ServeAny(p provider.Provider, debug bool) error {
	var options []tf6server.ServeOpt
	if debug {
		options = append(options, tf6server.WithManagedDebug())
	} else {
		for name, level := range logLevels(os.Getenv) {
			if err := os.Setenv(name, level); err != nil {
				return err
			}
		}
	}
	return tf6server.Serve(Address, func() tfprotov6.ProviderServer { return NewServer(p) }, options...)
}

// logLevels are the environment variables that keep the plugin libraries from writing log lines that nobody reads. Without them they write
// all of them, and Terraform takes each apart before it drops it, which costs more than the plan itself. What somebody has set himself
// stays.
func logLevels(getenv func(string) string) map[string]string {
	level := cmp.Or(getenv("TF_LOG_PROVIDER"), getenv("TF_LOG"), "OFF")
	if level == "JSON" {
		level = "TRACE" // that is what Terraform takes it for
	}
	levels := map[string]string{}
	for _, name := range []string{"TF_LOG_SDK", "TF_LOG_SDK_PROTO", "TF_LOG_SDK_FRAMEWORK", "TF_LOG_PROVIDER_AICHATBOTHUB"} {
		if getenv(name) == "" {
			levels[name] = level
		}
	}
	return levels
}
