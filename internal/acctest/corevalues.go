package acctest

import (
	"errors"
	"fmt"
	"math/big"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"golang.org/x/text/unicode/norm"
)

// lostIdentity returns what is wrong with an identity: it must exist, be known, and never change.
func (o *Object) lostIdentity(before *tfprotov6.ResourceIdentityData) []string {
	if n, _ := NounOf(o.typeName); n.Parts != nil {
		return nil
	}
	ty := o.s.identityType(o.typeName)
	if o.identity == nil || o.identity.IdentityData == nil {
		return []string{"there is no identity"}
	}
	now, err := o.identity.IdentityData.Unmarshal(ty)
	if err != nil || now.IsNull() || !now.IsFullyKnown() {
		return []string{fmt.Sprintf("the identity is %s, %v", now, err)}
	}
	if before == nil || before.IdentityData == nil {
		return nil
	}
	if was, err := before.IdentityData.Unmarshal(ty); err == nil && !was.IsNull() && !was.Equal(now) {
		return []string{fmt.Sprintf("the identity was %s and is %s", was, now)}
	}
	return nil
}

func (o *Object) dynamic(v tftypes.Value) (*tfprotov6.DynamicValue, error) {
	dv, err := tfprotov6.NewDynamicValue(o.schema.ValueType(), v)
	return &dv, err
}

func (o *Object) open(dv *tfprotov6.DynamicValue) (tftypes.Value, error) {
	v, err := dv.Unmarshal(o.schema.ValueType())
	return asConfigured(v), err
}

// asConfigured converts strings and numbers to the form that core uses: strings in Unicode's form NFC, and numbers with 512 bits, parsed from
// the shortest decimal text, so that 0.3 in a configuration equals 0.3 in an answer. Writing a state as JSON does the same.
func asConfigured(v tftypes.Value) tftypes.Value {
	out, err := tftypes.Transform(v, func(_ *tftypes.AttributePath, v tftypes.Value) (tftypes.Value, error) {
		if v.IsNull() || !v.IsKnown() {
			return v, nil
		}
		var text string
		if v.Type().Is(tftypes.String) && v.As(&text) == nil {
			return tftypes.NewValue(tftypes.String, norm.NFC.String(text)), nil
		}
		var number big.Float
		if v.Type().Is(tftypes.Number) && v.As(&number) == nil {
			exact, _, err := big.ParseFloat(number.Text('g', -1), 10, 512, big.ToNearestEven)
			return tftypes.NewValue(tftypes.Number, exact), err
		}
		return v, nil
	})
	if err != nil {
		panic(err) // of a value that has its type already
	}
	return out
}

// RefusalError is what the provider reports as errors.
type RefusalError struct {
	Doing       string
	Diagnostics []*tfprotov6.Diagnostic
}

func (r *RefusalError) Error() string {
	var errs []string
	for _, d := range r.Diagnostics {
		errs = append(errs, fmt.Sprintf("%s: %s (%s)", d.Summary, d.Detail, d.Attribute))
	}
	return r.Doing + ": " + strings.Join(errs, "\n")
}

// refusal returns the errors in diagnostics as one error.
func refusal(doing string, diags []*tfprotov6.Diagnostic) error {
	var errs []*tfprotov6.Diagnostic
	for _, d := range diags {
		if d.Severity == tfprotov6.DiagnosticSeverityError {
			errs = append(errs, d)
		}
	}
	if len(errs) == 0 {
		return nil
	}
	return &RefusalError{doing, errs}
}

// words are the texts of diagnostics.
func words(diags []*tfprotov6.Diagnostic) []string {
	var all []string
	for _, d := range diags {
		all = append(all, d.Summary+": "+d.Detail)
	}
	return all
}

func broken(what string, problems []string) error {
	if len(problems) == 0 {
		return nil
	}
	return errors.New(what + ": " + strings.Join(problems, "\n"))
}
