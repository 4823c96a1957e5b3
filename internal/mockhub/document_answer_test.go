package mockhub_test

import (
	"strings"
	"testing"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

const returnsPolicy = "# Returns\n\nYou can return an item within 30 days. Refunds take five days (see below). Gift cards are excluded!\n" +
	"Shipping of an order takes 2.5 days. An express order ships today.\nDie Öffnungszeiten sind von 9 bis 18 Uhr.\n"

// TestAnswersFromDocuments: the sentences that share most of the question's words are the answer, with a citation.
func TestAnswersFromDocuments(t *testing.T) {
	t.Parallel()
	w := withSession(t, mockhub.Quirks{AnswersFrom: "documents"})
	file := w.upload("returns.md", returnsPolicy, "").object(t)["uuid"].(string)
	w.AddSource(chatbotID, mockhub.Source{Type: "qa", Question: "Do you sell vouchers?", Answer: "Yes.\nIn the shop."})
	w.AddSource(chatbotID, mockhub.Source{Type: "link", FileName: "https://example.com/jobs", Text: "We hire a baker."})
	for query, want := range map[string]string{
		"Within how many days can I return an item?": "You can return an item within 30 days.",
		"How long do refunds take?":                  "Refunds take five days (see below).",
		"gift card":                                  "Gift cards are excluded!",
		"When does an ORDER arrive?":                 "Shipping of an order takes 2.5 days. An express order ships today.",
		"Wie sind die Öffnungszeiten?":               "Die Öffnungszeiten sind von 9 bis 18 Uhr.",
		"Do you sell vouchers?":                      "Yes.\nIn the shop.",
		"Where can I buy vouchers in the shop?":      "Yes.\nIn the shop.",
		"Do you hire?":                               "We hire a baker.",
		"Who won the world cup?":                     mockhub.NoAnswer,
		"Are you there?":                             mockhub.NoAnswer,
		"?":                                          mockhub.NoAnswer,
	} {
		if got := w.ask(sessionID, query); got != want {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
	messages := w.Messages(sessionID)
	for _, m := range messages {
		want := mockhub.Citation{Key: "1.1", DataSourceUUID: file, Title: "About returns.md", Text: m.Response, FileName: "returns.md", Type: "upload"}
		if m.Query == "gift card" && (len(m.Citations) != 1 || m.Citations[0] != want) {
			t.Errorf("cited %+v, want %+v", m.Citations, want)
		}
		if m.Response == mockhub.NoAnswer && len(m.Citations) > 0 {
			t.Errorf("%s cites %+v", m.Query, m.Citations)
		}
	}
	w.SetQuirks(func(q *mockhub.Quirks) { q.AnswersFrom = "" })
	if got := w.ask(sessionID, "gift card"); got != mockhub.NoAnswer {
		t.Errorf("from questions and answers alone: %q", got)
	}
}

// TestDocumentsThatAnswer: the same conditions apply to documents as to questions and answers, and only the beginning of a text file is kept.
func TestDocumentsThatAnswer(t *testing.T) {
	t.Parallel()
	const query, sentence = "Which zebra?", "The zebra is striped."
	for name, tc := range map[string]struct {
		file, content string
		quirk         func(*mockhub.Quirks)
		prepare       func(w *testHub)
		want          string
	}{
		"text":          {file: "a.txt", content: sentence, want: sentence},
		"two lines":     {file: "a.TXT", content: "The zebra\r\nis striped.", want: "The zebra"},
		"table":         {file: "a.csv", content: "animal;skin\nzebra;striped", want: "zebra;striped"},
		"no text":       {file: "a.pdf", content: sentence},
		"not UTF-8":     {file: "a.txt", content: "\xff" + sentence},
		"behind 64 kB":  {file: "a.txt", content: strings.Repeat("é.\n", 20000) + sentence},
		"before 64 kB":  {file: "a.txt", content: strings.Repeat("é.\n", 15000) + sentence, want: sentence},
		"cut character": {file: "a.txt", content: sentence + "\n" + strings.Repeat("🙂", 20000), want: sentence},
		"in training":   {file: "a.txt", content: sentence, quirk: func(q *mockhub.Quirks) { q.TrainingTime = time.Hour }},
		"no agent":      {file: "a.txt", content: sentence, prepare: func(w *testHub) { w.RemoveAgent(w.DefaultAgent(chatbotID)) }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			quirks := mockhub.Quirks{AnswersFrom: "documents"}
			if tc.quirk != nil {
				tc.quirk(&quirks)
			}
			w := withSession(t, quirks)
			w.upload(tc.file, tc.content, "").object(t)
			if tc.prepare != nil {
				tc.prepare(w)
			}
			if tc.want == "" {
				tc.want = mockhub.NoAnswer
			}
			if got := w.ask(sessionID, query); got != tc.want {
				t.Errorf("%q, want %q", got, tc.want)
			}
		})
	}
}

// TestBestDocument: the document with the most words answers, and among equals a document of the session, then the oldest source.
func TestBestDocument(t *testing.T) {
	t.Parallel()
	w := withSession(t, mockhub.Quirks{AnswersFrom: "documents"})
	w.SetModel("gpt-4o-mini-16k")
	asks := func(query string, documents string, want string) {
		t.Helper()
		body := `{"query":"` + query + `"` + documents + `}`
		if got := w.do("POST", "/session/"+sessionID+"/message/stream", body); got.status != 200 || got.body != want {
			t.Errorf("%s: %d %q, want %q", query, got.status, got.body, want)
		}
	}
	w.upload("a.txt", "The red stapler is gone.", "").object(t)
	w.upload("b.txt", "A red stapler is new.", "").object(t)
	asks("Where is the red stapler?", "", "The red stapler is gone.")
	w.upload("c.txt", "The red stapler of Sarah is here.", "").object(t)
	asks("Where is the red stapler of Sarah?", "", "The red stapler of Sarah is here.")
	document := w.uploadDocument("d.txt", "A red stapler stands there.").object(t)["uuid"].(string)
	asks("Where is the red stapler?", "", "The red stapler is gone.")
	asks("Where is the red stapler?", `,"session_document_uuids":["`+document+`"]`, "A red stapler stands there.")
	asks("Where is the red stapler?", "", "A red stapler stands there.") // a session keeps its documents
	asks("Where is the red stapler of Sarah?", "", "The red stapler of Sarah is here.")
	messages := w.Messages(sessionID)
	if m := messages[3]; len(m.SessionDocuments) != 1 || m.SessionDocuments[0] != document || len(m.Citations) != 0 {
		t.Errorf("stored %+v", m)
	}
}
