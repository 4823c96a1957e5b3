# Answers wholesalers, from their prices and the pages only.
resource "aichatbothub_agent" "wholesale" {
  chatbot_id  = aichatbothub_chatbot.shop.id
  type        = "user-facing"
  name        = "Wholesale"
  description = "Questions of wholesalers about prices and orders."
  source_ids  = concat([aichatbothub_source.document["prices/wholesale.md"].id], [for page in aichatbothub_source.page : page.id])
}

# What has to be looked through before each season.
resource "aichatbothub_source_tag" "season" {
  chatbot_id = aichatbothub_chatbot.shop.id
  name       = "Season"
  color      = "#F79009"
  source_ids = [aichatbothub_source.question["season"].id, aichatbothub_source.document["prices/wholesale.md"].id]
}

# Every plan and apply warns about pages that are not trained, including those whose training failed later.
check "every_page_is_trained" {
  assert {
    condition     = alltrue([for page in aichatbothub_source.page : page.trained])
    error_message = "Not trained: ${join(", ", [for url, page in aichatbothub_source.page : "${url} (${page.status})" if !page.trained])}."
  }
}
