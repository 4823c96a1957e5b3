// Package release has tests only. They check the release configuration at the
// root of the repository against the requirements of the registries.
package release
