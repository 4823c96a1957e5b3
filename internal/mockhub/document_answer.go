package mockhub

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
)

// maxSentences is the maximum number of sentences in an answer from a document.
const maxSentences = 3

// passage is a part of a document that an answer can consist of.
type passage struct {
	searched string // the text that is compared with the question
	shown    string
}

// documentAnswer is an answer from a document. score is the number of words that it shares with the question.
type documentAnswer struct {
	text   string
	score  int
	source *Source // nil for a document of the session
}

// findInDocuments returns the answer from the documents of a session and the sources that the agents of its chatbot use: the passages that share
// the most words with the question. Documents of the session come first, then older sources. It returns false if no passage has at least half of
// the words. The mock understands nothing: other words for the same thing are not found.
func (s *store) findInDocuments(now time.Time, q Quirks, session Session, documents []string, question string) (documentAnswer, bool) {
	words := significantWords(question)
	var best documentAnswer
	consider := func(passages []passage, source *Source) {
		if text, score := bestPassages(passages, words); score > best.score {
			best = documentAnswer{text, score, source}
		}
	}
	for _, d := range s.documentsOf(session.UUID, documents) {
		consider(sentences(d.Text), nil)
	}
	for _, src := range s.answeringSources(now, q, session.ChatbotUUID) {
		shown := src.snapshot(now, q)
		consider(shown.passages(), &shown)
	}
	return best, best.score > 0 && 2*best.score >= len(words)
}

// passages returns the parts of a source that can be answers. The mock does not fetch web pages, so those have a text only if a test has added it.
func (s Source) passages() []passage {
	if s.Type == qaSource {
		return []passage{{searched: s.Question + "\n" + s.Answer, shown: s.Answer}}
	}
	return sentences(s.Text)
}

// sentenceEnd matches the end of a sentence: a line break, or a punctuation mark with white space after it.
var sentenceEnd = regexp.MustCompile(`\n+|[.!?…]["')\]]*\s+|[。！？]`)

// sentences splits a text into its sentences.
func sentences(text string) []passage {
	var all []passage
	add := func(sentence string) {
		if sentence = strings.TrimSpace(sentence); sentence != "" {
			all = append(all, passage{sentence, sentence})
		}
	}
	start := 0
	for _, at := range sentenceEnd.FindAllStringIndex(text, -1) {
		add(text[start:at[1]])
		start = at[1]
	}
	add(text[start:])
	return all
}

// bestPassages returns the passages that share the most words with a question, as one text, and the number of these words.
func bestPassages(passages []passage, words []string) (text string, score int) {
	var best []string
	for _, p := range passages {
		n := 0
		has := significantWords(p.searched)
		for _, word := range words {
			if slices.Contains(has, word) {
				n++
			}
		}
		switch {
		case n == 0 || n < score:
		case n > score:
			best, score = []string{p.shown}, n
		case len(best) < maxSentences:
			best = append(best, p.shown)
		}
	}
	return strings.Join(best, " "), score
}

// commonWords are words that say nothing about the subject of a question.
const commonWords = " a about am an and any are as at be been but by can could did do does for from had has have he her his how i if in is it its " +
	"may me my no not of on or our she should so tell than that the their them then there these they this to us was we were what when where which " +
	"who whom whose why will with would you your "

// significantWords returns the different words of a text in lower case, without common words and without the s of a plural.
func significantWords(text string) []string {
	var words []string
	for word := range strings.FieldsFuncSeq(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if strings.Contains(commonWords, " "+word+" ") {
			continue
		}
		if len(word) > 3 {
			word = strings.TrimSuffix(word, "s")
		}
		if !slices.Contains(words, word) {
			words = append(words, word)
		}
	}
	return words
}
