package probe

import (
	"context"
	"slices"
)

// The verdicts about a fact.
const (
	asAssumed  = "as assumed"  // the reading that the provider assumes
	handled    = "handled"     // another reading, which the provider handles as well
	notHandled = "not handled" // a reading that the provider does not know
	notSeen    = "not seen"    // the fact could not be tried
)

// fact is one property of the service that its documentation leaves open.
type fact struct {
	// id is the fact's name in reports and in the guide "Known limitations".
	id string
	// section is the section of contributing/api.md that the fact belongs to, such as "§6".
	section string
	// documented is what the documentation of the service says, as part of a sentence: "nothing", or "a 404".
	documented string
	// readings are the readings that the provider handles. The first one is the one that it assumes.
	readings []reading
	// note is what the provider makes of it.
	note string
	// alone reports that the fact needs no chatbot.
	alone bool
	// ask reports that the fact is tried with -ask only. questions is the number of questions that it asks the chatbot, other than those
	// of the facts before it.
	ask       bool
	questions int
	// try finds out which reading is true.
	try func(context.Context, *probe) (observation, error)
}

// reading is one way in which the service can behave.
type reading struct {
	// name is the reading in reports.
	name string
	// quirk is the switch of the mock server that stands for the reading, as Field=value, or several of them with spaces between them. It is
	// empty for the default of the mock.
	quirk string
	// reason says why the mock has no switch for the reading.
	reason string
}

// observation is what was seen of a fact. It contains no id, no secret and no text of the account.
type observation struct {
	reading string // the name of a reading, or another one
	details string // what else was seen, such as a status; may be empty
}

// saw returns an observation of a reading.
func saw(reading string) (observation, error) { return observation{reading: reading}, nil }

// sawWith returns an observation of a reading with details.
func sawWith(reading, details string) (observation, error) {
	return observation{reading, details}, nil
}

// String returns the observation for a report.
func (o observation) String() string {
	if o.details == "" {
		return o.reading
	}
	return o.reading + " (" + o.details + ")"
}

// verdict returns the verdict about an observation of the fact.
func (f *fact) verdict(o observation) string {
	i := slices.IndexFunc(f.readings, func(r reading) bool { return r.name == o.reading })
	switch {
	case i == 0:
		return asAssumed
	case i > 0:
		return handled
	}
	return notHandled
}
