package protocol

import (
	"cmp"
	"maps"
	"os"

	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"
)

// Serve serves a provider at a registry address to the Terraform that started this process, until Terraform ends it. With debug, it prints
// the environment variable that lets another Terraform attach, and serves until it is interrupted.
func Serve(address string, p provider.Provider, debug bool) error {
	var options []tf6server.ServeOpt
	if debug {
		options = append(options, tf6server.WithManagedDebug())
	} else if err := setLogLevels(); err != nil {
		return err
	}
	return tf6server.Serve(address, func() tfprotov6.ProviderServer { return NewServer(p) }, options...)
}

// setLogLevels keeps the plugin libraries from writing log lines that Terraform would drop.
func setLogLevels() error {
	for name, level := range logLevels(os.Getenv) {
		if err := os.Setenv(name, level); err != nil {
			return err
		}
	}
	return nil
}

// logLevels returns the environment variables to set, so that the plugin libraries log at the level that Terraform was started with, and the
// protocol library not at all: it logs each error in full, and those of an answer test have the question and the answer. Variables that are set
// already are not changed.
func logLevels(getenv func(string) string) map[string]string {
	level := cmp.Or(getenv("TF_LOG_PROVIDER"), getenv("TF_LOG"), "OFF")
	if level == "JSON" {
		level = "TRACE" // Terraform reads JSON as TRACE in JSON format
	}
	levels := map[string]string{"TF_LOG_SDK": level, "TF_LOG_SDK_PROTO": "OFF", "TF_LOG_SDK_FRAMEWORK": level, "TF_LOG_PROVIDER_AICHATBOTHUB": level}
	maps.DeleteFunc(levels, func(name, _ string) bool { return getenv(name) != "" })
	return levels
}
