package toolfunction_test

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// writings are the forms in which a secret could show: raw, in URLs, in JSON as Go, Python and Terraform write it, and in base64, in
// which its bytes look different depending on what stands before them.
func writings(secret string) map[string]string {
	forms := map[string]string{"raw": secret, "query": url.QueryEscape(secret), "path": url.PathEscape(secret)}
	quoted, _ := json.Marshal(secret)
	forms["JSON"] = strings.Trim(string(quoted), `"`)
	var plain bytes.Buffer
	enc := json.NewEncoder(&plain)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(secret)
	forms["JSON without HTML escapes"] = strings.Trim(strings.TrimSpace(plain.String()), `"`)
	twice, _ := json.Marshal(forms["JSON"])
	forms["JSON in JSON"] = strings.Trim(string(twice), `"`)
	forms["Go"] = strings.Trim(fmt.Sprintf("%q", secret), `"`)
	for before := range 3 {
		padded := append(make([]byte, before), secret...)
		padded = padded[:len(padded)/3*3] // whole groups
		skip := (before*8 + 5) / 6        // characters that depend on what stands before
		forms[fmt.Sprint("base64 ", before)] = base64.RawStdEncoding.EncodeToString(padded)[skip:]
		forms[fmt.Sprint("base64url ", before)] = base64.RawURLEncoding.EncodeToString(padded)[skip:]
	}
	return forms
}

// hits returns the encodings of a secret that a text contains.
func hits(secret string, text []byte) []string {
	var found []string
	for name, form := range writings(secret) {
		if bytes.Contains(text, []byte(form)) {
			found = append(found, name)
		}
	}
	return found
}

func TestWritings(t *testing.T) {
	t.Parallel()
	const secret = `k"</+ é9-x`
	quoted, _ := json.Marshal(map[string]string{"a": secret})
	for name, text := range map[string]string{
		"raw": "x" + secret, "query": "a=" + url.QueryEscape(secret) + "&b", "JSON": string(quoted), "Go": fmt.Sprintf("%q", []string{secret}),
		"base64 0": base64.StdEncoding.EncodeToString([]byte(secret + "x")), "base64 1": base64.StdEncoding.EncodeToString([]byte("x" + secret)),
		"base64url 2": base64.URLEncoding.EncodeToString([]byte("xy" + secret)), "base64 0, further on": base64.StdEncoding.EncodeToString([]byte("xyz" + secret)),
	} {
		if len(hits(secret, []byte(text))) == 0 {
			t.Errorf("%s was not found in %s", name, text)
		}
	}
	if found := hits(secret, []byte("nothing here")); len(found) > 0 {
		t.Errorf("found %v in nothing", found)
	}
}

// cli is a real Terraform with the provider as a program, everything logged.
type cli struct {
	*testing.T
	path, dir string
	env       map[string]string
	output    bytes.Buffer
}

func newCLI(t *testing.T, e *env) *cli {
	t.Helper()
	tool := acctest.NewCLI(t)
	c := &cli{T: t, path: tool.Path, dir: t.TempDir()}
	c.env = tool.Installation.Env(map[string]string{"AICHATBOTHUB_BASE_URL": e.URL, "AICHATBOTHUB_API_KEY": e.Key(), "AICHATBOTHUB_MAX_RETRIES": "1",
		"TF_LOG": "TRACE", "TF_LOG_PATH": filepath.Join(c.dir, "trace.log"), "TF_IN_AUTOMATION": "1"})
	return c
}

