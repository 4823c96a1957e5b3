package main

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// convert returns the schemas in Terraform's JSON format. It returns an error for
// a function without a return type, which the format cannot represent.
func convert(
	address string,
	schemas *tfprotov6.GetProviderSchemaResponse,
	identities *tfprotov6.GetResourceIdentitySchemasResponse,
) (*documentJSON, error) {
	functions, err := convertFunctions(schemas.Functions)
	if err != nil {
		return nil, err
	}
	actions := make(map[string]actionJSON, len(schemas.ActionSchemas))
	for name, action := range schemas.ActionSchemas {
		actions[name] = actionJSON{Block: convertSchema(action.Schema).Block}
	}
	provider := convertSchema(schemas.Provider)
	return &documentJSON{
		FormatVersion: formatVersion,
		Providers: map[string]providerJSON{address: {
			Provider:           &provider,
			Resources:          convertSchemas(schemas.ResourceSchemas),
			DataSources:        convertSchemas(schemas.DataSourceSchemas),
			EphemeralResources: convertSchemas(schemas.EphemeralResourceSchemas),
			ListResources:      convertSchemas(schemas.ListResourceSchemas),
			Functions:          functions,
			Identities:         convertIdentities(identities.IdentitySchemas),
			Actions:            actions,
		}},
	}, nil
}

func convertSchemas(schemas map[string]*tfprotov6.Schema) map[string]schemaJSON {
	converted := make(map[string]schemaJSON, len(schemas))
	for name, schema := range schemas {
		converted[name] = convertSchema(schema)
	}
	return converted
}

func convertSchema(schema *tfprotov6.Schema) schemaJSON {
	if schema == nil {
		return schemaJSON{}
	}
	return schemaJSON{Version: schema.Version, Block: convertBlock(schema.Block)}
}

func convertBlock(block *tfprotov6.SchemaBlock) *blockJSON {
	if block == nil {
		return &blockJSON{}
	}
	nested := make(map[string]nestedBlockJSON, len(block.BlockTypes))
	for _, child := range block.BlockTypes {
		nested[child.TypeName] = nestedBlockJSON{
			Nesting:  strings.ToLower(child.Nesting.String()),
			Block:    convertBlock(child.Block),
			MinItems: child.MinItems,
			MaxItems: child.MaxItems,
		}
	}
	return &blockJSON{
		Attributes:         convertAttributes(block.Attributes),
		Blocks:             nested,
		Description:        block.Description,
		DescriptionKind:    strings.ToLower(block.DescriptionKind.String()),
		Deprecated:         block.Deprecated,
		DeprecationMessage: block.DeprecationMessage,
	}
}

func convertAttributes(attributes []*tfprotov6.SchemaAttribute) map[string]attributeJSON {
	converted := make(map[string]attributeJSON, len(attributes))
	for _, attribute := range attributes {
		var nested *nestedTypeJSON
		if attribute.NestedType != nil {
			nested = &nestedTypeJSON{
				Attributes: convertAttributes(attribute.NestedType.Attributes),
				Nesting:    strings.ToLower(attribute.NestedType.Nesting.String()),
			}
		}
		converted[attribute.Name] = attributeJSON{
			Type:               attribute.Type,
			Nested:             nested,
			Description:        attribute.Description,
			DescriptionKind:    strings.ToLower(attribute.DescriptionKind.String()),
			Deprecated:         attribute.Deprecated,
			DeprecationMessage: attribute.DeprecationMessage,
			Required:           attribute.Required,
			Optional:           attribute.Optional,
			Computed:           attribute.Computed,
			Sensitive:          attribute.Sensitive,
			WriteOnly:          attribute.WriteOnly,
		}
	}
	return converted
}

func convertIdentities(identities map[string]*tfprotov6.ResourceIdentitySchema) map[string]identityJSON {
	converted := make(map[string]identityJSON, len(identities))
	for name, identity := range identities {
		attributes := make(map[string]identityAttributeJSON, len(identity.IdentityAttributes))
		for _, attribute := range identity.IdentityAttributes {
			attributes[attribute.Name] = identityAttributeJSON{
				Type:              attribute.Type,
				Description:       attribute.Description,
				RequiredForImport: attribute.RequiredForImport,
				OptionalForImport: attribute.OptionalForImport,
			}
		}
		converted[name] = identityJSON{Version: identity.Version, Attributes: attributes}
	}
	return converted
}

func convertFunctions(functions map[string]*tfprotov6.Function) (map[string]functionJSON, error) {
	converted := make(map[string]functionJSON, len(functions))
	for name, function := range functions {
		if function.Return == nil {
			return nil, fmt.Errorf("function %q has no return type", name)
		}
		parameters := make([]parameterJSON, len(function.Parameters))
		for i, parameter := range function.Parameters {
			parameters[i] = convertParameter(parameter)
		}
		var variadic *parameterJSON
		if function.VariadicParameter != nil {
			last := convertParameter(function.VariadicParameter)
			variadic = &last
		}
		converted[name] = functionJSON{
			Description:        function.Description,
			Summary:            function.Summary,
			DeprecationMessage: function.DeprecationMessage,
			ReturnType:         function.Return.Type,
			Parameters:         parameters,
			VariadicParameter:  variadic,
		}
	}
	return converted, nil
}

func convertParameter(parameter *tfprotov6.FunctionParameter) parameterJSON {
	return parameterJSON{
		Name:        parameter.Name,
		Description: parameter.Description,
		IsNullable:  parameter.AllowNullValue,
		Type:        parameter.Type,
	}
}
