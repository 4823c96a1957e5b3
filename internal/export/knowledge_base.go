package export

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// maxDocuments is the largest number of documents of one knowledge base (schema.md).
const maxDocuments = 10_000

// webAppOnly are the types of sources that only the web app makes (api.md §3). A knowledge base could replace one by a web page.
var webAppOnly = []string{"google-drive", "image", table}

// postcondition is the block that makes an apply fail whose knowledge base is not trained as a whole.
const postcondition = `
  # A part of the create that fails is a warning, so that Terraform does not delete and upload everything again. This makes the run fail.
  lifecycle {
    postcondition {
      condition     = length(self.failed) == 0
      error_message = "Not trained: ${join(", ", [for document, reason in self.failed : "${document}: ${reason}"])}"
    }
  }
`

// document is a question or a web page that a knowledge base has.
type document struct {
	source hub.Source
	key    string
	answer value // of a question; nil for a web page
}

// knowledgeBases returns the blocks of the chatbot's knowledge bases, and records the references to their sources. It returns why the other
// questions and pages stay single sources, by id. All knowledge bases but the last one are full.
func (w *writing) knowledgeBases(ctx context.Context, b *bot) (blocks []*block, single map[hub.ID]string, err error) {
	documents, single, err := w.documents(ctx, b)
	for part := range slices.Chunk(documents, maxDocuments) {
		name := b.name
		if len(blocks) > 0 {
			name = w.baseNames.take(b.name)
		}
		blocks = append(blocks, w.knowledgeBase(b, name, part))
	}
	return blocks, single, err
}

// documents returns the documents of the chatbot, oldest first, and why the other questions and pages stay single sources, by id.
func (w *writing) documents(ctx context.Context, b *bot) (documents []document, single map[hub.ID]string, err error) {
	single = map[hub.ID]string{}
	var able []document
	taken := map[string]bool{}
	for _, s := range b.Sources {
		d, name := documentOf(s)
		if name == "" {
			continue
		}
		reason := reasonToStay(s)
		if taken[name] { // also if the older one stays a single source: the apply takes over the oldest of equal sources
			reason = "an older source has the same question or address"
		}
		taken[name] = true
		if reason == "" {
			able = append(able, d)
		} else {
			single[s.ID] = reason
		}
	}
	reason, err := w.refusal(ctx, b, able)
	if reason == "" || err != nil {
		return able, single, err
	}
	for _, d := range able {
		if reason, err = w.refusal(ctx, b, []document{d}); err != nil {
			return nil, nil, err
		}
		if reason == "" {
			documents = append(documents, d)
		} else {
			single[d.source.ID] = reason
		}
	}
	return documents, single, nil
}

// documentOf returns the document that a source would be, and the form of its key in which a knowledge base compares keys. This is "" for a
// file, and for a question that the service does not return.
func documentOf(s hub.Source) (document, string) {
	switch meta := s.Meta(); s.Kind() {
	case hub.SourceOfQuestion:
		if meta.Question != nil && meta.Answer != nil {
			return document{s, trimmed(*meta.Question), loose(*meta.Answer)}, hub.NormalText(*meta.Question)
		}
	case hub.SourceOfPage:
		return document{s, hub.WithScheme(strings.TrimSpace(s.FileName)), nil}, hub.NormalAddress(s.FileName)
	}
	return document{}, ""
}

// trimmed returns a text without the line breaks and the white space at its ends that the provider ignores.
func trimmed(s string) string {
	if t := hub.NormalText(s); hub.SameText(t, s) { // it is not for a lone CR before a CRLF
		return t
	}
	return s
}

// reasonToStay returns why a question or a page stays a single source; "" if it does not.
func reasonToStay(s hub.Source) string {
	switch listed := strings.ToLower(strings.TrimSpace(s.Type)); {
	case unreadableSettings(s.Object) != "":
		return "some of its fields cannot be read"
	case !isTrained(s):
		return "it is not trained, and the apply would wait for it"
	case slices.Contains(webAppOnly, listed):
		return "only the web app can make a source of the type " + listed
	case s.Link() != "":
		return "it has a reference_source_link"
	}
	return ""
}

// refusal returns why the provider refuses documents; "" if it does not.
func (w *writing) refusal(ctx context.Context, b *bot, documents []document) (string, error) {
	pages, questions := argumentsOf(documents)
	found, err := w.validator.problems(ctx, "aichatbothub_knowledge_base", map[string]any{"chatbot_id": string(b.ID), "pages": pages.plain(), "questions": questions.plain()})
	if len(found) == 0 {
		return "", err
	}
	cause, _, _ := strings.Cut(found[0].text, ". ") // what follows is advice for those who write the configuration
	return "a knowledge base refuses it: " + cause, err
}

// singleSource says in a source's block, and in a warning, why the source is not in the knowledge base. reason is "" if nothing has to be said.
func (w *writing) singleSource(r *block, reason string) *block {
	if reason != "" && r.refusal == "" {
		r.above = append(r.above, "Not in the knowledge base: "+reason+".")
		w.warnings.add("not in the knowledge base, but a single source: "+reason+".", r)
	}
	return r
}

// knowledgeBase returns the block of a knowledge base, and records the references to its sources.
func (w *writing) knowledgeBase(b *bot, name string, documents []document) *block {
	r := &block{kind: "aichatbothub_knowledge_base", name: name, object: b.Name, below: postcondition, documents: len(documents)}
	for _, d := range documents {
		w.references[d.source.ID] = fmt.Sprintf("%s.source_ids[%s]", r.address(), quote(d.key))
	}
	pages, questions := argumentsOf(documents)
	r.set("chatbot_id", w.id(b.ID))
	r.above = []string{"With adopt, the first apply takes over the sources that exist, and uploads nothing for them."}
	r.set("adopt", boolean(true))
	if len(pages) > 0 {
		r.set("pages", pages)
	}
	if len(questions) > 0 {
		r.set("questions", questions)
	}
	return r
}

// argumentsOf returns the arguments pages and questions.
func argumentsOf(documents []document) (pages list, questions answers) {
	for _, d := range documents {
		if d.answer != nil {
			questions = append(questions, member{key: d.key, value: d.answer})
		} else {
			pages = append(pages, short(d.key))
		}
	}
	return pages, questions
}
