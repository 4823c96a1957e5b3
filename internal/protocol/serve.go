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
	}
	if err := setLogLevels(debug); err != nil {
		return err
	}
	return tf6server.Serve(address, func() tfprotov6.ProviderServer { return NewServer(p) }, options...)
}

// silent is the level of a log that writes nothing.
const silent = "OFF"

// setLogLevels keeps the plugin libraries from writing log lines that Terraform would drop, or that have values of the configuration.
func setLogLevels(debug bool) error {
	for name, level := range LogLevels(os.Getenv, debug) {
		if err := os.Setenv(name, level); err != nil {
			return err
		}
	}
	return nil
}

// LogLevels returns the environment variables to set, so that the provider logs at the level that Terraform was started with, and two libraries not
// at all. The protocol library logs each error in full, and those of an answer test have the question and the answer. The framework logs the values
// of types with semantic equality, keys of maps and elements of sets. Variables that are set already are not changed. With debug, Terraform does not start this process, and the provider logs at the level of its own variables.
func LogLevels(getenv func(string) string, debug bool) map[string]string {
	level := cmp.Or(getenv("TF_LOG_PROVIDER"), getenv("TF_LOG"), silent)
	if level == "JSON" {
		level = "TRACE" // Terraform reads JSON as TRACE in JSON format
	}
	levels := map[string]string{"TF_LOG_SDK_PROTO": silent, "TF_LOG_SDK_FRAMEWORK": silent}
	if !debug {
		levels["TF_LOG_SDK"], levels["TF_LOG_PROVIDER_AICHATBOTHUB"] = level, level
	}
	maps.DeleteFunc(levels, func(name, _ string) bool { return getenv(name) != "" })
	return levels
}
