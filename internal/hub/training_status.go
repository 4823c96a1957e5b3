package hub

import (
	"strings"
	"unicode"
)

// TrainingStatus is the meaning of a status (api.md §5). The service may have other statuses: one that is neither trained nor failed means
// that the training is in progress.
type TrainingStatus struct {
	Trained   bool
	Failed    bool
	Temporary bool   // a failure that may not happen again
	PlanLimit bool   // a limit of the account's plan does not allow the source
	Advice    string // the meaning of a failure and what to do
}

// trainingFailures are the meanings of the reasons after "error:". The first one that matches applies. Other reasons are not temporary.
var trainingFailures = []struct {
	reasons []string
	family  bool // also longer reasons that begin with one of these
	TrainingStatus
}{
	{reasons: []string{"storage", "storage limit"}, TrainingStatus: TrainingStatus{PlanLimit: true, Advice: "The account's storage is full. Delete sources that are not needed, or upgrade the plan of the account."}},
	{reasons: []string{"token", "token limit"}, TrainingStatus: TrainingStatus{PlanLimit: true, Advice: "The account has reached its limit of training tokens. Delete sources that are not needed, or upgrade the plan of the account."}},
	{reasons: []string{"image upload limit", "image upload", "image limit"}, TrainingStatus: TrainingStatus{PlanLimit: true, Advice: "The account has reached its limit of images. Delete sources with images that are not needed, or upgrade the plan of the account."}},
	{reasons: []string{"no text"}, TrainingStatus: TrainingStatus{Advice: "The service found no text in the source. Run text recognition on a scanned document first. A web page may need JavaScript to show its text."}},
	{reasons: []string{"content type"}, TrainingStatus: TrainingStatus{Advice: "The service cannot read this type of content. Convert it, for example to PDF or plain text."}},
	{reasons: []string{"not found"}, TrainingStatus: TrainingStatus{Advice: "The address does not exist. Open it in a browser to check."}},
	{reasons: []string{"invalid url", "invalid link", "invalid address"}, family: true, TrainingStatus: TrainingStatus{Advice: "The service refused the address of the web page. Open it in a browser to check that it is complete and leads to a public page."}},
	{reasons: []string{"invalid file"}, family: true, TrainingStatus: TrainingStatus{Advice: "The service cannot read the file. It may be damaged, encrypted, or of another type than its extension says. Open it to check, or convert it, for example to PDF or plain text."}},
	{reasons: []string{"invalid"}, family: true, TrainingStatus: TrainingStatus{Advice: "The service refused the content as invalid. Check the file or the web page, and look at the source in the web app."}},
	{reasons: []string{"rate limit"}, TrainingStatus: TrainingStatus{Temporary: true, Advice: "The service received too many requests."}},
	{reasons: []string{"scraper rate limit"}, TrainingStatus: TrainingStatus{Temporary: true, Advice: "The web site, or the scraper of the service, received too many requests."}},
	{reasons: []string{"download"}, TrainingStatus: TrainingStatus{Temporary: true, Advice: "The service could not download the content. Check that the web site can be reached from the internet."}},
}

// ParseTrainingStatus returns the meaning of a status.
func ParseTrainingStatus(status string) TrainingStatus {
	kind, reason, _ := strings.Cut(strings.ToLower(status), ":")
	switch strings.TrimSpace(kind) {
	case "success":
		return TrainingStatus{Trained: true}
	case "fail", "failed", "error":
		s := parseTrainingReason(reason)
		s.Failed = true
		return s
	}
	return TrainingStatus{}
}

// parseTrainingReason returns the meaning of a reason in lower case. Spaces can be written as underscores or hyphens.
func parseTrainingReason(reason string) TrainingStatus {
	reason = strings.Join(strings.FieldsFunc(reason, func(r rune) bool { return unicode.IsSpace(r) || r == '_' || r == '-' }), " ")
	for _, f := range trainingFailures {
		for _, known := range f.reasons {
			if reason == known || f.family && strings.HasPrefix(reason, known+" ") {
				return f.TrainingStatus
			}
		}
	}
	return TrainingStatus{Advice: "The service gave no reason that the provider knows. Look at the source in the web app."}
}
