package base

import (
	"strings"
	"testing"
)

const (
	idA = "43474da7ae3b4b7191ee29c2de798257"
	idB = "62076e7a79fd4d549112d915a4158638"
	idC = "0123456789abcdef0123456789abcdef"
)

var (
	ofChatbot  = [][]string{{"id"}}
	ofAgent    = [][]string{{"chatbot_id", "id"}}
	ofFunction = [][]string{{"chatbot_id", "agent_id", "id"}}
	ofSession  = [][]string{{"chatbot_id", "id"}, {"id"}}
)

// dashed writes an id the way other tools show it.
func dashed(id string) string {
	return strings.ToUpper(strings.Join([]string{id[:8], id[8:12], id[12:16], id[16:20], id[20:]}, "-"))
}

func TestImportStrings(t *testing.T) {
	t.Parallel()
	for raw, c := range map[string]struct {
		forms [][]string
		want  string // the ids in the order of the form that fits
	}{
		idA:                        {ofChatbot, idA},
		" {" + dashed(idA) + "}\n": {ofChatbot, idA},
		idA + "/":                  {ofChatbot, idA},
		strings.ToUpper(idA):       {ofChatbot, idA},
		"\u200b" + idA[:16] + "\u00a0" + idA[16:] + "\ufeff": {ofChatbot, idA},
		strings.ReplaceAll(dashed(idA), "-", "\u2011"):       {ofChatbot, idA},
		idA + "/" + idB: {ofAgent, idA + " " + idB},
		"/{" + dashed(idA) + "} / { " + idB + " }/ ": {ofAgent, idA + " " + idB},
		idA + "/" + idB + "/" + dashed(idC):          {ofFunction, idA + " " + idB + " " + idC},
		idB:                                          {ofSession, idB},
		idA + " / " + idB:                            {ofSession, idA + " " + idB},
	} {
		ids, err := parseImport(raw, c.forms)
		var got []string
		for _, form := range c.forms {
			if len(form) == len(ids) {
				for _, name := range form {
					got = append(got, string(ids[name]))
				}
			}
		}
		if err != nil || strings.Join(got, " ") != c.want {
			t.Errorf("%q: %v %v, want %s", raw, got, err, c.want)
		}
	}
}

// TestWidgetID: the id is found in the texts that users copy from the web app.
func TestWidgetID(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{
		"https://app.aichatbothub.com/widget/" + idA,
		" http://localhost:8080/base/widget/" + dashed(idA) + "/?x=y#z ",
		`<iframe src="https://app.aichatbothub.com/widget/` + idA + `" width="100%" height="600" frameborder="0" allow="clipboard-read; clipboard-write"></iframe>`,
		`<script>window.GPTTConfig = { uuid: "` + idA + `", domain: "app.gptchatbot.it" }</script><script src="https://app.gptchatbot.it/widget-asset.min.js" defer></script>`,
		idA,
	} {
		if ids, err := parseImport(WidgetID(raw), ofChatbot); err != nil || ids["id"] != idA {
			t.Errorf("%s: %v %v", raw, ids, err)
		}
	}
	for _, raw := range []string{"https://app.aichatbothub.com/chatbot/" + idA, "https://app.aichatbothub.com/widget/", "/widget/../" + idA} {
		if ids, err := parseImport(WidgetID(raw), ofChatbot); err == nil {
			t.Errorf("%s is taken for %v", raw, ids)
		}
	}
}

// TestImportStringErrors: an error names the part and the reason, and shows the right form with what is right already.
func TestImportStringErrors(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		raw   string
		forms [][]string
		want  []string
	}{
		"nothing":                 {" ", ofChatbot, []string{`" " is not an import id. It has 0 digits instead of 32. Write it as <id>, which has 32 hexadecimal digits.`}},
		"a name":                  {"Support", ofChatbot, []string{`"Support" is not an import id. It contains 'S', which is not a hexadecimal digit. Write`}},
		"a digit too few":         {idA[1:], ofChatbot, []string{"It has 31 digits instead of 32"}},
		"two run together":        {idA + idB, ofAgent, []string{"It has one part instead of 2", "<chatbot_id>/<id>"}},
		"the id alone":            {dashed(idA), ofAgent, []string{"It has one part instead of 2", `as <chatbot_id>/<id>, where each part has 32 hexadecimal digits: here "<chatbot_id>/` + idA + `"`}},
		"an id too few":           {idA + "/" + idB, ofFunction, []string{"2 parts instead of 3", `here "<chatbot_id>/` + idA + "/" + idB + `"`}},
		"an id too many":          {idA + "/" + idB, ofChatbot, []string{"2 parts instead of 1", `here "` + idA + `"`}},
		"of something within":     {idA + "/" + idB + "/" + idC, ofAgent, []string{"3 parts instead of 2", `here "` + idA + "/" + idB + `"`}},
		"a wrong chatbot":         {"Support/" + idB, ofAgent, []string{`In the place of <chatbot_id>, "Support" contains`, `here "<chatbot_id>/` + idB + `"`}},
		"a wrong part in the end": {idA + "/x", ofAgent, []string{`In the place of <id>, "x" contains`, `here "` + idA + `/<id>"`}},
		"nothing between":         {idA + "//" + idB, ofFunction, []string{`In the place of <agent_id>, "" has 0 digits`, `here "` + idA + "/<agent_id>/" + idB + `"`}},
		"a widget":                {"https://app.aichatbothub.com/widget/" + idA, ofAgent, []string{"It is the address of a chatbot", `here "` + idA + `/<id>"`}},
		"a widget for a function": {"https://app.aichatbothub.com/widget/" + idA, ofFunction, []string{`here "` + idA + `/<agent_id>/<id>"`}},
		"session: a name":         {"first", ofSession, []string{`"first" is not an import id. It contains`, "as <chatbot_id>/<id>, or as <id> alone, where each part has 32 hexadecimal digits."}},
		"session: too many":       {idA + "/" + idB + "/" + idC, ofSession, []string{"3 parts instead of 2", `here "` + idA + "/" + idB + `"`}},
		"a path":                  {"../../agent/models", ofAgent, []string{"4 parts instead of 2", "as <chatbot_id>/<id>, where each part has 32 hexadecimal digits."}},
		"long":                    {strings.Repeat("ä", 5000), ofChatbot, []string{"ää…", "It contains 'ä', which"}},
	} {
		ids, err := parseImport(c.raw, c.forms)
		if err == nil {
			t.Errorf("%s: taken for %v", name, ids)
			continue
		}
		for _, want := range c.want {
			if got := err.Error() + "."; !strings.Contains(got, want) || len(got) > 1500 {
				t.Errorf("%s: %s\nlacks %s", name, got, want)
			}
		}
	}
}

// FuzzImport: no import string makes anything but ids, which are all that comes into a path (goals.md S3, S5).
func FuzzImport(f *testing.F) {
	for _, seed := range []string{idA, dashed(idA), idA + "/" + idB, idA + "/" + idB + "/" + idC, "https://h/widget/" + idA, "../../agent/models", idA + "/../delete", "%2e%2e/" + idA, "{}", "/", "\xff\x00", idA + "\u0660"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		for _, forms := range [][][]string{ofChatbot, ofAgent, ofFunction, ofSession} {
			ids, err := parseImport(WidgetID(raw), forms)
			if (err == nil) == (len(ids) == 0) {
				t.Errorf("%q: %v %v", raw, ids, err)
			}
			for name, id := range ids {
				if !id.Valid() {
					t.Errorf("%q makes %s = %q", raw, name, id)
				}
			}
		}
	})
}
