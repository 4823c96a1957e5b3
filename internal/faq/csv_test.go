package faq_test

import (
	"strings"
	"testing"
)

// one is a question with its answer.
var one = map[string]string{"When?": "At 9."}

// TestCSV: with and without a header, and in the forms in which spreadsheets write a table.
func TestCSV(t *testing.T) {
	t.Parallel()
	check(t, "csv", map[string]row{
		"header":                          {text: "question,answer\nWhen?,At 9.\n", want: one},
		"no header":                       {text: "When?,At 9.\n", want: one},
		"semicolons":                      {text: "question;answer\nWhen?;At 9.", want: one},
		"semicolons without a header":     {text: "When?;At 9.", want: one},
		"byte order mark":                 {text: "\ufeffquestion,answer\nWhen?,At 9.", want: one},
		"mark before quotes":              {text: "\ufeff\"When?\",At 9.", want: one},
		"CRLF":                            {text: "question,answer\r\nWhen?,At 9.\r\n", want: one},
		"CR":                              {text: "question,answer\rWhen?,At 9.\r", want: one},
		"other case and order":            {text: " Answer , QUESTION\nAt 9.,When?", want: one},
		"other columns":                   {text: "id,question,tag,answer,\n1,When?,,At 9.,new\n", want: one},
		"blank lines and rows":            {text: "\n\nquestion,answer\n\n,\n  , \nWhen?,At 9.\n\n", want: one},
		"empty cells at the end":          {text: "When?,At 9.,,\n", want: one},
		"spaces":                          {text: " When? , \"At 9.\"\n", want: one},
		"quotes":                          {text: "\"Who says \"\"no\"\"?\",\"Nobody, ever; really.\"", want: map[string]string{`Who says "no"?`: "Nobody, ever; really."}},
		"line break":                      {text: "question,answer\r\nWhen?,\"At 9.\r\nOr 10.\"\r\nWho?,We.\r\n", want: map[string]string{"When?": "At 9.\nOr 10.", "Who?": "We."}},
		"quoted cell with a semicolon":    {text: "\"When; where?\",At 9.", want: map[string]string{"When; where?": "At 9."}},
		"quoted cell with a comma":        {text: "\"When, where?\";At 9.", want: map[string]string{"When, where?": "At 9."}},
		"semicolon in the second cell":    {text: "When?,\"At 9; at 10.\"", want: map[string]string{"When?": "At 9; at 10."}},
		"decided by another row":          {text: "When, where?;At 9.\nWho?;We.", want: map[string]string{"When, where?": "At 9.", "Who?": "We."}},
		"decided by the number of cells":  {text: "When?;At 9, 10, or 11.", want: map[string]string{"When?": "At 9, 10, or 11."}},
		"named for spreadsheets":          {text: "sep=;\r\nQuestion;Answer\r\nWhen?;At 9.\r\n", want: one},
		"named, and no header":            {text: "\ufeffsep=;\nWhen, where?;At 9, here.", want: map[string]string{"When, where?": "At 9, here."}},
		"named in quotes":                 {text: "\"sep=,\"\nWhen?,At 9.", want: one},
		"named, and nothing else":         {text: "sep=;", want: map[string]string{}},
		"empty":                           {text: "", want: map[string]string{}},
		"only a mark and blank lines":     {text: "\ufeff\n\n", want: map[string]string{}},
		"only a header":                   {text: "question,answer\n", want: map[string]string{}},
		"a question that names no column": {text: "Question?,Answer.", want: map[string]string{"Question?": "Answer."}},
	})
}

// TestCSVErrors have the lines of the text, and what to do.
func TestCSVErrors(t *testing.T) {
	t.Parallel()
	const header = "question,answer\n"
	check(t, "csv", map[string]row{
		"empty question":         {text: header + "When?,At 9.\n,We.", err: "line 3: the question is empty. Write one, or remove it with its answer"},
		"empty answer":           {text: "When?,At 9.\nWho?,\" \"", err: "line 2: the answer is empty. Write one, or remove the question"},
		"no answer":              {text: header + "Who?", err: "line 2: the answer is empty. Write one, or remove the question"},
		"twice":                  {text: header + "When?,At 9.\n\n\" When?\",At 10.", err: "line 4: the question is the same as that of line 2. Remove one of them"},
		"composed and not":       {text: "Gr\u00f6\u00dfe?,A\nGro\u0308\u00dfe?,B", err: "line 2: the question is the same as that of line 1. Remove one of them"},
		"after a line break":     {text: "When?,\"At 9.\nOr 10.\"\nWho?,", err: "line 3: the answer is empty. Write one, or remove the question"},
		"one column":             {text: "\nWhen?\n", err: "line 2: the row does not have a question and an answer, separated by , or by ;"},
		"more cells":             {text: "When?,At 9.\nWho?,We, of course.", err: `line 2: the row has 3 cells and not 2. Write a cell that contains "," in double quotes, or name the columns question and answer in the first row`},
		"more than the header":   {text: "question;answer\nWho?;We; of course.", err: `line 2: the row has 3 cells and not 2. Write a cell that contains ";" in double quotes`},
		"half a header":          {text: "question,antwort\nWho?,We.", err: "line 1: the first row does not name each of the columns question and answer once. Name both, or none of them"},
		"a column twice":         {text: "question,answer,Answer\nWho?,We.,You.", err: "line 1: the first row does not name each of the columns question and answer once. Name both, or none of them"},
		"ambiguous":              {text: "When, where?;At 9.", err: "line 1: the cells can be separated by , and by ;. Write the names of the columns, question and answer, in the first row"},
		"ambiguous, and no pair": {text: "a,b;c\nd", err: "line 1: the cells can be separated by , and by ;. Write the names of the columns, question and answer, in the first row"},
		"a quote in a cell":      {text: header + "Who says \"no\"?,We.", err: "line 2: a cell contains a double quote. Write the cell in double quotes, and two of them for each one inside of it"},
		"an open quote":          {text: header + "When?,At 9.\nWho?,\"We.\nWhat?,That.\n", err: "line 3: a cell in double quotes of the row that begins here does not end before the next cell. Write two double quotes for each one inside of it"},
		"an open quote in a row": {text: "Who?,\"We.\nWhat?,That.\n", err: "line 1: a cell in double quotes of the row that begins here does not end before the next cell. Write two double quotes for each one inside of it"},
		"another name":           {text: "sep=\t\nquestion\tanswer\n", err: "line 1: the line names another character between the cells than , and ;. Write the table with one of them"},
		"named, and wrong":       {text: "sep=;\nquestion;answer\nWhen?;\n", err: "line 3: the answer is empty. Write one, or remove the question"},
		"UTF-16":                 {text: "W\x00h\x00o\x00?\x00,\x00W\x00e\x00", err: "line 1: the text contains a null character, as one in UTF-16 does. Save it in UTF-8"},
		"an open quote at once":  {text: "\"Who?,We.\n", err: "line 1: a cell in double quotes of the row that begins here does not end before the next cell. Write two double quotes for each one inside of it"},
		"several": {text: header + ",We.\nWho?,\n", err: "line 2: the question is empty. Write one, or remove it with its answer.\n" +
			"line 3: the answer is empty. Write one, or remove the question"},
		"many": {text: header + strings.Repeat(",We.\n", 12), err: strings.Join(func() (all []string) {
			for n := range strings.FieldsSeq("2 3 4 5 6 7 8 9 10 11") {
				all = append(all, "line "+n+": the question is empty. Write one, or remove it with its answer")
			}
			return append(all, "2 further problems")
		}(), ".\n")},
	})
}
