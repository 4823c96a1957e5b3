package base

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
)

// TestAdvice: the text leads to the cause of an error, and not to another one.
func TestAdvice(t *testing.T) {
	t.Parallel()
	refused := func(status int, json bool) error {
		return &hub.Error{Method: "POST", Path: "/x", Status: status, JSON: json}
	}
	page := func(status int) error {
		return &hub.Error{Method: "POST", Path: "/x", Status: status, HTML: true, Message: "a web page"}
	}
	broken := func(err error) error { return &hub.TransportError{Method: "POST", Path: "/x", Err: err} }
	untrusted := func(err error) error {
		return broken(fmt.Errorf("tls: %w", &tls.CertificateVerificationError{Err: err}))
	}
	const network, timeout = "Check the network", "request_timeout"
	const url = "heck base_url in the provider block or AICHATBOTHUB_BASE_URL"
	for name, c := range map[string]struct {
		err            error
		want, unwanted string
	}{
		"404":                      {refused(404, true), "may have been deleted outside of Terraform", url},
		"410":                      {refused(410, true), "may have been deleted outside of Terraform", url},
		"404 of a page":            {refused(404, false), "every request fails like this, c" + url, timeout},
		"405":                      {refused(405, false), url + ": it must be the address of an AI Chatbot Hub (or GPT-trainer) deployment without the path of a page", timeout},
		"403":                      {refused(403, true), "A limit of the account's plan", "proxy"},
		"403 of a proxy":           {refused(403, false), "a proxy, a firewall or a bot protection", "limit of the account"},
		"407":                      {refused(407, false), "a proxy, a firewall", "limit of the account"},
		"400 page":                 {page(400), "without the path of a page", "plan"},
		"401 page":                 {page(401), "A proxy or a login page in front of it can also cause this", "plan"},
		"403 page":                 {page(403), "The service itself did not answer. C" + url + ".", "API key"},
		"503 page":                 {page(503), "The service itself did not answer. C" + url + ".", "failed to process"},
		"500 page":                 {page(500), "The service failed to process the request", "base_url"},
		"402":                      {refused(402, true), "A limit of the account's plan", "proxy"},
		"400":                      {refused(400, true), "Correct the values that its message names", "Check"},
		"409":                      {refused(409, true), "Another object, or a change that was made at the same time, is in the way", "Correct"},
		"413":                      {refused(413, false), "Use a smaller file", "Correct"},
		"422":                      {refused(422, true), "Correct the values that its message names", "Check"},
		"429":                      {refused(429, true), "Run Terraform again later. To send fewer requests, set requests_per_minute", "apply again"},
		"500":                      {refused(500, true), "Run Terraform again later", "apply again"},
		"a redirect":               {redirected(), "heck base_url in the provider block or AICHATBOTHUB_BASE_URL: it is probably not the service's own address", network},
		"an unknown answer":        {&hub.AnswerError{Reason: "it is empty"}, hub.ReportIt, url},
		"a page":                   {&hub.AnswerError{HTML: true}, "without the path of a page", timeout},
		"gone":                     {&hub.GoneError{What: "chatbot 1"}, "the next plan creates it again", timeout},
		"gone, wrapped":            {fmt.Errorf("x: %w", &hub.GoneError{What: "chatbot 1"}), "the next plan creates it again", timeout},
		"proxy":                    {broken(&hub.ProxyError{Host: "proxy.example", Status: 403}), "HTTPS_PROXY", timeout},
		"proxy with a password":    {broken(&hub.ProxyError{Host: "proxy.example", Status: 407}), "user name and a password", timeout},
		"unknown authority":        {untrusted(x509.UnknownAuthorityError{}), "SSL_CERT_FILE", timeout},
		"certificate of a host":    {untrusted(x509.HostnameError{Certificate: &x509.Certificate{}, Host: "x"}), "certificate is that of another host. C" + url, "SSL_CERT_FILE"},
		"expired certificate":      {untrusted(x509.CertificateInvalidError{Reason: x509.Expired}), "Check its clock", "SSL_CERT_FILE"},
		"certificate not usable":   {untrusted(x509.CertificateInvalidError{Reason: x509.NotAuthorizedToSign}), "SSL_CERT_FILE", "clock"},
		"network":                  {broken(errors.New("connection refused")), network, "certificate"},
		"interrupted":              {broken(context.Canceled), "no answer: the run was interrupted.\n\nRun Terraform again.", network},
		"interrupted before":       {context.Canceled, "Agent: the run was interrupted.\n\nRun Terraform again.", network},
		"an error of the provider": {errors.New("hashing failed"), "", network},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var diags diag.Diagnostics
			Failure{Doing: "update", Noun: "agent"}.Report(&diags, c.err)
			if got := diags[0].Detail(); !strings.Contains(got, c.want) || strings.Contains(got, c.unwanted) {
				t.Errorf("want %q and not %q:\n%s", c.want, c.unwanted, got)
			}
		})
	}
}

