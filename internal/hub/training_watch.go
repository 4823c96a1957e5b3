package hub

// Limits of a TrainingWatch.
const (
	maxRestarts = 3 // of a training that failed for a temporary reason
	// settlePolls is the number of polls in which a restarted source may still have its old failure.
	settlePolls = 7
)

// TrainingStep is what to do after a poll.
type TrainingStep int

// The steps of a TrainingWatch.
const (
	KeepWaiting     TrainingStep = iota
	RestartTraining              // the training failed for a temporary reason: train the source again, and go on
	TrainingEnded                // the status is final: trained or failed
)

// TrainingWatch decides how long to wait for the training of one source (api.md §5). The zero value is for a source whose training has just
// begun for the first time.
type TrainingWatch struct {
	Kind SourceKind // of the source, for AwaitTrainings
	// Restarts is how often a training was restarted.
	Restarts int

	settling int // remaining polls in which a failure may be from before the restart
	pause    int // remaining polls before a restart
	missing  int // polls in a row without the source
	odd      int // polls in a row in which its status could not be read
}

// Restarted says that the training was restarted before the first poll, so that lists may still have the old failure.
func (w *TrainingWatch) Restarted() { w.settling = settlePolls }

// Next evaluates the status in a poll. Trainings are restarted after 2, 4 and 8 polls.
func (w *TrainingWatch) Next(s TrainingStatus) TrainingStep {
	switch {
	case s.Trained:
		return TrainingEnded
	case !s.Failed:
		w.settling = 0
		return KeepWaiting
	case w.settling > 0:
		w.settling--
		return KeepWaiting
	case !s.Temporary || w.Restarts >= maxRestarts:
		return TrainingEnded
	}
	if w.pause == 0 {
		w.pause = 2 << w.Restarts
	}
	if w.pause--; w.pause > 0 {
		return KeepWaiting
	}
	w.Restarts++
	w.settling = settlePolls
	return RestartTraining
}
