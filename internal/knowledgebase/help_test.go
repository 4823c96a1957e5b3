package knowledgebase_test

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// The routes of sources.
const (
	list     = "GET /chatbot/{uuid}/data-sources"
	upload   = "POST /chatbot/{uuid}/data-source/upload"
	ask      = "POST /chatbot/{uuid}/data-source/qa"
	fetch    = "POST /chatbot/{uuid}/data-source/url"
	bulk     = "POST /data-sources/delete"
	restart  = "POST /api/data-sources/restart"
	rescrape = "POST /data-sources/url/re-scrape"
	address  = "aichatbothub_knowledge_base.shop"
)

// env is a mock with a chatbot, and a folder.
type env struct {
	*acctest.Env
	t       *testing.T
	chatbot string
	dir     string
}

func start(t *testing.T, quirks ...func(*mockhub.Quirks)) *env {
	t.Helper()
	e := acctest.Start(t, quirks...)
	return &env{e, t, e.SeedChatbot(), t.TempDir()}
}

// folderValue returns the value of the argument folder for the folder of the test.
func (e *env) folderValue() tftypes.Value {
	patterns := tftypes.List{ElementType: tftypes.String}
	return tftypes.NewValue(tftypes.Object{AttributeTypes: map[string]tftypes.Type{"path": tftypes.String, "include": patterns, "exclude": patterns, "link_prefix": tftypes.String}}, map[string]tftypes.Value{
		"path": tftypes.NewValue(tftypes.String, e.dir), "include": tftypes.NewValue(patterns, nil), "exclude": tftypes.NewValue(patterns, nil), "link_prefix": tftypes.NewValue(tftypes.String, nil)})
}

// files writes files with these contents; an empty content removes the file.
func (e *env) files(contents map[string]string) {
	e.t.Helper()
	for name, content := range contents {
		at := filepath.Join(e.dir, filepath.FromSlash(name))
		err := os.MkdirAll(filepath.Dir(at), 0o750)
		switch {
		case err != nil:
		case content == "":
			err = os.Remove(at)
		default:
			err = os.WriteFile(at, []byte(content), 0o600)
		}
		if err != nil {
			e.t.Fatal(err)
		}
	}
}

// config returns a configuration of a knowledge base with these arguments, and other blocks.
func (e *env) config(arguments string, others ...string) string {
	return e.Config(fmt.Sprintf("resource \"aichatbothub_knowledge_base\" \"shop\" {\n  chatbot_id = %q\n%s\n}\n%s", e.chatbot, arguments, strings.Join(others, "\n")))
}

// folder is the argument of the folder.
func (e *env) folder() string { return fmt.Sprintf("folder = { path = %q }", e.dir) }

// sources returns the sources of the chatbot by file name or question, with their content or answer.
func (e *env) sources() map[string]string {
	all := map[string]string{}
	for _, s := range e.Sources(e.chatbot) {
		name := s.FileName + s.Question
		for all[name] != "" {
			name += "'"
		}
		all[name] = s.Answer + "."
	}
	return all
}

// has checks the names of the sources of the chatbot.
func (e *env) has(names ...string) resource.TestCheckFunc {
	return func(*terraform.State) error {
		var all []string
		for name := range e.sources() {
			all = append(all, name)
		}
		slices.Sort(all)
		slices.Sort(names)
		if !slices.Equal(all, names) {
			return fmt.Errorf("the sources are %q, want %q", all, names)
		}
		return nil
	}
}

// hurry moves the service's clock by d with each list of sources.
func (e *env) hurry(d time.Duration) {
	e.Inject(mockhub.Fault{Route: list, Times: -1, Mutate: func(answer []byte) []byte { e.Clock().Advance(d); return answer }})
}

func planned(action plancheck.ResourceActionType) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, action)}}
}

func state(attribute string, check knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(address, tfjsonpath.New(attribute), check)
}

// keysOf checks the keys of a map in the state.
func keysOf(attribute string, keys ...string) statecheck.StateCheck {
	want := map[string]knownvalue.Check{}
	for _, key := range keys {
		want[key] = knownvalue.NotNull()
	}
	return state(attribute, knownvalue.MapExact(want))
}

var (
	isTrained = state("trained", knownvalue.Bool(true))
	noFailure = state("failed", knownvalue.MapSizeExact(0))
)

// successor is the name of the source that replaces a file, with the beginning of the hash of its content.
func successor(name, content string) string {
	stem, ext, _ := strings.Cut(name, ".")
	sum := sha256.Sum256([]byte(content))
	return fmt.Sprintf("%s.%x.%s", stem, sum[:4], ext)
}

// answer asks the chatbot a question, as a visitor does.
func (e *env) answer(session, question string) string {
	body := strings.NewReader(fmt.Sprintf("{\"query\":%q}", question))
	req, err := http.NewRequestWithContext(e.t.Context(), http.MethodPost, e.URL+"/api/v1/session/"+session+"/message/non-stream", body)
	if err != nil {
		return err.Error()
	}
	req.Header.Set("Authorization", "Bearer "+e.Key())
	req.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err.Error()
	}
	defer func() { _ = resp.Body.Close() }()
	var out struct{ Response string }
	_ = json.NewDecoder(resp.Body).Decode(&out)
	return out.Response
}
