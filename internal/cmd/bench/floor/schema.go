package floor

import (
	"encoding/json"
	"fmt"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// file is the JSON of a file with schemas.
type file struct {
	Capabilities *tfprotov6.ServerCapabilities
	Provider     *schema
	Resources    map[string]*schema
}

// schema, attribute and object are those of tfprotov6 with types that can be decoded. Blocks are not supported.
type schema struct {
	Version    int64
	Block      tfprotov6.SchemaBlock // without attributes
	Attributes []*attribute
}

type attribute struct {
	tfprotov6.SchemaAttribute
	Type       json.RawMessage // shadows the embedded one
	NestedType *object
}

type object struct {
	Nesting    tfprotov6.SchemaObjectNestingMode
	Attributes []*attribute
}

// Write encodes the schemas of a provider and of its resources. Blocks are an error.
func Write(all *tfprotov6.GetProviderSchemaResponse) ([]byte, error) {
	out := file{Capabilities: all.ServerCapabilities, Resources: map[string]*schema{}}
	var err error
	if out.Provider, err = writeSchema(all.Provider); err != nil {
		return nil, err
	}
	for name, s := range all.ResourceSchemas {
		if out.Resources[name], err = writeSchema(s); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return json.Marshal(out)
}

func writeSchema(s *tfprotov6.Schema) (*schema, error) {
	if len(s.Block.BlockTypes) > 0 {
		return nil, fmt.Errorf("block %s: it has attributes only", s.Block.BlockTypes[0].TypeName)
	}
	attributes, err := writeAttributes(s.Block.Attributes)
	w := &schema{s.Version, *s.Block, attributes}
	w.Block.Attributes = nil
	return w, err
}

func writeAttributes(all []*tfprotov6.SchemaAttribute) ([]*attribute, error) {
	var out []*attribute
	for _, a := range all {
		w := &attribute{SchemaAttribute: *a}
		var err error
		if a.NestedType != nil {
			w.NestedType = &object{Nesting: a.NestedType.Nesting}
			w.NestedType.Attributes, err = writeAttributes(a.NestedType.Attributes)
		} else {
			w.Type, err = json.Marshal(a.Type)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", a.Name, err)
		}
		w.SchemaAttribute.Type, w.SchemaAttribute.NestedType = nil, nil
		out = append(out, w)
	}
	return out, nil
}

// Read decodes the result of [Write].
func Read(raw []byte) (*tfprotov6.GetProviderSchemaResponse, error) {
	var in file
	if err := json.Unmarshal(raw, &in); err != nil {
		return nil, err
	}
	out := &tfprotov6.GetProviderSchemaResponse{ServerCapabilities: in.Capabilities, ResourceSchemas: map[string]*tfprotov6.Schema{},
		DataSourceSchemas: map[string]*tfprotov6.Schema{}}
	var err error
	if out.Provider, err = readSchema(in.Provider); err != nil {
		return nil, err
	}
	for name, s := range in.Resources {
		if out.ResourceSchemas[name], err = readSchema(s); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return out, nil
}

func readSchema(s *schema) (*tfprotov6.Schema, error) {
	r := &tfprotov6.Schema{Version: s.Version, Block: &s.Block}
	var err error
	r.Block.Attributes, err = readAttributes(s.Attributes)
	return r, err
}

func readAttributes(all []*attribute) ([]*tfprotov6.SchemaAttribute, error) {
	var out []*tfprotov6.SchemaAttribute
	for _, a := range all {
		r := a.SchemaAttribute
		var err error
		if a.NestedType != nil {
			r.NestedType = &tfprotov6.SchemaObject{Nesting: a.NestedType.Nesting}
			r.NestedType.Attributes, err = readAttributes(a.NestedType.Attributes)
		} else {
			r.Type, err = readType(a.Type)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", a.Name, err)
		}
		out = append(out, &r)
	}
	return out, nil
}

// readType decodes Terraform's JSON notation of types: "string", ["list", "string"], ["object", {…}].
func readType(raw json.RawMessage) (tftypes.Type, error) {
	var name string
	if json.Unmarshal(raw, &name) == nil {
		ty, known := map[string]tftypes.Type{"string": tftypes.String, "number": tftypes.Number, "bool": tftypes.Bool, "dynamic": tftypes.DynamicPseudoType}[name]
		if !known {
			return nil, fmt.Errorf("unknown type %q", name)
		}
		return ty, nil
	}
	var pair []json.RawMessage
	if err := json.Unmarshal(raw, &pair); err != nil {
		return nil, err
	}
	if len(pair) < 2 || json.Unmarshal(pair[0], &name) != nil {
		return nil, fmt.Errorf("unknown type %s", raw)
	}
	if name == "object" {
		return readObject(pair[1])
	}
	of, err := readType(pair[1])
	if err != nil {
		return nil, err
	}
	switch name {
	case "list":
		return tftypes.List{ElementType: of}, nil
	case "set":
		return tftypes.Set{ElementType: of}, nil
	case "map":
		return tftypes.Map{ElementType: of}, nil
	default:
		return nil, fmt.Errorf("unknown type %s", raw)
	}
}

func readObject(raw json.RawMessage) (tftypes.Type, error) {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(raw, &fields); err != nil {
		return nil, err
	}
	out := tftypes.Object{AttributeTypes: map[string]tftypes.Type{}}
	for name, field := range fields {
		var err error
		if out.AttributeTypes[name], err = readType(field); err != nil {
			return nil, err
		}
	}
	return out, nil
}
