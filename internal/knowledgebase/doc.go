// Package knowledgebase implements the resource aichatbothub_knowledge_base: a folder of files, a table of questions and a list of web pages
// as one resource, which is updated in place.
//
// A document is one source of the knowledge base. Its key is the path of the file below the folder, the question, or the address. The state
// has three flat maps by key: content (the hash of what the source has), source_ids and failed. They are flat because the framework takes
// minutes for nested ones of several thousand elements.
//
//	documents.go, folder.go   what the configuration has
//	plan.go, changes.go       what differs from the state
//	work.go                   what an apply does
//	upload.go, await.go       creates, and waits for trainings
//	swap.go, references.go    what takes the place of old sources
//	progress.go               what an interrupted apply leaves for the next one, in private state
package knowledgebase
