package base

import (
	"context"
	"errors"
)

// EndOf returns why a context has ended.
func EndOf(ctx context.Context) string {
	if errors.Is(context.Cause(ctx), context.DeadlineExceeded) {
		return "the timeout expired"
	}
	return "the run was interrupted"
}
