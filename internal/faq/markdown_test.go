package faq_test

import "testing"

// TestMarkdown: headings are questions, in both forms of a heading, and nothing else is.
func TestMarkdown(t *testing.T) {
	t.Parallel()
	two := map[string]string{"When?": "At 9.", "Who?": "We."}
	check(t, "markdown", map[string]row{
		"headings":                 {text: "# When?\nAt 9.\n\n# Who?\nWe.\n", want: two},
		"underlined":               {text: "When?\n=====\n\nAt 9.\n\nWho?\n-\nWe.", want: two},
		"underlined, of two lines": {text: "When do\n  you open?\n---\nAt 9.", want: map[string]string{"When do you open?": "At 9."}},
		"CRLF and a mark":          {text: "\ufeff# When?\r\n\r\nAt 9.\r\n# Who?\r\nWe.\r\n", want: two},
		"closed":                   {text: "## When? ##\nAt 9.\n#   Who? #  \nWe.", want: two},
		"indented":                 {text: "   # When?\nAt 9.\n # Who?\nWe.", want: two},
		"titles of sections":       {text: "# FAQ\n\n---\n\n<!-- Opening -->\n## Opening\n### When?\nAt 9.\n## People\n<!-- a\n# b\n-->\n### Who?\nWe.", want: two},
		"a title with a text":      {text: "# FAQ\nAll of it.\n## When?\nAt 9.", want: map[string]string{"FAQ": "All of it.", "When?": "At 9."}},
		"a title underlined":       {text: "FAQ\n===\n\nWhen?\n-----\nAt 9.", want: map[string]string{"When?": "At 9."}},
		"Markdown of an answer":    {text: "# When?\n\nAt **9**:\n\n- a\n- b\n\n> c\n\n***\n[d](e)\n", want: map[string]string{"When?": "At **9**:\n\n- a\n- b\n\n> c\n\n***\n[d](e)"}},
		"Markdown of a question":   {text: "# *When* is `x` C#?\nAt 9.", want: map[string]string{"*When* is `x` C#?": "At 9."}},
		"fenced code":              {text: "# How?\n```sh\n# a\n~~~\n``\n```\n~~~~ x `y`\n# b\n```\n~~~\n~~~~~\n# Who?\nWe.", want: map[string]string{"How?": "```sh\n# a\n~~~\n``\n```\n~~~~ x `y`\n# b\n```\n~~~\n~~~~~", "Who?": "We."}},
		"code in a line":           {text: "# How?\n```a``` is code\n# Who?\nWe.", want: map[string]string{"How?": "```a``` is code", "Who?": "We."}},
		"indented code":            {text: "# How?\n\n    # a\n\n\t# b\n  \t# c\n# Who?\nWe.", want: map[string]string{"How?": "# a\n\n\t# b\n  \t# c", "Who?": "We."}},
		"code in a list":           {text: "# How?\n1. a\n\n    ```sh\n    # b\n    ```\n\n   # c\n   d\n   ---\n2. e\n# Who?\nWe.", want: map[string]string{"How?": "1. a\n\n    ```sh\n    # b\n    ```\n\n   # c\n   d\n   ---\n2. e", "Who?": "We."}},
		"code that is not closed by an indented line": {text: "# How?\n```\n    ```\n# a\n```\n# Who?\nWe.", want: map[string]string{"How?": "```\n    ```\n# a\n```", "Who?": "We."}},
		"code that ends with its list":                {text: "# How?\n- a\n  ```\n  # b\n\n# Who?\nWe.", want: map[string]string{"How?": "- a\n  ```\n  # b", "Who?": "We."}},
		"a comment ends a list":                       {text: "# How?\n- a\n<!-- b -->\nWho?\n===\nWe.", want: map[string]string{"How?": "- a\n<!-- b -->", "Who?": "We."}},
		"a paragraph of a list that goes on":          {text: "# How?\n1. a\n\n   b\nc\n---\n# Who?\nWe.", want: map[string]string{"How?": "1. a\n\n   b\nc\n---", "Who?": "We."}},
		"after a list":                                {text: "# How?\n- a\nb\n---\n- c\n\n # Who?\nWe.", want: map[string]string{"How?": "- a\nb\n---\n- c", "Who?": "We."}},
		"in a quotation":                              {text: "# How?\n> # a\n> b\nc\n===\n# Who?\nWe.", want: map[string]string{"How?": "> # a\n> b\nc\n===", "Who?": "We."}},
		"HTML":                                        {text: "# How?\n<pre>\n# a\n\n# b</PRE>\n# Who?\n<!-- c --> We.", want: map[string]string{"How?": "<pre>\n# a\n\n# b</PRE>", "Who?": "<!-- c --> We."}},
		"no headings":                                 {text: "# How?\n#a\n####### b\n\\# c\n| d |\n|---|\n| e |", want: map[string]string{"How?": "#a\n####### b\n\\# c\n| d |\n|---|\n| e |"}},
		"a break":                                     {text: "# When?\nAt 9.\n\n---\n\n# Who?\nWe.", want: map[string]string{"When?": "At 9.\n\n---", "Who?": "We."}},
		"front matter":                                {text: "---\ntitle: FAQ\n# a\n---\n\n# When?\nAt 9.", want: one},
		"no front matter":                             {text: "---\n# When?\nAt 9.\n\n---", want: map[string]string{"When?": "At 9.\n\n---"}},
		"empty":                                       {text: "", want: map[string]string{}},
		"blank":                                       {text: "\n \n---\n<!-- a -->\n", want: map[string]string{}},
	})
}

