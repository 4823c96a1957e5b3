package export

import (
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/hub"
)

func TestSlug(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"Support": "support", "Größe & Maße": "grosse_masse", "  Ünïcødé  ": "unicode", "日本語": "", "👩\u200d🚀": "", "../../etc": "etc", "a__b--c": "a_b_c", "24h Hotline": "24h_hotline",
		"${var.x}": "var_x", "ﬁn Ⅳ": "fin_iv", "e\u0301te\u0301": "ete",
		"This name is much longer than anybody would want to type": "this_name_is_much_longer_than_anybody",
		strings.Repeat("x", 60):                    strings.Repeat("x", 40),
		strings.Repeat("x", 39) + " y":             strings.Repeat("x", 39),
		strings.Repeat("x", 40) + " yes":           strings.Repeat("x", 40),
		strings.Repeat("x", 35) + " 1234 and more": strings.Repeat("x", 35) + "_1234",
	} {
		if got := slug(name); got != want {
			t.Errorf("%q becomes %q, want %q", name, got, want)
		}
	}
	good := regexp.MustCompile(`^([a-z0-9]+(_[a-z0-9]+)*)?$`)
	rapid.Check(t, func(t *rapid.T) {
		name := hostile().Draw(t, "name")
		if s := slug(name); !good.MatchString(s) || len(s) > maxSlug {
			t.Fatalf("%q becomes %q", name, s)
		}
	})
}

// FuzzNames: whatever an object is called, its name is valid for Terraform, short, and the name of a file in the folder of the export
// (goals.md S5).
func FuzzNames(f *testing.F) {
	for _, name := range []string{"Support", "../../etc/passwd", "a/b\\c", "con", "override", "24h", "\x00\xff", "Größe \u202e", "日本語", strings.Repeat("é ", 100), "${file(\"/etc/passwd\")}"} {
		f.Add(name)
	}
	good := regexp.MustCompile(`\A[a-z][a-z0-9]*(_[a-z0-9]+)*\z`)
	f.Fuzz(func(t *testing.T, display string) {
		bot := chatbotName(display)
		for _, name := range []string{bot, childName(bot, display, "agent"), names{bot: true}.take(bot)} {
			if !good.MatchString(name) || len(name) > 3*maxSlug {
				t.Errorf("%q becomes %q", display, name)
			}
		}
		if reserved.MatchString(bot) {
			t.Errorf("%q becomes %q, which has another meaning", display, bot)
		}
	})
}

// TestChatbotNames: the names of chatbots are valid for Terraform and have no special meaning as file names.
func TestChatbotNames(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"Support": "support", "": "chatbot", "24h": "chatbot_24h", "terraform": "terraform_chatbot", "Imports!": "imports_chatbot", "Removed": "removed_chatbot", "CON": "con_chatbot", "lpt1": "lpt1_chatbot", "COM¹": "com1_chatbot",
		"Override": "override_chatbot", "Sales Override": "sales_override_chatbot", "24 override": "chatbot_24_override_chatbot", "Overrides": "overrides", "Console": "console",
	} {
		if got := chatbotName(name); got != want {
			t.Errorf("%q becomes %q, want %q", name, got, want)
		}
	}
}

// TestNamesStay: names are unique, do not depend on the order of a list, and a newer object does not change them.
func TestNamesStay(t *testing.T) {
	t.Parallel()
	bases := rapid.SampledFrom([]string{"a", "a_2", "a_2_2", "b"})
	rapid.Check(t, func(t *rapid.T) {
		var all []named
		got := map[string]string{}
		for i, base := range rapid.SliceOfN(bases, 1, 12).Draw(t, "bases") {
			id := fmt.Sprintf("%03d", i)
			all = append(all, named{hub.Object{ID: hub.ID(id), CreatedAt: fmt.Sprint(i / 3)}, base, func(name string) { got[id] = name }})
		}
		older := all[:len(all)-1]
		assignNames(rapid.Permutation(older).Draw(t, "order"))
		before := maps.Clone(got)
		assignNames(rapid.Permutation(all).Draw(t, "order"))
		seen := map[string]bool{}
		for id, name := range got {
			if seen[name] {
				t.Fatalf("two objects have the name %s: %v", name, got)
			}
			seen[name] = true
			if was, is := before[id]; is && was != name {
				t.Fatalf("the name of %s changed from %s to %s", id, was, name)
			}
		}
	})
}

// TestRequiredVersion: an export requires the program that the provider needs, so that an older one says so.
func TestRequiredVersion(t *testing.T) {
	t.Parallel()
	if text := (deployment{baseURL: &url.URL{Scheme: "https", Host: "app.example.com"}}).file(); !strings.Contains(text, "\n  required_version = \">= 1.11\"\n") {
		t.Errorf("terraform.tf is\n%s", text)
	}
}

// TestConstraint: the version constraint accepts the running version.
func TestConstraint(t *testing.T) {
	t.Parallel()
	for version, want := range map[string]string{"0.1.0": "~> 0.1", "v1.12.3": "~> 1.12", "1.0.0-rc1": "1.0.0-rc1", "dev": "", "": "", "0.0.0-SNAPSHOT-abc": "0.0.0-SNAPSHOT-abc"} {
		if got := (deployment{version: version}).constraint(); got != want {
			t.Errorf("version %q has the constraint %q, want %q", version, got, want)
		}
	}
}
