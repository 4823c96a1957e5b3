package provider_test

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// TestPageRequests compares the tables of requests on the pages with what the mock receives: for a resource during a life from the create to the
// delete, and in an import. After a change, write them with -update, read the difference, and run make docs.
func TestPageRequests(t *testing.T) {
	t.Parallel()
	schema := acctest.NewServer(t).Schema
	for _, n := range acctest.Nouns {
		pageRequests(t, "resources", acctest.Prefix+n.Type, func(s *stage) []requestRow { return s.life(n) })
	}
	for typeName := range schema.DataSourceSchemas {
		pageRequests(t, "data-sources", typeName, func(s *stage) []requestRow { return s.lookups(typeName) })
	}
	for typeName := range schema.ListResourceSchemas {
		pageRequests(t, "list-resources", typeName, func(s *stage) []requestRow { return s.listings(typeName) })
	}
	for typeName := range schema.EphemeralResourceSchemas {
		pageRequests(t, "ephemeral-resources", typeName, func(s *stage) []requestRow { return s.opening(typeName) })
	}
	for typeName := range schema.ActionSchemas {
		pageRequests(t, "actions", typeName, func(s *stage) []requestRow { return s.invocation(typeName) })
	}
}

// requestRow is what an operation sends, by route.
type requestRow struct {
	what string
	sent map[string]int
}

// pageRequests compares a table with rows that are measured.
func pageRequests(t *testing.T, kind, typeName string, measure func(*stage) []requestRow) {
	t.Helper()
	t.Run(kind+"/"+typeName, func(t *testing.T) {
		t.Parallel()
		got := []byte(requestTable(t, measure(newStage(t))))
		file := filepath.Join("..", "..", "examples", kind, typeName, "requests.md")
		if *update {
			if err := os.WriteFile(file, got, 0o600); err != nil {
				t.Fatal(err)
			}
			return
		}
		want, err := os.ReadFile(file)
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is out of date: run go test ./internal/provider -run TestPageRequests -update, read what changed, and run make docs. It is (%v)\n%s\nand should be\n%s", file, err, want, got)
		}
	})
}

// requestTable writes rows. Routes are in the order of api.md §2, deletes last, because some requests are sent in parallel.
func requestTable(t *testing.T, rows []requestRow) string {
	t.Helper()
	raw, err := os.ReadFile("../../contributing/api.md")
	if err != nil {
		t.Fatal(err)
	}
	var order, last []string
	for _, row := range regexp.MustCompile("(?m)^\\|[^|]*\\| (GET|POST|DELETE) \\**`([^`]+)`").FindAllSubmatch(raw, -1) {
		if route := string(row[1]) + " " + string(row[2]); strings.HasSuffix(route, "/delete") {
			last = append(last, route)
		} else {
			order = append(order, route)
		}
	}
	order = append(order, last...)
	asks := func(route string) bool {
		return strings.Contains(route, "/message/") && !strings.HasSuffix(route, "/delete")
	}
	asked := slices.ContainsFunc(rows, func(row requestRow) bool { return slices.ContainsFunc(slices.Collect(maps.Keys(row.sent)), asks) })
	var out strings.Builder
	out.WriteString("| | requests | API calls |\n|---|---|---|\n")
	if asked {
		out.Reset()
		out.WriteString("| | questions | requests | API calls |\n|---|---|---|---|\n")
	}
	for _, row := range rows {
		total, questions := 0, 0
		var calls []string
		for _, route := range order {
			n := row.sent[route]
			if n == 0 {
				continue
			}
			total += n
			if asks(route) {
				questions += n
			}
			call := "`" + route + "`"
			if n > 1 {
				call += fmt.Sprintf(" × %d", n)
			}
			calls = append(calls, call)
		}
		if sent := slices.Collect(maps.Values(row.sent)); total != sum(sent) {
			t.Errorf("%s: api.md lacks one of the routes %v", row.what, row.sent)
		}
		numbers := fmt.Sprint(total)
		if asked {
			numbers = fmt.Sprint(questions, " | ", total)
		}
		fmt.Fprintf(&out, "| %s | %s | %s |\n", row.what, numbers, strings.Join(calls, ", "))
	}
	if asked {
		return out.String() + "\n**Each question costs message credits.** The data source `aichatbothub_models` has the price of each model.\n"
	}
	return out.String() + "\nNone of this costs message credits, because the chatbot is not asked.\n"
}

