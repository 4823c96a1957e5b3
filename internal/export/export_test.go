package export_test

import (
	"regexp"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/subcommand"
)

// The routes of the lists that an export reads.
const (
	listChatbots = "GET /chatbots"
	listAgents   = "GET /chatbot/{uuid}/agents"
	listSources  = "GET /chatbot/{uuid}/data-sources"
	listTags     = "GET /chatbot/{uuid}/source-tags"
)

func newDir(t *testing.T) string { t.Helper(); return t.TempDir() + "/bots" }

// TestRequests: one list of chatbots, and one for each collection of a chatbot that is included.
func TestRequests(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	bigAccount(e, 2, accountSize{6, 12, 6, 20, 6})
	for include, want := range map[string]map[string]int{
		"":                              {listAgents: 6, listSources: 6, listTags: 6},
		"agents":                        {listAgents: 6},
		"agents,tool_functions":         {listAgents: 6},
		"Tool-Functions":                {listAgents: 6},
		"sources, source-tags":          {listSources: 6, listTags: 6},
		"agents,tool_functions,sources": {listAgents: 6, listSources: 6},
	} {
		e.Forget()
		args := []string{"-dir", newDir(t)}
		if include != "" {
			args = append(args, "-include", include)
		}
		run(t, e, args...).good(t)
		all := 1
		for _, route := range []string{listAgents, listSources, listTags} {
			all += want[route]
			if n := e.Count(route); n != want[route] {
				t.Errorf("-include %q: %d times %s, want %d", include, n, route, want[route])
			}
		}
		if n := e.Count(""); n != all {
			t.Errorf("-include %q: %d requests, want %d", include, n, all)
		}
	}
}

// unaligned removes the alignment of arguments.
var unaligned = regexp.MustCompile(` +=`)

// TestInclude: objects that are not included are not written, and references to them are literal ids.
func TestInclude(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	bot := e.AddChatbot(mockhub.Chatbot{Name: "Support"})
	source := e.AddSource(bot, mockhub.Source{Type: "link", FileName: "https://example.com/a"})
	agent := e.AddAgent(bot, mockhub.Agent{Name: "Sales", DataSourceUUIDs: []string{source}})
	e.AddFunction(agent, mockhub.Function{Name: "find_order"})
	for include, wants := range map[string][]string{
		"agents":         {"\"aichatbothub_agent\"", "source_ids = [\"" + source + "\"]", "!aichatbothub_source", "!aichatbothub_tool_function"},
		"tool_functions": {"\"aichatbothub_tool_function\"", "agent_id = \"" + agent + "\"", "!\"aichatbothub_agent\"", "!aichatbothub_default_agent"},
		"sources":        {"\"aichatbothub_source\"", "!aichatbothub_agent"},
		"agents,sources": {"[aichatbothub_source.support_example_com_a.id]"},
	} {
		dir := newDir(t)
		run(t, e, "-dir", dir, "-include", include).good(t)
		text := unaligned.ReplaceAllString(all(t, dir), " =")
		for _, want := range wants {
			if absent := strings.TrimPrefix(want, "!"); strings.Contains(text, absent) != (absent == want) {
				t.Errorf("-include %s: %s\n%s", include, want, text)
			}
		}
	}
}

// TestChatbot: chatbots are selected by name, by id in any notation, and by the address of the chat page. The selection changes no name.
func TestChatbot(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	id := "0123456789abcdef0123456789abcdef"
	e.AddChatbot(mockhub.Chatbot{Name: "Twin"})
	e.Clock().Advance(2e9)
	e.AddChatbot(mockhub.Chatbot{UUID: id, Name: "Twin"})
	other := e.AddChatbot(mockhub.Chatbot{Name: " Other "})
	for selector, file := range map[string]string{
		id: "twin_2.tf", "01234567-89AB-cdef-0123-456789abcdef": "twin_2.tf", "https://app.example.com/widget/" + id + "?x=1": "twin_2.tf", "Other": "other.tf",
	} {
		dir := newDir(t)
		e.Forget()
		run(t, e, "-dir", dir, "-chatbot", selector).good(t)
		files := tree(t, dir)
		if len(files) != 3 || files[file] == "" {
			t.Errorf("-chatbot %q wrote %d files, want %s, imports.tf and terraform.tf", selector, len(files), file)
		}
		if n := e.Count(""); n != 4 {
			t.Errorf("-chatbot %q took %d requests", selector, n)
		}
	}
	dir := newDir(t)
	run(t, e, "-dir", dir, "-chatbot", other, "-chatbot", id, "-chatbot", "Other").good(t)
	if files := tree(t, dir); len(files) != 4 {
		t.Errorf("%d files for two chatbots", len(files))
	}
	for selector, wants := range map[string][]string{
		"Twin":                       {"2 chatbots have the name", id},
		"Nobody":                     {`no chatbot "Nobody"`, id + "  Twin", other + "  Other"},
		strings.Repeat("0", 32):      {"no chatbot", id},
		"https://example.com/widget": {"no chatbot"},
	} {
		dir := newDir(t)
		r := run(t, e, "-dir", dir, "-chatbot", selector)
		if r.code != 1 || len(tree(t, dir)) > 0 {
			t.Errorf("-chatbot %q: exit code %d", selector, r.code)
		}
		for _, want := range wants {
			if !strings.Contains(r.stderr, want) {
				t.Errorf("-chatbot %q: %s\nlacks %q", selector, r.stderr, want)
			}
		}
	}
}

