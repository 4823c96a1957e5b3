package secrets

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"maps"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// The secrets have the characters that encodings differ in.
const (
	apiKey = `c4nary-key/+="&'<>%x`
	header = `c4nary-head/"q"+x=<&> %é`
	other  = `c4nary-other/"q"+y=<&> %é`
	unseen = `c4nary-unseen/"q"+z=<&> %é` // a header that somebody added to the service
	token  = `c4nary-token-2f5d81aa`
	prompt = `c4nary-prompt: say "no" & <nothing> %é`
)

// nowhere are the secrets that may not be written anywhere.
var nowhere = map[string]string{"the API key": apiKey, "a secret header": header, "the next secret header": other, "an unmanaged secret header": unseen}

// inState are the values that state and plan have by design: Terraform stores what a configuration says, sensitive or not. They are neither in logs nor
// in errors, and in what Terraform prints for people only where it does not know that they are sensitive.
var inState = map[string]string{"the token of a URL": token, "a sensitive prompt": prompt}

// allowed reports whether a file may have a value of inState: the state, a plan, what Terraform shows of them (saved), and for a prompt the export,
// which writes a variable for a URL with a token.
func allowed(file, value string) bool {
	return strings.HasPrefix(file, "terraform.tfstate") || strings.Contains(file, ".tfplan/") || strings.HasPrefix(file, "show/") || value == prompt && strings.HasPrefix(file, "exported/")
}

// run is one life of a configuration.
type run struct {
	*acctest.Terminal
	service *acctest.Env
	bot     string
	size    int // objects of each kind
	turn    int // of refusals
}

func newRun(t *testing.T, size int) *run {
	t.Helper()
	h := mockhub.New(mockhub.Options{Key: apiKey})
	server := httptest.NewServer(h)
	t.Cleanup(func() { h.Close(); server.Close() })
	e := &acctest.Env{Hub: h, URL: server.URL}
	r := &run{Terminal: acctest.NewTerminal(t, e), service: e, bot: e.AddChatbot(mockhub.Chatbot{Name: "Home"}), size: size}
	maps.Copy(r.Env, map[string]string{"TF_LOG": "TRACE", "TF_LOG_PATH": filepath.Join(r.Dir, "trace.log"), "TF_VAR_header": header, "TF_VAR_token": token, "TF_VAR_prompt": prompt})
	return r
}

// configure writes the configuration. more are arguments of the tool functions.
func (r *run) configure(more string) {
	r.Helper()
	text := fmt.Sprintf(`
terraform {
  required_providers {
    aichatbothub = { source = "aichatbothub/aichatbothub" }
  }
}
variable "header" {
  type      = string
  sensitive = true
  ephemeral = true
}
variable "token" {
  type      = string
  sensitive = true
}
variable "prompt" {
  type      = string
  sensitive = true
}
resource "aichatbothub_agent" "a" {
  count      = %[2]d
  chatbot_id = %[1]q
  type       = "user-facing"
  name       = "Agent ${count.index}"
  prompt     = var.prompt
}
resource "aichatbothub_source" "s" {
  count             = %[2]d
  chatbot_id        = %[1]q
  qa                = { question = "When ${count.index}?", answer = var.prompt }
  wait_for_training = false
}
resource "aichatbothub_tool_function" "t" {
  count       = %[2]d
  chatbot_id  = %[1]q
  agent_id    = aichatbothub_agent.a[count.index].id
  name        = "find"
  description = "Finds."
  url         = "https://api.example.com/hook?key=${var.token}"
  parameters  = jsonencode({ type = "object", properties = { a = { type = "string", description = var.prompt } } })
  %[3]s
}
data "aichatbothub_agents" "all" {
  chatbot_id = %[1]q
  depends_on = [aichatbothub_tool_function.t]
}
`, r.bot, r.size, more)
	r.write("main.tf", []byte(text))
}

func (r *run) write(name string, text []byte) {
	r.Helper()
	file := filepath.Join(r.Dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o750); err != nil {
		r.Fatal(err)
	}
	if err := os.WriteFile(file, text, 0o600); err != nil {
		r.Fatal(err)
	}
}

