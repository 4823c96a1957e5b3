package mockhub

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// render is the source as an item of a list, as of the time now.
func (s Source) render(now time.Time, q Quirks) map[string]any {
	v, known := s.snapshot(now, q), s.countsKnown(now, q)
	out := map[string]any{
		"uuid": v.UUID, "title": v.Title, "file_name": v.renderName(q), "type": v.renderType(q), "status": v.Status,
		"file_size": renderCount(q, v.FileSize, known), "tokens": renderCount(q, v.Tokens, known),
		"created_at": formatTime(v.CreatedAt), "modified_at": formatTime(v.ModifiedAt),
	}
	if q.MetaJSON != "absent" {
		out["meta_json"] = v.renderMeta(q)
	}
	return out
}

// renderWritten is the source in the answer to a create or an update, in the short form or in the full one (api.md §3).
func (s Source) renderWritten(now time.Time, q Quirks, short bool) map[string]any {
	out := s.render(now, q)
	if short {
		for key := range out {
			if !slices.Contains([]string{"uuid", "title", "type", "status", "file_name"}, key) {
				delete(out, key)
			}
		}
	}
	return out
}

func (s Source) renderType(q Quirks) string {
	switch {
	case s.Type == linkSource:
		return cmp.Or(q.LinkType, linkSource)
	case s.Type != uploadSource:
		return s.Type
	case q.TablesByExtension && slices.Contains([]string{"csv", "xlsx"}, extension(s.FileName)):
		return "table"
	case q.UploadTypeFile:
		return "file"
	}
	return s.Type
}

// renderName is the file name of a source, or its address in the form of the quirks.
func (s Source) renderName(q Quirks) string {
	if s.Type == linkSource {
		return addressIn(q.AddressForm, s.FileName)
	}
	return s.FileName
}

// addressIn is an address in a form of Quirks.AddressForm.
func addressIn(form, address string) string {
	end := len(address)
	if i := strings.IndexAny(address, "?#"); i >= 0 {
		end = i
	}
	page, query := address[:end], address[end:]
	switch form {
	case "slash":
		return strings.TrimSuffix(page, "/") + "/" + query
	case "no_slash":
		return strings.TrimSuffix(page, "/") + query
	case "lower_host":
		scheme, rest, _ := strings.Cut(page, "://")
		host, path, found := strings.Cut(rest, "/")
		if found {
			path = "/" + path
		}
		return scheme + "://" + strings.ToLower(host) + path + query
	case "no_scheme":
		return strings.TrimPrefix(address, "https://")
	}
	return address
}

func renderCount(q Quirks, n int, known bool) any {
	switch {
	case !known && q.SourceNumbersNull:
		return nil
	case q.SourceNumbersAsStrings:
		return strconv.Itoa(n)
	}
	return n
}

// renderMeta is meta_json: JSON in a string (api.md §3).
func (s Source) renderMeta(q Quirks) string {
	meta := map[string]string{}
	if s.Type == qaSource {
		meta["question"], meta["answer"] = s.Question, s.Answer
	}
	if link := s.shownLink(q); link != "" && q.MetaJSON != "without" {
		meta["reference_source_link"] = addressIn(q.AddressForm, link)
	}
	return string(encodeJSON(meta))
}

// shownLink is the reference_source_link of a source.
func (s Source) shownLink(q Quirks) string {
	switch {
	case s.ReferenceSourceLink != "" || !q.LinksInvented:
		return s.ReferenceSourceLink
	case s.Type == linkSource:
		return s.FileName
	}
	return "https://cited.example.com/" + s.UUID
}