// TestDecomposedChatbot: a name is the same in Unicode's forms NFC and NFD, at the service and in the command line.
func TestDecomposedChatbot(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	e.AddChatbot(mockhub.Chatbot{Name: norm.NFD.String("Größe")})
	e.AddChatbot(mockhub.Chatbot{Name: "Café"})
	for _, selector := range []string{"Größe", norm.NFD.String("Größe"), norm.NFD.String("Café")} {
		run(t, e, "-dir", newDir(t), "-chatbot", selector).good(t)
	}
}

// TestMisuse: for an invalid command line the usage is printed, and nothing is sent.
func TestMisuse(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	for args, want := range map[string]string{
		"":                                       "-dir is missing",
		"-dir=":                                  "-dir is missing",
		"-dir=x -include=agents,foo":             `"foo" is not one of agents, tool_functions, sources, source_tags`,
		"-dir=x -include=conversations":          `"conversations" is not one of`,
		"-dir=x -chatbot= -force":                "the value is empty",
		"-dir=x y":                               `unexpected argument "y"`,
		"-dir=x -knowledge-base -include=agents": "-knowledge-base writes sources, and -include leaves them out",
		"-dir=x -overwrite":                      "unknown option -overwrite",
		"-force=maybe -dir=" + newDir(t):         "invalid boolean value",
	} {
		r := run(t, e, strings.Fields(args)...)
		if r.code != 1 || r.stdout != "" || !strings.Contains(r.stderr, want) || !strings.Contains(r.stderr, "Usage:") {
			t.Errorf("%s: exit code %d\n%s", args, r.code, r.stderr)
		}
	}
	if r := run(t, e, "-h"); r.code != 0 || r.stderr != "" || !strings.Contains(r.stdout, "-knowledge-base") {
		t.Errorf("-h: %+v", r)
	}
	if n := e.Count(""); n != 0 {
		t.Errorf("%d requests", n)
	}
}

// TestSettings: settings are read from the environment, and all their problems are reported together.
func TestSettings(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	dir := newDir(t)
	r := runAs(t, e, func(c *subcommand.Command) {
		c.Getenv = func(name string) string {
			return map[string]string{"AICHATBOTHUB_BASE_URL": "http://example.com"}[name]
		}
	}, "-dir", dir)
	if r.code != 1 || !strings.Contains(r.stderr, "Missing API key") || !strings.Contains(r.stderr, "Invalid base URL") {
		t.Errorf("exit code %d\n%s", r.code, r.stderr)
	}
}

// TestTerminal: a terminal shows the progress and the next steps. Nothing is written to a pipe (good checks that in all tests).
func TestTerminal(t *testing.T) {
	t.Parallel()
	e := acctest.Start(t)
	bigAccount(e, 3, accountSize{chatbots: 2, agents: 1})
	dir := newDir(t)
	r := runAs(t, e, func(c *subcommand.Command) { c.Terminal = true }, "-dir", dir)
	for _, want := range []string{"\rRead 2 of 2 chatbots …", "Wrote ", " files to " + dir + ": 2 chatbots, 2 default agents, 1 agent.\n", "cd " + dir + " && terraform init && terraform plan"} {
		if r.code != 0 || !strings.Contains(r.stderr, want) {
			t.Errorf("exit code %d, %q lacks %q", r.code, r.stderr, want)
		}
	}
}
