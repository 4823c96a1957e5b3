package hub

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/consistency"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
)

// DefaultBaseURL is the address of the service that this provider is named after.
const DefaultBaseURL = "https://app.aichatbothub.com"

// Issues is where users report what they cannot mend, and ReportIt the sentence that asks for that.
const (
	Issues   = "https://github.com/aichatbothub/terraform-provider-aichatbothub/issues"
	ReportIt = "Please report it at " + Issues + "."
)

// Config configures a Client. BaseURL and APIKey are required.
type Config struct {
	rest.Config
	consistency.Options
	// RepeatFirst is the pause before questions are asked again for the first time, and RepeatNext that before each further time. Defaults: 5 s
	// and 15 s.
	RepeatFirst, RepeatNext time.Duration
}

// Client reads and writes the objects of one account. It is safe for concurrent use.
type Client struct {
	rest          *rest.Client
	shared        *consistency.Client
	conversations consistency.Map[ID, *conversation] // by session
	agentChatbots consistency.Map[ID, ID]            // agent → its chatbot
	listedModels  once[[]string]
	listedCosts   once[[]Model]
	repeatFirst   time.Duration
	repeatNext    time.Duration
}

// New returns a client. It sends nothing.
func New(cfg Config) *Client {
	cfg.Public = isPublic
	r := rest.New(cfg.Config)
	return &Client{rest: r, shared: consistency.New(r, cfg.Options),
		repeatFirst: rest.OrDefault(cfg.RepeatFirst, repeatFirst), repeatNext: rest.OrDefault(cfg.RepeatNext, repeatNext)}
}

// ParseBaseURL parses the address of a deployment; see rest.ParseBaseURL.
func ParseBaseURL(raw string) (*url.URL, error) { return rest.ParseBaseURL(raw) }

// isPublic is rest.Config.Public: errors repeat names, ids and enumerated values. All other texts can contain a secret: prompts, URLs, questions,
// variables and descriptions.
func isPublic(path []string) bool {
	if len(path) > 1 && path[0] == "parameters" { // the types and the names of properties
		return slices.Contains([]string{"type", "required"}, path[len(path)-1])
	}
	return slices.Contains([]string{"name", "type", "model", "method", "visibility", "color", "uuids", "data_source_uuids",
		"variables.name", "variables.type", "tags.name", "tags.color"}, strings.Join(path, "."))
}

// empty is the answer of deletes.
type empty = rest.Empty

// uuids is the body of requests for several objects.
type uuids struct {
	UUIDs []ID `json:"uuids"`
}
