package faq_test

import (
	"maps"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/faq"
)

// call calls the function. It returns the answers by question, or the error.
func call(t testing.TB, text, format string) (map[string]string, *function.FuncError) {
	t.Helper()
	resp := function.RunResponse{Result: function.NewResultData(types.MapUnknown(types.StringType))}
	faq.NewFunction().Run(t.Context(), function.RunRequest{Arguments: function.NewArgumentsData([]attr.Value{types.StringValue(text), types.StringValue(format)})}, &resp)
	if resp.Error != nil {
		return nil, resp.Error
	}
	result, ok := resp.Result.Value().(types.Map)
	if !ok || result.IsUnknown() || result.IsNull() {
		t.Fatalf("the result is %v", resp.Result.Value())
	}
	answers := map[string]string{}
	if diags := result.ElementsAs(t.Context(), &answers, false); diags.HasError() {
		t.Fatal(diags)
	}
	return answers, nil
}

// row is a text with what it means: answers by question, or the error at the argument text.
type row struct {
	text string
	want map[string]string
	err  string
}

func check(t *testing.T, format string, rows map[string]row) {
	t.Helper()
	for name, c := range rows {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := call(t, c.text, format)
			switch {
			case err != nil && (err.Text != c.err || err.FunctionArgument == nil || *err.FunctionArgument != 0):
				t.Errorf("error %q at %v, want %q at 0", err.Text, err.FunctionArgument, c.err)
			case err == nil && c.err != "":
				t.Errorf("%q, want the error %q", got, c.err)
			case err == nil && !maps.Equal(got, c.want):
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}
