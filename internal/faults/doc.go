// Package faults holds tests only: they break the way to the service, and the service, under a real Terraform, and count what becomes of
// the objects (goals.md R1, R3, R4). Each prints one line of figures. FAULT_CASES is how many cases are run, and FAULT_SEED runs one of them
// alone; `make test-faults` runs them all.
package faults
