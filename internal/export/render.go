package export

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// firstLine is the first line of every configuration file. A later export recognizes the files by it.
const firstLine = "# Written by terraform-provider-aichatbothub export."

// writing is the configuration of an export before it is written to files.
type writing struct {
	validator  validator
	options    options
	names      map[hub.ID]string // the names of all objects
	baseNames  names             // the names of the knowledge bases
	references map[hub.ID]string // what refers to the ids of the objects in the configuration
	blocks     []*block          // the resources
	files      map[string][]byte // by path in the folder, with slashes
	warnings   warnings
}

// render renders the files in memory. earlier are the addresses of sources and knowledge bases that an earlier export has written.
func render(ctx context.Context, bots []*bot, o options, earlier map[string]bool, deployment deployment) (*writing, error) {
	w := &writing{validator: newValidator(), options: o, names: map[hub.ID]string{}, baseNames: names{}, references: map[hub.ID]string{}, files: map[string][]byte{}}
	w.assignNames(bots)
	for _, b := range bots {
		file, err := w.chatbotFile(ctx, b)
		if err != nil {
			return nil, err
		}
		if err := w.add(b.name+".tf", file); err != nil {
			return nil, err
		}
	}
	removed := w.replaced(bots, earlier)
	if len(removed) > 0 {
		if err := w.add(removedFile, removedBlocks(removed)); err != nil {
			return nil, err
		}
	}
	if err := w.add("terraform.tf", deployment.file()); err != nil {
		return nil, err
	}
	err := w.add("imports.tf", w.importsFile())
	return w, err
}

// assignNames assigns names to all objects in the chatbots. Names of default agents must differ from those of other agents, because
// their prompts are in the same folder.
func (w *writing) assignNames(bots []*bot) {
	var all [4][]named
	add := func(i int, b *bot, o hub.Object, display, kind string) {
		all[i] = append(all[i], named{o, childName(b.name, display, kind), func(name string) { w.names[o.ID] = name }})
	}
	for _, b := range bots {
		w.baseNames.take(b.name)
		for _, a := range b.Agents {
			add(0, b, a.Object, a.Name, "agent")
			for _, f := range functions(a) {
				add(1, b, f.Object, f.Name, "function")
			}
		}
		for _, s := range b.Sources {
			add(2, b, s.Object, sourceLabel(s), "source")
		}
		for _, t := range b.SourceTags {
			add(3, b, t.Object, t.Name, "tag")
		}
	}
	for _, objects := range all {
		assignNames(objects)
	}
}

// chatbotFile returns the configuration of a chatbot and the objects in it. An object is validated before the objects that refer to it.
func (w *writing) chatbotFile(ctx context.Context, b *bot) (string, error) {
	var err error
	accept := func(r *block, o hub.Object) *block {
		if err == nil {
			err = w.accept(ctx, r, o)
		}
		return r
	}
	chatbot := accept(chatbotBlock(b), b.Object)
	var baseBlocks, sourceBlocks, agentBlocks, tagBlocks []*block
	var single map[hub.ID]string
	if w.options.knowledgeBase && err == nil {
		baseBlocks, single, err = w.knowledgeBases(ctx, b)
	}
	for _, s := range b.Sources {
		if w.references[s.ID] == "" { // it is not a document of a knowledge base
			sourceBlocks = append(sourceBlocks, w.singleSource(accept(w.sourceBlock(b, s), s.Object), single[s.ID]))
		}
	}
	for _, a := range b.inOrder() {
		if w.options.include[agents] {
			agentBlocks = append(agentBlocks, accept(w.agentBlock(b, a, a.ID == b.defaultAgent()), a.Object))
		}
		for _, f := range functions(a) {
			if w.options.include[toolFunctions] {
				agentBlocks = append(agentBlocks, accept(w.functionBlock(b, a, f), f.Object))
			}
		}
	}
	for _, t := range b.SourceTags {
		tagBlocks = append(tagBlocks, accept(w.tagBlock(b, t), t.Object))
	}
	if err != nil {
		return "", err
	}
	var file strings.Builder
	file.WriteString(firstLine + "\n")
	for _, blocks := range [][]*block{{chatbot}, agentBlocks, baseBlocks, sourceBlocks, tagBlocks} {
		for _, r := range blocks {
			file.WriteString("\n" + r.write())
			if r.refusal == "" {
				w.blocks = append(w.blocks, r)
			}
		}
	}
	return file.String(), nil
}

// inOrder returns the agents with the default agent first.
func (b *bot) inOrder() []hub.Agent {
	var first, rest []hub.Agent
	for _, a := range b.Agents {
		if a.ID == b.defaultAgent() {
			first = append(first, a)
		} else {
			rest = append(rest, a)
		}
	}
	return append(first, rest...)
}

// accept validates the block of an object, adds warnings, and records the reference to the object if it is imported.
func (w *writing) accept(ctx context.Context, r *block, o hub.Object) error {
	var omitted []string
	var err error
	if r.refusal == "" {
		if omitted, err = w.validator.validate(ctx, r); err != nil {
			return err
		}
	}
	for _, text := range omitted {
		w.warnings.add(text, r)
	}
	if unreadable := unreadableSettings(o); unreadable != "" {
		text := "the service returned these fields in a form that the provider does not know: " + unreadable + "."
		if r.refusal == "" {
			w.warnings.add("left out, because "+text, r)
		} else {
			r.refusal = text
		}
	}
	if r.refusal != "" {
		w.warnings.add("not exported, but written as a comment: "+r.refusal, r)
		return nil
	}
	if r.variable != "" {
		w.warnings.add(urlWarning, r)
	}
	w.references[o.ID] = r.address() + ".id"
	return nil
}

// unreadableSettings returns the fields of an object that could not be read, without times, which are not exported.
func unreadableSettings(o hub.Object) string {
	return strings.Join(slices.DeleteFunc(slices.Clone(o.Unreadable), func(field string) bool { return field == "created_at" || field == "modified_at" }), ", ")
}

// id is a reference to the id of an object, or the id itself if the object is not imported.
func (w *writing) id(id hub.ID) value {
	if reference, ok := w.references[id]; ok {
		return verbatim{reference, string(id)}
	}
	return short(string(id))
}

// add formats a file and checks its syntax.
func (w *writing) add(name, content string) error {
	formatted := hclwrite.Format([]byte(content))
	if _, diags := hclsyntax.ParseConfig(formatted, name, hcl.InitialPos); diags.HasErrors() {
		return fmt.Errorf("%s: the exported configuration is invalid: %s. This is a bug in the provider. %s", name, diags.Error(), hub.ReportIt)
	}
	w.files[name] = formatted
	return nil
}

// importsFile returns the import blocks.
func (w *writing) importsFile() string {
	var b strings.Builder
	b.WriteString(firstLine + "\n#\n# The first apply imports these objects. This file can be deleted after that.\n")
	for _, r := range w.blocks {
		if len(r.path) == 0 { // a knowledge base, which is created
			continue
		}
		b.WriteString("\nimport {\n  to = " + r.address() + "\n  id = " + quote(r.importID()) + "\n}\n")
	}
	return b.String()
}
