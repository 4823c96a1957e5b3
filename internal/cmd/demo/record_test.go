package main

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"strings"
	"testing"
)

// TestNormalize: what differs between runs is replaced, and an id stays recognizable.
func TestNormalize(t *testing.T) {
	t.Parallel()
	run := func(id, other, port, took, at string) string {
		return "   $ terraform apply  \x1b[2m(" + took + " s, 3 of 9 lines not shown)\x1b[0m\n" +
			"   $ terraform plan  \x1b[2m(" + took + " s)\x1b[0m\n" +
			"     aichatbothub_chatbot.shop: Creation complete after " + took[:1] + "s\n         [id=" + id + "]\n" +
			"     id = \"" + id + "/" + other + "\" http://127.0.0.1:" + port + "/\n" +
			"     at = \"" + at + "\"\n     sha = \"" + strings.Repeat("ab", 32) + "\"\n"
	}
	first := normalize(run(strings.Repeat("1a", 16), strings.Repeat("2b", 16), "40001", "0.3", "2026-11-29T07:22:21Z"))
	second := normalize(run(strings.Repeat("3c", 16), strings.Repeat("4d", 16), "50002", "9.8", "2027-01-01T00:00:00Z"))
	if first != second {
		t.Errorf("two runs differ:\n%s\n%s", first, second)
	}
	shop, _, _ := strings.Cut(strings.SplitAfter(first, "[id=")[1], "]")
	for _, want := range []string{
		"$ terraform apply  \x1b[2m(3 of 9 lines not shown)\x1b[0m\n", "$ terraform plan\n", `id = "` + shop + "/", "http://127.0.0.1:54321/", strings.Repeat("ab", 32),
	} {
		if !strings.Contains(first, want) {
			t.Errorf("no %q in:\n%s", want, first)
		}
	}
	if strings.Contains(first, shop+"/"+shop) || len(shop) != 32 {
		t.Errorf("the ids of two objects are the same:\n%s", first)
	}
}

func TestPaginate(t *testing.T) {
	t.Parallel()
	command := func(lines int) []string {
		return append([]string{"   $ a"}, strings.Split(strings.Repeat("     x\n", lines-2)+"\n", "\n")[:lines-1]...)
	}
	three := append(append(append([]string{"1. A", ""}, command(20)...), command(10)...), command(5)...)
	screens, err := paginate(three)
	if err != nil || len(screens) != 2 || len(screens[0]) != 31 || len(screens[1]) != 4 {
		t.Errorf("%v: %q", err, screens)
	}
	if _, err := paginate(command(recordedRows + 2)); err == nil {
		t.Error("no error for a command that is too long")
	}
	if _, err := recording("1. Another step\n"); err == nil {
		t.Error("no error without the steps")
	}
}

// TestSVG: the recording is well-formed, and text of the run does not become markup.
func TestSVG(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("demo.svg")
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"demo.svg": string(raw), "markup": svg([][]string{{"a <b> & \x1b[1m<c>\x1b[0m <d>", ""}})} {
		decoder := xml.NewDecoder(strings.NewReader(text))
		var shown strings.Builder
		for {
			token, err := decoder.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if data, ok := token.(xml.CharData); ok {
				shown.Write(data)
			}
		}
		if name == "markup" && !strings.Contains(shown.String(), "a <b> & <c> <d>\n") {
			t.Errorf("the text is %q", shown.String())
		}
	}
}
