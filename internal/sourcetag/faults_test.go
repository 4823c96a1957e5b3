package sourcetag_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// fields is a 422 that blames one field.
func fields(loc, msg string) string {
	return fmt.Sprintf(`[{"loc":[%s],"msg":%q,"type":"value_error"}]`, loc, msg)
}

// TestCreateFaults: the faults after which a create succeeds, and the errors after the others.
func TestCreateFaults(t *testing.T) {
	t.Parallel()
	unmade := `(?s)Unable to create source tag.*sent\s+twice,\s+and\s+the\s+service\s+lists\s+no\s+object\s+that\s+it\s+created.*`
	for name, c := range map[string]struct {
		fault mockhub.Fault
		want  string
		posts int
	}{
		"429":              {mockhub.Fault{Status: 429}, "", 2},
		"429 with a pause": {mockhub.Fault{RetryAfter: "0"}, "", 2},
		"500":              {mockhub.Fault{Status: 500}, "", 2},
		"500 twice":        {mockhub.Fault{Status: 500, Times: 2}, unmade + `The\s+service\s+failed\s+to\s+process`, 2},
		"502":              {mockhub.Fault{Status: 502}, "", 2},
		"reset":            {mockhub.Fault{Drop: true}, "", 2},
		"reset twice":      {mockhub.Fault{Drop: true, Times: 2}, unmade + `Check\s+the\s+network`, 2},
		"HTML":             {mockhub.Fault{HTML: true, Times: 2}, unmade + `base_url`, 2},
		"no uuid":          {mockhub.Fault{Body: `{"name":"Policies"}`, Times: 2}, `(?s)Unable to create source tag.*no\s+uuid`, 2},
		"403":              {mockhub.Fault{Status: 403, Body: `{"error": "plan limit"}`}, `(?s)Unable to create source tag.*plan\s+limit.*A\s+limit\s+of\s+the\s+account's\s+plan`, 1},
		"name":             {mockhub.Fault{Status: 422, Body: fields(`"name"`, "taken")}, `(?s)name += .*refused\s+name\s+\(422\):\s+taken`, 1},
		"color":            {mockhub.Fault{Status: 422, Body: fields(`"body","color"`, "too bright")}, `(?s)color += .*refused\s+color\s+\(422\):\s+too\s+bright`, 1},
		"sources":          {mockhub.Fault{Status: 422, Body: fields(`"data_source_uuids"`, "too many")}, `(?s)source_ids += .*refused\s+source_ids\s+\(422\):\s+too\s+many`, 1},
		"one of them":      {mockhub.Fault{Status: 422, Body: fields(`"data_source_uuids",0`, "gone")}, `(?s)source_ids += .*refused\s+[0-9a-f]{32}\s+in\s+source_ids\s+\(422\):\s+gone`, 1},
		"beyond them":      {mockhub.Fault{Status: 422, Body: fields(`"data_source_uuids",7`, "odd")}, `(?s)source_ids += .*refused\s+source_ids\s+\(422\):\s+odd`, 1},
		"another field":    {mockhub.Fault{Status: 422, Body: fields(`"shape"`, "missing")}, `(?s)Unable to create source tag.*shape.*missing`, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t)
			c.fault.Route = create
			e.Inject(c.fault)
			step := resource.TestStep{Config: e.config(named, blue, on(e.one))}
			if c.want != "" {
				step.ExpectError = regexp.MustCompile(c.want)
			}
			e.run(t, step)
			if got := e.Count(create); got != c.posts {
				t.Errorf("%d creates were sent, want %d", got, c.posts)
			}
		})
	}
}

// TestCreateAnswerLost: the tag was created and the answer was lost. The list has the tag, and no second one is created.
func TestCreateAnswerLost(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.Inject(mockhub.Fault{Route: create, Process: true, Status: 500})
	e.run(t, resource.TestStep{Config: e.config(named, blue, on(e.one)), Check: e.ExpectCount(create, 1)}, resource.TestStep{
		Config: e.config(named, blue, on(e.one)), ConfigPlanChecks: planned(plancheck.ResourceActionNoop), Check: func(*terraform.State) error { e.sole(t); return nil },
	})
}

