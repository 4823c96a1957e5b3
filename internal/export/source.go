package export

import (
	"cmp"
	"fmt"
	"net/url"
	"strings"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// table is the type of some uploaded tables (api.md §3).
const table = "table"

// sourceLabel is the question, URL or file name of a source. It is not the title, which the service can change.
func sourceLabel(s hub.Source) string {
	kind := s.Kind()
	if question := s.Meta().Question; kind == hub.SourceOfQuestion && question != nil {
		return *question
	}
	if u, err := url.Parse(hub.WithScheme(s.FileName)); kind == hub.SourceOfPage && err == nil {
		return strings.TrimPrefix(u.Host, "www.") + u.Path
	}
	return s.FileName
}

// sourceBlock returns the resource of a source. All sources but questions and web pages are files, as in the resource (schema.md).
func (w *writing) sourceBlock(b *bot, s hub.Source) *block {
	r := &block{kind: "aichatbothub_source", name: w.names[s.ID], object: sourceLabel(s), path: []hub.ID{b.ID, s.ID}}
	if s.Title != nil && strings.TrimSpace(*s.Title) != "" && *s.Title != r.object && *s.Title != s.FileName {
		r.above = []string{"Title: " + hub.OneLine(*s.Title)}
		r.object = cmp.Or(r.object, *s.Title)
	}
	r.set("chatbot_id", w.id(b.ID))
	switch s.Kind() {
	case hub.SourceOfQuestion:
		r.question(s.Meta())
	case hub.SourceOfPage:
		r.set("url", short(hub.WithScheme(s.FileName)))
	default:
		r.file(s)
	}
	if link := s.Link(); link != "" {
		r.set("reference_source_link", short(link))
	}
	if !isTrained(s) {
		r.set("wait_for_training", boolean(false), fmt.Sprintf("The source is not trained: its status was %q. Without this argument, an apply trains it and waits.", hub.OneLine(s.Status)))
	}
	return r
}

// isTrained reports whether a source is trained.
func isTrained(s hub.Source) bool { return hub.ParseTrainingStatus(s.Status).Trained }

// question adds the question and the answer. If the service does not return them, the source cannot be exported, because its
// configuration cannot be compared.
func (b *block) question(meta hub.SourceMeta) {
	if meta.Question == nil || meta.Answer == nil {
		b.refusal = "the service does not return its question and answer."
		b.set("qa", object{{key: "question", value: short("…")}, {key: "answer", value: short("…")}})
		return
	}
	b.set("qa", object{{key: "question", value: text(*meta.Question)}, {key: "answer", value: text(*meta.Answer)}})
}

// file adds the file name, and a comment with an argument for the content, which the service does not return.
func (b *block) file(s hub.Source) {
	if s.FileName == "" {
		b.set("file", object{})
		return
	}
	o := object{{key: "name", value: short(s.FileName)}}
	if s.Type != hub.SourceUpload && s.Type != hub.SourceFile {
		b.above = append(b.above, "Type: "+hub.OneLine(s.Type))
	}
	if s.Type == hub.SourceUpload || s.Type == hub.SourceFile || s.Type == table {
		o = append(o, member{comment: `path = "${path.module}/files/` + quote(s.FileName)[1:] + " # set this to manage the content, which the service does not return"})
	}
	b.set("file", o)
}
