package provider_test

import (
	"bytes"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// TestGuideRequests sends the requests that the guide "Known limitations" shows as commands of curl, as curl would. The commands are read here,
// because a machine that runs the tests need not have curl.
func TestGuideRequests(t *testing.T) {
	t.Parallel()
	guide, err := os.ReadFile("../../templates/guides/known-limitations.md")
	if err != nil {
		t.Fatal(err)
	}
	e := acctest.Start(t)
	chatbot := e.SeedChatbot()
	e.EditAgent(e.DefaultAgent(chatbot), func(a *mockhub.Agent) { a.Model = "gpt-4o-mini-16k" })
	values := map[string]string{"AICHATBOTHUB_API_KEY": e.Key(), "AICHATBOTHUB_BASE_URL": e.URL, "SESSION": e.AddSession(chatbot, mockhub.Session{})}
	uuid := regexp.MustCompile(`"uuid": ?"([0-9a-f]{32})"`)
	commands := regexp.MustCompile(`(?m)^curl (?:.*\\\n)*.*$`).FindAllString(string(guide), -1)
	for _, command := range commands {
		status, answer := sendAsCurl(t, command, values)
		if status != http.StatusOK {
			t.Errorf("%s: %d %s", command, status, answer)
		}
		if made := uuid.FindStringSubmatch(answer); made != nil {
			values["DOCUMENT"] = made[1]
		}
	}
	if messages := e.Messages(values["SESSION"]); len(commands) != 2 || len(messages) != 1 || len(messages[0].SessionDocuments) != 1 || messages[0].SessionDocuments[0] != values["DOCUMENT"] {
		t.Errorf("%d commands, stored %+v", len(commands), messages)
	}
}

// curlWord matches a word of a command, which may be in quotes.
var curlWord = regexp.MustCompile(`'([^']*)'|"([^"]*)"|([^\s\\]+)`)

// sendAsCurl sends the request of a command with the options --fail, -H, -d and -F, after its placeholders have been replaced.
func sendAsCurl(t *testing.T, command string, values map[string]string) (status int, answer string) {
	t.Helper()
	var words []string
	for _, m := range curlWord.FindAllStringSubmatch(command, -1) {
		word := m[1] + m[2] + m[3]
		for name, value := range values {
			word = strings.ReplaceAll(strings.ReplaceAll(word, "$"+name, value), name, value)
		}
		words = append(words, word)
	}
	header, address := http.Header{}, ""
	var body bytes.Buffer
	for i := 1; i < len(words); i++ {
		option := words[i]
		if option == "-H" || option == "-d" || option == "-F" {
			i++
		}
		switch option {
		case "--fail":
		case "-H":
			name, value, _ := strings.Cut(words[i], ": ")
			header.Set(name, value)
		case "-d":
			body.WriteString(words[i])
		case "-F":
			header.Set("Content-Type", writeForm(t, &body, words[i]))
		default:
			address = option
		}
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address, &body)
	if err != nil {
		t.Fatal(err)
	}
	req.Header = header
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(raw)
}

// writeForm writes a multipart form with the file of an option such as file=@manual.txt, with the headers that curl sends, and returns its content
// type.
func writeForm(t *testing.T, body io.Writer, option string) string {
	t.Helper()
	name, file, is := strings.Cut(option, "=@")
	if !is {
		t.Fatalf("-F %s has no file", option)
	}
	w := multipart.NewWriter(body)
	part, err := w.CreatePart(textproto.MIMEHeader{
		"Content-Disposition": {fmt.Sprintf(`form-data; name=%q; filename=%q`, name, file)}, "Content-Type": {"text/plain"},
	})
	if err == nil {
		_, err = io.WriteString(part, "The manual.")
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return w.FormDataContentType()
}
