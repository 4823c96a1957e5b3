package faq

import (
	"regexp"
	"slices"
	"strings"
)

// heading is a heading of a document. Lines are counted from 0.
type heading struct {
	line, below int // its first line, and the first one below it
	level       int
	text        string
}

// readMarkdown reads a document whose headings are questions. The text below a heading is the answer, as it is written.
func (q *questions) readMarkdown(text string) {
	lines := strings.Split(text, "\n")
	s := scanner{lines: lines, paragraph: -1}
	for i := frontMatter(lines); i < len(lines); i++ {
		s.scan(i)
	}
	end := len(lines)
	if len(s.headings) > 0 {
		end = s.headings[0].line
	}
	if stray, found := s.firstText(0, end); found {
		q.refuse(stray+1, "the text is above the first heading, so it belongs to no question. Move it below a heading, or remove it")
	}
	if s.open() {
		q.refuse(s.opened+1, "the block of code or the comment that begins here does not end, so what follows has no headings. Close it")
	}
	for i, h := range s.headings {
		end, level := len(lines), 0
		if i+1 < len(s.headings) {
			end, level = s.headings[i+1].line, s.headings[i+1].level
		}
		if _, answered := s.firstText(h.below, end); answered {
			q.add(h.line+1, h.text, strings.Join(lines[h.below:end], "\n"))
		} else if level <= h.level { // otherwise it is the title of a section
			q.add(h.line+1, h.text, "")
		}
	}
}

// metadata matches a line of YAML.
var metadata = regexp.MustCompile(`^["']?[\w-]+["']?[ \t]*:([ \t]|$)`)

// frontMatter returns the first line behind metadata in YAML between two lines ---, which is at the top of a document.
func frontMatter(lines []string) int {
	if strings.TrimRight(lines[0], " \t") != "---" || len(lines) < 2 || !metadata.MatchString(lines[1]) {
		return 0
	}
	for i, line := range lines[1:] {
		if end := strings.TrimRight(line, " \t"); end == "---" || end == "..." {
			return i + 2
		}
	}
	return 0
}

// scanner finds the headings among the lines of a document, by the rules of CommonMark. It is a scanner of lines and not a parser, because the
// parser github.com/yuin/goldmark would add 0.5 MB to the program (goals.md P6). It does not look into lists and block quotes, so headings inside of
// them are a part of the answer.
type scanner struct {
	lines     []string
	headings  []heading
	texts     []int  // the lines with text, which a thematic break and a comment are not
	end       string // what ends the block of code or the HTML that the line is in, or ""
	opened    int    // where that begins
	within    int    // the indentation of what belongs to the list that has it; 0 for none
	paragraph int    // the first line of the paragraph that the line can continue, or -1
	lazy      bool   // the line can continue a paragraph in a list or a block quote
	list      int    // the indentation of what belongs to the list that the line can be in; 0 for none
	blank     bool   // the line above is blank
}

// scan reads the next line.
func (s *scanner) scan(i int) {
	line := s.lines[i]
	text := strings.TrimSpace(line)
	indent := indentation(line)
	if s.open() && text != "" && indent < s.within {
		s.end = "" // the list ends, and with it the block of code in it
	}
	switch inList := s.list > 0 && indent >= s.list; {
	case s.open():
		s.scanInside(text, indent)
	case text == "":
		s.paragraph, s.lazy = -1, false
	case (indent < 4 || inList) && isFence(text):
		s.begin(i, fenceOf(text))
		if !inList {
			s.list = 0
		}
		s.within = s.list
		s.texts = append(s.texts, i)
	case inList:
		_, _, isHeading := atxHeading(text)
		s.lazy = !isHeading && !isBreak(text)
		s.texts = append(s.texts, i)
	case indent >= 4:
		s.texts = append(s.texts, i)
	default:
		s.scanBlock(i, text, indent)
	}
	s.blank = text == ""
}

// scanInside reads a line of a block of code or of HTML.
func (s *scanner) scanInside(text string, indent int) {
	if isFence(s.end) {
		if indent < s.within+4 && strings.HasPrefix(text, s.end) && strings.Trim(text, s.end[:1]) == "" {
			s.end = ""
		}
	} else if strings.Contains(strings.ToLower(text), s.end) {
		s.end = ""
	}
}

// scanBlock reads a line that can begin a block.
func (s *scanner) scanBlock(i int, text string, indent int) {
	if s.blank || !s.lazy {
		s.list = 0
	}
	level, title, isHeading := atxHeading(text)
	marker := listMarker.FindString(text)
	switch {
	case isHeading:
		s.found(heading{line: i, below: i + 1, level: level, text: title})
	case s.paragraph >= 0 && underline.MatchString(text):
		s.found(heading{line: s.paragraph, below: i + 1, level: strings.Index("=-", text[:1]) + 1, text: s.join(s.paragraph, i)})
	case isBreak(text):
		s.paragraph, s.lazy, s.list = -1, false, 0
	case strings.HasPrefix(text, "<!--"):
		s.paragraph, s.lazy, s.list = -1, false, 0
		if _, after, ends := strings.Cut(text, "-->"); !ends {
			s.begin(i, "-->")
		} else if after != "" {
			s.texts = append(s.texts, i)
		}
	case rawHTML.MatchString(text):
		s.paragraph, s.lazy, s.list = -1, false, 0
		s.texts = append(s.texts, i)
		if end := "</" + strings.ToLower(rawHTML.FindStringSubmatch(text)[1]) + ">"; !strings.Contains(strings.ToLower(text), end) {
			s.begin(i, end)
		}
	case marker != "":
		s.paragraph, s.lazy, s.list = -1, true, indent+len(strings.TrimRight(marker, " \t"))+1
		s.texts = append(s.texts, i)
	case strings.HasPrefix(text, ">"):
		s.paragraph, s.lazy, s.list = -1, true, 0
		s.texts = append(s.texts, i)
	default:
		s.texts = append(s.texts, i)
		if s.paragraph < 0 && !s.lazy {
			s.paragraph = i
		}
	}
}

// open reports whether the line is inside of a block of code or of HTML.
func (s *scanner) open() bool { return s.end != "" }

// begin begins a block of code or of HTML.
func (s *scanner) begin(i int, end string) {
	s.end, s.opened, s.within, s.paragraph, s.lazy = end, i, 0, -1, false
}

// firstText returns the first line with text of a range. The lines of a heading that is underlined are in texts, and in no range.
func (s *scanner) firstText(from, to int) (int, bool) {
	i, _ := slices.BinarySearch(s.texts, from)
	if i < len(s.texts) && s.texts[i] < to {
		return s.texts[i], true
	}
	return 0, false
}

// found adds a heading.
func (s *scanner) found(h heading) {
	s.headings = append(s.headings, h)
	s.paragraph, s.lazy, s.list = -1, false, 0
}

// join returns the text of a paragraph.
func (s *scanner) join(from, to int) string {
	return strings.Join(strings.Fields(strings.Join(s.lines[from:to], " ")), " ")
}