// TestMarkdownErrors have the lines of the text, and what to do.
func TestMarkdownErrors(t *testing.T) {
	t.Parallel()
	const stray, none = "the text is above the first heading, so it belongs to no question. Move it below a heading, or remove it", "the answer is empty. Write one, or remove the question"
	check(t, "markdown", map[string]row{
		"above the first heading":   {text: "---\ntitle: FAQ\n---\nWelcome.\n\n# When?\nAt 9.", err: "line 4: " + stray},
		"above an underlined one":   {text: "\nWelcome.\n\nWhen?\n---\nAt 9.", err: "line 2: " + stray},
		"no heading":                {text: "Welcome.", err: "line 1: " + stray},
		"code above":                {text: "```\n# a\n```\n# When?\nAt 9.", err: "line 1: " + stray},
		"front matter that is open": {text: "---\ntitle: FAQ\n# When?\nAt 9.", err: "line 2: " + stray},
		"no answer at the end":      {text: "# When?\nAt 9.\n# Who?", err: "line 3: " + none},
		"no answer in between":      {text: "# When?\n\n<!-- later -->\n# Who?\nWe.", err: "line 1: " + none},
		"no answer, and a title":    {text: "## When?\n# FAQ\n## Who?\nWe.", err: "line 1: " + none},
		"no question":               {text: "# When?\nAt 9.\n##\nWe.", err: "line 3: the question is empty. Write one, or remove it with its answer"},
		"only marks":                {text: "## ##\nWe.", err: "line 1: the question is empty. Write one, or remove it with its answer"},
		"twice":                     {text: "# When?\nAt 9.\n\nWhen?\n---\nAt 10.", err: "line 4: the question is the same as that of line 1. Remove one of them"},
		"UTF-16":                    {text: "# A\n\n#\x00 \x00", err: "line 3: the text contains a null character, as one in UTF-16 does. Save it in UTF-8"},
		"open code":                 {text: "# When?\n```\nAt 9.\n# Who?\nWe.", err: "line 2: the block of code or the comment that begins here does not end, so what follows has no headings. Close it"},
		"open comment":              {text: "# When?\nAt 9.\n<!-- a\n# Who?\nWe.", err: "line 3: the block of code or the comment that begins here does not end, so what follows has no headings. Close it"},
	})
}
