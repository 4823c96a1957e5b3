# `terraform test` creates three real chatbots in the account of AICHATBOTHUB_API_KEY, trains their documents, and destroys them.

variables {
  customers = {
    acme  = { name = "Acme Tools", protect = false }
    birch = { name = "Birch Workshop", protect = false }
    cedar = { name = "Cedar Furniture", protect = false }
  }
}

run "makes_a_chatbot_for_each" {
  assert {
    condition     = toset(keys(output.chatbot_ids)) == toset(["acme", "birch", "cedar"]) && length(toset(values(output.chatbot_ids))) == 3
    error_message = "Each customer must have a chatbot of its own."
  }

  assert {
    condition     = keys(module.bot["birch"].documents) == tolist(["opening-hours.md"])
    error_message = "A customer must have its own documents, and no others."
  }

  assert {
    condition     = strcontains(module.bot["cedar"].prompt, "Cedar Furniture")
    error_message = "The prompt must name the customer."
  }
}

# The second of three customers leaves. An id that is known in a plan is the id of the existing object.
run "keeps_the_others" {
  command = plan

  variables {
    customers = {
      acme  = { name = "Acme Tools", protect = false }
      cedar = { name = "Cedar Furniture", protect = false }
    }
  }

  assert {
    condition     = toset(keys(output.chatbot_ids)) == toset(["acme", "cedar"]) && alltrue([for id in values(output.chatbot_ids) : length(id) == 32])
    error_message = "The other customers must keep their chatbots."
  }
}

run "removes_one" {
  variables {
    customers = {
      acme  = { name = "Acme Tools", protect = false }
      cedar = { name = "Cedar Furniture", protect = false }
    }
  }

  assert {
    condition     = toset(keys(output.embed_html)) == toset(["acme", "cedar"])
    error_message = "Only the other customers must remain."
  }
}
