package consistency

import (
	"net/http"
	"testing"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest/resttest"
)

// offline returns a client whose requests go to f.
func offline(t testing.TB, f resttest.RoundTripper) *Client {
	t.Helper()
	base, err := rest.ParseBaseURL("https://hub.test")
	if err != nil {
		t.Fatal(err)
	}
	return New(rest.New(rest.Config{BaseURL: base, APIKey: resttest.APIKey, Network: func(http.RoundTripper) http.RoundTripper { return f }}), Options{})
}

func TestDefaults(t *testing.T) {
	t.Parallel()
	if o := offline(t, nil).Options; o.Settle != 5*time.Second || o.Lag != 30*time.Second || o.PollInterval != 5*time.Second || o.PollFirst != time.Second || o.DeleteWait != 250*time.Millisecond {
		t.Errorf("%+v", o)
	}
}
