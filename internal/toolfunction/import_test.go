package toolfunction_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// seed puts what `full` describes into the service, but for the visible header that looks like a credential.
func (e *env) seed(headers map[string]string) string {
	headers["x-shop"] = "north"
	return e.AddFunction(e.agent, mockhub.Function{Name: "find_order", Description: "Finds an order by its number.", ExternalURL: "https://api.example.com/orders", Method: "POST",
		Parameters: "{\n \"required\": [\"order\"], \"properties\": {\"order\": {\"type\": \"string\"}}, \"type\": \"object\" }", Headers: headers, AllowGPTTrainerProperties: true})
}

// seeded is the configuration of it.
func seeded(changes ...string) []string {
	return with(full, append([]string{"headers", `{ "X-Shop" = "north" }`}, changes...)...)
}

func (e *env) block(form func(string) string, id string) string {
	return "import {\n to = " + address + "\n id = \"" + strings.Join([]string{form(e.chatbot), form(e.agent), form(id)}, "/") + "\"\n}\n"
}

func plain(id string) string { return id }

// dashed writes an id the way other tools show it.
func dashed(id string) string {
	return strings.ToUpper(strings.Join([]string{id[:8], id[8:12], id[12:16], id[16:20], id[20:]}, "-"))
}

// TestImport imports a tool function with secrets: the plan is empty, nothing that looks like a credential enters the state, and a later
// update of a visible header wipes none.
func TestImport(t *testing.T) {
	t.Parallel()
	for name, form := range map[string]func(string) string{"plain": plain, "dashed": dashed} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t)
			hidden := []string{"AUTHORIZATION", secret1, "Proxy-Authorization", "c4nary", "Cookie", "c4nary", "X-Api-Key", "c4nary", "X-Token-2", "c4nary", "My-Secret", "c4nary",
				"Hub-Signature-256", "c4nary", "Password", "c4nary", "X-Auth", "c4nary", "X-JWT", "c4nary", "Set-Cookie", "c4nary", "X-Plain", "Bearer c4nary"}
			at := map[string]string{}
			for i := 0; i < len(hidden); i += 2 {
				at[hidden[i]] = hidden[i+1]
			}
			id := e.seed(at)
			e.Test(t,
				resource.TestStep{Config: e.block(form, id) + e.config(seeded()...), ConfigPlanChecks: noop, Check: all(e.sent(update, "")),
					ConfigStateChecks: []statecheck.StateCheck{value("headers", headers("x-shop", "north"))}},
				resource.TestStep{Config: e.config(seeded("headers", `{ "X-Shop" = "south" }`)...), Check: all(e.stores(t, append(hidden, "X-Shop", "south")...))},
				resource.TestStep{Config: e.config(seeded("headers", "")...), Check: all(e.stores(t, hidden...))},
			)
		})
	}
}

// TestImportManaged imports a tool function whose secrets the configuration has: the same ones are not sent again, others are.
func TestImportManaged(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		secrets string
		want    plancheck.ResourceActionType
	}{
		"the same": {secrets("Authorization", secret1, "x-token", "c4nary"), plancheck.ResourceActionNoop},
		"another":  {secrets("Authorization", secret2, "x-token", "c4nary"), plancheck.ResourceActionUpdate},
		"fewer":    {secrets("Authorization", secret1), plancheck.ResourceActionUpdate},
		"none":     {"{}", plancheck.ResourceActionUpdate},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t)
			id := e.seed(map[string]string{"authorization": secret1, "X-Token": "c4nary"})
			config := e.config(seeded("secret_headers_wo", c.secrets)...)
			stored := map[string][]string{
				"the same": {"x-shop", "north", "authorization", secret1, "X-Token", "c4nary"}, "another": {"x-shop", "north", "Authorization", secret2, "x-token", "c4nary"},
				"fewer": {"x-shop", "north", "Authorization", secret1}, "none": {"x-shop", "north"},
			}[name]
			steps := []resource.TestStep{
				{Config: e.block(plain, id) + config, ConfigPlanChecks: planned(c.want), Check: all(e.stores(t, stored...))},
				{Config: config, ConfigPlanChecks: noop},
			}
			if name == "the same" { // a change elsewhere records them and sends them not, and a change at the service shows, before and after
				drift := func(value string) func() {
					return func() { e.Forget(); e.EditFunction(id, func(f *mockhub.Function) { f.Headers["X-Token"] = value }) }
				}
				named := e.config(seeded("secret_headers_wo", c.secrets, "name", `"other"`)...)
				steps = append(steps,
					resource.TestStep{PreConfig: e.Forget, Config: named, Check: all(e.sent(update, `{"name":"other"}`))},
					resource.TestStep{PreConfig: drift("c4nary edited"), Config: named, ConfigPlanChecks: modifiedUnknown, Check: all()},
					resource.TestStep{Config: named, ConfigPlanChecks: noop})
			}
			e.Test(t, steps...)
		})
	}
}

