package protocol

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// reportTime is how long StopProvider waits for the reports of actions.
const reportTime = 5 * time.Second

// ValidateActionConfig implements tfprotov6.ActionServer.
func (s *server) ValidateActionConfig(ctx context.Context, req *tfprotov6.ValidateActionConfigRequest) (*tfprotov6.ValidateActionConfigResponse, error) {
	return forward(ctx, s, req, s.frameworkServer.ValidateActionConfig)
}

// PlanAction implements tfprotov6.ActionServer.
func (s *server) PlanAction(ctx context.Context, req *tfprotov6.PlanActionRequest) (*tfprotov6.PlanActionResponse, error) {
	return forward(ctx, s, req, s.frameworkServer.PlanAction)
}

// InvokeAction implements tfprotov6.ActionServer. The action runs while its events are read. Once the reader has gone, the events are dropped,
// so that the action ends: the framework would leave it waiting for a reader for good.
func (s *server) InvokeAction(ctx context.Context, req *tfprotov6.InvokeActionRequest) (*tfprotov6.InvokeActionServerStream, error) {
	endAction := s.beginAction() // before StopProvider can cancel the call
	ctx, endCall := s.begin(ctx)
	end := func() { endCall(); endAction() }
	stream, err := s.frameworkServer.InvokeAction(ctx, req)
	if err != nil {
		end()
		return nil, err
	}
	return &tfprotov6.InvokeActionServerStream{Events: func(push func(tfprotov6.InvokeActionEvent) bool) {
		defer end()
		read := true
		for event := range stream.Events {
			read = read && push(event)
		}
	}}, nil
}

// beginAction records that an action is in progress until end is called.
func (s *server) beginAction() (end func()) {
	done := make(chan struct{})
	s.mu.Lock()
	defer s.mu.Unlock()
	s.actions[done] = true
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.actions, done)
		close(done)
	}
}

// awaitActions waits until actions have ended, reportTime at most.
func awaitActions(ctx context.Context, actions []chan struct{}) {
	ctx, cancel := context.WithTimeout(ctx, reportTime)
	defer cancel()
	for _, done := range actions {
		select {
		case <-done:
		case <-ctx.Done():
			return
		}
	}
}
