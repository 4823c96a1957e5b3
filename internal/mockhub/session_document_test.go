package mockhub_test

import (
	"encoding/json"
	"io"
	"reflect"
	"strings"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

const documentPath = "/session-document/upload"

// formPart is one part of a multipart body: its header lines without the name of the first, and its content.
type formPart struct{ header, content string }

// parts sends a multipart body of these parts.
func (w *testHub) parts(path string, all ...formPart) reply {
	w.t.Helper()
	var b strings.Builder
	for _, p := range all {
		b.WriteString("--frontier\r\nContent-Disposition: form-data; " + p.header + "\r\n\r\n" + p.content + "\r\n")
	}
	req := w.request(w.t.Context(), "POST", path, "")
	req.Header.Set("Content-Type", "multipart/form-data; boundary=frontier")
	req.Body, req.ContentLength = io.NopCloser(strings.NewReader(b.String()+"--frontier--\r\n")), int64(b.Len())+14
	r, err := w.send(req)
	if err != nil {
		w.t.Fatal(err)
	}
	return r
}

// uploadDocument uploads a document of a session as the vendor's client does.
func (w *testHub) uploadDocument(name, content string) reply {
	w.t.Helper()
	return w.parts(documentPath, formPart{`name="filename"`, name}, formPart{`name="file"; filename="` + name + `"`, content})
}

// SetModel sets the model of the default agent.
func (w *testHub) SetModel(model string) {
	w.t.Helper()
	w.updateAgent(w.DefaultAgent(chatbotID), `{"model":"`+model+`"}`)
}

// TestSessionDocuments: a document is uploaded with one part, and a message takes its uuid and lists it.
func TestSessionDocuments(t *testing.T) {
	t.Parallel()
	w := withSession(t, mockhub.Quirks{})
	w.SetModel("gpt-4o-mini-16k")
	file := formPart{`name="file"; filename="a.txt"`, "text"}
	made := w.parts(documentPath, file).object(t)
	if got := keys(made); got != "created_at file_name file_size modified_at tokens uuid" || made["file_name"] != "a.txt" || made["file_size"] != 4.0 {
		t.Errorf("%v", made)
	}
	w.parts(documentPath, formPart{`name="file"; filename="a.txt"` + "\r\nContent-Type: text/plain", "text"}).object(t) // as curl does
	document, other := made["uuid"].(string), w.uploadDocument("a.txt", "text").object(t)["uuid"].(string)
	if other == document {
		t.Error("two uploads are one document")
	}
	for what, parts := range map[string][]formPart{
		"no file": nil, "another part": {file, {`name="chatbot"`, "x"}}, "no name": {{`name="file"`, "x"}}, "twice": {file, file}, "link": {file, {`name="reference_source_link"`, "https://example.com"}},
	} {
		if r := w.parts(documentPath, parts...); r.status != 422 {
			t.Errorf("%s: %d %s", what, r.status, r.body)
		}
	}
	w.parts(documentPath, formPart{`name="file"; filename="a.xyz"`, "x"}).is(t, 400, `{"error":"file type not allowed"}`)

	path := "/session/" + sessionID + "/message/non-stream"
	w.do("POST", path, `{"query":"q","session_document_uuids":["`+document+`","`+other+`"]}`).object(t)
	if got := w.listedMessage()["session_documents"]; !reflect.DeepEqual(got, []any{map[string]any{"uuid": document}, map[string]any{"uuid": other}}) {
		t.Errorf("listed %v", got)
	}
	for body, loc := range map[string]string{
		`["` + unknownID + `"]`: `"session_document_uuids",0`, `["` + document + `","` + document + `"]`: `"session_document_uuids",1`, `["x"]`: `"session_document_uuids",0`,
		`"` + document + `"`: `"session_document_uuids"`, `null`: `"session_document_uuids"`,
	} {
		if r := w.do("POST", path, `{"query":"q","session_document_uuids":`+body+`}`); r.status != 422 || !strings.Contains(r.body, loc) {
			t.Errorf("%s: %d %s", body, r.status, r.body)
		}
	}
	w.SetModel("gpt-4o-mini-8k")
	if r := w.do("POST", path, `{"query":"q","session_document_uuids":["`+document+`"]}`); r.status != 422 || !strings.Contains(r.body, "16k") {
		t.Errorf("with a small context: %d %s", r.status, r.body)
	}
	w.do("POST", path, `{"query":"q","session_document_uuids":[]}`).object(t)
}

// TestSavedDocuments: a saved state has the documents. One of an older mock, which has none, can be loaded.
func TestSavedDocuments(t *testing.T) {
	t.Parallel()
	w := withSession(t, mockhub.Quirks{})
	w.SetModel("gpt-4o-mini-16k")
	document := w.uploadDocument("a.txt", "text").object(t)["uuid"].(string)
	saved, err := w.Save()
	if err != nil {
		t.Fatal(err)
	}
	var without map[string]any
	if err := json.Unmarshal(saved, &without); err != nil {
		t.Fatal(err)
	}
	delete(without, "session_documents")
	older, _ := json.Marshal(without)
	for status, state := range map[int][]byte{200: saved, 422: older} {
		next := serve(t, mockhub.Options{})
		if err := next.Load(state); err != nil {
			t.Fatal(err)
		}
		if r := next.do("POST", "/session/"+sessionID+"/message/non-stream", `{"query":"q","session_document_uuids":["`+document+`"]}`); r.status != status {
			t.Errorf("%d %s, want %d", r.status, r.body, status)
		}
	}
}
