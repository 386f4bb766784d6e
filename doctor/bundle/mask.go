package bundle

import (
	"cmp"
	_ "embed"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

//go:embed words.txt
var wordList string

// systemWords are those of errors of the system and of Go, and of the form of the log.
const systemWords = `a time level msg DEBUG INFO WARN ERROR dial tcp udp connect connection refused reset by peer broken pipe EOF unexpected
	lookup no such host timeout deadline exceeded context canceled tls x509 certificate handshake signed unknown authority expired
	permission denied file directory exists not empty space left on device read write open close input output error goroutine running panic
	runtime invalid memory address nil pointer dereference index out of range signal killed terminated GET POST PUT DELETE HTTP linux windows darwin`

// vocabulary are the words of the program's own sentences. What is made of others comes
// from outside.
var vocabulary = sync.OnceValue(func() map[string]bool {
	known := map[string]bool{}
	for word := range strings.FieldsSeq(wordList + " " + systemWords) {
		known[word] = true
	}
	return known
})

// plain is what tells nobody and nothing: numbers of up to eight digits, versions, sizes,
// durations, times, levels of the log, lines of a program's source.
var plain = regexp.MustCompile(`^(?:[-+]?\d{1,8}(?:[.,]\d{1,8})?%?` +
	`|v?\d+\.\d+\.\d+(?:[-+][0-9a-z.]{1,24})?|go\d+(?:\.\d+){1,2}` +
	`|(?:\d{1,6}(?:\.\d{1,9})?(?:ns|µs|ms|s|m|h|d|kB|MB|GB|TB|B))+` +
	`|\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[-+]\d\d:?\d\d)?)?|\d\d:\d\d(?::\d\d)?` +
	`|(?:sluice|runtime|fyne\.io|modernc\.org)/[a-z0-9_./]+\.go:\d+)$`)

// quotes are names that somebody has given, in a sentence of ours.
var quotes = regexp.MustCompile(`"[^"]*"|“[^”]*”|‹[^›]*›|'[^' ]+'|\x60[^\x60]*\x60`)

// around is what stands before and behind a word in a sentence.
const around = `.,;:!?()[]{}<>|·…—"'“”‹›` + "`"

// Mask takes out of texts what is none of the program's own words, and puts the same
// stand-in for the same thing, so that it can be followed through all files.
type Mask struct {
	names    *regexp.Regexp // of things that are known to come from outside, whatever words they are of
	phrases  *regexp.Regexp // names of several words
	standIns map[string]string
	given    map[string]bool // the stand-ins
	count    map[string]int
}

// shortestName is how many characters a name has to have to be looked for within texts.
const shortestName = 3

// NewMask knows names: of sources, servers, people.
func NewMask(names ...string) *Mask {
	m := &Mask{standIns: map[string]string{}, given: map[string]bool{}, count: map[string]int{}}
	var words, phrases []string
	for _, name := range names {
		name = strings.TrimSpace(name)
		switch {
		case utf8.RuneCountInString(name) < shortestName:
		case strings.ContainsFunc(name, unicode.IsSpace):
			phrases = append(phrases, name)
		default:
			words = append(words, name)
		}
	}
	m.names = anyOf(words, `(?i)(?:^|[^\pL\pN])(?:%s)(?:$|[^\pL\pN])`)
	m.phrases = anyOf(phrases, `(?i)(?:%s)`)
	return m
}

// anyOf finds any of some texts, the longest first; nil for none.
func anyOf(texts []string, form string) *regexp.Regexp {
	if len(texts) == 0 {
		return nil
	}
	slices.SortFunc(texts, func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })
	texts = slices.Compact(texts)
	for i, text := range texts {
		texts[i] = regexp.QuoteMeta(text)
	}
	return regexp.MustCompile(fmt.Sprintf(form, strings.Join(texts, "|")))
}

// Text is a sentence, or a line of a log.
func (m *Mask) Text(text string) string {
	if m.phrases != nil {
		text = m.phrases.ReplaceAllStringFunc(text, func(name string) string { return `"` + name + `"` })
	}
	text = quotes.ReplaceAllStringFunc(text, func(q string) string {
		if q = strings.Trim(q, `"'“”‹›`+"`"); q == "" {
			return `""`
		}
		return `"` + m.standIn(kindOf(q), q) + `"`
	})
	var b strings.Builder
	for len(text) > 0 {
		at := strings.IndexFunc(text, unicode.IsSpace)
		if at == 0 {
			b.WriteByte(map[bool]byte{true: '\n', false: ' '}[text[0] == '\n'])
			_, n := utf8.DecodeRuneInString(text)
			text = text[n:]
			continue
		}
		if at < 0 {
			at = len(text)
		}
		b.WriteString(m.token(text[:at]))
		text = text[at:]
	}
	return b.String()
}

// token is one word with the signs around it.
func (m *Mask) token(token string) string {
	if m.given[strings.TrimRight(strings.Trim(token, `"`), `".,;:)`)] { // a stand-in of ours
		return token
	}
	word := strings.Trim(token, around)
	if word == "" {
		return token
	}
	before, behind, _ := strings.Cut(token, word)
	return before + m.word(word) + behind
}

func (m *Mask) word(word string) string {
	named := m.names != nil && m.names.MatchString(word)
	if key, value, has := strings.Cut(word, "="); has && !named && ours(key) {
		return key + "=" + m.token(value)
	}
	if !named && (plain.MatchString(word) || ours(word)) {
		return word
	}
	return m.standIn(kindOf(word), word)
}

// ours reports whether all parts of a word are in the program's own vocabulary.
func ours(word string) bool {
	parts := strings.FieldsFunc(word, func(r rune) bool { return r == '-' || r == '_' })
	for _, part := range parts {
		part = strings.TrimSuffix(part, "'s")
		if !plain.MatchString(part) && !vocabulary()[part] && !vocabulary()[lowerFirst(part)] {
			return false
		}
	}
	return len(parts) > 0
}

// lowerFirst is a word as it stands within a sentence, if that is how it is known: a name in
// capitals is none.
func lowerFirst(word string) string {
	r, n := utf8.DecodeRuneInString(word)
	return string(unicode.ToLower(r)) + word[n:]
}

// kindOf says what a stand-in stands for, as far as a look tells.
func kindOf(s string) string {
	switch {
	case strings.Contains(s, "://"):
		return "address"
	case strings.ContainsAny(s, `/\`):
		return "path"
	case strings.Contains(s, "@"):
		return "address"
	case strings.Contains(strings.Trim(s, "."), "."):
		return "host"
	case strings.Trim(s, "0123456789abcdefABCDEF-") == "" && len(s) > 8:
		return "number"
	}
	return "name"
}

// standIn is the same for the same text, whatever its case.
func (m *Mask) standIn(kind, text string) string {
	key := kind + "\x00" + strings.ToLower(text)
	if m.standIns[key] == "" {
		m.count[kind]++
		m.standIns[key] = fmt.Sprintf("‹%s-%d›", kind, m.count[kind])
		m.given[m.standIns[key]] = true
	}
	return m.standIns[key]
}
