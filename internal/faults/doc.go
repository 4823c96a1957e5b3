// Package faults contains tests only. They inject failures of the service and of the connection to it under a real Terraform, and count
// orphans, duplicates and lost objects (goals.md R1, R3, R4, R5). Each prints one line of figures. FAULT_CASES is the number of cases, and
// FAULT_SEED runs a single one. `make test-faults` runs all tests.
package faults
