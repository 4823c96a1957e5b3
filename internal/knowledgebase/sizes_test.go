package knowledgebase

import (
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// TestOtherSize: sizes above 4 GiB are whole on 32-bit systems, too.
func TestOtherSize(t *testing.T) {
	t.Parallel()
	d := document{file: folderFile{size: 5_000_000_001}}
	if got, want := otherSize(d, hub.Source{FileSize: new(hub.Number(5_000_000_000))}), "another size: 5000000000 bytes, and the file has 5000000001 bytes"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
