# For the test only, which compares the results of two runs.

variable "before" {
  description = "The id of the source of each page before a change, by URL."
  type        = map(string)
}

variable "after" {
  description = "The id of the source of each page after it, by URL."
  type        = map(string)
}