func sum(numbers []int) int {
	total := 0
	for _, n := range numbers {
		total += n
	}
	return total
}

// sends measures an operation in a run of its own.
func (s *stage) sends(what string, do func()) requestRow {
	s.Helper()
	s.must(s.NewRun(s.Env))
	s.Forget()
	do()
	return requestRow{what, routes(s.Env)}
}

// life measures a resource. Its chatbot and the other objects that it needs exist before.
func (s *stage) life(n acctest.Noun) []requestRow {
	s.Helper()
	typeName := acctest.Prefix + n.Type
	costs := n.Costs
	if costs == nil {
		costs = []acctest.NounCost{{What: "create", Create: n.Create}}
		if n.Update != nil {
			costs = append(costs, acctest.NounCost{What: "update in place", Create: n.Create, Update: n.Update})
		}
	}
	var creates, updates []requestRow
	for _, cost := range costs {
		each := newStage(s.T)
		object := each.Object(typeName)
		create := each.sends(cost.What, func() { each.planAndApply(object, cost.Create) })
		if cost.Update == nil {
			creates = append(creates, create)
			continue
		}
		config := maps.Clone(cost.Create)
		maps.Copy(config, cost.Update)
		updates = append(updates, each.sends(cost.What, func() { each.planAndApply(object, config) }))
	}
	object := s.Object(typeName)
	s.planAndApply(object, n.Create)
	plan := s.sends("plan", func() {
		s.must(object.Refresh())
		_, config := s.sentObject(typeName, n.Create)
		planned, err := object.Plan(config)
		s.must(err)
		if !object.Empty(planned) {
			s.Error("the plan has changes")
		}
	})
	destroy := s.sends("destroy", func() { s.planAndApply(object, nil) })
	rows := slices.Concat(creates, []requestRow{plan}, s.planOfTen(n), updates, []requestRow{destroy})
	if n.Add == nil {
		return rows
	}
	id := n.Add(s.Env, s.ids["chatbot_id"])
	return append(rows, s.sends("import", func() { s.must(s.Object(typeName).Import(id)) }))
}

// planAndApply plans and applies a configuration; nil deletes the object.
func (s *stage) planAndApply(object *acctest.Object, config map[string]any) {
	s.Helper()
	value := tftypes.NewValue(object.State.Type(), nil)
	if config != nil {
		if folder, is := config["folder"].(map[string]any); is && folder["path"] == "FOLDER" {
			config = maps.Clone(config)
			config["folder"] = map[string]any{"path": folderWith(s.T, "a.md")}
		}
		_, value = s.sentObject(object.Type(), config)
	}
	plan, err := object.Plan(value)
	s.must(err)
	_, err = object.Apply(value, plan)
	s.must(err)
}

// planOfTen measures a plan of ten objects with one parent. There is no row for an object that can have no sibling.
func (s *stage) planOfTen(n acctest.Noun) []requestRow {
	s.Helper()
	const ten = 10
	if n.Add == nil {
		return nil
	}
	each := newStage(s.T)
	parents := map[string]bool{}
	ids := map[string]bool{}
	for range ten {
		id := n.Add(each.Env, each.ids["chatbot_id"])
		ids[id], parents[path.Dir(id)] = true, true
	}
	if len(ids) != ten || len(parents) != 1 {
		return nil
	}
	var objects []*acctest.Object
	for id := range ids {
		objects = append(objects, each.Object(acctest.Prefix+n.Type))
		each.must(objects[len(objects)-1].Import(id))
	}
	what := "plan of ten"
	if n.Type != "chatbot" {
		what += " in one chatbot"
	}
	return []requestRow{each.sends(what, func() {
		var wg sync.WaitGroup
		for _, o := range objects {
			wg.Go(func() {
				if err := o.Refresh(); err != nil {
					each.Error(err)
				}
			})
		}
		wg.Wait()
	})}
}

