package mockhub

import (
	"cmp"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"
)

// The types of sources that the API makes (api.md §3). The web app makes others.
const (
	uploadSource = "upload"
	linkSource   = "link"
	qaSource     = "qa"
)

// Source is a stored source (api.md §3) and its training (api.md §5). What [Hub.Source], [Hub.Sources] and [Hub.EditSource]
// show of it is as of now, by the hub's clock: Title, Status, FileSize, Tokens and ModifiedAt can move by themselves.
type Source struct {
	UUID, ChatbotUUID string
	// Type is upload, link, qa, google-drive, table, image, video or anything else. Quirks can make answers spell upload
	// differently.
	Type  string
	Title string
	// FileName is the uploaded name or the URL; "" for Q&A.
	FileName string
	// FileSize (bytes) and Tokens are 0 until the source has been trained once.
	FileSize, Tokens                      int
	Question, Answer, ReferenceSourceLink string
	// Hash is the SHA-256 of an upload's content in hex.
	Hash                  string
	CreatedAt, ModifiedAt time.Time

	// Status stands still when it has been set from outside, until the next training begins; otherwise it follows the
	// training.
	Status string
	// TrainingBegan and TrainingEnds are the limits of the latest training; Trainings counts them.
	TrainingBegan, TrainingEnds time.Time
	Trainings                   int
	// TrainingTime is how long this source's trainings take, and TrainingStatuses what they go through; 0 and nil mean as the
	// quirks say.
	TrainingTime     time.Duration
	TrainingStatuses []string
	// FailsWith is the status that trainings end with while FailuresLeft is not 0; each counts it down, and a negative one
	// lasts for ever. Failing says that the latest training is such a one.
	FailsWith    string
	FailuresLeft int
	Failing      bool
	// TrainedBefore says that a training before the latest one succeeded.
	TrainedBefore bool

	// AITitle is the title that the service gives at the end of the training; "" means none.
	AITitle string
	// TitleWritten says that somebody has written the title, TitleWrittenEarly that AITitle was still to come then.
	TitleWritten, TitleWrittenEarly bool
}

// clone returns a copy that shares nothing with s.
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
	if _, is := h.store.Chatbots.get(c.id); !is {
		return h.noChatbot(c)
	}
	sources := h.store.Sources.list(c, func(s Source) bool { return s.ChatbotUUID == c.id })
	shuffle(h, c.quirks.SourceOrderRandom, sources)
	out := []any{}
	for _, s := range sources {
		out = append(out, s.render(c.listed(), c.quirks))
	}
	return ok(out)
}

// updateSource takes a title and nothing else (api.md §2).
func (h *Hub) updateSource(c *call) answer {
	s, is := h.store.Sources.get(c.id)
	if !is {
		return h.noSource(c)
	}
	var title string
	c.body.only("title")
	c.body.require("title")
	c.body.fullText("title", &title, c.trim)
	if len(c.body.problems) > 0 {
		return invalid(c.body.problems...)
	}
	s.retitle(title, c.now, c.quirks)
	s.ModifiedAt = c.now.Truncate(time.Second)
	h.store.Sources.put(c.now, s.UUID, s)
	return ok(s.renderWritten(c.now, c.quirks, c.quirks.SourceUpdateShort))
}

func (h *Hub) deleteSource(c *call) answer {
	if h.store.removeSource(c.now, c.id) {
		return success()
	}
	if c.quirks.SecondDeleteSucceeds && h.store.Sources.had(c.id) {
		return success()
	}
	return h.noSource(c)
}

func (h *Hub) noSource(c *call) answer { return missing(c, "data source", h.store.Sources.had(c.id)) }

// hasSource reports whether a chatbot has a source.
func (s *store) hasSource(chatbotUUID, uuid string) bool {
	src, is := s.Sources.get(uuid)
	return is && src.ChatbotUUID == chatbotUUID
}

// removeSource removes a source, also from the agents that use it and from its tags. Their modified_at stays: nobody has
// edited them.
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

// without returns a list without an item, and leaves the list itself alone.
func without(list []string, item string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return s == item })
}

// subject is what a source is about, in few words.
func (s Source) subject() string { return cmp.Or(s.FileName, s.Question) }

// extension is a file name's, in lower case and without the dot.
func extension(name string) string { return strings.ToLower(strings.TrimPrefix(path.Ext(name), ".")) }
