package source

import "strings"

// state is what a status means (api.md §5). The list of statuses is open: what is neither done nor failed is working.
type state struct {
	done      bool
	failed    bool
	transient bool   // worth another try by itself
	meaning   string // of a failure, and what to do
}

// reasons are the known failures behind "error:". A reason that is not here is final.
var reasons = map[string]state{
	"storage":            {meaning: "The account's storage is full. Delete sources that are not needed, or extend the plan."},
	"token":              {meaning: "The account's limit of training tokens is reached. Delete sources that are not needed, or extend the plan."},
	"no text":            {meaning: "The service found no text in it. A scanned document needs text recognition first; a page may need JavaScript to show its text."},
	"content type":       {meaning: "The service cannot read this kind of content. Convert it, for example to PDF or plain text."},
	"not found":          {meaning: "There is nothing at the address. Check it in a browser."},
	"rate limit":         {transient: true, meaning: "The service was asked for too much at a time."},
	"scraper rate limit": {transient: true, meaning: "The web site, or the service's scraper, was asked for too much at a time."},
	"download":           {transient: true, meaning: "The service could not download it. The web site may have been out of reach."},
}

// classify reads a status.
func classify(status string) state {
	kind, reason, _ := strings.Cut(strings.ToLower(strings.TrimSpace(status)), ":")
	switch kind {
	case "success":
		return state{done: true}
	case "fail", "failed", "error":
		s, known := reasons[strings.TrimSpace(reason)]
		if !known {
			s.meaning = "The service gives no reason that this provider knows. Look at the source in the web app."
		}
		s.failed = true
		return s
	}
	return state{}
}
