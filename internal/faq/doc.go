// Package faq is the function faq: questions and answers out of a text in CSV or Markdown. It sends nothing, and needs no configured provider.
package faq
