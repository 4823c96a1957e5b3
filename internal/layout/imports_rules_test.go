package layout

import (
	"strings"
	"testing"
	"testing/fstest"
)

// TestRules: each rule finds an import that breaks it, and allows one that does not. "widget" and "gadget" are slices of which no rule
// knows.
func TestRules(t *testing.T) {
	t.Parallel()
	const ours = module + "/internal/"
	for _, c := range []struct{ file, imports, want string }{
		{"main.go", ours + "provider", ""},
		{"main.go", ours + "export", ""},
		{"main.go", ours + "hub", "one way"},
		{"main.go", ours + "widget", "one way"},
		{"main.go", "log", ""},
		{"main.go", "net/http/httptest", "for tests"},
		{"internal/export/x.go", ours + "hub", ""},
		{"internal/export/x.go", ours + "widget", "one way"},
		{"internal/export/x_test.go", ours + "mockhub", ""},
		{"internal/provider/x.go", ours + "widget", ""},
		{"internal/provider/x.go", ours + "base", ""},
		{"internal/provider/x.go", ours + "protocol", ""},
		{"internal/provider/x.go", ours + "export", "one way"},
		{"internal/provider/x.go", ours + "acctest", "only tests"},
		{"internal/provider/x_test.go", ours + "acctest", ""},
		{"internal/widget/x.go", ours + "base", ""},
		{"internal/widget/x.go", ours + "hub", ""},
		{"internal/widget/x.go", ours + "managed", ""},
		{"internal/widget/x.go", ours + "gadget", "slices never"},
		{"internal/widget/x_test.go", ours + "gadget", "slices never"},
		{"internal/source/x.go", ours + "sourcetag", "slices never"},
		{"internal/widget/x_test.go", ours + "widget", ""},
		{"internal/widget/x.go", ours + "provider", "one way"},
		{"internal/widget/x_test.go", ours + "provider", ""},
		{"internal/widget/x_test.go", ours + "tfcli", "one way"},
		{"internal/widget/x.go", ours + "acctest", "only tests"},
		{"internal/widget/x.go", ours + "mockhub", "one way"},
		{"internal/widget/x.go", ours + "rest", "one way"},
		{"internal/widget/x.go", module, "one way"},
		{"internal/base/x.go", ours + "hub", ""},
		{"internal/base/x.go", ours + "widget", "one way"},
		{"internal/base/x_test.go", ours + "acctest", ""},
		{"internal/hub/x.go", ours + "consistency", ""},
		{"internal/hub/x.go", ours + "rest", ""},
		{"internal/hub/x.go", ours + "base", "one way"},
		{"internal/hub/x.go", ours + "managed", "one way"},
		{"internal/hub/x_test.go", ours + "mockhub", ""},
		{"internal/hub/x_test.go", ours + "acctest", "only tests"},
		{"internal/hub/x.go", "github.com/hashicorp/terraform-plugin-log/tflog", ""},
		{"internal/hub/x_test.go", "github.com/hashicorp/terraform-plugin-log/tflogtest", ""},
		{"internal/hub/x.go", "github.com/hashicorp/terraform-plugin-framework/types", "nothing of Terraform"},
		{"internal/hub/x_test.go", "github.com/hashicorp/terraform-plugin-go/tftypes", "nothing of Terraform"},
		{"internal/consistency/x.go", ours + "rest", ""},
		{"internal/consistency/x.go", ours + "hub", "one way"},
		{"internal/consistency/x.go", "github.com/hashicorp/terraform-plugin-framework/diag", "nothing of Terraform"},
		{"internal/rest/x.go", ours + "consistency", "one way"},
		{"internal/rest/x.go", ours + "hub", "one way"},
		{"internal/rest/x_test.go", ours + "hub", "one way"},
		{"internal/managed/x.go", ours + "base", "one way"},
		{"internal/protocol/x.go", ours + "hub", "one way"},
		{"internal/protocol/x_test.go", ours + "provider", "one way"},
		{"internal/acctest/x.go", ours + "provider", ""},
		{"internal/acctest/x.go", ours + "widget", "one way"},
		{"internal/acctest/x.go", "github.com/hashicorp/terraform-plugin-testing/terraform", ""},
		{"internal/mockhub/x.go", ours + "hub", "one way"},
		{"internal/mockhub/x.go", ours + "rest", "one way"},
		{"internal/mockhub/x_test.go", ours + "hub", "one way"},
		{"internal/mockhub/x.go", "github.com/hashicorp/terraform-plugin-log/tflog", "independent of Terraform"},
		{"internal/mockhub/x.go", "net/http/httptest", ""},
		{"internal/cmd/demo/x.go", ours + "mockhub", ""},
		{"internal/cmd/demo/x.go", ours + "acctest", "only tests"},
		{"internal/cmd/demo/x.go", ours + "cmd/bench/noop", "no library"},
		{"internal/cmd/bench/x.go", ours + "cmd/bench/noop", ""},
		{"internal/cmd/bench/plugins/noop/main.go", ours + "cmd/bench/noop", ""},
		{"internal/provider/x_test.go", ours + "cmd/demo", "no library"},
		{"internal/widget/x.go", "testing", "for tests"},
		{"internal/widget/x.go", "log", "use tflog"},
		{"internal/widget/x.go", "log/slog", ""},
		{"internal/widget/x_test.go", "testing", ""},
		{"internal/widget/x.go", "github.com/google/go-cmp/cmp", "for tests"},
		{"internal/widget/x_test.go", "io/ioutil", "io and os"},
		{"internal/widget/x_test.go", "math/rand", "math/rand/v2"},
		{"internal/widget/x_test.go", "math/rand/v2", ""},
		{"internal/widget/x.go", "github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema", "terraform-plugin-framework"},
		{"internal/widget/x.go", "github.com/hashicorp/terraform-plugin-log/tfsdklog", "use tflog"},
		{"internal/widget/deep/x.go", ours + "hub", "no rule"},
		{"internal/widget/x.go", ours + "gadget/deep", "no rule"},
		{"tools/x/x.go", ours + "hub", ""}, // another module
	} {
		files, err := sources(fstest.MapFS{
			c.file:           {Data: []byte("package x\n\nimport _ \"" + c.imports + "\"\n")},
			"tools/x/go.mod": {Data: []byte("module tools")},
		})
		if err != nil {
			t.Fatal(err)
		}
		got := strings.Join(problems(files), "\n")
		if (got == "") != (c.want == "") || !strings.Contains(got, c.want) {
			t.Errorf("%s imports %s: got %q, want %q", c.file, c.imports, got, c.want)
		}
	}
}
