package source

import "strings"

// trainingStatus is the meaning of a status (api.md §5). The service may have other statuses: one that is neither trained nor failed means
// that the training is in progress.
type trainingStatus struct {
	trained   bool
	failed    bool
	temporary bool   // a failure that may not happen again
	advice    string // the meaning of a failure and what to do
}

// failures are the known reasons after "error:". Other reasons are not temporary.
var failures = map[string]trainingStatus{
	"storage":            {advice: "The account's storage is full. Delete sources that are not needed, or upgrade the plan of the account."},
	"token":              {advice: "The account has reached its limit of training tokens. Delete sources that are not needed, or upgrade the plan of the account."},
	"no text":            {advice: "The service found no text in the source. Run text recognition on scanned documents first; a web page may need JavaScript to show its text."},
	"content type":       {advice: "The service does not support this type of content. Convert it, for example to PDF or plain text."},
	"not found":          {advice: "The URL does not exist. Open it in a browser to check."},
	"rate limit":         {temporary: true, advice: "The rate limit of the service was exceeded."},
	"scraper rate limit": {temporary: true, advice: "The rate limit of the web site or of the scraper of the service was exceeded."},
	"download":           {temporary: true, advice: "The service could not download the content. The web site may be unavailable."},
}

// parseStatus returns the meaning of a status.
func parseStatus(status string) trainingStatus {
	kind, reason, _ := strings.Cut(strings.ToLower(strings.TrimSpace(status)), ":")
	switch kind {
	case "success":
		return trainingStatus{trained: true}
	case "fail", "failed", "error":
		s, known := failures[strings.TrimSpace(reason)]
		if !known {
			s.advice = "The status has no reason that this provider knows. Look at the source in the web app."
		}
		s.failed = true
		return s
	}
	return trainingStatus{}
}
