package base

import "github.com/hashicorp/terraform-plugin-framework/types"

// TriggersChanged reports whether retrain_triggers require a training. Adding or removing all triggers does not.
func TriggersChanged(planned, prior types.Map) bool {
	return !prior.IsNull() && !planned.IsNull() && !planned.Equal(prior)
}
