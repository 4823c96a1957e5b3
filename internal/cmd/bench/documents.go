package main

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// The ways to write documents that are compared.
const (
	oneResource = "knowledge base"
	forEach     = "for_each"
)

// documentConfigs are the configurations of the files in the folder docs.
var documentConfigs = map[string]string{
	oneResource: header + chatbotBlock + `
resource "aichatbothub_knowledge_base" "docs" {
  chatbot_id = aichatbothub_chatbot.bot.id
  folder     = { path = "${path.module}/docs" }
}
`,
	forEach: header + chatbotBlock + `
locals {
  files = fileset("${path.module}/docs", "*.md") # read once, and not for each instance
}

resource "aichatbothub_source" "docs" {
  for_each   = local.files
  chatbot_id = aichatbothub_chatbot.bot.id
  file       = { path = "${path.module}/docs/${each.key}" }
}
`,
}

// The steps of which the cost is measured.
const (
	applied   = "apply"
	unchanged = "plan, unchanged"
	changed   = "plan, one changed"
	destroyed = "destroy"
)

// documentPoint is the cost of a step with N documents.
type documentPoint struct {
	With, Step string
	N, Runs    int
	cost       // medians
}

// documents compares a knowledge base with single sources in for_each (P9).
func documents(ctx context.Context, b *bench) error {
	for number := range strings.SplitSeq(b.numbers, ",") {
		n, err := strconv.Atoi(strings.TrimSpace(number))
		if err == nil {
			err = b.documentsOf(ctx, n)
		}
		if err != nil {
			return fmt.Errorf("%s documents: %w", number, err)
		}
	}
	b.judgeDocuments()
	return b.folderUpload(ctx)
}

// documentsOf measures all steps with n documents. The plans of the two are interleaved.
func (b *bench) documentsOf(ctx context.Context, n int) error {
	worlds, runs := map[string]*world{}, map[[2]string][]cost{}
	defer func() {
		for _, w := range worlds {
			w.end()
		}
	}()
	measure := func(with, step string, args ...string) error {
		c, err := worlds[with].command(ctx, ours, args...)
		if err != nil {
			return fmt.Errorf("%s of the %s: %w", step, with, err)
		}
		runs[[2]string{with, step}] = append(runs[[2]string{with, step}], c)
		return nil
	}
	ways := []string{oneResource, forEach}
	if n > 10*b.each { // the time of Terraform grows with the square of n: a plan of 1,000 takes minutes, and one of 5,000 an hour
		ways = ways[:1]
	}
	for _, with := range ways {
		w, err := b.empty(ctx, documentConfigs[with], mockhub.Quirks{})
		if err != nil {
			return err
		}
		worlds[with] = w
		if with == forEach && n > b.each {
			err = w.manyFiles(ctx, n)
		} else if err = w.writeDocuments(0, n); err == nil {
			err = measure(with, applied, "apply", "-auto-approve")
		}
		if err != nil {
			return err
		}
	}
	for round := range b.rounds {
		for _, with := range ways {
			if with == forEach && n > b.each && round > 0 { // it takes minutes
				continue
			}
			err := measure(with, unchanged, "plan", "-detailed-exitcode", "-lock=false")
			if with == oneResource || n <= b.each {
				err = errors.Join(err, worlds[with].writeDocument(0, "changed"), measure(with, changed, "plan", "-lock=false"), worlds[with].writeDocument(0, ""))
			}
			if err != nil {
				return err
			}
		}
	}
	for _, with := range ways {
		if with == oneResource || n <= b.each {
			if err := measure(with, destroyed, "destroy", "-auto-approve"); err != nil {
				return err
			}
		}
	}
	b.addDocuments(n, runs)
	return nil
}

// addDocuments adds the medians of all steps with n documents, by way and step.
func (b *bench) addDocuments(n int, runs map[[2]string][]cost) {
	for _, step := range []string{unchanged, changed, applied, destroyed} {
		for _, with := range []string{oneResource, forEach} {
			if of := runs[[2]string{with, step}]; len(of) > 0 {
				p := documentPoint{With: with, Step: step, N: n, Runs: len(of), cost: medians(of)}
				b.Documents = append(b.Documents, p)
				fmt.Fprintf(os.Stderr, "  %5d %-14s %-17s %5d requests %7.2f s wall %7.2f s CPU %6.2f s provider %6.1f MB %6.1f MB\n", n, with, step, p.Requests, p.Wall, p.CPU, p.ProviderCPU, p.ProviderRSS, p.RSS)
			}
		}
	}
}

// documentName is the name of document number i.
func documentName(i int) string { return fmt.Sprintf("%d.md", i) }

// writeDocuments writes the documents from number first to n-1.
func (w *world) writeDocuments(first, n int) error {
	err := os.MkdirAll(filepath.Join(w.dir, "docs"), 0o750)
	for i := first; i < n && err == nil; i++ {
		err = w.writeDocument(i, "")
	}
	return err
}

