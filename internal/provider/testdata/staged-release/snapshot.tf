data "aichatbothub_chatbot_snapshot" "bot" {
  for_each   = { staging = module.staging.chatbot_id, production = module.production.chatbot_id }
  chatbot_id = each.value
  depends_on = [module.staging, module.production] # after the changes of an apply
}

check "production_is_what_was_tested" {
  assert {
    condition     = data.aichatbothub_chatbot_snapshot.bot["staging"].sha256 == data.aichatbothub_chatbot_snapshot.bot["production"].sha256
    error_message = "Production differs from staging."
  }
}
