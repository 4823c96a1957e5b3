// Package properties has tests only. They check properties of all configurations: random configurations comply with the rules of Terraform
// core under all quirks of the mock (goals.md R6), and a change of any attribute outside Terraform is detected (goals.md R7).
package properties
