package source

import (
	"strings"
	"unicode"
)

// trainingStatus is the meaning of a status (api.md §5). The service may have other statuses: one that is neither trained nor failed means
// that the training is in progress.
type trainingStatus struct {
	trained   bool
	failed    bool
	temporary bool   // a failure that may not happen again
	advice    string // the meaning of a failure and what to do
}

// failures are the meanings of the reasons after "error:". The first one that matches applies. Other reasons are not temporary.
var failures = []struct {
	reasons []string
	family  bool // also longer reasons that begin with one of these
	trainingStatus
}{
	{reasons: []string{"storage", "storage limit"}, trainingStatus: trainingStatus{advice: "The account's storage is full. Delete sources that are not needed, or upgrade the plan of the account."}},
	{reasons: []string{"token", "token limit"}, trainingStatus: trainingStatus{advice: "The account has reached its limit of training tokens. Delete sources that are not needed, or upgrade the plan of the account."}},
	{reasons: []string{"image upload limit", "image upload", "image limit"}, trainingStatus: trainingStatus{advice: "The account has reached its limit of images. Delete sources with images that are not needed, or upgrade the plan of the account."}},
	{reasons: []string{"no text"}, trainingStatus: trainingStatus{advice: "The service found no text in the source. Run text recognition on scanned documents first; a web page may need JavaScript to show its text."}},
	{reasons: []string{"content type"}, trainingStatus: trainingStatus{advice: "The service does not support this type of content. Convert it, for example to PDF or plain text."}},
	{reasons: []string{"not found"}, trainingStatus: trainingStatus{advice: "The URL does not exist. Open it in a browser to check."}},
	{reasons: []string{"invalid url", "invalid link", "invalid address"}, family: true, trainingStatus: trainingStatus{advice: "The service does not accept the address of the web page. Open it in a browser to check that it is complete and leads to a public page."}},
	{reasons: []string{"invalid file"}, family: true, trainingStatus: trainingStatus{advice: "The service cannot read the file. It may be damaged, encrypted, or of another type than its extension says. Open it to check, or convert it, for example to PDF or plain text."}},
	{reasons: []string{"invalid"}, family: true, trainingStatus: trainingStatus{advice: "The service refuses the content of the source as invalid. Check the file or the web page, and look at the source in the web app."}},
	{reasons: []string{"rate limit"}, trainingStatus: trainingStatus{temporary: true, advice: "The rate limit of the service was exceeded."}},
	{reasons: []string{"scraper rate limit"}, trainingStatus: trainingStatus{temporary: true, advice: "The rate limit of the web site or of the scraper of the service was exceeded."}},
	{reasons: []string{"download"}, trainingStatus: trainingStatus{temporary: true, advice: "The service could not download the content. The web site may be unavailable."}},
}

// parseStatus returns the meaning of a status.
func parseStatus(status string) trainingStatus {
	kind, reason, _ := strings.Cut(strings.ToLower(status), ":")
	switch strings.TrimSpace(kind) {
	case "success":
		return trainingStatus{trained: true}
	case "fail", "failed", "error":
		s := parseReason(reason)
		s.failed = true
		return s
	}
	return trainingStatus{}
}

// parseReason returns the meaning of a reason in lower case. Spaces can be written as underscores or hyphens.
func parseReason(reason string) trainingStatus {
	reason = strings.Join(strings.FieldsFunc(reason, func(r rune) bool { return unicode.IsSpace(r) || r == '_' || r == '-' }), " ")
	for _, f := range failures {
		for _, known := range f.reasons {
			if reason == known || f.family && strings.HasPrefix(reason, known+" ") {
				return f.trainingStatus
			}
		}
	}
	return trainingStatus{advice: "The status has no reason that this provider knows. Look at the source in the web app."}
}
