package snapshot

import (
	"encoding/json"
	"slices"
	"strconv"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/account"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

// sourceKeys are the keys of the sources of a chatbot: what others know a source by, instead of its id.
type sourceKeys map[hub.ID]string

// sources returns the sources of a chatbot and their keys, and records the hashes in the names of files.
func (d *Document) sources(b *account.Bot) ([]any, sourceKeys) {
	keys := sourceKeys{}
	var all []object
	for _, s := range b.Sources {
		key, hash := sourceKey(s)
		keys[s.ID] = key
		if hash != "" {
			d.Hashes[key] = hash
		}
		all = append(all, d.source(s, key))
	}
	return sorted(all, "key"), keys
}

// sourceKey returns the key of a source, with its kind, because a question can be an address or the name of a file. hash is the part of a hash
// that a knowledge base put into the name of a file.
func sourceKey(s hub.Source) (key, hash string) {
	switch s.Kind() {
	case hub.SourceOfQuestion:
		return "question: " + text(s.Meta().Question), ""
	case hub.SourceOfPage:
		return "page: " + hub.NormalAddress(s.FileName), ""
	}
	name, hash := s.PlainName()
	return "file: " + hub.Composed(name), hash
}

// source returns what identifies the content of a source. It has no title, because the service writes titles and changes them, and neither a
// type nor tokens, which the service can show otherwise for equal content. A status is there for a source that is not trained only: answers do
// not come from it.
func (d *Document) source(s hub.Source, key string) object {
	o := object{"key": key}
	unreadable := s.UnreadableFields()
	switch meta := s.Meta(); s.Kind() {
	case hub.SourceOfQuestion:
		put(o, "answer", text(meta.Answer))
		if meta.Question == nil || meta.Answer == nil { // the service has them and does not show them
			unreadable = append(unreadable, "meta_json")
		}
	case hub.SourceOfFile:
		if s.FileSize != nil {
			if size, err := s.FileSize.Int(); err == nil {
				put(o, "size", json.Number(strconv.FormatInt(size, 10)))
			}
		}
	}
	if link := s.Link(); link != "" {
		o["reference_source_link"] = hub.NormalAddress(link)
	}
	if !hub.ParseTrainingStatus(s.Status).Trained {
		o["trained"] = false
	}
	d.unread(Ref{Kind: Source, Name: key}, o, "source "+string(s.ID), unreadable, func(field string) bool { return !isTime(field) && !slices.Contains([]string{"title", "tokens"}, field) })
	return o
}

// putIn adds the keys of sources that an object lists by their ids. Of sources that the chatbot does not have, the number is added.
func (k sourceKeys) putIn(o object, ids *[]hub.ID) {
	if ids == nil {
		return
	}
	var known []string
	unknown := 0
	for _, id := range slices.Compact(slices.Sorted(slices.Values(*ids))) {
		if key, found := k[id]; found {
			known = append(known, key)
		} else {
			unknown++
		}
	}
	put(o, "sources", list(slices.Sorted(slices.Values(known))))
	put(o, "unknown_sources", json.Number(strconv.Itoa(unknown)))
}