// saved runs a command of Terraform whose output may have what the state has, and keeps that as a file.
func (r *run) saved(name string, args ...string) {
	r.Helper()
	out, err := r.Program("", r.CLI.Path, args...)
	if err != nil {
		r.Fatalf("terraform %v: %v\n%.2000s", args, err, out)
	}
	r.write("show/"+name, out)
}

// refuse makes the service refuse a request and repeat secrets in the ways of services.
func (r *run) refuse(route string, secrets ...string) {
	var all []string
	for _, secret := range secrets {
		quoted, _ := json.Marshal(secret)
		all = append(all, secret, url.QueryEscape(secret), url.QueryEscape(url.PathEscape(secret)), string(quoted), strings.ReplaceAll(secret, "/", `\/`), html.EscapeString(secret),
			base64.StdEncoding.EncodeToString([]byte("a:"+secret)), base64.URLEncoding.EncodeToString([]byte("Bearer "+secret)), hex.EncodeToString([]byte(secret)))
	}
	r.turn++
	for i := range max(len(all), r.size) { // an error is cut, so that not all of them fit into one, and each refusal begins with others
		start := (i + r.turn) * 3 % len(all)
		body, _ := json.Marshal(map[string]string{"error": "not allowed: " + strings.Join(all[start:min(start+3, len(all))], ", ")})
		r.service.Inject(mockhub.Fault{Route: route, Status: 422, Body: string(body)})
	}
}

// fails applies, and expects that every request that was refused is an error.
func (r *run) fails(words string) {
	r.Helper()
	before := r.Output.Len()
	if r.Run("apply", "-auto-approve") {
		r.Error("a refused apply succeeded")
	}
	if got := r.Output.String()[before:]; !strings.Contains(got, "not allowed") || !strings.Contains(got, words) {
		r.Errorf("the apply does not fail with %q:\n%.3000s", words, got)
	}
}

// TestSecrets is goals.md S1. It prints its figures with -v.
func TestSecrets(t *testing.T) {
	t.Parallel()
	goal, _ := strconv.Atoi(os.Getenv("SECRETS_MB"))
	size := 1
	if goal > 0 {
		size = 30
	}
	logs, total, files := 0, 0, 0
	for runs := 1; ; runs++ {
		r := newRun(t, size)
		r.life()
		written := r.Written()
		written["the output"], written["the output without line breaks"] = r.Output.Bytes(), joined(r.Output.String())
		r.look(written)
		logs += len(written["trace.log"])
		for _, text := range written {
			total, files = total+len(text), files+1
		}
		for _, name := range []string{"trace.log", "one.tfplan/tfplan", "terraform.tfstate", "show/state.json", "exported/imports.tf", "probe.txt"} {
			if len(written[name]) == 0 {
				t.Errorf("there is no %s: look at this test", name)
			}
		}
		if t.Failed() || logs >= goal*1_000_000 {
			t.Logf("S1: %d runs, %d files of %d MB, of that %d MB of TRACE logs; %d secrets in %d writings each", runs, files, total/1_000_000, logs/1_000_000, len(nowhere)+len(inState), len(writings(apiKey)))
			return
		}
		if err := os.RemoveAll(r.Dir); err != nil {
			t.Fatal(err)
		}
	}
}

// look searches all that was written.
func (r *run) look(written map[string][]byte) {
	r.Helper()
	for name, text := range written {
		if strings.HasPrefix(name, ".terraform/providers/") {
			continue
		}
		find := hits
		if strings.Contains(name, "without line breaks") {
			find = joinedHits
		}
		for what, secret := range nowhere {
			if found := find(secret, text); len(found) > 0 {
				r.Errorf("%s has %s (%v)", name, what, found)
			}
		}
		for what, secret := range inState {
			if found := find(secret, text); len(found) > 0 && !allowed(name, secret) {
				r.Errorf("%s has %s (%v)", name, what, found)
			}
		}
	}
	for what, secret := range inState { // or this test would not see anything
		if len(hits(secret, written["terraform.tfstate.backup"])) == 0 || len(hits(secret, written["show/plan.json"])) == 0 {
			r.Errorf("the state and the plan do not have %s: look at this test", what)
		}
	}
}

// joined returns what Terraform prints without the frames and the line breaks of errors, which can be within a secret. A space in a secret may have been
// one of them, so that it is left out of both.
func joined(output string) []byte {
	return []byte(strings.NewReplacer("\x1b[31m", "", "\x1b[0m", "", "│", "", "\n", "", " ", "").Replace(output))
}

