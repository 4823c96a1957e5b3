package main

import (
	"context"
	"fmt"
	"strings"
)

// ask gives the bot something to answer from, and asks it.
func (d *demo) ask(ctx context.Context) error {
	d.step("A question")
	const question, answer = "Do you wrap gifts?", "Yes, in paper with stars ✨\nand without the price."
	d.say("Last, the bot learns an answer, and a visitor's question is put to it once it has:")
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
	if err := d.carryOut("apply -auto-approve", func() error { return d.tf.Apply(ctx) }); err != nil {
		return err
	}
	outputs, err := d.tf.Output(ctx)
	if err != nil {
		return err
	}
	got := plain(outputs["answer"].Value)
	d.gap()
	d.say("The bot says:")
	d.quote(strings.Split(got, "\n")...)
	if got != answer {
		return fmt.Errorf("step %d: the answer is %q, not %q", d.steps, got, answer)
	}
	return nil
}
