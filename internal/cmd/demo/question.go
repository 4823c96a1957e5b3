package main

import (
	"context"
	"fmt"
)

// ask adds a source to the chatbot, and asks a question that the source answers.
func (d *demo) ask(ctx context.Context) error {
	d.step("A question")
	const question, answer = "Do you wrap gifts?", "Yes, in paper with stars ✨\nand without the price."
	d.say("The chatbot gets a source with a question and its answer. When the source is trained, a visitor asks the question:")
	d.gap()
	err := d.write("question.tf",
		`resource "aichatbothub_source" "gifts" {`,
		"  chatbot_id = aichatbothub_chatbot.shop.id",
		fmt.Sprintf("  qa         = { question = %q, answer = %q }", question, answer),
		"}",
		"",
		`resource "aichatbothub_session" "visitor" {`,
		"  chatbot_id = aichatbothub_chatbot.shop.id",
		"}",
		"",
		`resource "aichatbothub_message" "gifts" {`,
		"  session_id = aichatbothub_session.visitor.id",
		`  query      = "do you wrap gifts"`,
		"  depends_on = [aichatbothub_source.gifts]",
		"}",
		"",
		`output "answer" {`,
		"  value = aichatbothub_message.gifts.response",
		"}")
	if err != nil {
		return err
	}
	if err := d.apply(ctx); err != nil {
		return err
	}
	outputs, err := d.tf.Output(ctx)
	if err != nil {
		return err
	}
	if got := plain(outputs["answer"].Value); got != answer {
		return fmt.Errorf("step %d: the answer is %q, not %q", d.steps, got, answer)
	}
	return nil
}
