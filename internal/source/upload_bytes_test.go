package source_test

import (
	"encoding/base64"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
)

// uploadContract returns what api.md §2 says about uploads: the header and the body with placeholders, and how names are written.
func uploadContract(t *testing.T) (contentType, body string, names map[string]string) {
	t.Helper()
	page, err := os.ReadFile("../../contributing/api.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(page), "\n### Upload\n")
	section, _, _ = strings.Cut(section, "\n## ")
	_, block, _ := strings.Cut(section, "```http\n")
	block, rest, found := strings.Cut(block, "```\n")
	header, body, hasBody := strings.Cut(block, "\n\n")
	names = map[string]string{}
	for _, row := range regexp.MustCompile("(?m)^\\| `([^`]+)` \\| `([^`]+)` \\|").FindAllStringSubmatch(rest, -1) {
		names[row[1]] = row[2]
	}
	if !found || !hasBody || len(names) < 7 {
		t.Fatalf("api.md has no contract of uploads, or only %d names", len(names))
	}
	return strings.TrimPrefix(header, "Content-Type: "), strings.ReplaceAll(body, "\n", "\r\n"), names
}

// TestUploadBytes compares the requests of uploads with the contract, byte by byte: with and without a link, and with awkward file names.
func TestUploadBytes(t *testing.T) {
	t.Parallel()
	contentType, body, names := uploadContract(t)
	linkPart, _, _ := strings.Cut(body, "LINK\r\n")
	linkPart += "LINK\r\n"
	for _, content := range []string{"Hello", "two\r\nlines\n", "\r\n--BOUNDARY--\r\n", "\x00\xff"} {
		for name, written := range names {
			for _, link := range []string{"", "https://example.com/größe?a=\"b\"&c=%20"} {
				e := acctest.Start(t)
				values := acctest.Strings(map[string]string{"chatbot_id": e.SeedChatbot()})
				file := map[string]string{"name": name, "content_base64": base64.StdEncoding.EncodeToString([]byte(content))}
				values["file"] = fileValue(file)
				want := body
				if link == "" {
					want = strings.TrimPrefix(body, linkPart)
				} else {
					values["reference_source_link"] = tftypes.NewValue(tftypes.String, link)
				}
				s := e.Server(t)
				s.Clean(s.Create("aichatbothub_source", values, func() {}))
				for _, r := range e.Requests() {
					if r.Route != upload {
						continue
					}
					boundary := strings.TrimPrefix(r.ContentType, strings.TrimSuffix(contentType, "BOUNDARY"))
					want = strings.NewReplacer("BOUNDARY", boundary, "LINK", link, "NAME", written, "CONTENT", content).Replace(want)
					if r.ContentType != strings.Replace(contentType, "BOUNDARY", boundary, 1) || len(boundary) < 30 || string(r.Body) != want {
						t.Errorf("%q is sent as\n%s\n%q\nwant\n%q", name, r.ContentType, r.Body, want)
					}
				}
				if n := e.Count(upload); n != 1 {
					t.Errorf("%q is sent %d times", name, n)
				}
			}
		}
	}
}

// TestRefusedNames: names that the contract refuses are errors before anything is sent.
func TestRefusedNames(t *testing.T) {
	t.Parallel()
	for _, name := range []string{`a\\b.txt`, "a/b.txt", `a\nb.txt`, `a\rb.txt`, `a\u0000b.txt`, `a\u007fb.txt`} {
		e := acctest.Start(t)
		e.Test(t, resource.TestStep{Config: e.Config(source(e.SeedChatbot(), `file = { content = "x", name = "`+name+`" }`)), ExpectError: regexp.MustCompile(`(?s)Invalid file`)})
		if n := e.Count(upload); n != 0 {
			t.Errorf("%s is sent", name)
		}
	}
}
