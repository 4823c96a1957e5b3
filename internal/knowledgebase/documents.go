package knowledgebase

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"golang.org/x/sync/errgroup"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/base"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// document is one document of the configuration.
type document struct {
	key  string
	kind hub.SourceKind
	hash string // SHA-256 of the content, in hexadecimal digits
	// Of a file: where it is, and its link, which may be empty.
	file folderFile
	link string
	// answer is that of a question.
	answer string
}

// documentsOf returns the documents of a configuration, ordered by key. known is false if an input is unknown. Problems are reported.
func documentsOf(ctx context.Context, in inputs, diags *diag.Diagnostics) (all []document, known bool) {
	if in.Folder.IsUnknown() || in.Questions.IsUnknown() || in.Pages.IsUnknown() || !allKnown(ctx, in) {
		return nil, false
	}
	all = append(questionsOf(in.Questions), pagesOf(in.Pages)...)
	files, err := filesOf(ctx, in.Folder)
	if err != nil {
		diags.AddAttributeError(path.Root("folder"), "Invalid folder", sentence(err.Error()))
		return nil, true
	}
	all = append(all, files...)
	all = hub.SortedFunc(all, func(a, b document) int { return strings.Compare(a.key, b.key) })
	if twice := repeated(all); len(twice) > 0 {
		diags.AddError("Duplicate document", fmt.Sprintf("These documents are there twice: %s. Questions are compared without white space at both ends, and addresses without a slash at the end. Remove one of each.", strings.Join(twice[:min(len(twice), maxNamed)], ", ")))
	}
	if len(all) > maxDocuments {
		diags.AddError("Too many documents", fmt.Sprintf("The configuration has %d documents. A knowledge base has at most %d. Use several.", len(all), maxDocuments))
	}
	return all, true
}

// allKnown reports whether no part of the inputs is unknown.
func allKnown(ctx context.Context, in inputs) bool {
	folder, errFolder := in.Folder.ToTerraformValue(ctx)
	questions, errQuestions := in.Questions.ToTerraformValue(ctx)
	pages, errPages := in.Pages.ToTerraformValue(ctx)
	return errFolder == nil && errQuestions == nil && errPages == nil && folder.IsFullyKnown() && questions.IsFullyKnown() && pages.IsFullyKnown()
}

// repeated returns the names of the documents that the service would take for another one.
func repeated(all []document) []string {
	var twice []string
	seen := map[string]bool{}
	for _, d := range all {
		key := d.sourceName(d.key)
		if seen[key] {
			twice = append(twice, d.name())
		}
		seen[key] = true
	}
	return slices.Compact(twice)
}

func questionsOf(questions types.Map) []document {
	var all []document
	for question, answer := range base.StringMap(questions) {
		all = append(all, document{key: question, kind: hub.SourceOfQuestion, hash: hashOf(hub.NormalText(answer)), answer: answer})
	}
	return all
}

func pagesOf(pages types.Set) []document {
	var all []document
	for _, v := range pages.Elements() {
		if address, ok := v.(types.String); ok {
			all = append(all, document{key: address.ValueString(), kind: hub.SourceOfPage, hash: hashOf(hub.NormalAddress(address.ValueString()))})
		}
	}
	return all
}

// filesOf returns the files of the folder with the hashes of their contents.
func filesOf(ctx context.Context, o types.Object) ([]document, error) {
	if o.IsNull() {
		return nil, nil
	}
	var f folder
	if diags := o.As(ctx, &f, basetypes.ObjectAsOptions{}); diags.HasError() {
		return nil, fmt.Errorf("%s", diags[0].Detail())
	}
	found, err := listFolder(f.Path.ValueString(), folderRules{include: elements(f.Include), exclude: elements(f.Exclude)})
	if err != nil {
		return nil, err
	}
	all := make([]document, len(found))
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i, file := range found {
		g.Go(func() error {
			if err := ctx.Err(); err != nil { // each file can be large
				return err
			}
			hash, err := file.hash()
			if err != nil {
				return fmt.Errorf("unable to read %s: %w", base.Quote(file.key), base.WithoutPath(err))
			}
			all[i] = document{key: file.key, kind: hub.SourceOfFile, hash: hash, file: file}
			if prefix := f.LinkPrefix.ValueString(); prefix != "" {
				all[i].link = prefix + escapedPath(file.key)
			}
			return nil
		})
	}
	return all, g.Wait()
}

// hash returns the SHA-256 of the file in hexadecimal digits. Memory does not grow with the file.
func (f folderFile) hash() (string, error) {
	file, err := f.open()
	if err != nil {
		return "", err
	}
	defer func() { _ = file.Close() }()
	sum, err := base.Hash(file, f.size)
	return hex.EncodeToString(sum[:]), err
}

// hashOf returns the SHA-256 of a text in hexadecimal digits.
func hashOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// hashOfAll returns the SHA-256 of all documents. Each key is followed by a byte that no text contains.
func hashOfAll(content map[string]string) string {
	h := sha256.New()
	for _, key := range base.SortedKeys(content) {
		_, _ = io.WriteString(h, key+"\xff"+content[key]+"\xff") // never returns an error
	}
	return hex.EncodeToString(h.Sum(nil))
}

// name returns the name of a document in messages. Questions are not quoted, because they can contain a secret.
func (d document) name() string {
	if d.kind == hub.SourceOfQuestion {
		return "a question"
	}
	return base.Quote(d.key)
}
