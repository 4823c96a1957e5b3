package hub

import (
	"strings"
	"testing"
)

// TestStatusMeanings: each known reason has a meaning, in whatever case and with whatever separators it is written. Others have the general text.
func TestStatusMeanings(t *testing.T) {
	t.Parallel()
	const general = "no reason that the provider knows"
	for status, want := range map[string]struct {
		text      string
		temporary bool
	}{
		"error:storage":                 {"storage is full", false},
		"Error: Storage":                {"storage is full", false},
		"error:storage limit":           {"storage is full", false},
		"error:token":                   {"limit of training tokens", false},
		"error:token limit":             {"limit of training tokens", false},
		"error:image upload limit":      {"limit of images", false},
		"error: Image Upload Limit":     {"limit of images", false},
		"error:image_upload_limit":      {"limit of images", false},
		" ERROR :  image-upload  limit": {"limit of images", false},
		"error:invalid url":             {"address", false},
		"error:invalid_url_format":      {"address", false},
		"error:invalid link":            {"address", false},
		"error:invalid file":            {"damaged", false},
		"error:Invalid File Format":     {"damaged", false},
		"error:invalid data":            {"as invalid", false},
		"error:invalid":                 {"as invalid", false},
		"error:no text":                 {"found no text", false},
		"error:no_text":                 {"found no text", false},
		"error:content type":            {"type of content", false},
		"error:content-type":            {"type of content", false},
		"error:not found":               {"does not exist", false},
		"error:rate limit":              {"The service received too many requests", true},
		"error:Rate_Limit":              {"The service received too many requests", true},
		"error:scraper rate limit":      {"scraper of the service, received too many requests", true},
		"error:download":                {"could not download", true},
		"error:token expired":           {general, false},
		"error:invalidated":             {general, false},
		"error:quantum flux":            {general, false},
		"error:":                        {general, false},
		"error":                         {general, false},
		"fail":                          {general, false},
		"failed":                        {general, false},
		"FAIL: storage":                 {"storage is full", false},
	} {
		if s := ParseTrainingStatus(status); !s.Failed || s.Trained || s.Temporary != want.temporary || !strings.Contains(s.Advice, want.text) {
			t.Errorf("%q: %+v, want %+v", status, s, want)
		}
	}
	for _, status := range []string{"", "await", "queued", "running", "errors", "error storage", "successful"} {
		if s := ParseTrainingStatus(status); s.Failed || s.Trained {
			t.Errorf("%q: %+v", status, s)
		}
	}
	for _, status := range []string{"success", "SUCCESS", " success "} {
		if s := ParseTrainingStatus(status); s.Failed || !s.Trained {
			t.Errorf("%q: %+v", status, s)
		}
	}
}
