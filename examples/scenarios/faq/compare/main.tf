# For the test only, which compares the results of two runs.

variable "before" {
  description = "The id of the source of each question before a change, by key."
  type        = map(string)
}

variable "after" {
  description = "The id of the source of each question after it, by key."
  type        = map(string)
}
