// Package base is what every slice shares: the client, common attributes, import ids, the wording of errors, and the rules about
// what the service answers against what was planned. It is small on purpose: a file here has three users or will have.
package base
