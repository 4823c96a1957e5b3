package protocol

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// TestReportsBeforeStop: StopProvider cancels an action and returns when its report was read. The framework's returns before that, and
// terraform-plugin-go drops the report then.
func TestReportsBeforeStop(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"framework", "protocol"} {
		synctest.Test(t, func(t *testing.T) {
			p := &fake{release: make(chan struct{})}
			s := NewServer(p)
			if name == "framework" {
				s = providerserver.NewProtocol6(p)()
			}
			events, stopped := make(chan string, 10), make(chan struct{})
			go p.invoke(t, s, events)
			if got := <-events; got != "begun" {
				t.Errorf("the first event is %q", got)
			}
			go stop(t, s, stopped)
			synctest.Wait()
			switch returned := isClosed(stopped); {
			case name == "protocol" && returned:
				t.Error("StopProvider returned before the report of the action")
			case name == "framework" && !returned:
				t.Error("the framework waits for actions: remove awaitActions")
			}
			close(p.release)
			var got []string
			for event := range events {
				got = append(got, event)
			}
			if len(got) != 2 || got[1] != "Interrupted" {
				t.Errorf("the events after StopProvider are %q", got)
			}
			<-stopped
		})
	}
}

// TestStopEnds: StopProvider waits a limited time for an action that does not end.
func TestStopEnds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := &fake{release: make(chan struct{})}
		s := NewServer(p)
		events, stopped := make(chan string, 10), make(chan struct{})
		go p.invoke(t, s, events)
		<-events
		begun := time.Now()
		go stop(t, s, stopped)
		<-stopped
		if took := time.Since(begun); took != reportTime {
			t.Errorf("StopProvider returned after %s, want %s", took, reportTime)
		}
		close(p.release)
	})
}

// TestActionWithoutReader: an action whose reader has gone ends. That of the framework alone would wait for good.
func TestActionWithoutReader(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := &fake{release: make(chan struct{})}
		close(p.release)
		s := NewServer(p)
		stream, err := s.(tfprotov6.ActionServer).InvokeAction(t.Context(), &tfprotov6.InvokeActionRequest{ActionType: "fake_action"})
		if err != nil {
			t.Fatal(err)
		}
		time.AfterFunc(time.Second, func() { stop(t, s, make(chan struct{})) })
		for range stream.Events {
			break // the loop returns when the action has ended
		}
		synctest.Wait()
	})
}

func stop(t *testing.T, s tfprotov6.ProviderServer, stopped chan<- struct{}) {
	t.Helper()
	if _, err := s.StopProvider(t.Context(), &tfprotov6.StopProviderRequest{}); err != nil {
		t.Error(err)
	}
	close(stopped)
}

func isClosed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}
