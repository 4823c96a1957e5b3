// Package properties holds tests of what must be so for every configuration: random ones go through core's rules against every reading of
// the contract (goals.md R6), and every attribute of every schema shows when somebody else changes it (goals.md R7).
package properties