// documentText is the content of document number i.
func documentText(i int, addition string) string {
	return fmt.Sprintf("Question %d is answered in document %d. %s%s\n", i, i, strings.Repeat("Plants can be returned for thirty days. ", 20), addition)
}

// writeDocument writes document number i.
func (w *world) writeDocument(i int, addition string) error {
	return os.WriteFile(filepath.Join(w.dir, "docs", documentName(i)), []byte(documentText(i, addition)), 0o600)
}

// manyFiles writes n documents and makes their single sources. It applies one source and copies it.
func (w *world) manyFiles(ctx context.Context, n int) error {
	w.latency.Store(0)
	err := w.writeDocuments(0, 1)
	if err == nil {
		_, err = w.command(ctx, ours, "apply", "-auto-approve")
	}
	w.latency.Store(int64(latency))
	if err != nil {
		return err
	}
	return errors.Join(w.writeDocuments(1, n), w.multiply(n, w.anotherFile))
}

// anotherFile adds the source of document number i to the mock and returns its instance in the state.
func (w *world) anotherFile(first mockhub.Source, one jsonObject, i int) (jsonObject, error) {
	bot, name, text := first.ChatbotUUID, documentName(i), documentText(i, "")
	first.UUID, first.FileName, first.FileSize = "", name, len(text)
	var attributes, file jsonObject
	err := json.Unmarshal(one["attributes"], &attributes)
	if err == nil {
		err = json.Unmarshal(attributes["file"], &file)
	}
	if err != nil {
		return nil, err
	}
	instance := maps.Clone(one)
	return instance, errors.Join(
		attributes.put("id", w.hub.AddSource(bot, first)), attributes.put("file_name", name), attributes.put("content_sha256", fmt.Sprintf("%x", sha256.Sum256([]byte(text)))),
		file.put("path", "./docs/"+name), attributes.put("file", file), attributes.put("file_size", len(text)), instance.put("index_key", name), instance.put("attributes", attributes))
}

// documentsAt returns the cost of a step, or nil if it was not measured.
func (r *results) documentsAt(with, step string, n int) *documentPoint {
	i := slices.IndexFunc(r.Documents, func(p documentPoint) bool { return p.With == with && p.Step == step && p.N == n })
	if i < 0 {
		return nil
	}
	return &r.Documents[i]
}

// judgeDocuments adds the rows for knowledge bases to the table.
func (b *bench) judgeDocuments() {
	if p, single := b.documentsAt(oneResource, unchanged, 1000), b.documentsAt(forEach, unchanged, 1000); p != nil && single != nil {
		b.add("P9", "CPU of a plan, knowledge base of 1000 documents", seconds(p.CPU), "", "", "0.25 × for_each = "+seconds(single.CPU/4), p.CPU <= single.CPU/4)
	}
	if p := b.documentsAt(oneResource, unchanged, 1000); p != nil {
		b.add("P9", "requests of a plan, knowledge base of 1000 documents", count(p.Requests), "", "", "2", p.Requests == 2)
		limit := 1 + float64(p.Requests)*latency.Seconds()
		b.add("P9", "time of a plan, knowledge base of 1000 documents", seconds(p.Wall), "", "", "1 s + requests × 100 ms = "+seconds(limit), p.Wall <= limit)
	}
	if p := b.documentsAt(oneResource, unchanged, 5000); p != nil {
		b.add("P9", "CPU of a plan, knowledge base of 5000 documents", seconds(p.CPU), "", "", "8 s", p.CPU <= 8)
	}
	if p := b.documentsAt(oneResource, destroyed, 1000); p != nil {
		b.add("P9", "requests of a destroy, knowledge base of 1000 documents", count(p.Requests-1), "", "", "12, without that of the chatbot", p.Requests-1 <= 12)
	}
}

// folderUpload measures the memory of an apply of 1,000 files of 1 MB.
func (b *bench) folderUpload(ctx context.Context) error {
	const files, size = 1000, 1_000_000
	w, err := b.empty(ctx, header+chatbotBlock, mockhub.Quirks{})
	if err != nil {
		return err
	}
	defer w.end()
	idle, err := w.command(ctx, ours, "apply", "-auto-approve")
	if err != nil {
		return err
	}
	err = errors.Join(os.Mkdir(filepath.Join(w.dir, "docs"), 0o750), os.WriteFile(filepath.Join(w.dir, "main.tf"), []byte(documentConfigs[oneResource]), 0o600))
	for i := 0; i < files && err == nil; i++ {
		err = largeFile(filepath.Join(w.dir, "docs", documentName(i)), i, size)
	}
	if err != nil {
		return err
	}
	busy, err := w.command(ctx, ours, "apply", "-auto-approve")
	if err != nil {
		return err
	}
	if number, bytes := w.hub.Uploads(); number != files || bytes < files*size {
		return fmt.Errorf("the mock received %d files with %d bytes", number, bytes)
	}
	above := busy.ProviderRSS - idle.ProviderRSS
	b.add("P9", "memory above idle for an upload of 1000 files of 1 MB", megabytes(above), "", "", "64 MB", above <= 64)
	return nil
}
