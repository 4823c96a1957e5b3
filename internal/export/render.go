package export

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// firstLine begins every file of configuration, so that a later export knows them again.
const firstLine = "# Written by terraform-provider-aichatbothub export."

// writing is an export between the account and the disk.
type writing struct {
	check    checker
	include  kinds
	names    map[hub.ID]string // of all objects
	exported map[hub.ID]string // address of what is imported
	imports  []*block
	files    map[string][]byte // by path in the folder, with slashes
	warnings warnings
	count    map[string]int // by kind
}

// render turns what was read into files. Everything is in memory: whatever fails here leaves the disk alone.
func render(ctx context.Context, bots []*bot, include kinds, deployment deployment) (*writing, error) {
	w := &writing{check: newChecker(), include: include, names: map[hub.ID]string{}, exported: map[hub.ID]string{}, files: map[string][]byte{}, count: map[string]int{}}
	w.giveNames(bots)
	for _, b := range bots {
		file, err := w.chatbotFile(ctx, b)
		if err != nil {
			return nil, err
		}
		if err := w.add(b.name+".tf", file); err != nil {
			return nil, err
		}
	}
	if err := w.add("terraform.tf", deployment.file()); err != nil {
		return nil, err
	}
	err := w.add("imports.tf", w.importsFile())
	return w, err
}

// giveNames names everything within the chatbots; the default agents share their names' space with other agents, because their prompts
// share a folder.
func (w *writing) giveNames(bots []*bot) {
	var all [4][]named
	add := func(i int, b *bot, createdAt string, id hub.ID, display, kind string) {
		all[i] = append(all[i], named{createdAt, string(id), childName(b.name, display, kind), func(name string) { w.names[id] = name }})
	}
	for _, b := range bots {
		for _, a := range b.agents {
			add(0, b, a.CreatedAt, a.ID, a.Name, "agent")
			for _, f := range functions(a) {
				add(1, b, f.CreatedAt, f.ID, f.Name, "function")
			}
		}
		for _, s := range b.sources {
			add(2, b, s.CreatedAt, s.ID, sourceLabel(s), "source")
		}
		for _, t := range b.tags {
			add(3, b, t.CreatedAt, t.ID, t.Name, "tag")
		}
	}
	for _, objects := range all {
		giveNames(objects)
	}
}

// chatbotFile writes a chatbot and what is in it. What others refer to is checked before them, whatever its place in the file.
func (w *writing) chatbotFile(ctx context.Context, b *bot) (string, error) {
	var err error
	accept := func(r *block, id hub.ID) *block {
		if err == nil {
			err = w.accept(ctx, r, id)
		}
		return r
	}
	chatbot := accept(chatbotBlock(b), b.ID)
	var sourceBlocks, agentBlocks, tagBlocks []*block
	for _, s := range b.sources {
		sourceBlocks = append(sourceBlocks, accept(w.sourceBlock(b, s), s.ID))
	}
	for _, a := range b.inOrder() {
		if w.include[agents] {
			agentBlocks = append(agentBlocks, accept(w.agentBlock(b, a, a.ID == b.defaultAgent()), a.ID))
		}
		for _, f := range functions(a) {
			if w.include[toolFunctions] {
				agentBlocks = append(agentBlocks, accept(w.functionBlock(b, a, f), f.ID))
			}
		}
	}
	for _, t := range b.tags {
		tagBlocks = append(tagBlocks, accept(w.tagBlock(b, t), t.ID))
	}
	if err != nil {
		return "", err
	}
	var file strings.Builder
	file.WriteString(firstLine + "\n")
	for _, blocks := range [][]*block{{chatbot}, agentBlocks, sourceBlocks, tagBlocks} {
		for _, r := range blocks {
			file.WriteString("\n" + r.write())
			if r.refusal == "" {
				w.imports = append(w.imports, r)
				w.count[r.noun()]++
			}
		}
	}
	return file.String(), nil
}

// inOrder are the agents with the default one first.
func (b *bot) inOrder() []hub.Agent {
	var first, rest []hub.Agent
	for _, a := range b.agents {
		if a.ID == b.defaultAgent() {
			first = append(first, a)
		} else {
			rest = append(rest, a)
		}
	}
	return append(first, rest...)
}

// accept has the provider check a block, and notes what can be referred to.
func (w *writing) accept(ctx context.Context, r *block, id hub.ID) error {
	var left []string
	var err error
	if r.refusal == "" {
		if left, err = w.check.check(ctx, r); err != nil {
			return err
		}
	}
	for _, text := range left {
		w.warnings.add(text, r)
	}
	if r.refusal != "" {
		w.warnings.add("not exported, but left as a comment: "+r.refusal, r)
		return nil
	}
	w.exported[id] = r.address()
	return nil
}

// id refers to an object, or names it by its id where it is not exported.
func (w *writing) id(id hub.ID) value {
	if address, ok := w.exported[id]; ok {
		return verbatim{address + ".id", string(id)}
	}
	return short(string(id))
}

// add formats a file and makes sure that Terraform can read it.
func (w *writing) add(name, content string) error {
	formatted := hclwrite.Format([]byte(content))
	if _, diags := hclsyntax.ParseConfig(formatted, name, hcl.InitialPos); diags.HasErrors() {
		return fmt.Errorf("%s cannot be written as configuration, which is a bug in the export; please report it: %s", name, diags.Error())
	}
	w.files[name] = formatted
	return nil
}

// importsFile has a block for everything that is imported.
func (w *writing) importsFile() string {
	var b strings.Builder
	b.WriteString(firstLine + "\n#\n# What the first apply takes over. After it, this file has done its work and can be deleted.\n")
	for _, r := range w.imports {
		b.WriteString("\nimport {\n  to = " + r.address() + "\n  id = " + quote(r.importID()) + "\n}\n")
	}
	return b.String()
}