// TestCreatedBesideAnother: another client created an equal tag at the same time. Neither is used, and the error has both ids and an import.
func TestCreatedBesideAnother(t *testing.T) {
	t.Parallel()
	e := start(t)
	made, leave := make(chan struct{}, 1), make(chan struct{})
	e.Inject(mockhub.Fault{Route: create, Process: true, Drop: true, Reached: made, Hold: leave})
	go func() {
		<-made
		e.AddTag(e.chatbot, mockhub.SourceTag{Name: "Policies", Color: "#0071F9"})
		close(leave)
	}()
	e.run(t, resource.TestStep{Config: e.config(named, blue), ExpectError: regexp.MustCompile(
		`(?s)Unable to create source tag.*[0-9a-f]{32},\s+[0-9a-f]{32}.*import\s+it.*to\s+=\s+aichatbothub_source_tag.NAME.*id\s+=\s+"` + e.chatbot + `/[0-9a-f]{32}"`)},
		resource.TestStep{PreConfig: func() {
			for _, tag := range e.Tags(e.chatbot) {
				e.RemoveTag(tag.UUID)
			}
		}, Config: e.config(named, blue)})
}

// TestUnknownSource: the service refuses a source that is not the chatbot's; the error stands at source_ids and names it and no other.
func TestUnknownSource(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.ThroughCLI()
	elsewhere := e.AddSource(e.SeedChatbot(), mockhub.Source{})
	want := func(doing string) *regexp.Regexp {
		return regexp.MustCompile(`(?s)Unable to ` + doing + ` source tag.*source_ids += .*refused\s+` + elsewhere + `\s+in\s+source_ids\s+\(422\):\s+the\s+chatbot\s+has\s+no\s+such\s+source`)
	}
	all := []string{named, blue, on(e.one, elsewhere, e.two)}
	e.run(t, resource.TestStep{Config: e.config(all...), ExpectError: want("create")},
		resource.TestStep{Config: e.config(named, blue, on(e.one))},
		resource.TestStep{Config: e.config(all...), ExpectError: want("update")},
		resource.TestStep{Config: e.config(named, blue, on(e.one)), ConfigPlanChecks: planned(plancheck.ResourceActionNoop)})
}

// TestUpdateFaults: an update is sent again when its answer got lost, because it leaves the same result.
func TestUpdateFaults(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fault mockhub.Fault
		want  string
	}{
		"429":        {mockhub.Fault{Status: 429}, ""},
		"lost 503":   {mockhub.Fault{Process: true, Status: 503}, ""},
		"lost reset": {mockhub.Fault{Process: true, Drop: true}, ""},
		"400":        {mockhub.Fault{Status: 400, Body: `{"error": "not today"}`}, `(?s)Unable to update source tag.*not\s+today`},
		"name":       {mockhub.Fault{Status: 422, Body: fields(`"name"`, "taken")}, `(?s)name += .*refused\s+name\s+\(422\):\s+taken`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := start(t)
			changed := resource.TestStep{PreConfig: func() { c.fault.Route = update; e.Inject(c.fault) }, Config: e.config(`name = "Rules"`, blue, on(e.two))}
			after := resource.TestStep{Config: e.config(`name = "Rules"`, blue, on(e.two)), ConfigStateChecks: []statecheck.StateCheck{sources(e.two)}}
			if c.want != "" {
				changed.ExpectError = regexp.MustCompile(c.want)
			} else {
				after.ConfigPlanChecks = planned(plancheck.ResourceActionNoop)
			}
			e.run(t, resource.TestStep{Config: e.config(named, blue, on(e.one))}, changed, after)
		})
	}
}

