terraform {
  required_providers {
    aichatbothub = { source = "aichatbothub/aichatbothub" }
  }
}
