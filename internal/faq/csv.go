package faq

import (
	"encoding/csv"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"
)

// The columns that a header can name.
const (
	questionColumn = "question"
	answerColumn   = "answer"
)

// row is a record of a table, without empty cells at its end.
type row struct {
	line  int // where it begins, from 1
	cells []string
	width int // the number of cells with empty ones
}

// table reads rows that have a cell with text.
type table struct{ *csv.Reader }

func newTable(text string, delimiter rune) table {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.TrimLeadingSpace = delimiter, -1, true
	return table{r}
}

// next returns the next row. At the end of the text, the error is io.EOF.
func (t table) next() (row, error) {
	for {
		cells, err := t.Read()
		if err != nil {
			return row{}, err
		}
		last := len(cells) - 1
		for last >= 0 && strings.TrimSpace(cells[last]) == "" {
			last--
		}
		if last >= 0 {
			line, _ := t.FieldPos(0)
			return row{line, cells[:last+1], len(cells)}, nil
		}
	}
}

// find returns the positions of a column that a row names.
func (r row) find(column string) []int {
	var at []int
	for i, cell := range r.cells {
		if strings.EqualFold(strings.TrimSpace(cell), column) {
			at = append(at, i)
		}
	}
	return at
}

// isHeader reports whether a row names the columns.
func (r row) isHeader() bool { return len(r.find(questionColumn)) > 0 && len(r.find(answerColumn)) > 0 }

// cell returns a cell; "" if the row is shorter.
func (r row) cell(i int) string {
	if i < len(r.cells) {
		return r.cells[i]
	}
	return ""
}

// columns says where the questions and the answers of a table are.
type columns struct {
	question, answer int
	width            int // the largest number of cells of a row
	next             string
}

// readCSV reads a table with a header, or with a question and an answer in each row.
func (q *questions) readCSV(text string) {
	delimiter, text := namedDelimiter(text)
	ok := delimiter == ',' || delimiter == ';'
	switch {
	case ok:
	case delimiter != 0:
		q.refuse(1, "the line names another character between the cells than , and ;. Write the table with one of them")
		return
	default:
		if delimiter, ok = q.delimiter(text); !ok {
			return
		}
	}
	t := newTable(text, delimiter)
	var c *columns
	for {
		r, err := t.next()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			q.refuseQuotes(err)
			return // what follows depends on where the cell ends
		}
		if c == nil {
			if c, ok = q.columns(r); !ok {
				return
			}
			if r.isHeader() {
				continue
			}
		}
		if len(r.cells) > c.width {
			q.refuse(r.line, "the row has %d cells and not %d. Write a cell that contains %q in double quotes%s", len(r.cells), c.width, string(delimiter), c.next)
			continue
		}
		q.add(r.line, r.cell(c.question), r.cell(c.answer))
	}
}

// columns returns the columns of a table by its first row.
func (q *questions) columns(r row) (*columns, bool) {
	question, answer := r.find(questionColumn), r.find(answerColumn)
	switch {
	case len(question) == 0 && len(answer) == 0:
		return &columns{question: 0, answer: 1, width: 2, next: ", or name the columns " + questionColumn + " and " + answerColumn + " in the first row"}, true
	case len(question) == 1 && len(answer) == 1:
		return &columns{question: question[0], answer: answer[0], width: r.width}, true
	}
	q.refuse(r.line, "the first row does not name each of the columns %s and %s once. Name both, or none of them", questionColumn, answerColumn)
	return nil, false
}

// named matches the first line of a table for spreadsheets, which names what separates the cells.
var named = regexp.MustCompile(`^(?:sep=(.)|"sep=(.)")[ \t]*(?:\n|$)`)

// namedDelimiter returns what a first line such as "sep=;" says, and the text without it but with its line break; 0 if there is none.
func namedDelimiter(text string) (delimiter rune, rest string) {
	m := named.FindStringSubmatch(text)
	if m == nil {
		return 0, text
	}
	for _, r := range m[1] + m[2] {
		delimiter = r
	}
	return delimiter, text[len(strings.TrimSuffix(m[0], "\n")):]
}

// delimiter returns what separates the cells. The first row decides if only one delimiter gives it several cells, and otherwise all rows.
func (q *questions) delimiter(text string) (rune, bool) {
	var possible []rune
	var first row
	var failed error
	for _, delimiter := range ",;" {
		r, err := newTable(text, delimiter).next()
		switch {
		case errors.Is(err, io.EOF):
			return delimiter, true // no rows
		case err != nil:
			if failed == nil || errors.Is(err, csv.ErrQuote) { // with the wrong delimiter, a cell in quotes is one that contains quotes
				failed = err
			}
		case r.isHeader():
			return delimiter, true
		case len(r.cells) > 1:
			possible = append(possible, delimiter)
			first = r
		default:
			first = r
		}
	}
	ambiguous := len(possible) > 1
	if ambiguous {
		possible = slices.DeleteFunc(possible, func(delimiter rune) bool { return !hasPairs(text, delimiter) })
	}
	switch {
	case len(possible) == 1:
		return possible[0], true
	case ambiguous:
		q.refuse(first.line, "the cells can be separated by , and by ;. Write the names of the columns, %s and %s, in the first row", questionColumn, answerColumn)
	case first.cells == nil:
		q.refuseQuotes(failed)
	default:
		q.refuse(first.line, "the row does not have a question and an answer, separated by , or by ;")
	}
	return 0, false
}

// hasPairs reports whether each row has two cells.
func hasPairs(text string, delimiter rune) bool {
	for t := newTable(text, delimiter); ; {
		r, err := t.next()
		if err != nil {
			return errors.Is(err, io.EOF)
		}
		if len(r.cells) != 2 {
			return false
		}
	}
}

// refuseQuotes reports a cell that cannot be read.
func (q *questions) refuseQuotes(err error) {
	var at *csv.ParseError
	if !errors.As(err, &at) {
		return // a string can always be read
	}
	if errors.Is(at.Err, csv.ErrBareQuote) {
		q.refuse(at.Line, "a cell contains a double quote. Write the cell in double quotes, and two of them for each one inside of it")
		return
	}
	q.refuse(at.StartLine, "a cell in double quotes of the row that begins here does not end before the next cell. Write two double quotes for each one inside of it")
}
