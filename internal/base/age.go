package base

import (
	"time"

	"github.com/hashicorp/terraform-plugin-framework/types"
)

// TooOld reports whether a training that began at a time is older than an age, a duration. It is not if there is no age, if the age is not
// known yet, or if began is zero: nobody knows when the training began.
func TooOld(age types.String, began, now time.Time) bool {
	limit, err := time.ParseDuration(age.ValueString())
	return err == nil && !began.IsZero() && now.Sub(began) > limit
}

// AgeChanges reports whether a plan changes an age. A training that is not too old in the plan can then be too old in the apply, so the plan has
// to leave open whether the apply trains.
func AgeChanges(planned, prior types.String) bool {
	return !planned.IsNull() && !planned.Equal(prior)
}