// redirected returns the error for a request that is redirected to another host.
func redirected() error {
	away := httptest.NewServer(http.RedirectHandler("https://elsewhere.example/", http.StatusFound))
	defer away.Close()
	url, err := hub.ParseBaseURL(away.URL)
	if err != nil {
		return err
	}
	_, err = hub.New(hub.Config{Config: rest.Config{BaseURL: url, APIKey: "key", RequestTimeout: time.Minute}}).Chatbots(context.Background())
	return err
}

// TestAdvisor: advice for a subcommand names its settings and not those of a provider block, and does not speak of Terraform.
func TestAdvisor(t *testing.T) {
	t.Parallel()
	a := Advisor{Key: "KEY", BaseURL: "-url", Again: "Try again", Gone: "It is gone."}
	broken := func(err error) error { return &hub.TransportError{Err: err} }
	for name, c := range map[string]struct {
		err  error
		want string
	}{
		"key":         {&hub.Error{Status: 401, JSON: true}, "Check KEY:"},
		"gone":        {&hub.GoneError{What: "chatbot 1"}, "It is gone."},
		"404":         {&hub.Error{Status: 404}, "check -url:"},
		"405":         {&hub.Error{Status: 405}, "Check -url:"},
		"409":         {&hub.Error{Status: 409, JSON: true}, "Try again when"},
		"429":         {&hub.Error{Status: 429, JSON: true}, "The service limits the number of requests. Try again later."},
		"500":         {&hub.Error{Status: 500, JSON: true}, "Try again later."},
		"blocked":     {&hub.Error{Status: 403, HTML: true}, "Check -url."},
		"page":        {&hub.AnswerError{HTML: true}, "Check -url:"},
		"unusable":    {&hub.AnswerError{}, "Try again. If"},
		"network":     {broken(errors.New("reset")), "Check the network and -url."},
		"certificate": {broken(x509.HostnameError{Certificate: &x509.Certificate{}, Host: "x"}), "Check -url."},
		"redirect":    {redirected(), "Check -url:"},
		"proxy":       {broken(&hub.ProxyError{Host: "proxy.example", Status: 403}), "the host of the service"},
		"400":         {&hub.Error{Status: 400, JSON: true}, "refused"},
		"403":         {&hub.Error{Status: 403, JSON: true}, "The API key"},
	} {
		got := a.Advice(c.err)
		if !strings.Contains(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
		for _, unwanted := range []string{"Terraform", "provider block", "base_url", "api_key", "BASE_URL", "request_timeout", "requests_per_minute", "  ", "apply"} {
			if strings.Contains(got, unwanted) {
				t.Errorf("%s: %q has %q", name, got, unwanted)
			}
		}
	}
}

// TestHalfDone: what a create has done is said in every form of the error.
func TestHalfDone(t *testing.T) {
	t.Parallel()
	f := Failure{Doing: "create", Noun: "agent", Done: Tainted("agent"), Attribute: func(loc []string) (path.Path, bool) { return path.Root(loc[0]), loc[0] == "name" }}
	for name, err := range map[string]error{
		"400":                 &hub.Error{Status: 400, JSON: true, Message: "no"},
		"401":                 &hub.Error{Status: 401, JSON: true, Message: "no"},
		"422 of an attribute": &hub.Error{Status: 422, JSON: true, Message: "no", Fields: []hub.FieldError{{Loc: []string{"name"}, Msg: "no"}}},
		"422 of another":      &hub.Error{Status: 422, JSON: true, Message: "no", Fields: []hub.FieldError{{Loc: []string{"x"}, Msg: "no"}}},
		"no answer":           &hub.TransportError{Err: errors.New("reset")},
	} {
		var diags diag.Diagnostics
		f.Report(&diags, err)
		if got := diags[0].Detail(); !strings.Contains(got, "\n\nThe agent exists. It is in the state and tainted") || !strings.Contains(got, "terraform untaint") {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestDescribePath(t *testing.T) {
	t.Parallel()
	for want, p := range map[string]path.Path{
		"name":                     path.Root("name"),
		"rate_limit.messages":      path.Root("rate_limit").AtName("messages"),
		`initial_variables["a"]`:   path.Root("initial_variables").AtMapKey("a"),
		"variables[0].name":        path.Root("variables").AtListIndex(0).AtName("name"),
		idA + " in source_ids":     path.Root("source_ids").AtSetValue(types.StringValue(idA)),
		"an element of source_ids": path.Root("source_ids").AtSetValue(types.Int64Value(1)),
	} {
		if got := describePath(p); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func TestQuote(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"prices.pdf": `"prices.pdf"`, "a\nb": `"a\nb"`, "https://me:c4nary@example.com:81/c4nary?c4nary#c4nary": `"https://example.com:81/…"`,
		"https://[c4nary": "a URL", "https:///c4nary": "a URL", strings.Repeat("x", 300): `"` + strings.Repeat("x", 200) + `…"`,
	} {
		if got := Quote(name); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

// TestFindOneWords: numbers and nouns agree, and several matches are not called "not found".
func TestFindOneWords(t *testing.T) {
	t.Parallel()
	type object struct{ id, name string }
	for _, c := range []struct {
		all             []object
		summary, detail string
	}{
		{nil, "Source tag not found", "Chatbot x has no source tags. Check that it is the right chatbot."},
		{[]object{{"1", "b"}}, "Source tag not found", `Chatbot x has 1 source tag, and none with the name "a". Upper and lower case are different. The most similar name is "b".`},
		{[]object{{"1", "bcd"}, {"2", "c"}, {"3", "A"}, {"4", "A"}, {"5", "https://h/?c4nary"}, {"6", "h/?c4nary"}, {"7", "defgh"}}, "Source tag not found",
			`Chatbot x has 7 source tags, and none with the name "a". Upper and lower case are different. The most similar names are "A", "c", "bcd".`},
		{[]object{{"1", "a"}, {"2", "a"}}, "Several source tags found", `Chatbot x has 2 source tags with the name "a". Use one of their ids instead:` + "\n\n" + `  id = "1"  # red`},
	} {
		var diags diag.Diagnostics
		_, ok := Lookup[object]{Noun: "source tag", Chatbot: types.StringValue("x"), ID: types.StringNull(), Attribute: "name", Value: types.StringValue("a"),
			IDOf: func(o object) hub.ID { return hub.ID(o.id) }, ValueOf: func(o object) string { return o.name }, Describe: func(object) string { return "red" }}.FindOne(c.all, &diags)
		if ok || diags[0].Summary() != c.summary || !strings.HasPrefix(diags[0].Detail(), c.detail) {
			t.Errorf("%v: %v", c.all, diags)
		}
	}
}

// TestFindOneAdvice: what to do about an object that is not found depends on how it was looked for. An address is not compared exactly.
func TestFindOneAdvice(t *testing.T) {
	t.Parallel()
	all := []string{"https://h/a", "b.md"}
	for name, c := range map[string]struct {
		lookup         Lookup[string]
		all            []string
		want, unwanted string
	}{
		"an id":       {Lookup[string]{Chatbot: types.StringValue("x"), ID: types.StringValue("1")}, all, `Chatbot x has 2 sources, and none with the id "1". The source may have been deleted, or belong to another chatbot.`, "case"},
		"an address":  {Lookup[string]{Chatbot: types.StringValue("x"), Value: types.StringValue("https://H/A")}, all, `none with the file_name "https://H/…". In the path of an address, upper and lower case are different.`, "similar"},
		"a name":      {Lookup[string]{Chatbot: types.StringValue("x"), Value: types.StringValue("B.md")}, all, `Upper and lower case are different. The most similar name is "b.md".`, "address"},
		"no objects":  {Lookup[string]{Value: types.StringValue("a")}, nil, "The account has no sources. Check that the API key belongs to the account of the source.", "similar"},
		"the account": {Lookup[string]{Value: types.StringValue("a")}, all, `The account has 2 sources, and none with the file_name "a".`, "hatbot"},
	} {
		var diags diag.Diagnostics
		c.lookup.Noun, c.lookup.Attribute = "source", "file_name"
		c.lookup.IDOf, c.lookup.ValueOf = func(s string) hub.ID { return hub.ID(s) }, func(s string) string { return s }
		if c.lookup.Value.IsNull() == c.lookup.ID.IsNull() {
			t.Fatal(name)
		}
		_, ok := c.lookup.FindOne(c.all, &diags)
		if got := diags[0].Detail(); ok || !strings.Contains(got, c.want) || strings.Contains(got, c.unwanted) {
			t.Errorf("%s: %s", name, got)
		}
	}
}
