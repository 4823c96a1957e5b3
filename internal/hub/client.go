package hub

import (
	"net/url"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/consistency"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/rest"
)

// DefaultBaseURL is the address of the service that this provider is named after.
const DefaultBaseURL = "https://app.aichatbothub.com"

// Config configures a Client. BaseURL and APIKey are required.
type Config struct {
	rest.Config
	consistency.Options
}

// Client reads and writes the objects of one account. It is safe for concurrent use.
type Client struct {
	rest          *rest.Client
	shared        *consistency.Client
	conversations consistency.Map[ID, *conversation] // by session
	agentChatbots consistency.Map[ID, ID]            // agent → its chatbot
}

// New returns a client. It sends nothing.
func New(cfg Config) *Client {
	r := rest.New(cfg.Config)
	return &Client{rest: r, shared: consistency.New(r, cfg.Options)}
}

// ParseBaseURL parses the address of a deployment; see rest.ParseBaseURL.
func ParseBaseURL(raw string) (*url.URL, error) { return rest.ParseBaseURL(raw) }

// empty is the answer of deletes.
type empty = rest.Empty

// uuids is the body of requests for several objects.
type uuids struct {
	UUIDs []ID `json:"uuids"`
}
