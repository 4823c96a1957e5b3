package main

import (
	"maps"
	"strings"
	"testing"
)

func TestSizes(t *testing.T) {
	t.Parallel()
	modules := []string{"example.com/main", "example.com/hcl", "example.com/hcl/v2", "gopkg.in/yaml.v3"}
	got := sizes(strings.Join([]string{
		"  1000       10 T example.com/hcl/v2/hclsyntax.(*parser).parse",
		"  1010        5 T example.com/hcl.Parse",
		"  1015        3 T example.com/hclwrite.Parse", // another module, which is not on the list
		"  1020        7 T main.run",
		"  1030       11 T example.com/main/internal/hub.(*Client).Get",
		"  1040       13 t type:.eq.example.com/main/internal/hub.key",
		"  1050       17 T slices.SortFunc[go.shape.[]example.com/main/internal/hub.Agent, go.shape.int]",
		"  1060       19 T gopkg.in/yaml%2ev3.Unmarshal",
		"  1070      100 D example.com/hcl.table",
		"  1080        1 r runtime.text",
		"               U _",
		"",
	}, "\n"), modules)
	want := map[string]int{"example.com/hcl/v2": 10, "example.com/hcl": 5, "example.com/main": 31, standardLibrary: 20, "gopkg.in/yaml.v3": 19}
	if !maps.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	var out strings.Builder
	if err := write(&out, map[string]int{"a": 1, "b": 2, "c": 1}); err != nil {
		t.Fatal(err)
	}
	if want := "           2   50.0 %  b\n           1   25.0 %  a\n           1   25.0 %  c\n           4  bytes of code\n"; out.String() != want {
		t.Errorf("printed\n%s, want\n%s", &out, want)
	}
}
