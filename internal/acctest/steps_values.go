package acctest

import (
	"encoding/json"
	"fmt"
	"math/big"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/msgpack"
)

// attributeType is the type that core converts a written value to. Members of a nested object can be left out.
func attributeType(a *tfprotov6.SchemaAttribute) cty.Type {
	if a.NestedType == nil {
		return ctyType(a.Type)
	}
	members, optional := map[string]cty.Type{}, []string{}
	for _, member := range a.NestedType.Attributes {
		members[member.Name] = attributeType(member)
		if !member.Required {
			optional = append(optional, member.Name)
		}
	}
	object := cty.ObjectWithOptionalAttrs(members, optional)
	switch a.NestedType.Nesting {
	case tfprotov6.SchemaObjectNestingModeList:
		return cty.List(object)
	case tfprotov6.SchemaObjectNestingModeSet:
		return cty.Set(object)
	case tfprotov6.SchemaObjectNestingModeMap:
		return cty.Map(object)
	}
	return object
}

func ctyType(ty tftypes.Type) cty.Type {
	switch {
	case ty.Is(tftypes.String):
		return cty.String
	case ty.Is(tftypes.Number):
		return cty.Number
	case ty.Is(tftypes.Bool):
		return cty.Bool
	}
	switch ty := ty.(type) {
	case tftypes.List:
		return cty.List(ctyType(ty.ElementType))
	case tftypes.Set:
		return cty.Set(ctyType(ty.ElementType))
	case tftypes.Map:
		return cty.Map(ctyType(ty.ElementType))
	case tftypes.Object:
		members := map[string]cty.Type{}
		for name, member := range ty.AttributeTypes {
			members[name] = ctyType(member)
		}
		return cty.Object(members)
	}
	return cty.DynamicPseudoType
}

// toProtocol turns a value of the language into one of the protocol.
func toProtocol(v cty.Value, schema *tfprotov6.Schema) (tftypes.Value, error) {
	ty := schema.ValueType()
	packed, err := msgpack.Marshal(v, ctyType(ty))
	if err != nil {
		return tftypes.Value{}, err
	}
	out, err := (&tfprotov6.DynamicValue{MsgPack: packed}).Unmarshal(ty)
	if err != nil {
		return tftypes.Value{}, err
	}
	return asConfigured(out), nil
}

// fromProtocol turns a value of the protocol into one of the language.
func fromProtocol(v tftypes.Value, schema *tfprotov6.Schema) (cty.Value, error) {
	dv, err := tfprotov6.NewDynamicValue(schema.ValueType(), v)
	if err != nil {
		return cty.NilVal, err
	}
	return msgpack.Unmarshal(dv.MsgPack, ctyType(schema.ValueType()))
}

// plain is a value as `terraform show -json` has it, and where it is unknown. What is unknown is left out of the value.
func plain(v tftypes.Value) (value, unknown any) {
	if !v.IsKnown() {
		return nil, true
	}
	if v.IsNull() {
		return nil, false
	}
	switch v.Type().(type) {
	case tftypes.Object, tftypes.Map:
		out, open := map[string]any{}, map[string]any{}
		for name, member := range members(v) {
			one, missing := plain(member)
			if missing != true {
				out[name] = one
			}
			if missing != false {
				open[name] = missing
			}
		}
		return out, open
	case tftypes.List, tftypes.Set, tftypes.Tuple:
		out, open := []any{}, []any{}
		for _, element := range elements(v) {
			one, missing := plain(element)
			out, open = append(out, one), append(open, missing)
		}
		return out, open
	}
	return scalar(v), false
}

func scalar(v tftypes.Value) any {
	var text string
	var number big.Float
	var truth bool
	switch {
	case v.Type().Is(tftypes.String) && v.As(&text) == nil:
		return text
	case v.Type().Is(tftypes.Number) && v.As(&number) == nil:
		return json.Number(number.Text('f', -1))
	case v.Type().Is(tftypes.Bool) && v.As(&truth) == nil:
		return truth
	}
	panic("acctest: no scalar: " + v.String())
}

// flatten writes a value as the states of old did, which the checks of steps still read: "list.#", "list.0.name".
func flatten(into map[string]string, at string, value any) {
	join := func(name string) string {
		if at == "" {
			return name
		}
		return at + "." + name
	}
	switch value := value.(type) {
	case nil:
	case map[string]any:
		if at != "" {
			into[join("%")] = fmt.Sprint(len(value))
		}
		for name, member := range value {
			flatten(into, join(name), member)
		}
	case []any:
		into[join("#")] = fmt.Sprint(len(value))
		for i, element := range value {
			flatten(into, join(fmt.Sprint(i)), element)
		}
	default:
		into[at] = fmt.Sprint(value)
	}
}
