// Package pages has tests of the pages that users read: their commands run, their configurations are valid, and their links lead
// somewhere.
package pages
