// Package toolfunction implements aichatbothub_tool_function as a resource and list resource, and the data source
// aichatbothub_tool_functions.
package toolfunction
