package hub

import "testing"

// TestNormalText: a text that the service has trimmed has the normal form of the text that was sent.
func TestNormalText(t *testing.T) {
	t.Parallel()
	for _, sent := range []string{"a", "\ufeffa", " \ufeffa", "\ufeff\ufeffa ", "\r\n\ufeff a\r\n"} {
		if got := NormalText(sent); got != "a" {
			t.Errorf("%q has the normal form %q", sent, got)
		}
	}
	if NormalText("a\r\nb \ufeffc") != "a\nb \ufeffc" {
		t.Error("the middle of a text is changed")
	}
}
