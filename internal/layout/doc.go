// Package layout tests the layout of the code: which package may import which, and which files a new noun has to edit. It has no other
// code.
package layout
