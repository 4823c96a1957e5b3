package properties_test

import (
	"time"

	"pgregory.net/rapid"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// readings are the quirks of the mock that change stored values and answers. Quirks of one group exclude each other, or one hides the
// effect of the other, so at most one of a group is used.
var readings = [][]reading{
	{{"ChatbotUpdateResets", func(q *mockhub.Quirks) { q.ChatbotUpdateResets = true }}},
	{{"ShowCitationSingular", func(q *mockhub.Quirks) { q.ShowCitationSingular = true }}},
	{{"TrimsText", func(q *mockhub.Quirks) { q.TrimsText = true }}},
	{{"NormalizesText", func(q *mockhub.Quirks) { q.NormalizesText = true }}},
	{{"ChatbotAnswerShort", func(q *mockhub.Quirks) { q.ChatbotAnswerShort = true }}},
	{{"ChildrenTouch", func(q *mockhub.Quirks) { q.ChildrenTouch = true }}},
	{{"UpdateAnswersOldTime", func(q *mockhub.Quirks) { q.UpdateAnswersOldTime = true }}},
	{{"AgentCreateFull", func(q *mockhub.Quirks) { q.AgentCreateFull = true }}},
	{{"AgentUpdateShort", func(q *mockhub.Quirks) { q.AgentUpdateShort = true }}},
	{{"AgentMetaFull", func(q *mockhub.Quirks) { q.AgentMetaFull = true }}},
	{{"AgentOrderRandom", func(q *mockhub.Quirks) { q.AgentOrderRandom = true }}},
	{{"EscalationReplaces", func(q *mockhub.Quirks) { q.EscalationReplaces = true }}},
	{{"IgnoresOnUpdate", func(q *mockhub.Quirks) { q.IgnoresOnUpdate = []string{"bias", "stickness", "default_message"} }}},
	{{"ParametersReordered", func(q *mockhub.Quirks) { q.ParametersReordered = true }}},
	{{"ModelsMissing", func(q *mockhub.Quirks) { q.ModelsMissing = "page" }}},
	{{"TrainingTouches", func(q *mockhub.Quirks) { q.TrainingTouches = true }}},
	{
		{"TitleAppearsLate", func(q *mockhub.Quirks) { q.TitleAppearsLate = true }},
		{"TitleChangesLate", func(q *mockhub.Quirks) { q.TitleChangesLate = true }},
	},
	// Without waiting for a training that takes time, the title is overwritten after the apply.
	{
		{"TitleOverwritten", func(q *mockhub.Quirks) { q.TitleOverwritten = true }},
		{"TrainingTime", func(q *mockhub.Quirks) { q.TrainingTime = 5 * time.Millisecond }},
	},
	{{"SourceCreateFull", func(q *mockhub.Quirks) { q.SourceCreateFull = true }}},
	{{"SourceUpdateShort", func(q *mockhub.Quirks) { q.SourceUpdateShort = true }}},
	{{"UploadTypeFile", func(q *mockhub.Quirks) { q.UploadTypeFile = true }}},
	{
		{"LinkType url", func(q *mockhub.Quirks) { q.LinkType = "url" }},
		{"LinkType video", func(q *mockhub.Quirks) { q.LinkType = "video" }},
	},
	{
		{"AddressForm slash", func(q *mockhub.Quirks) { q.AddressForm = "slash" }},
		{"AddressForm no_slash", func(q *mockhub.Quirks) { q.AddressForm = "no_slash" }},
		{"AddressForm lower_host", func(q *mockhub.Quirks) { q.AddressForm = "lower_host" }},
		{"AddressForm no_scheme", func(q *mockhub.Quirks) { q.AddressForm = "no_scheme" }},
	},
	{{"LinksInvented", func(q *mockhub.Quirks) { q.LinksInvented = true }}},
	{{"AcceptsAnyFile", func(q *mockhub.Quirks) { q.AcceptsAnyFile = true }}},
	{
		{"RescrapeMissing", func(q *mockhub.Quirks) { q.RescrapeMissing = "404" }},
		{"RestartMissing", func(q *mockhub.Quirks) { q.RestartMissing = "page" }},
	},
	{{"TablesByExtension", func(q *mockhub.Quirks) { q.TablesByExtension = true }}},
	{
		{"MetaJSON without", func(q *mockhub.Quirks) { q.MetaJSON = "without" }},
		{"MetaJSON absent", func(q *mockhub.Quirks) { q.MetaJSON = "absent" }},
	},
	{{"SourceNumbersAsStrings", func(q *mockhub.Quirks) { q.SourceNumbersAsStrings = true }}},
	{{"SourceNumbersNull", func(q *mockhub.Quirks) { q.SourceNumbersNull = true }}},
	{{"SourceOrderRandom", func(q *mockhub.Quirks) { q.SourceOrderRandom = true }}},
	{{"RestartPerItem", func(q *mockhub.Quirks) { q.RestartPerItem = true }}},
	{{"TagUpdateMerges", func(q *mockhub.Quirks) { q.TagUpdateMerges = true }}},
	{
		{"TagColorCase upper", func(q *mockhub.Quirks) { q.TagColorCase = "upper" }},
		{"TagColorCase lower", func(q *mockhub.Quirks) { q.TagColorCase = "lower" }},
	},
	{{"SessionEcho", func(q *mockhub.Quirks) { q.SessionEcho = true }}},
	{{"SessionVariablesTyped", func(q *mockhub.Quirks) { q.SessionEcho, q.SessionVariablesTyped = true, true }}},
	{{"FinishLength", func(q *mockhub.Quirks) { q.FinishLength = true }}},
	{{"MessageStoredFirst", func(q *mockhub.Quirks) { q.MessageStoredFirst = true }}},
	{{"MessageShort", func(q *mockhub.Quirks) { q.MessageShort = true }}},
	{{"MessageListsAsTexts", func(q *mockhub.Quirks) { q.MessageListsAsTexts = true }}},
	{{"MessageErrorNull", func(q *mockhub.Quirks) { q.MessageErrorNull = true }}},
	{
		{"CiteDataEmpty null", func(q *mockhub.Quirks) { q.CiteDataEmpty = "null" }},
		{"CiteDataEmpty empty", func(q *mockhub.Quirks) { q.CiteDataEmpty = "empty" }},
		{"CiteDataEmpty absent", func(q *mockhub.Quirks) { q.CiteDataEmpty = "absent" }},
	},
	{{"ExtraFields", func(q *mockhub.Quirks) { q.ExtraFields = true }}},
	{{"NumbersAsFloats", func(q *mockhub.Quirks) { q.NumbersAsFloats = true }}},
	{{"NumbersAsStrings", func(q *mockhub.Quirks) { q.NumbersAsStrings = true }}},
	{
		{"TimeEnd fractions", func(q *mockhub.Quirks) { q.TimeEnd = ".123456Z" }},
		{"TimeEnd offset", func(q *mockhub.Quirks) { q.TimeEnd = "+00:00" }},
	},
	{{"NumbersAsFloat32", func(q *mockhub.Quirks) { q.NumbersAsFloat32 = true }}},
	{
		{"BooleansAsNumbers", func(q *mockhub.Quirks) { q.BooleansAsNumbers = true }},
		{"BooleansAsTrueFalse", func(q *mockhub.Quirks) { q.BooleansAsTrueFalse = true }},
	},
	{{"ListNewestFirst", func(q *mockhub.Quirks) { q.ListNewestFirst = true }}},
	{
		{"UnknownStatus 400", func(q *mockhub.Quirks) { q.UnknownStatus = 400 }},
		{"UnknownStatus 403", func(q *mockhub.Quirks) { q.UnknownStatus = 403 }},
		{"UnknownStatus 410", func(q *mockhub.Quirks) { q.UnknownStatus = 410 }},
		{"UnknownStatus 422", func(q *mockhub.Quirks) { q.UnknownStatus = 422 }},
	},
	{{"SecondDeleteSucceeds", func(q *mockhub.Quirks) { q.SecondDeleteSucceeds = true }}},
}

type reading struct {
	name string
	set  func(*mockhub.Quirks)
}

// drawQuirks generates quirks with up to eight switches.
func (w *fixture) drawQuirks(t *rapid.T) {
	var q mockhub.Quirks
	for _, group := range rapid.SliceOfNDistinct(rapid.IntRange(0, len(readings)-1), 0, 8, rapid.ID).Draw(t, "groups of quirks") {
		r := readings[group][rapid.IntRange(0, len(readings[group])-1).Draw(t, "of its group")]
		t.Log("quirk", r.name)
		r.set(&q)
	}
	w.SetQuirks(func(have *mockhub.Quirks) { *have = q })
}
