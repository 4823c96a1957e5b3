package provider_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// TestGuideImports: the import blocks of the guide "An account that already exists" find a chatbot that was made by hand. Terraform writes the resources, the
// apply sends nothing but reads, and the plan without the blocks is empty.
func TestGuideImports(t *testing.T) {
	t.Parallel()
	g := startGuide(t, "export")
	bot := g.AddChatbot(mockhub.Chatbot{Name: "Shop", Visibility: "public", RateLimitMessage: "Slower"})
	g.EditAgent(g.DefaultAgent(bot), func(a *mockhub.Agent) { a.Prompt = "You sell books." })
	orders := g.AddAgent(bot, mockhub.Agent{Name: "Orders", Prompt: "You find orders.", UseAllSources: true})
	g.AddFunction(orders, mockhub.Function{Name: "find_order", Description: "Finds an order.", ExternalURL: "https://shop.example.com/orders",
		Headers: map[string]string{"X-Api-Key": "hidden"}, Parameters: `{"type":"object","properties":{"number":{"type":"string"}}}`})
	g.generate(4)
	g.must(os.Remove(filepath.Join(g.dir, "imports.tf")))
	g.empty("without the import blocks")
}