// TestImportThenDrift: secrets that were never recorded are compared with the service directly.
func TestImportThenDrift(t *testing.T) {
	t.Parallel()
	e := start(t)
	id := e.seed(map[string]string{"Authorization": secret1})
	config := e.config(seeded("secret_headers_wo", secrets("Authorization", secret1))...)
	e.Test(t,
		resource.TestStep{Config: e.block(plain, id) + config, ConfigPlanChecks: noop},
		resource.TestStep{PreConfig: func() { e.EditFunction(id, func(f *mockhub.Function) { f.Headers["Authorization"] = secret2 }) },
			Config: config, ConfigPlanChecks: modifiedUnknown, Check: all(e.stores(t, "x-shop", "north", "Authorization", secret1))},
		resource.TestStep{Config: config, ConfigPlanChecks: noop},
	)
}

func TestImportErrors(t *testing.T) {
	t.Parallel()
	zero := strings.Repeat("0", 32)
	for name, c := range map[string]struct{ id, want string }{
		"not an id": {zero + "/" + zero + "/find_order", `(?s)In\s+the\s+place\s+of\s+<id>,\s+"find_order"\s+contains.*<chatbot_id>/<agent_id>/<id>`},
		"two parts": {zero + "/" + zero, `(?s)has\s+2\s+parts.*<chatbot_id>/<agent_id>/<id>`},
		"missing":   {zero + "/" + zero + "/" + zero, `(?s)Nothing to import.*Agent\s+0{32}\s+of\s+chatbot\s+0{32}\s+has\s+no\s+tool\s+function\s+with\s+the\s+id\s+0{32}\.`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t)
			e.Test(t, resource.TestStep{Config: "import {\n to = " + address + "\n id = \"" + c.id + "\"\n}\n" + e.config(with(required)...),
				PlanOnly: true, ExpectError: regexp.MustCompile(c.want)})
		})
	}
}

// TestIdentityThroughCLI needs a Terraform that supports identity; TestIdentity covers identity without the CLI.
func TestIdentityThroughCLI(t *testing.T) {
	t.Parallel()
	e := start(t)
	same := func(name string) statecheck.StateCheck {
		return statecheck.ExpectIdentityValueMatchesState(address, tfjsonpath.New(name))
	}
	resource.Test(t, resource.TestCase{
		TerraformVersionChecks:   []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_12_0)},
		ProtoV6ProviderFactories: acctest.Factories(),
		Steps: []resource.TestStep{
			{Config: e.config(with(required)...), ConfigStateChecks: []statecheck.StateCheck{same("chatbot_id"), same("agent_id"), same("id"),
				statecheck.ExpectIdentity(address, map[string]knownvalue.Check{"chatbot_id": knownvalue.NotNull(), "agent_id": knownvalue.NotNull(), "id": knownvalue.NotNull()})}},
			{ResourceName: address, ImportState: true, ImportStateKind: resource.ImportBlockWithResourceIdentity},
		},
	})
}

