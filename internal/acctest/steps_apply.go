package acctest

import (
	"errors"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// apply applies a plan: first the deletions, the newest objects first, then the rest in the order of references.
func (w *workspace) apply(c *configuration, changes []*change) error {
	if err := w.begin(c); err != nil {
		return err
	}
	planned := map[string]*change{}
	for _, ch := range changes {
		planned[ch.node.address] = ch
		if ch.imports {
			w.keep(ch)
		}
	}
	for _, address := range slices.Backward(slices.Clone(w.order)) {
		if ch := planned[address]; ch != nil && (ch.delete || ch.planned.Replaces) {
			if err := w.remove(ch); err != nil {
				return err
			}
		}
	}
	known := values{}
	for address, value := range w.data {
		v, err := fromProtocol(value, w.s.Schema.DataSourceSchemas[strings.Split(address, ".")[1]])
		if err != nil {
			return err
		}
		known[address] = v
	}
	var errs []error
	failed := map[string]bool{}
	for _, n := range c.nodes {
		if slices.ContainsFunc(n.references, func(address string) bool { return failed[address] }) {
			failed[n.address] = true
			continue
		}
		if err := w.applyNode(n, planned[n.address], known); err != nil {
			failed[n.address] = true
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

func (w *workspace) remove(ch *change) error {
	o := ch.object
	if w.tainted[ch.node.address] && !ch.delete {
		o.ForgetPrivate()
	}
	_, err := o.apply(o.none(), Planned{Value: o.none(), private: o.private, identity: o.identity})
	if o.State.IsNull() {
		w.forget(ch.node.address)
	}
	return ch.node.explain(err)
}

func (w *workspace) applyNode(n *node, ch *change, known values) error {
	if n.kind == localNode || n.kind == outputNode {
		return w.evaluateExpression(n, known)
	}
	if ch == nil || ch.delete {
		return nil // a data source that was read for the plan, or a destroy
	}
	schema := w.schema(n)
	config, err := n.config(schema, known)
	if err != nil {
		return err
	}
	if ch.read {
		return w.read(n, config, known)
	}
	o := ch.object
	if !ch.empty() {
		if err := n.explain(w.change(ch, config)); err != nil {
			return err
		}
	}
	known[n.address], err = fromProtocol(o.State, schema)
	return err
}

// change creates or updates an object. An update that turns out to change nothing is not applied. An object whose creation failed halfway
// is kept, and replaced by the next plan.
func (w *workspace) change(ch *change, config tftypes.Value) error {
	o, address := ch.object, ch.node.address
	creates := o.State.IsNull()
	p, err := o.Final(ch.planned, config)
	if err == nil && !o.Empty(p) {
		_, err = o.apply(config, p)
	}
	if o.State.IsNull() {
		return err
	}
	w.keep(ch)
	w.tainted[address] = creates && err != nil
	return err
}

// keep puts an object into the state.
func (w *workspace) keep(ch *change) {
	address := ch.node.address
	if w.objects[address] == nil {
		w.order = append(w.order, address)
	}
	w.objects[address], w.nodes[address] = ch.object, ch.node
}

func (w *workspace) forget(address string) {
	delete(w.objects, address)
	delete(w.tainted, address)
	w.order = slices.DeleteFunc(w.order, func(other string) bool { return other == address })
}
