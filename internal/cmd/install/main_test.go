package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/acctest"
	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/tfcli"
)

// configuration has a module and a backend.
const configuration = `terraform {
  backend "local" {
    path = "a.tfstate"
  }
  required_providers {
    aichatbothub = { source = "aichatbothub/aichatbothub" }
  }
}

module "bot" {
  source = "./bot"
}
`

const bot = `terraform {
  required_providers {
    aichatbothub = { source = "aichatbothub/aichatbothub" }
  }
}

resource "aichatbothub_chatbot" "a" {
  name       = "A"
  visibility = "public"
}
`

// TestInstall does what the printed text says, in a folder whose name has characters with a meaning in a shell.
func TestInstall(t *testing.T) {
	t.Parallel()
	if os.Getenv("TF_ACC") == "" {
		t.Skip("TF_ACC is not set: this runs a real Terraform")
	}
	e := acctest.Start(t)
	var out bytes.Buffer
	folder := filepath.Join(t.TempDir(), "a b$(exit)'s")
	for range 2 { // another build replaces the earlier one
		out.Reset()
		if err := run(t.Context(), folder, &out); err != nil {
			t.Fatal(err)
		}
	}
	overrides := regexp.MustCompile(`(?s)provider_installation \{.*?\n\}\n`).FindString(out.String())
	exported, binary := assigned(t, out.String(), "export TF_CLI_CONFIG_FILE="), assigned(t, out.String(), "provider=")
	if overrides == "" {
		t.Fatalf("the output is %s", out.String())
	}
	if printed, err := exec.CommandContext(t.Context(), binary, "-version").CombinedOutput(); err != nil {
		t.Errorf("the program: %v\n%s", err, printed)
	}
	program, _, err := tfcli.Find(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	rc := filepath.Join(t.TempDir(), "terraform.rc")
	write(t, rc, overrides)
	for name, way := range map[string]struct {
		config string
		first  []string // what is run before the plan
	}{
		"development overrides": {rc, []string{"get"}},
		"as if it was released": {exported, []string{"init"}},
	} {
		dir := t.TempDir()
		main := configuration
		if way.config == rc {
			main = regexp.MustCompile(`(?s)  backend .*?\n  \}\n`).ReplaceAllString(main, "")
		}
		write(t, filepath.Join(dir, "main.tf"), main)
		write(t, filepath.Join(dir, "bot", "main.tf"), bot)
		for _, args := range [][]string{way.first, {"apply", "-auto-approve"}} {
			cmd := exec.CommandContext(t.Context(), program, args...)
			cmd.Dir = dir
			cmd.Env = append(os.Environ(), "TF_CLI_CONFIG_FILE="+way.config, "CHECKPOINT_DISABLE=1", "AICHATBOTHUB_API_KEY="+e.Key(), "AICHATBOTHUB_BASE_URL="+e.URL)
			if printed, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%s: terraform %s: %v\n%s", name, strings.Join(args, " "), err, printed)
			}
		}
	}
	if n := len(e.Chatbots()); n != 2 {
		t.Errorf("%d chatbots were created, want 2", n)
	}
}

// assigned returns the value of a variable after a shell has run the line of a text that sets it.
func assigned(t *testing.T, text, assignment string) string {
	t.Helper()
	line := regexp.MustCompile(`(?m)^ *` + assignment + `.*$`).FindString(text)
	name := strings.TrimSuffix(assignment[strings.LastIndex(assignment, " ")+1:], "=")
	value, err := exec.CommandContext(t.Context(), "bash", "-c", line+"\nprintf %s \"$"+name+"\"").Output()
	if err != nil {
		t.Fatalf("%q: %v", line, err)
	}
	return string(value)
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