// TestJSON: another order of keys, other white space or another spelling of a number is no change.
func TestJSON(t *testing.T) {
	t.Parallel()
	e := start(t, func(q *mockhub.Quirks) { q.ParametersReordered = true })
	a := "<<EOT\n{ \"type\": \"object\",\n  \"properties\": { \"n\": { \"type\": \"number\", \"minimum\": 1.0 }, \"a\": {\"title\": \"<\\u00e9>\"} } }\nEOT\n"
	b := `jsonencode({ properties = { a = { title = "<é>" }, n = { minimum = 1, type = "number" } }, type = "object" })`
	config := func(p string) string { return e.config(with(required, "parameters", p)...) }
	e.Test(t,
		resource.TestStep{Config: config(a)}, resource.TestStep{Config: config(a), ConfigPlanChecks: noop},
		resource.TestStep{PreConfig: e.Forget, Config: config(b), ConfigPlanChecks: noop, Check: e.sent(update, "")},
		resource.TestStep{Config: config(a), ConfigPlanChecks: noop},
		resource.TestStep{PreConfig: e.Forget, Config: config(b) + "\noutput \"text\" {\n  value = " + address + ".parameters\n}\n", Check: e.sent(update, "")},
	)
}

func TestUnknownAtPlan(t *testing.T) {
	t.Parallel()
	e := start(t)
	in := `
resource "terraform_data" "in" {
  input = { chatbot = "` + e.chatbot + `", agent = "` + e.agent + `", text = "later", url = "https://later.example.com", method = "PUT", json = "{\"type\":\"object\"}", yes = true, secret = "c4nary" }
}
`
	out := "terraform_data.in.output."
	config := in + "resource \"aichatbothub_tool_function\" \"t\" {\n  chatbot_id = " + out + "chatbot\n  agent_id = " + out + "agent\n  " + strings.Join(with(map[string]string{
		"name": out + "text", "description": out + "text", "url": out + "url", "method": out + "method", "parameters": out + "json", "headers": `{ "X-Shop" = ` + out + `text }`,
		"secret_headers_wo": `{ "X-Key" = ` + out + `secret }`, "enabled": out + "yes", "send_session_metadata": out + "yes",
	}), "\n  ") + "\n}\n"
	e.Test(t, resource.TestStep{Config: e.Config(config), ConfigPlanChecks: planned(plancheck.ResourceActionCreate), Check: e.stores(t, "X-Shop", "later", "X-Key", "c4nary"),
		ConfigStateChecks: []statecheck.StateCheck{value("name", knownvalue.StringExact("later")), value("parameters", knownvalue.StringExact(`{"type":"object"}`)),
			value("headers", headers("X-Shop", "later")), value("method", knownvalue.StringExact("PUT"))},
	}, resource.TestStep{Config: e.Config(config), ConfigPlanChecks: noop},
		resource.TestStep{ // maps that are not known as a whole
			Config: e.Config(strings.NewReplacer(`{ "X-Key" = terraform_data.in.output.secret }`, `{ for k in [terraform_data.in.output.text] : k => "c4nary" }`,
				`{ "X-Shop" = terraform_data.in.output.text }`, `{ for k in [terraform_data.in.output.method] : k => "1" }`, "later", "later2").Replace(config)),
			Check: e.stores(t, "PUT", "1", "later2", "c4nary"), ConfigStateChecks: []statecheck.StateCheck{value("headers", headers("PUT", "1"))},
		})
}

