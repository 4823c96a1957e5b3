// Package base is what every slice shares: the client, common attributes, import ids, the wording of errors, and the rules about
// what the service answers against what was planned. It is small on purpose: what is here is used by three slices or more.
package base