// lookups measures a data source, by its id and by each other attribute that finds the object.
func (s *stage) lookups(typeName string) []requestRow {
	s.Helper()
	of := s.Schema.DataSourceSchemas[typeName]
	values := s.inputValues(typeName, of)
	what, others := "read", []string{}
	for _, a := range of.Block.Attributes {
		if a.Optional && a.Computed && a.Name != "id" {
			what, others = "read by `id`", append(others, a.Name)
		}
	}
	var found map[string]tftypes.Value
	read := func() {
		resp, err := s.ReadDataSource(s.Context(), &tfprotov6.ReadDataSourceRequest{TypeName: typeName, Config: s.dynamicValue(of, values)})
		s.must(err)
		s.Clean(resp.Diagnostics)
		state, err := resp.State.Unmarshal(of.ValueType())
		s.must(err)
		s.must(state.As(&found))
	}
	rows := []requestRow{s.sends(what, read)}
	for _, name := range others {
		values["id"] = tftypes.NewValue(tftypes.String, nil)
		values[name] = found[name]
		rows = append(rows, s.sends("read by `"+name+"`", read))
	}
	return rows
}

// listings measures a list resource: of one parent, and of all chatbots.
func (s *stage) listings(typeName string) []requestRow {
	s.Helper()
	filters, required := map[string]string{}, false
	for _, a := range s.Schema.ListResourceSchemas[typeName].Block.Attributes {
		if s.ids[a.Name] != "" {
			filters[a.Name] = s.ids[a.Name]
		}
		required = required || a.Required
	}
	list := func(filters map[string]string) func() {
		return func() {
			for _, r := range s.List(typeName, acctest.Strings(filters), true, 100) {
				s.Clean(r.Diagnostics)
			}
		}
	}
	if len(filters) == 0 {
		return []requestRow{s.sends("list", list(nil))}
	}
	var rows []requestRow
	for _, name := range slices.Sorted(maps.Keys(filters)) {
		of := map[string]string{"chatbot_id": filters["chatbot_id"], name: filters[name]}
		rows = append(rows, s.sends("list with `"+name+"`", list(of)))
	}
	if !required {
		others := len(s.Chatbots())
		for range 10 - others {
			s.SeedChatbot()
		}
		rows = append(rows, s.sends("list of an account with ten chatbots", list(nil)))
	}
	return rows
}

// opening measures an ephemeral resource.
func (s *stage) opening(typeName string) []requestRow {
	s.Helper()
	var opened *tfprotov6.OpenEphemeralResourceResponse
	rows := []requestRow{s.sends("open", func() {
		var err error
		opened, err = s.OpenEphemeralResource(s.Context(), &tfprotov6.OpenEphemeralResourceRequest{TypeName: typeName, Config: s.inputs(typeName, s.Schema.EphemeralResourceSchemas[typeName])})
		s.must(err)
		s.Clean(opened.Diagnostics)
	})}
	return append(rows, s.sends("close", func() {
		closed, err := s.CloseEphemeralResource(s.Context(), &tfprotov6.CloseEphemeralResourceRequest{TypeName: typeName, Private: opened.Private})
		s.must(err)
		s.Clean(closed.Diagnostics)
	}))
}

// invocation measures an action.
func (s *stage) invocation(typeName string) []requestRow {
	s.Helper()
	s.AddSource(s.ids["chatbot_id"], mockhub.Source{Type: "link", FileName: "https://example.com/a"})
	return []requestRow{s.sends("invoke, for files, questions and pages", func() {
		s.Clean(s.InvokeConfig(typeName, s.inputs(typeName, s.ActionSchema(typeName)), func(string) {}))
	})}
}
