package mockhub

// The types below are the JSON of the overview page. Keys have the names of the API where it has them.
type (
	overview struct {
		Key      string                     `json:"key"`
		Totals   []namedCount               `json:"totals"`
		Requests []requestView              `json:"requests"`
		Chatbots truncatedList[chatbotView] `json:"chatbots"`
	}
	// truncatedList has the newest items of a list and the number of the others.
	truncatedList[T any] struct {
		Items []T `json:"items"`
		More  int `json:"more"`
	}
	namedCount struct {
		Name  string `json:"name"`
		Count int    `json:"count"`
	}
	requestView struct {
		Key    string `json:"key"`
		At     string `json:"at"`
		Method string `json:"method"`
		Path   string `json:"path"`
		Route  string `json:"route"`
		Status int    `json:"status"`
		Fault  bool   `json:"fault"`
	}
	chatbotView struct {
		UUID             string                     `json:"uuid"`
		Name             string                     `json:"name"`
		Visibility       string                     `json:"visibility"`
		NoChat           string                     `json:"no_chat"` // why nobody can chat, or ""
		RateLimit        [2]int                     `json:"rate_limit"`
		RateLimitMessage string                     `json:"rate_limit_message"`
		ShowCitations    bool                       `json:"show_citations"`
		Agents           truncatedList[agentView]   `json:"agents"`
		Statuses         []namedCount               `json:"statuses"`
		Sources          truncatedList[sourceView]  `json:"sources"`
		Tags             truncatedList[tagView]     `json:"tags"`
		Sessions         truncatedList[sessionView] `json:"sessions"`
	}
	agentView struct {
		UUID      string                      `json:"uuid"`
		Name      string                      `json:"name"`
		Type      string                      `json:"type"`
		Model     string                      `json:"model"`
		Prompt    string                      `json:"prompt"`
		Enabled   bool                        `json:"enabled"`
		Default   bool                        `json:"default"`
		Functions truncatedList[functionView] `json:"tool_functions"`
	}
	functionView struct {
		UUID        string   `json:"uuid"`
		Name        string   `json:"name"`
		Method      string   `json:"method"`
		ExternalURL string   `json:"external_url"`
		Headers     []string `json:"headers"` // only names, because values are secrets
		Enabled     bool     `json:"enabled"`
	}
	sourceView struct {
		UUID     string `json:"uuid"`
		Type     string `json:"type"`
		Title    string `json:"title"`
		FileName string `json:"file_name"` // or the URL
		Question string `json:"question"`
		Answer   string `json:"answer"`
		Link     string `json:"reference_source_link"`
		Status   string `json:"status"`
		Tokens   int    `json:"tokens"`
	}
	tagView struct {
		UUID    string `json:"uuid"`
		Name    string `json:"name"`
		Color   string `json:"color"`
		Sources int    `json:"sources"`
	}
	sessionView struct {
		UUID      string                     `json:"uuid"`
		CreatedAt string                     `json:"created_at"`
		Messages  truncatedList[messageView] `json:"messages"`
	}
	messageView struct {
		UUID         string   `json:"uuid"`
		Query        string   `json:"query"`
		Response     string   `json:"response"`
		Pending      bool     `json:"pending"`
		ErrorMessage string   `json:"error_message"`
		Citations    []string `json:"citations"` // titles
	}
)
