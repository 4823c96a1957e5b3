// Package release has no code, only tests: they check that the files at the root
// of the repository would make a release that the registries accept.
package release
