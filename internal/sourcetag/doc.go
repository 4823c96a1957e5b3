// Package sourcetag implements aichatbothub_source_tag as a resource, data source and list resource, and the data source
// aichatbothub_source_tags.
package sourcetag
