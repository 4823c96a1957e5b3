package mockhub

import (
	"cmp"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"
)

// The types of sources that the API can create (api.md §3). The web app can create others.
const (
	uploadSource = "upload"
	linkSource   = "link"
	qaSource     = "qa"
)

// Source is a stored source (api.md §3) and its training (api.md §5). Title, Status, FileSize, Tokens and ModifiedAt change
// with time. [Hub.Source], [Hub.Sources] and [Hub.EditSource] have their current values by the hub's clock.
type Source struct {
	UUID, ChatbotUUID string
	// Type is upload, link, qa, google-drive, table, image, video or any other text. Quirks can change upload in answers.
	Type  string
	Title string
	// FileName is the name of the uploaded file, or the URL. It is "" for Q&A.
	FileName string
	// FileSize (bytes) and Tokens are 0 until the source has been trained once.
	FileSize, Tokens                      int
	Question, Answer, ReferenceSourceLink string
	// Text is the beginning of a text file, which answers can come from (Quirks.AnswersFrom).
	Text string
	// Hash is the SHA-256 of an uploaded file, in hex.
	Hash                  string
	CreatedAt, ModifiedAt time.Time

	// Status follows the training. After it has been set by AddSource, EditSource or SetSourceStatus, it does not change
	// until the next training begins.
	Status string
	// TrainingBegan and TrainingEnds are the begin and the end of the latest training. Trainings counts the trainings.
	TrainingBegan, TrainingEnds time.Time
	Trainings                   int
	// TrainingTime and TrainingStatuses are the duration and the statuses of this source's trainings. 0 and nil mean those of
	// the quirks.
	TrainingTime     time.Duration
	TrainingStatuses []string
	// FailsWith is the final status of trainings while FailuresLeft is not 0. Each training decrements FailuresLeft if it is
	// positive. Failing is true if the latest training fails.
	FailsWith    string
	FailuresLeft int
	Failing      bool
	// TrainedBefore is true if an earlier training than the latest one succeeded.
	TrainedBefore bool

	// AITitle is the title that the service generates and sets after the training. "" means none.
	AITitle string
	// TitleWritten is true if an update or edit has set the title, TitleWrittenEarly if it did so before AITitle was set.
	TitleWritten, TitleWrittenEarly bool
}

// clone returns a copy that shares no memory with s.
func (s Source) clone() Source {
	s.TrainingStatuses = slices.Clone(s.TrainingStatuses)
	return s
}

func sourceRoutes() []route {
	return []route{
		{method: http.MethodGet, path: "/chatbot/{uuid}/data-sources", serve: (*Hub).listSources},
		{method: http.MethodPost, path: "/chatbot/{uuid}/data-source/upload", body: readUpload, serve: (*Hub).createUpload},
		{method: http.MethodPost, path: "/chatbot/{uuid}/data-source/qa", body: readObject, serve: (*Hub).createQA},
		{method: http.MethodPost, path: "/chatbot/{uuid}/data-source/url", body: readObject, serve: (*Hub).createLink},
		{method: http.MethodPost, path: "/data-source/{uuid}/update", body: readObject, serve: (*Hub).updateSource},
		{method: http.MethodPost, path: "/data-source/{uuid}/delete", serve: (*Hub).deleteSource},
		{method: http.MethodPost, path: "/data-sources/delete", body: readObject, serve: (*Hub).deleteSources},
		{method: http.MethodPost, path: "/data-sources/url/re-scrape", body: readObject, serve: (*Hub).rescrapeSources},
		{method: http.MethodPost, path: "/api/data-sources/restart", body: readObject, serve: (*Hub).restartSources},
	}
}

func (h *Hub) listSources(c *call) answer {
	if _, found := h.store.Chatbots.get(c.id); !found {
		return h.chatbotNotFound(c)
	}
	sources := h.store.Sources.list(c, func(s Source) bool { return s.ChatbotUUID == c.id })
	shuffle(h, c.quirks.SourceOrderRandom, sources)
	out := []any{}
	for _, s := range sources {
		out = append(out, s.render(c.listTime(), c.quirks))
	}
	return ok(out)
}

// updateSource updates the title, the only field that can be updated (api.md §2).
func (h *Hub) updateSource(c *call) answer {
	s, found := h.store.Sources.get(c.id)
	if !found {
		return h.sourceNotFound(c)
	}
	var title string
	c.body.allowOnly("title")
	c.body.require("title")
	c.body.nonEmptyText("title", &title, c.trim)
	if len(c.body.problems) > 0 {
		return invalid(c.body.problems...)
	}
	s.setTitle(title, c.now, c.quirks)
	s.ModifiedAt = c.now.Truncate(time.Second)
	h.store.Sources.put(c.now, s.UUID, s)
	return ok(s.renderWritten(c.now, c.quirks, c.quirks.SourceUpdateShort))
}

func (h *Hub) deleteSource(c *call) answer {
	return deleteOne(c, &h.store.Sources, "data source", h.store.removeSource)
}

func (h *Hub) sourceNotFound(c *call) answer {
	return notFound(c, "data source", h.store.Sources.existed(c.id))
}

// hasSource reports whether a chatbot has a source.
func (s *store) hasSource(chatbotUUID, uuid string) bool {
	src, found := s.Sources.get(uuid)
	return found && src.ChatbotUUID == chatbotUUID
}

// removeSource removes a source, and its uuid from agents and source tags. Their modified_at does not change.
func (s *store) removeSource(now time.Time, uuid string) bool {
	if !s.Sources.remove(now, uuid) {
		return false
	}
	for _, a := range s.Agents.all(func(a Agent) bool { return slices.Contains(a.DataSourceUUIDs, uuid) }) {
		a.DataSourceUUIDs = without(a.DataSourceUUIDs, uuid)
		s.Agents.put(now, a.UUID, a)
	}
	for _, t := range s.Tags.all(func(t SourceTag) bool { return slices.Contains(t.DataSourceUUIDs, uuid) }) {
		t.DataSourceUUIDs = without(t.DataSourceUUIDs, uuid)
		s.Tags.put(now, t.UUID, t)
	}
	return true
}

// without returns a copy of a list without an item.
func without(list []string, item string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return s == item })
}

// subject is the file name, URL or question of a source.
func (s Source) subject() string { return cmp.Or(s.FileName, s.Question) }

// extension is the extension of a file name, in lower case and without the dot.
func extension(name string) string { return strings.ToLower(strings.TrimPrefix(path.Ext(name), ".")) }
