// Package consistency makes concurrent use of the service's API correct. The API has no way to read most objects but to list all of their
// parent, its lists can be behind the writes, and the answer to a create can be lost (goals.md, R1 to R8).
//
// Readers that run at the same time share a list, and a list from before a write is never returned to a reader from after it. Deletes are
// sent in groups, polls are shared, and a create without an answer is reconciled with the lists. The package contains no type of an
// object of the service.
package consistency
