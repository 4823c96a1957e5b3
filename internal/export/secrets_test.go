package export_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-exec/tfexec"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// canary is what no file and no message of an export may have.
const canary = "c4nary0S3cret1Of2Tests"

// TestSecretsOfFunctions: of headers that look like secrets only the names are written, and a URL that looks as if it had one is a sensitive
// variable. The messages say so, with the URL without the secret.
func TestSecretsOfFunctions(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		headers map[string]string
		url     string
		masked  string // "" if the URL is written as it is
		shown   string // a header that is written
	}{
		"names":         {map[string]string{"X-Auth": canary, "X-JWT": canary, "Set-Cookie": canary, "Cookie": canary, "X-Session-Id": canary, "X-Shop": "north"}, "https://example.com/a?b=1", "", "X-Shop"},
		"values":        {map[string]string{"X-A": "Bearer " + canary, "X-B": "basic " + canary, "X-C": "eyJ" + canary + ".eyJ" + canary + "." + canary, "X-Shop": "Bearers"}, "https://example.com/a", "", "X-Shop"},
		"user":          {nil, "https://user:" + canary + "@example.com/a", "https://(hidden)@example.com/a", ""},
		"parameter":     {nil, "https://example.com/a?sig=" + canary + "&b=1", "https://example.com/a?sig=(hidden)&b=1", ""},
		"random":        {nil, "https://example.com/a?b=" + canary, "https://example.com/a?b=(hidden)", ""},
		"path":          {nil, "https://example.com/a/" + canary + "/b", "https://example.com/a/(hidden)/b", ""},
		"webhook":       {nil, "https://hooks.example.com/T0/" + canary[:6], "https://hooks.example.com/(hidden)/(hidden)", ""},
		"fragment":      {nil, "https://example.com/#token=" + canary, "https://example.com/#token=(hidden)", ""},
		"template, too": {nil, "https://" + canary + "@example.com/${x}?a=\"b\"*/", "https://(hidden)@example.com/${x}?a=\"b\"*/", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := acctest.Start(t)
			bot := e.AddChatbot(mockhub.Chatbot{Name: "Support"})
			e.AddFunction(e.DefaultAgent(bot), mockhub.Function{Name: "find", Headers: c.headers, ExternalURL: c.url})
			dir := newDir(t)
			r := run(t, e, "-dir", dir)
			text := unaligned.ReplaceAllString(all(t, dir), " =")
			if r.code != 0 || strings.Contains(text+r.stderr, canary[:6]) {
				t.Errorf("exit code %d\n%s%s", r.code, r.stderr, text)
			}
			variable := "variable \"support_find_url\" {\n  description = \"The url of aichatbothub_tool_function.support_find.\"\n  type = string\n  sensitive = true\n}\n"
			switch {
			case c.masked == "":
				r.good(t)
				if !strings.Contains(text, `url = "`+c.url+`"`) || strings.Contains(text, "variable ") {
					t.Errorf("the URL is not written as it is:\n%s", text)
				}
			case !strings.Contains(text, variable) || !strings.Contains(text, "url = var.support_find_url\n") || !strings.Contains(text, "it is not exported: "+c.masked+"\n") ||
				strings.Count(r.stderr, "Warning:") != 1 || !strings.Contains(r.stderr, "is not exported, but a variable") || !strings.Contains(r.stderr, "aichatbothub_tool_function.support_find"):
				t.Errorf("%s%s", r.stderr, text)
			}
			for header := range c.headers {
				if _, slots, _ := strings.Cut(text, "secret_headers_wo = {"); (header == c.shown) == strings.Contains(slots, header) {
					t.Errorf("%s is written as if it were a secret, or as if it were none:\n%s", header, text)
				}
			}
		})
	}
}

// TestSecretURLThroughCLI: with the value of its variable, the plan of an exported URL changes nothing at the service, and no output has the URL.
func TestSecretURLThroughCLI(t *testing.T) {
	t.Parallel()
	cli, e := acctest.NewCLI(t), acctest.Start(t)
	bot := e.AddChatbot(mockhub.Chatbot{Name: "Support"})
	address := "https://hooks.example.com/" + canary
	e.AddFunction(e.DefaultAgent(bot), mockhub.Function{Name: "find", ExternalURL: address})
	dir := newDir(t)
	if r := run(t, e, "-dir", dir); r.code != 0 {
		t.Fatal(r.stderr)
	}
	if err := os.WriteFile(filepath.Join(dir, "x.auto.tfvars"), fmt.Appendf(nil, "support_find_url = %q\n", address), 0o600); err != nil {
		t.Fatal(err)
	}
	tf := cli.Terraform(t, dir, e, nil)
	var output strings.Builder
	tf.SetStdout(&output)
	plan := filepath.Join(t.TempDir(), "plan")
	e.Forget()
	for _, step := range []func() error{
		func() error { return tf.Init(t.Context()) },
		func() error { _, err := tf.Plan(t.Context(), tfexec.Out(plan)); return err },
		func() error { return tf.Apply(t.Context(), tfexec.DirOrPlan(plan)) },
		func() error {
			changes, err := tf.Plan(t.Context())
			if changes {
				t.Error("the second plan is not empty")
			}
			return err
		},
	} {
		if err := step(); err != nil {
			t.Fatal(err)
		}
	}
	if strings.Contains(output.String(), canary) || !strings.Contains(output.String(), "3 to import, 0 to add, 1 to change, 0 to destroy") {
		t.Errorf("the output is\n%s", output.String())
	}
	for _, r := range e.Requests() {
		if r.Method != "GET" {
			t.Errorf("%s was sent", r.Route)
		}
	}
}
