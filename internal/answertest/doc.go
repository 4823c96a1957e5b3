// Package answertest implements the resource aichatbothub_answer_test: questions to a chatbot, and rules for its answers. An apply asks, and an
// answer that breaks a rule makes it fail.
//
//	cases.go, validate.go   what the configuration has
//	plan.go                 which cases an apply asks, as a function of the plan and the state
//	run.go, try.go          asks: rounds of tries, each in a session of its own
//	judge.go, nearest.go    compares an answer with the rules of its case
//	sessions.go             deletes sessions
//	credits.go              what a run costs
//	result.go, texts.go     the state and the diagnostics
package answertest