// life goes through the life of the configuration.
func (r *run) life() {
	r.Helper()
	const secret = "headers = { X-Shop = \"north\" }\n  secret_headers_wo = { Authorization = \"Bearer ${var.header}\", X-Token = var.header }"
	r.configure(secret)
	r.Must("init")
	r.Must("validate")
	r.refuse("POST /chatbot/{uuid}/agent/create", apiKey, prompt)
	r.fails("(")
	r.service.ClearFaults()
	r.refuse("POST /agent/{uuid}/function/create", apiKey, header, token, prompt)
	r.fails("(")
	r.service.ClearFaults()
	r.Must("plan", "-out=one.tfplan")
	r.saved("plan.json", "show", "-json", "one.tfplan")
	r.Must("show", "one.tfplan")
	r.Must("apply", "one.tfplan")
	if got := r.functions(); len(got) != r.size || got[0].Headers["Authorization"] != "Bearer "+header {
		r.Fatalf("the service got %v", got)
	}

	r.Env["TF_VAR_header"] = other
	r.refuse("POST /function/{uuid}/update", apiKey, other, "Bearer "+other)
	r.fails("(")
	r.service.ClearFaults()
	r.saved("apply.json", "apply", "-auto-approve", "-json")
	r.drift()
	r.Must("plan", "-out=two.tfplan")
	r.Must("apply", "-refresh-only", "-auto-approve")
	r.configure("headers = { X-Shop = \"south\" }") // the secrets are read and sent along
	r.refuse("POST /function/{uuid}/update", "Bearer "+header, unseen, other)
	r.fails("(")
	r.service.ClearFaults()
	r.Must("apply", "-auto-approve")
	r.saved("state.json", "show", "-json")
	r.saved("state.txt", "show") // Terraform shows what a data source has read: it marks only what a configuration marks as sensitive
	r.tools()

	r.refuse("POST /function/{uuid}/delete", apiKey) // which is the only secret that the process of a destroy gets
	if r.Run("destroy", "-auto-approve") {
		r.Error("a refused destroy succeeded")
	}
	r.service.ClearFaults()
	const address = "aichatbothub_tool_function.t[0]"
	one := r.functions()[0]
	r.Must("state", "rm", address)
	r.Must("import", address, r.bot+"/"+r.agentOf(one.UUID)+"/"+one.UUID)
	r.saved("destroy.txt", "destroy", "-auto-approve") // for the same reason it shows what was imported
	if left := r.functions(); len(left) > 0 {
		r.Errorf("%d tool functions are left", len(left))
	}
}

// drift changes the secrets of the service.
func (r *run) drift() {
	for _, one := range r.functions() {
		r.service.EditFunction(one.UUID, func(f *mockhub.Function) { f.Headers["Authorization"], f.Headers["X-Api-Key"] = header, unseen })
	}
}

// tools runs everything else that prints or writes: the console, the export and the probe.
func (r *run) tools() {
	r.Helper()
	out, err := r.Program("aichatbothub_agent.a[0].prompt\naichatbothub_tool_function.t[0]\n", r.CLI.Path, "console")
	if err != nil || !bytes.Contains(out, []byte("(sensitive value)")) {
		r.Errorf("terraform console: %v\n%s", err, out)
	}
	r.write("console.txt", out)
	for _, args := range [][]string{{"export", "-dir", "exported"}, {"probe", "-json"}} {
		out, err := r.Program("", r.CLI.Installation.Binary, args...)
		if err != nil {
			r.Errorf("%v: %v\n%s", args, err, out)
		}
		r.write(args[0]+".txt", out)
	}
}

// functions returns the tool functions of the service.
func (r *run) functions() []mockhub.Function {
	var all []mockhub.Function
	for _, a := range r.service.Agents(r.bot) {
		all = append(all, a.Functions...)
	}
	return all
}

func (r *run) agentOf(function string) string {
	for _, a := range r.service.Agents(r.bot) {
		if slices.ContainsFunc(a.Functions, func(f mockhub.Function) bool { return f.UUID == function }) {
			return a.UUID
		}
	}
	return ""
}
