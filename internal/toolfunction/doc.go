// Package toolfunction is the slice of the noun tool function: the resource, with headers that no state shows, and the data source.
package toolfunction