func TestBadInput(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("é", 1024)
	for name, c := range map[string]struct {
		arguments []string
		want      string
	}{
		"no name":             {with(required, "name", ""), `(?s)"name" is required`},
		"empty name":          {with(required, "name", `""`), `name string length must be at least 1`},
		"long description":    {with(required, "description", `"`+long+`"`), `(?s)description\s+UTF-8\s+character\s+count\s+must\s+be\s+between\s+1\s+and\s+1023`},
		"no URL":              {with(required, "url", `"orders"`), `(?s)url += .*url\s+must\s+be\s+an\s+http://\s+or\s+https://\s+URL\s+with\s+a\s+host`},
		"other scheme":        {with(required, "url", `"ftp://example.com"`), `must\s+be\s+an\s+http://\s+or\s+https://\s+URL`},
		"no host":             {with(required, "url", `"https://:80/x"`), `must\s+be\s+an\s+http://\s+or\s+https://\s+URL`},
		"method":              {with(required, "method", `"get"`), `(?s)method\s+value\s+must\s+be\s+one\s+of:.*"GET"`},
		"no JSON":             {with(required, "parameters", `"{"`), `(?s)parameters += .*not\s+valid\s+JSON`},
		"no object":           {with(required, "parameters", `jsonencode(["a"])`), `(?s)parameters += .*The\s+value\s+is\s+not\s+a\s+JSON\s+object`},
		"null JSON":           {with(required, "parameters", `"null"`), `The\s+value\s+is\s+not\s+a\s+JSON\s+object`},
		"type":                {with(required, "parameters", `jsonencode({ type = "string" })`), `(?s)The\s+type\s+is\s+"string"\s+and\s+must\s+be\s+"object"`},
		"properties":          {with(required, "parameters", `jsonencode({ properties = ["a"] })`), `The\s+value\s+of\s+properties\s+is\s+not\s+an\s+object`},
		"property":            {with(required, "parameters", `jsonencode({ properties = { a = "string" } })`), `The\s+property\s+"a"\s+is\s+not\s+a\s+schema`},
		"required":            {with(required, "parameters", `jsonencode({ required = "a" })`), `The\s+value\s+of\s+required\s+is\s+not\s+a\s+list`},
		"required null":       {with(required, "parameters", `jsonencode({ required = [null] })`), `The\s+value\s+of\s+required\s+is\s+not\s+a\s+list`},
		"header name":         {with(required, "headers", `{ "X Shop" = "1" }`), `(?s)headers += .*"X\s+Shop"\s+is\s+not\s+a\s+valid\s+name`},
		"empty header name":   {with(required, "headers", `{ "" = "1" }`), `is\s+not\s+a\s+valid\s+name`},
		"header value":        {with(required, "headers", `{ "X-Shop" = "a\r\nX-Evil: 1" }`), `(?s)headers += .*value\s+of\s+the\s+header\s+"X-Shop"\s+contains\s+a\s+line\s+break`},
		"null header":         {with(required, "headers", `{ "X-Shop" = null }`), `value\s+of\s+the\s+header\s+"X-Shop"\s+is\s+null`},
		"same header":         {with(required, "headers", `{ "X-Shop" = "1", "x-shop" = "2" }`), `(?s)Duplicate header.*are\s+the\s+same\s+header`},
		"secret header name":  {with(required, "secret_headers_wo", `{ "X:Key" = "1" }`), `(?s)secret_headers_wo += .*"X:Key"\s+is\s+not\s+a\s+valid\s+name`},
		"secret header value": {with(required, "secret_headers_wo", `{ "X-Key" = "1\n" }`), `(?s)secret_headers_wo += .*value\s+of\s+the\s+header\s+"X-Key"\s+contains\s+a\s+line\s+break`},
		"same secret header":  {with(required, "secret_headers_wo", `{ "X-Key" = "1", "x-key" = "2" }`), `Duplicate header`},
		"in both":             {with(required, "headers", `{ "authorization" = "1" }`, "secret_headers_wo", `{ "Authorization" = "2" }`), `(?s)headers += .*headers\s+has\s+"authorization"\s+and\s+secret_headers_wo\s+has\s+"Authorization"`},
		"no bool":             {with(required, "send_session_metadata", `"maybe"`), `(?s)send_session_metadata.*bool`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t)
			e.Test(t, resource.TestStep{Config: e.config(c.arguments...), PlanOnly: true, ExpectError: regexp.MustCompile(c.want)})
			if n := e.Count(""); n != 0 {
				t.Errorf("%d requests were sent", n)
			}
		})
	}
	t.Run("dashed ids", func(t *testing.T) {
		t.Parallel()
		e := start(t)
		e.Test(t, resource.TestStep{Config: e.at(dashed(e.chatbot), dashed(e.agent), with(required)...), PlanOnly: true,
			ExpectError: regexp.MustCompile(`(?s)chatbot_id += .*Write\s+it\s+as.*agent_id += .*Write\s+it\s+as|(?s)agent_id += .*Write\s+it\s+as.*chatbot_id += .*Write\s+it\s+as`)})
	})
}