// TestDeleteFaults: a refusal that does not mean "gone" is an error, and the tag stays in the state.
func TestDeleteFaults(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.ThroughCLI()
	e.run(t, resource.TestStep{Config: e.config(named, blue)}, resource.TestStep{
		PreConfig: func() { e.Inject(mockhub.Fault{Route: remove, Status: 403, Body: `{"error": "in use"}`}) },
		Config:    e.config(named, blue), Destroy: true, ExpectError: regexp.MustCompile(`(?s)Unable to delete source tag.*in\s+use`),
	})
}

// without makes an answer lack keys.
func without(keys ...string) func([]byte) []byte {
	return func(answer []byte) []byte {
		var o map[string]any
		if json.Unmarshal(answer, &o) != nil {
			return answer
		}
		for _, key := range keys {
			delete(o, key)
		}
		out, _ := json.Marshal(o)
		return out
	}
}

// TestShortAnswers: what an answer lacks is what was sent. Only an update of a tag whose sources are not managed has to look.
func TestShortAnswers(t *testing.T) {
	t.Parallel()
	for name, keys := range map[string][]string{"no sources": {"data_source_uuids"}, "only the uuid": {"data_source_uuids", "name", "color", "created_at", "modified_at"}} {
		for _, managed := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s, managed %t", name, managed), func(t *testing.T) {
				t.Parallel()
				e := start(t)
				e.Inject(mockhub.Fault{Route: create, Mutate: without(keys...)})
				e.Inject(mockhub.Fault{Route: update, Mutate: without(keys...)})
				membership, first, then := "", []string{}, []string{}
				if managed {
					membership, first, then = on(e.one), []string{e.one}, []string{e.one}
				} else {
					then = []string{e.two} // given in the web app
				}
				e.run(t, resource.TestStep{
					Config: e.config(named, blue, membership), ConfigStateChecks: []statecheck.StateCheck{sources(first...)},
					Check: resource.ComposeTestCheckFunc(e.ExpectCount(create, 1), e.ExpectCount(list, 0), e.ExpectCount(update, 0)),
				}, resource.TestStep{
					PreConfig: e.edit(t, func(s *mockhub.SourceTag) { s.DataSourceUUIDs = then }),
					Config:    e.config(`name = "Rules"`, blue, membership), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate),
					ConfigStateChecks: []statecheck.StateCheck{sources(then...)}, Check: e.ExpectCount(update, 1),
				})
			})
		}
	}
}

// TestNotTakenOver: what the service accepts and changes is a warning that names it, and the plan is kept.
func TestNotTakenOver(t *testing.T) {
	t.Parallel()
	e := start(t)
	e.Inject(mockhub.Fault{Route: create, Mutate: func(answer []byte) []byte {
		return []byte(strings.NewReplacer("Policies", "POLICIES", "#0071F9", "#000000").Replace(string(answer)))
	}})
	s := e.Server(t)
	diags := s.Create("aichatbothub_source_tag", acctest.Strings(map[string]string{"chatbot_id": e.chatbot, "name": "Policies", "color": "#0071F9"}), func() {})
	if len(diags) != 1 || diags[0].Severity != tfprotov6.DiagnosticSeverityWarning || !strings.Contains(diags[0].Detail, `for source tag "Policies" (`) || !strings.Contains(diags[0].Detail, ": color, name.") {
		t.Errorf("got %v, want one warning about color and name", diags)
	}
}

// TestEqualAnswers: a color that the service writes in its own case is taken over, and is no warning.
func TestEqualAnswers(t *testing.T) {
	t.Parallel()
	for _, style := range []string{"", "upper", "lower"} {
		t.Run("case "+style, func(t *testing.T) {
			t.Parallel()
			e := start(t, func(q *mockhub.Quirks) { q.TagColorCase = style })
			s := e.Server(t)
			s.Clean(s.Create("aichatbothub_source_tag", acctest.Strings(map[string]string{"chatbot_id": e.chatbot, "name": "Policies", "color": "#aaBBcc"}), func() {}))
		})
	}
}
