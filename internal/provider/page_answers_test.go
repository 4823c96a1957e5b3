package provider_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// TestWebPages: an error whose body is a web page does not come from the API. It never means that an object is gone, and a 403 or 503 of this
// kind is explained as bot protection or a proxy, in every method of every noun and in every data source.
func TestWebPages(t *testing.T) {
	t.Parallel()
	for _, status := range []int{400, 403, 404, 503} {
		for _, n := range acctest.Nouns {
			t.Run(fmt.Sprint(n.Type, " ", status), func(t *testing.T) {
				t.Parallel()
				newStage(t).pages(n, status, nil)
			})
			t.Run(fmt.Sprint(n.Type, " ", status, " to writes"), func(t *testing.T) {
				t.Parallel()
				newStage(t).pages(n, status, newStage(t).writes(n))
			})
		}
		t.Run(fmt.Sprint("data ", status), func(t *testing.T) {
			t.Parallel()
			s := newStage(t)
			s.Inject(mockhub.Fault{Status: status, HTML: true, Times: -1})
			for typeName, of := range s.Schema.DataSourceSchemas {
				resp, err := s.ReadDataSource(t.Context(), &tfprotov6.ReadDataSourceRequest{TypeName: typeName, Config: s.inputs(typeName, of)})
				s.must(err)
				s.blamesNoService(typeName, status, resp.Diagnostics)
			}
		})
	}
}

// writes returns the routes of the requests that are not reads, by operation.
func (s *stage) writes(n acctest.Noun) map[string][]string {
	typeName := acctest.Prefix + n.Type
	routes := map[string][]string{}
	done := func(operation string, resp *tfprotov6.ApplyResourceChangeResponse) {
		s.Clean(resp.Diagnostics)
		for _, r := range s.Requests() {
			if r.Method != http.MethodGet && !slices.Contains(routes[operation], r.Route) {
				routes[operation] = append(routes[operation], r.Route)
			}
		}
		s.must(s.NewRun(s.Env))
		s.Forget()
	}
	s.Forget()
	made := s.apply(typeName, nil, n.Create, nil, false)
	done("create", made)
	if n.Update != nil {
		config := maps.Clone(n.Create)
		maps.Copy(config, n.Update)
		made = s.apply(typeName, made.NewState, config, made.Private, false)
		done("update", made)
	}
	done("delete", s.apply(typeName, made.NewState, nil, made.Private, false))
	return routes
}

// pages creates, reads, updates and deletes an object while all answers are web pages with a status, or those of the routes of each operation.
func (s *stage) pages(n acctest.Noun, status int, routes map[string][]string) {
	typeName := acctest.Prefix + n.Type
	var made *tfprotov6.ApplyResourceChangeResponse
	during := func(do func() []*tfprotov6.Diagnostic, what string) {
		of := routes[what]
		if routes == nil {
			of = []string{""}
		}
		if len(of) == 0 {
			return // a read has no writes
		}
		s.before = func() {
			for _, route := range of {
				s.Inject(mockhub.Fault{Route: route, Status: status, HTML: true, Times: -1})
			}
		}
		s.must(s.NewRun(s.Env))
		diags := do()
		s.before = nil
		s.ClearFaults()
		s.blamesNoService(typeName+": "+what, status, diags)
	}
	during(func() []*tfprotov6.Diagnostic { return s.apply(typeName, nil, n.Create, nil, false).Diagnostics }, "create")
	s.must(s.NewRun(s.Env))
	made = s.apply(typeName, nil, n.Create, nil, false)
	s.Clean(made.Diagnostics)
	id := s.id(typeName, made.NewState)
	keeps := func(what string, state *tfprotov6.DynamicValue) {
		if s.id(typeName, state) != id {
			s.Errorf("%s: the state has lost the object", what)
		}
	}
	during(func() []*tfprotov6.Diagnostic {
		fresh := s.Env.Server(s.T) // which has no list in its cache
		s.before()
		resp, err := fresh.ReadResource(s.Context(), &tfprotov6.ReadResourceRequest{TypeName: typeName, CurrentState: made.NewState, Private: made.Private})
		s.must(err)
		keeps("read", resp.NewState)
		return resp.Diagnostics
	}, "read")
	if n.Update != nil {
		config := maps.Clone(n.Create)
		maps.Copy(config, n.Update)
		during(func() []*tfprotov6.Diagnostic {
			resp := s.apply(typeName, made.NewState, config, made.Private, false)
			keeps("update", resp.NewState)
			return resp.Diagnostics
		}, "update")
	}
	if n.LeavesNothing() {
		return
	}
	during(func() []*tfprotov6.Diagnostic {
		resp := s.apply(typeName, made.NewState, nil, made.Private, false)
		keeps("delete", resp.NewState)
		return resp.Diagnostics
	}, "delete")
}

// blamesNoService fails the test unless there is an error that explains a web page, and none that explains an answer of the service.
func (s *stage) blamesNoService(what string, status int, diags []*tfprotov6.Diagnostic) {
	s.Helper()
	text := words(diags)
	if !strings.Contains(text, "ERROR") || !strings.Contains(text, "web page") {
		s.Errorf("%s: no error names the web page:\n%s", what, text)
	}
	for _, wrong := range []string{"limit of the account's plan", "message credits", "not found", "Nothing to import", "has ended", "already has"} {
		if strings.Contains(text, wrong) {
			s.Errorf("%s: %q is no meaning of a web page:\n%s", what, wrong, text)
		}
	}
	if status != 403 && status != 503 {
		return
	}
	if strings.Contains(text, "Not every deployment") {
		s.Errorf("%s: the page is no missing endpoint:\n%s", what, text)
	}
	for _, want := range []string{"bot protection or a proxy in front of the service", "Check base_url", "the address of this machine", "HTTPS_PROXY"} {
		if !strings.Contains(text, want) {
			s.Errorf("%s lacks %q:\n%s", what, want, text)
		}
	}
}
