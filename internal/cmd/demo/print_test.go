package main

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWrap(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		line, hang string
		width      int
		want       []string
	}{
		"short":            {"a b", "  ", 10, []string{"a b"}},
		"empty":            {"", "  ", 10, []string{""}},
		"exact":            {"12345 7890", "", 10, []string{"12345 7890"}},
		"one more":         {"12345 78901", "", 10, []string{"12345", "78901"}},
		"at the space":     {"1234567890 2", "", 10, []string{"1234567890", "2"}},
		"indented":         {"    one two three", "      ", 12, []string{"    one two", "      three"}},
		"comment":          {"# one two three", "# ", 10, []string{"# one two", "# three"}},
		"long word":        {"a 123456789012345 b", "    ", 10, []string{"a", "123456789012345", "    b"}},
		"only a long word": {"    123456789012345", "    ", 10, []string{"    123456789012345"}},
		"less of the hang": {"  a 12345678 b", "    ", 10, []string{"  a", "  12345678", "    b"}},
		"characters":       {"äöü äöü äöü", "", 7, []string{"äöü äöü", "äöü"}},
		"deeply indented":  {"            a b", "            ", 10, []string{"            a", "         b"}},
		"unbroken":         {"one GET" + unbroken + "/a two", "", 9, []string{"one", "GET" + unbroken + "/a", "two"}},
	} {
		if got := wrap(c.line, c.hang, c.width); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// TestWidths: prose and quoted lines use the width of the terminal, and keep their indentation. Commands are not broken.
func TestWidths(t *testing.T) {
	t.Parallel()
	long := strings.TrimSpace(strings.Repeat("word ", 50))
	for _, columns := range []int{20, 40, 80, 160} {
		var out bytes.Buffer
		p := printer{w: &out, columns: func() int { return columns }}
		p.say("%s", long)
		p.aside("%s", long)
		p.quote("    + text = "+long, "# "+long)
		for line := range strings.Lines(out.String()) {
			if n := len([]rune(line)) - 1; n > max(columns, 40) {
				t.Errorf("%d characters at %d columns: %s", n, columns, line)
			}
			if !strings.HasPrefix(line, "   ") {
				t.Errorf("at %d columns: %q", columns, line)
			}
		}
		if got := strings.Count(out.String(), "word"); got != 200 {
			t.Errorf("%d words of 200 at %d columns", got, columns)
		}
		if widest := slices.MaxFunc(strings.Split(out.String(), "\n"), func(a, b string) int { return len(a) - len(b) }); len(widest) < min(columns, 100)-6 {
			t.Errorf("only %d characters at %d columns", len(widest), columns)
		}
		out.Reset()
		p.shell("$ " + long)
		if got := out.String(); got != "   $ "+long+"\n" {
			t.Errorf("a command: %q", got)
		}
	}
}

const planText = `aichatbothub_chatbot.a: Refreshing state... [id=1]

Terraform used the selected providers to generate the following execution
plan. Resource actions are indicated with the following symbols:
  + create
  ~ update in-place

Terraform will perform the following actions:

  # aichatbothub_agent.a will be created
  + resource "aichatbothub_agent" "a" {
      + name   = "a"
      + prompt = <<-EOT
            one

            two
        EOT
    }

  # aichatbothub_agent.b must be replaced
-/+ resource "aichatbothub_agent" "b" {
      ~ id = "1" -> (known after apply)
    }

  # aichatbothub_agent.c will be destroyed
  # (because aichatbothub_agent.c is not in configuration)
  - resource "aichatbothub_agent" "c" {
      - name = "c" -> null
    }

Plan: 2 to add, 0 to change, 2 to destroy.
aichatbothub_agent.c: Destroying... [id=3]
aichatbothub_agent.c: Still destroying... [id=3, 10s elapsed]
aichatbothub_agent.c: Destruction complete after 11s

Warning: Something

  with aichatbothub_agent.a,
  on main.tf line 1:
   1: resource

This text is broken into lines as Terraform does it, which is at a width of 78
characters, unless a line is longer. It has
two more lines.

Apply complete! Resources: 2 added, 0 changed, 2 destroyed.

Outputs:

a = "1"
b = <<EOT
x

y
EOT
`

// TestShorten: everything that is not known to be noise is shown.
func TestShorten(t *testing.T) {
	t.Parallel()
	d := demo{outputs: map[string]string{"a": `a = "1"`}}
	want := []string{
		"  # aichatbothub_agent.a will be created",
		"  # aichatbothub_agent.b must be replaced",
		`-/+ resource "aichatbothub_agent" "b" {`,
		`      ~ id = "1" -> (known after apply)`,
		"    }",
		"",
		"  # aichatbothub_agent.c will be destroyed",
		"  # (because aichatbothub_agent.c is not in configuration)",
		"",
		"Plan: 2 to add, 0 to change, 2 to destroy.",
		"",
		"aichatbothub_agent.c: Destruction complete after 11s",
		"",
		"Warning: Something",
		"",
		"  with aichatbothub_agent.a,",
		"  on main.tf line 1:",
		"   1: resource",
		"",
		"This text is broken into lines as Terraform does it, which is at a width of 78",
		"characters, unless a line is longer. It has",
		"two more lines.",
		"",
		"Apply complete! Resources: 2 added, 0 changed, 2 destroyed.",
		"",
		"Outputs:",
		"",
		"b = <<EOT",
		"x",
		"",
		"y",
		"EOT",
	}
	got := d.shorten(planText)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(- want, + got):\n%s", diff)
	}
	if again := d.shorten("\nOutputs:\n\na = \"1\"\nb = <<EOT\nx\n\ny\nEOT\n"); len(again) > 0 {
		t.Errorf("the same outputs again: %q", again)
	}
	joined := joinBroken(got)
	want[19] += " " + want[20]
	want = slices.Delete(want, 20, 21)
	if diff := cmp.Diff(want, joined); diff != "" {
		t.Errorf("joined (- want, + got):\n%s", diff)
	}
	list := []string{
		"aichatbothub_default_agent.answers: Creation complete after 0s [id=0123456789]",
		"aichatbothub_default_agent.answers: Modifying... [id=0123456789abcdef01234567]",
		"- Installed aichatbothub/aichatbothub v0.1.0 (unauthenticated, and so forth)",
		"embed_html = \"<script>window.GPTTConfig = { uuid: 0123456789abcdef0123456789a }\"",
	}
	if got := joinBroken(list); !slices.Equal(got, list) {
		t.Errorf("lines of a list are joined: %q", got)
	}
}
