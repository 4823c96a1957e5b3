package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/mockhub"
)

// latency is the time of each request to the mock (goals.md).
const latency = 100 * time.Millisecond

const (
	header = `terraform {
  required_providers {
    aichatbothub = { source = "aichatbothub/aichatbothub" }
  }
}
`
	chatbotBlock = `
resource "aichatbothub_chatbot" "bot" {
  name = "Support"
}
`
)

// configuration has one chatbot with its objects. The variable n is the number of sources.
const configuration = header + chatbotBlock + `
variable "n" {
  type = number
}

resource "aichatbothub_source" "faq" {
  count      = var.n
  chatbot_id = aichatbothub_chatbot.bot.id
  title      = "Question ${count.index}"
  qa = {
    question = "What is the answer to question ${count.index}?"
    answer   = "It is number ${count.index}, as it always was. ${local.filler}"
  }
}

resource "aichatbothub_agent" "a" {
  count           = 20
  chatbot_id      = aichatbothub_chatbot.bot.id
  type            = "user-facing"
  name            = "Agent ${count.index}"
  description     = "Answers questions of the kind ${count.index}."
  prompt          = "You are number ${count.index}. ${local.filler}"
  use_all_sources = true
}

resource "aichatbothub_source_tag" "t" {
  count      = 20
  chatbot_id = aichatbothub_chatbot.bot.id
  name       = "Tag ${count.index}"
  color      = "#0071F9"
}

locals {
  filler = "Plants can be returned for thirty days, with the receipt, to every shop and by post, when they are alive."
}
`

// world is a mock with its objects, and a folder with a configuration and a state.
type world struct {
	*bench
	dir     string
	hub     *mockhub.Hub
	url     string
	latency atomic.Int64 // the time of each request, in nanoseconds
	end     func()
}

// empty returns a world without objects. Terraform needs no init, because the provider is in dev_overrides.
func (b *bench) empty(ctx context.Context, config string, quirks mockhub.Quirks) (*world, error) {
	w := &world{bench: b, hub: mockhub.New(mockhub.Options{Quirks: quirks})}
	var err error
	if w.dir, err = os.MkdirTemp(b.dir, "world-"); err != nil {
		return nil, err
	}
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	server := &http.Server{ReadHeaderTimeout: time.Minute, Handler: http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		time.Sleep(time.Duration(w.latency.Load()))
		w.hub.ServeHTTP(rw, r)
	})}
	go func() { _ = server.Serve(l) }() // until it is closed
	w.url, w.end = "http://"+l.Addr().String(), func() { w.hub.Close(); _ = server.Close() }
	w.latency.Store(int64(latency))
	return w, os.WriteFile(filepath.Join(w.dir, "main.tf"), []byte(config), 0o600)
}

// populated returns a world with n sources in the mock and in the state. It applies one source and copies it, because an apply of
// thousands would take minutes.
func (b *bench) populated(ctx context.Context, n int) (*world, error) {
	w, err := b.empty(ctx, configuration, mockhub.Quirks{})
	if err != nil {
		return nil, err
	}
	w.latency.Store(0)
	if _, err = w.command(ctx, ours, "apply", "-auto-approve", "-var=n=1"); err != nil {
		return nil, err
	}
	w.latency.Store(int64(latency))
	err = w.multiply(n, w.another)
	return w, err
}

// sources is the argument with the number of sources.
func sources(n int) string { return fmt.Sprintf("-var=n=%d", n) }

// jsonObject is a JSON object of which some members are changed.
type jsonObject map[string]json.RawMessage

// put sets a member.
func (o jsonObject) put(name string, value any) error {
	raw, err := json.Marshal(value)
	o[name] = raw
	return err
}

// multiply adds sources to the mock and to the state until there are n. another makes one of them.
func (w *world) multiply(n int, another func(first mockhub.Source, one jsonObject, i int) (jsonObject, error)) error {
	raw, err := os.ReadFile(w.state())
	if err != nil {
		return err
	}
	var state jsonObject
	var resources []jsonObject
	if err := errors.Join(json.Unmarshal(raw, &state), json.Unmarshal(state["resources"], &resources)); err != nil {
		return err
	}
	for _, r := range resources {
		if string(r["type"]) != `"aichatbothub_source"` {
			continue
		}
		var instances []jsonObject
		if err := json.Unmarshal(r["instances"], &instances); err != nil {
			return err
		}
		first := w.hub.Sources(w.hub.Chatbots()[0].UUID)[0]
		for i := 1; i < n; i++ {
			next, err := another(first, instances[0], i)
			if err != nil {
				return err
			}
			instances = append(instances, next)
		}
		if err := r.put("instances", instances); err != nil {
			return err
		}
	}
	if err := state.put("resources", resources); err != nil {
		return err
	}
	if raw, err = json.Marshal(state); err != nil {
		return err
	}
	return os.WriteFile(w.state(), raw, 0o600)
}

// another adds source number i to the mock and returns its instance in the state. Only its texts differ from the first.
func (w *world) another(first mockhub.Source, one jsonObject, i int) (jsonObject, error) {
	number := strings.NewReplacer("question 0", "question "+strconv.Itoa(i), "Question 0", "Question "+strconv.Itoa(i), "number 0,", fmt.Sprintf("number %d,", i))
	bot := first.ChatbotUUID
	first.UUID, first.Title, first.Question, first.Answer = "", number.Replace(first.Title), number.Replace(first.Question), number.Replace(first.Answer)
	var attributes jsonObject
	err := json.Unmarshal(one["attributes"], &attributes)
	if err != nil {
		return nil, err
	}
	instance := maps.Clone(one)
	return instance, errors.Join(
		attributes.put("id", w.hub.AddSource(bot, first)), attributes.put("title", first.Title),
		attributes.put("qa", map[string]string{"question": first.Question, "answer": first.Answer}),
		instance.put("index_key", i), instance.put("attributes", attributes))
}

func (w *world) state() string { return filepath.Join(w.dir, "terraform.tfstate") }
