package probe

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/subcommand"
)

// noFact are the switches of the mock that stand for no reading of a fact. Each has assignments to try, and the reason.
var noFact = map[string]struct {
	assignments []string
	reason      string
}{
	"AnswerFails":            {[]string{"AnswerFails=error_message", "AnswerFails=text", "AnswerFails=empty", "AnswerFails=empty_error"}, "failures of the service cannot be caused"},
	"AnswerFields":           {nil, "odd fields of single objects; the decoders are tested with them"},
	"AnswerSeed":             {nil, "selects other answers for AnswersWrong"},
	"AnswersFrom":            {[]string{"AnswersFrom=documents"}, "the provider sends no documents"},
	"AnswersWrong":           {nil, "whether an answer is right is a matter of the model"},
	"BulkDeleteLeaves":       {nil, "a failure of the service cannot be caused"},
	"ChildrenTouch":          {[]string{"ChildrenTouch=true"}, "the provider ignores the times that it is about"},
	"CitationParts":          {[]string{"CitationParts=id", "CitationParts=names"}, "the provider finds a source by each part of a citation"},
	"CitationsOnlyShown":     {[]string{"CitationsOnlyShown=true"}, "finding out would take a trained source and several answers"},
	"DeletedStatus":          {[]string{"DeletedStatus=400"}, "the same as second-delete-status"},
	"EndedStatus":            {[]string{"EndedStatus=400"}, "only the service ends a session"},
	"ExtraFields":            {[]string{"ExtraFields=true"}, "unknown fields are ignored"},
	"FinishLength":           {[]string{"FinishLength=true"}, "documented"},
	"MaxBulk":                {[]string{"MaxBulk=10"}, "finding the limit would take hundreds of objects"},
	"MaxChatbots":            {[]string{"MaxChatbots=2"}, "finding the limit would take the account's room for chatbots"},
	"MaxUpload":              {[]string{"MaxUpload=1000"}, "finding the limit would take large uploads"},
	"MessageErrorNull":       {[]string{"MessageErrorNull=true"}, "null, an empty text and a missing key are the same for the provider"},
	"MessageListsAsTexts":    {[]string{"MessageListsAsTexts=true"}, "a new conversation has no labels and no documents"},
	"MessagesKeepSession":    {[]string{"MessagesKeepSession=true"}, "delete-sessions reads the messages where the times of a session do not tell"},
	"MessageStoredFirst":     {[]string{"MessageStoredFirst=true"}, "the same as message-in-list-after"},
	"OneAnswerPerQuestion":   {[]string{"OneAnswerPerQuestion=true"}, "duplicate-qa sends the same answer; the provider deletes the old source first"},
	"RequestsPerMinute":      {nil, "finding the limit would take too many requests"},
	"SourceNumbersAsStrings": {[]string{"SourceNumbersAsStrings=true"}, "the same as whole-numbers"},
	"SourceNumbersNull":      {[]string{"SourceNumbersNull=true"}, "null and 0 are both shown as they are until the training has ended"},
	"SourceOrderRandom":      {[]string{"SourceOrderRandom=true"}, "the same as agent-list-order"},
	"SourceUpdateShort":      {[]string{"SourceUpdateShort=true"}, "the same as source-create-keys"},
	"StreamPause":            {[]string{"StreamPause=1ms"}, "no difference that the provider can see"},
	"TitleAppearsLate":       {[]string{"TitleAppearsLate=true"}, "a title that nobody configured never causes a diff"},
	"TitleChangesLate":       {[]string{"TitleChangesLate=true"}, "a title that nobody configured never causes a diff"},
	"TitleDelay":             {[]string{"TitleDelay=10ms"}, "the service may change titles at any time"},
	"TrainingTimes":          {nil, "TrainingTime for single sources"},
	"TrainingTouches":        {[]string{"TrainingTouches=true"}, "the provider ignores the times that it is about"},
	"TransientFailures":      {nil, "failures of the service cannot be caused"},
	"UpdateAnswersOldTime":   {[]string{"UpdateAnswersOldTime=true"}, "the provider ignores the times that it is about"},
}

// TestSwitches: each switch of the mock stands for a reading of a fact, or has a reason not to. With the others, too, everything is handled.
func TestSwitches(t *testing.T) {
	t.Parallel()
	covered := map[string]bool{}
	for i := range facts {
		for _, r := range facts[i].readings {
			for assignment := range strings.FieldsSeq(r.quirk) {
				name, _, _ := strings.Cut(assignment, "=")
				covered[name] = true
			}
		}
	}
	kind := reflect.TypeFor[mockhub.Quirks]()
	for field := range kind.Fields() {
		name := field.Name
		if _, other := noFact[name]; covered[name] == other {
			t.Errorf("%s must stand for a reading of a fact, or be in noFact", name)
		}
		delete(covered, name)
	}
	if len(covered) > 0 {
		t.Errorf("the mock has no %v", slices.Collect(maps.Keys(covered)))
	}
	for name, s := range noFact {
		if _, found := kind.FieldByName(name); !found || s.reason == "" {
			t.Errorf("noFact: the mock has no %s, or there is no reason", name)
		}
		for _, assignment := range s.assignments {
			t.Run(assignment, func(t *testing.T) {
				t.Parallel()
				e := acctest.Start(t, func(q *mockhub.Quirks) { setQuirks(t, q, assignment) })
				e.AddChatbot(mockhub.Chatbot{Name: "Support"})
				out := probeWith(t, e, "-json", "-ask")
				for _, f := range out.report.Facts {
					if f.Verdict != asAssumed && f.Verdict != handled {
						t.Errorf("%s: %s: %s", f.ID, f.Verdict, f.Seen)
					}
				}
				if out.code != subcommand.OK || len(out.report.Facts) != len(facts) || len(e.Chatbots()) != 1 {
					t.Errorf("exit code %d, %d facts, %d chatbots\n%s", out.code, len(out.report.Facts), len(e.Chatbots()), out.stderr)
				}
			})
		}
	}
}
