package main

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/aichatbothub/terraform-provider-aichatbothub/internal/tfcli"
)

// allowed are the licences of what a release may contain.
var allowed = []string{"Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "MPL-2.0"}

// licences are texts by which a licence, or a condition that is added to one, is recognized: in lower case, words alone.
var licences = map[string]string{
	"Apache-2.0":     "apache license version 2 0 january 2004",
	"ISC":            "permission to use copy modify and or distribute this software for any purpose with or without fee is hereby granted",
	"MIT":            "permission is hereby granted free of charge to any person obtaining a copy of this software and associated documentation files",
	"MPL-2.0":        "mozilla public license version 2 0",
	"GPL":            "everyone is permitted to copy and distribute verbatim copies of this license document but changing it is not allowed",
	"BUSL":           "business source license",
	"SSPL":           "server side public license",
	"Elastic":        "elastic license",
	"Commons Clause": "commons clause",
	"CC0-1.0":        "cc0 1 0 universal",
	"Unlicense":      "this is free and unencumbered software released into the public domain",
}

var notWords = regexp.MustCompile(`[^a-z0-9]+`)

// licencesOf returns the licences that a text contains, sorted; none if it has none that is known.
func licencesOf(text string) []string {
	text = notWords.ReplaceAllString(strings.ToLower(text), " ")
	var found []string
	for name, phrase := range licences {
		if strings.Contains(text, phrase) {
			found = append(found, name)
		}
	}
	if strings.Contains(text, "redistribution and use in source and binary forms with or without modification are permitted") {
		switch {
		case strings.Contains(text, "advertising materials mentioning"):
			found = append(found, "BSD-4-Clause")
		case strings.Contains(text, "neither the name"):
			found = append(found, "BSD-3-Clause")
		default:
			found = append(found, "BSD-2-Clause")
		}
	}
	slices.Sort(found)
	return found
}

// TestLicences: all licences of the modules in the provider are on the list.
func TestLicences(t *testing.T) {
	t.Parallel()
	root, err := tfcli.Root(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	texts, err := modules(t.Context(), root)
	if err != nil {
		t.Fatal(err)
	}
	checked := map[string]bool{}
	for _, text := range texts {
		if strings.HasPrefix(strings.ToUpper(text.file), "NOTICE") {
			continue
		}
		checked[text.module] = true
		found := licencesOf(text.body)
		if len(found) == 0 || slices.ContainsFunc(found, func(l string) bool { return !slices.Contains(allowed, l) }) {
			t.Errorf("%s: the licence in %s is %q, want one of %q", text.module, text.file, found, allowed)
		}
	}
	if len(checked) < 20 {
		t.Errorf("only %d modules were found: %q", len(checked), slices.Sorted(maps.Keys(checked)))
	}
}

// TestDocument: a text that several modules share is printed once, and the order in which they were found has no effect.
func TestDocument(t *testing.T) {
	t.Parallel()
	texts := []text{
		{module: "example.com/b", file: "LICENSE", body: "Shared\r\n"},
		{module: "example.com/a", file: "LICENSE", body: "Shared"},
		{module: "example.com/a", file: "NOTICE", body: "By A"},
	}
	line := strings.Repeat("=", 80)
	want := "The provider contains Go and the modules below, under these licences.\n\n" +
		line + "\nexample.com/a, LICENSE\nexample.com/b, LICENSE\n\nShared\n\n" + line + "\nexample.com/a, NOTICE\n\nBy A\n"
	for range 2 {
		if got := document(texts); got != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
		slices.Reverse(texts)
	}
}

// TestRun: the document of this checkout has the licence of Go, and those of modules.
func TestRun(t *testing.T) {
	t.Parallel()
	got, err := run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"\nGo and its standard library, LICENSE\n", "\ngithub.com/hashicorp/terraform-plugin-framework, LICENSE\n", "Mozilla Public License"} {
		if !strings.Contains(got, want) {
			t.Errorf("it has no %q", want)
		}
	}
}

func TestLicencesOf(t *testing.T) {
	t.Parallel()
	const bsd = "Redistribution and use in source and binary forms, with or without\nmodification, are permitted provided that"
	for text, want := range map[string]string{
		"": "", "All rights reserved.": "",
		"                              Apache License\n                        Version 2.0, January 2004\n": "Apache-2.0",
		"Mozilla Public License, version 2.0\n": "MPL-2.0",
		bsd:                                     "BSD-2-Clause",
		bsd + "\n * Neither the name of Google Inc. nor":           "BSD-3-Clause",
		bsd + "\n3. All advertising materials mentioning features": "BSD-4-Clause",
		"GNU GENERAL PUBLIC LICENSE\nEveryone is permitted to copy and distribute verbatim copies\n of this license document, but changing it is not allowed.": "GPL",
		"“Commons Clause” License Condition v1.0\nApache License\nVersion 2.0, January 2004":                                                                   "Apache-2.0 Commons Clause",
		"Business Source License 1.1": "BUSL",
	} {
		if got := strings.Join(licencesOf(text), " "); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}
