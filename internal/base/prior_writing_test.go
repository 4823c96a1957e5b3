package base_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
)

func TestPriorWriting(t *testing.T) {
	t.Parallel()
	list := func(texts ...string) types.List {
		values := []attr.Value{}
		for _, s := range texts {
			values = append(values, types.StringValue(s))
		}
		return types.ListValueMust(types.StringType, values)
	}
	object := func(text string, n float64) types.Object {
		return types.ObjectValueMust(map[string]attr.Type{"text": types.StringType, "n": types.Float64Type},
			map[string]attr.Value{"text": types.StringValue(text), "n": types.Float64Value(n)})
	}
	for name, c := range map[string]struct{ next, prior, want attr.Value }{
		"equal text":       {types.StringValue("a\nb"), types.StringValue("\ufeffa\r\nb "), types.StringValue("\ufeffa\r\nb ")},
		"other text":       {types.StringValue("a\n\nb"), types.StringValue("a\nb"), types.StringValue("a\n\nb")},
		"inner mark":       {types.StringValue("a\ufeffb"), types.StringValue("ab"), types.StringValue("a\ufeffb")},
		"blank":            {types.StringValue(" "), types.StringValue(""), types.StringValue("")},
		"no prior":         {types.StringValue(""), types.StringNull(), types.StringValue("")},
		"unknown prior":    {types.StringValue("a"), types.StringUnknown(), types.StringValue("a")},
		"unknown":          {types.StringUnknown(), types.StringValue("a"), types.StringUnknown()},
		"null":             {types.StringNull(), types.StringValue(""), types.StringNull()},
		"equal number":     {types.Float64Value(0.7), types.Float64Value(float64(float32(0.7))), types.Float64Value(float64(float32(0.7)))},
		"other number":     {types.Float64Value(0.7), types.Float64Value(0.70001), types.Float64Value(0.7)},
		"list":             {list("a", "b"), list("a ", "c", "d"), list("a ", "b")},
		"longer list":      {list("a", "b"), list("a "), list("a ", "b")},
		"list without one": {list("a"), types.List{}, list("a")},
		"object":           {object("a", 0.1), object("a\r\n", 0.2), object("a\r\n", 0.1)},
	} {
		if got := base.PriorWriting(c.next, c.prior); !got.Equal(c.want) {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}