// run runs a command of Terraform, keeps its output, and says whether it succeeded.
func (c *cli) run(args ...string) bool {
	c.Helper()
	cmd := exec.CommandContext(c.Context(), c.path, args...)
	cmd.Dir = c.dir
	for name, value := range c.env {
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	c.output.Write(out.Bytes())
	if err != nil {
		c.Logf("terraform %s: %v\n%s", args[0], err, &out)
	}
	return err == nil
}

func (c *cli) must(args ...string) {
	c.Helper()
	if !c.run(args...) {
		c.Fatalf("terraform %s failed", args[0])
	}
}

// written gives everything that the runs left behind: the log, the state, its backups, and what is in plan files.
func (c *cli) written() map[string][]byte {
	c.Helper()
	all := map[string][]byte{"the output": c.output.Bytes()}
	err := filepath.WalkDir(c.dir, func(file string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		if filepath.Ext(file) == ".tfplan" {
			return unzip(file, all)
		}
		all[filepath.Base(file)], err = os.ReadFile(file)
		return err
	})
	if err != nil {
		c.Fatal(err)
	}
	return all
}

func unzip(file string, all map[string][]byte) error {
	z, err := zip.OpenReader(file)
	if err != nil {
		return err
	}
	defer z.Close()
	for _, member := range z.File {
		r, err := member.Open()
		if err != nil {
			return err
		}
		if all[filepath.Base(file)+"/"+member.Name], err = io.ReadAll(r); err != nil {
			return err
		}
	}
	return nil
}

// TestCanary goes through the life of a tool function with a real Terraform and the provider as a program, everything logged, and
// looks for the secrets and the key in all that was written (goals.md S1).
func TestCanary(t *testing.T) {
	t.Parallel()
	e := start(t)
	c := newCLI(t, e)
	const one, two, hidden = `c4nary-1/"q"+x=<&> é`, `c4nary-2/"q"+y=<&> é`, `c4nary-3/"q"+z=<&> é`
	configure := func(more string) {
		t.Helper()
		text := "terraform {\n  required_providers {\n    aichatbothub = { source = \"aichatbothub/aichatbothub\" }\n  }\n}\n" +
			"variable \"token\" {\n  type = string\n  sensitive = true\n  ephemeral = true\n}\n" +
			fmt.Sprintf("resource \"aichatbothub_tool_function\" \"t\" {\n  chatbot_id = %q\n  agent_id = %q\n  %s\n}\n", e.chatbot, e.agent, strings.Join(with(required), "\n  ")+"\n  "+more)
		if err := os.WriteFile(filepath.Join(c.dir, "main.tf"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	secret := "secret_headers_wo = { Authorization = \"Bearer ${var.token}\", X-Tenant = var.token }\n"
	echo := func(route string, secrets ...string) { // of the request, in a refusal
		e.Inject(mockhub.Fault{Route: route, Status: 422, Body: `[{"loc":["headers","Authorization"],"msg":` + quote(strings.Join(secrets, " and ")) + `,"type":"value_error"}]`})
	}

	configure(secret)
	c.env["TF_VAR_token"] = one
	c.must("init")
	echo(create, one)
	if c.run("apply", "-auto-approve") {
		t.Error("a refused create succeeded")
	}
	c.must("plan", "-out=one.tfplan")
	c.must("show", "-json", "one.tfplan")
	c.must("apply", "one.tfplan")
	if got := e.only(t).Headers; got["Authorization"] != "Bearer "+one || got["X-Tenant"] != one {
		t.Fatalf("the service got %q", got)
	}
	c.env["TF_VAR_token"] = two
	echo(update, two)
	if c.run("apply", "-auto-approve") {
		t.Error("a refused update succeeded")
	}
	c.must("plan", "-out=two.tfplan")
	c.must("show", "-json", "two.tfplan")
	c.must("show", "two.tfplan")
	c.must("apply", "two.tfplan")
	e.EditFunction(e.only(t).UUID, func(f *mockhub.Function) { f.Headers["Authorization"], f.Headers["X-Api-Key"] = one, hidden })
	c.must("plan", "-out=drift.tfplan")
	c.must("apply", "-refresh-only", "-auto-approve")
	configure("headers = { X-Shop = \"north\" }\n") // the secrets are read and sent along
	echo(update, "Bearer "+one, hidden, two)
	if c.run("apply", "-auto-approve") {
		t.Error("a refused update succeeded")
	}
	c.must("apply", "-auto-approve")
	if got := e.only(t).Headers; got["X-Api-Key"] != hidden || got["X-Shop"] != "north" {
		t.Fatalf("the service got %q", got)
	}
	// The service does not mark X-Tenant as a secret, so an import would take it over.
	e.EditFunction(e.only(t).UUID, func(f *mockhub.Function) { delete(f.Headers, "X-Tenant") })
	c.must("state", "rm", address)
	c.must("import", address, strings.Join([]string{e.chatbot, e.agent, e.only(t).UUID}, "/"))
	c.must("show", "-json")
	c.must("destroy", "-auto-approve")

	all, size := c.written(), 0
	for name, text := range all {
		size += len(text)
		for what, secret := range map[string]string{"the first secret": one, "the second secret": two, "the hidden header": hidden, "the API key": e.Key()} {
			if found := hits(secret, text); len(found) > 0 {
				t.Errorf("%s shows %s (%v)", name, what, found)
			}
		}
	}
	if !bytes.Contains(all["trace.log"], []byte("PlanResourceChange")) || len(all["trace.log"]) < 1<<20 || all["two.tfplan/tfplan"] == nil || all["terraform.tfstate"] == nil {
		t.Errorf("too little was written to look through: %d bytes in %d files", size, len(all))
	}
	t.Logf("looked through %d kB", size>>10)
}

func quote(s string) string {
	raw, _ := json.Marshal(s)
	return string(raw)
}
