// Package secrets contains tests only. They go through the life of a configuration with secrets under a real Terraform with everything logged, and
// look for each secret in all that is written (goals.md S1). SECRETS_MB is the size of the logs to look through, in megabytes: `make test-secrets`
// takes 100.
package secrets
