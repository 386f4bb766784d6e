package dialect

import (
	"bytes"
	"slices"
	"strings"
)

// Byte is a byte that was chosen, or is to be guessed.
type Byte struct {
	Given bool
	Value byte // 0 for none
}

// Given is what is known before the text is looked at; the zero value is nothing.
type Given struct {
	Delimiter, Quote, Escape, Comment Byte
	// Doubled says that two of the delimiter stand between fields.
	Doubled bool
	// Lines is how many lines stand before the table, if LinesGiven.
	Lines      int
	LinesGiven bool
	// Header says whether the first record names the columns; nil: to be guessed.
	Header *bool
	// Extension is that of the file's name, "tsv" for instance. It breaks ties.
	Extension string
	// Last says that no larger sample can be had.
	Last bool
}

// Result is how a text is written, as far as its start tells.
type Result struct {
	Form
	// Start is where the table begins, and Skipped is the number of lines before it;
	// Comments and Blank of them are comments and empty.
	Start                    int
	Skipped, Comments, Blank int
	// Marks are the byte order marks at the start of the table, behind those lines.
	Marks int
	// Separator says that a line "sep=;" tells the delimiter.
	Separator bool
	// LineEnding is the name of what ends records in the text.
	LineEnding string
	// LooseCRs says that CRs stand among the rows that end none.
	LooseCRs bool
	// Header says that the first record names the columns. HeaderSure is false where
	// nothing in the text speaks for it or against it.
	Header, HeaderSure bool
	// QuotingOff says that quotes were taken for text since one stays open.
	QuotingOff bool
	// Records is how many whole records were looked at.
	Records int
}

// delimiters are looked for, in the order in which they win where all else is equal.
// The last two stand in many texts that they do not delimit.
var delimiters = []byte{',', ';', '\t', '|', 0x1f, 0x01, '^', '~', ':', ' '}

// mark is a byte order mark.
var mark = []byte("\xef\xbb\xbf")

// common reports whether little speaks against a delimiter that cuts records.
func common(d byte) bool { return bytes.IndexByte([]byte(",;\t|\x1f\x01"), d) >= 0 }

// Of tells how the text that starts with sample is written; whole says that there is
// no more of it. The sample is UTF-8 without a byte order mark.
func Of(sample []byte, whole bool, g Given) Result {
	var r Result
	given := g.Delimiter
	r.Ends, r.LineEnding = endsOf(sample)
	r.skipLines(sample, g)
	if d, n := separatorLine(sample[r.Start:], r.Ends); n > 0 && (!g.LinesGiven || g.Lines == 0) {
		r.Separator, r.Start, r.Skipped = true, r.Start+n, r.Skipped+1
		if !given.Given {
			g.Delimiter, g.Doubled = Byte{true, d[0]}, len(d) > 1
		}
	}
	if !g.LinesGiven {
		r.skipLeading(sample, g)
	}
	for r.Start > 0 && bytes.HasPrefix(sample[r.Start:], mark) {
		r.Start, r.Marks = r.Start+len(mark), r.Marks+1
	}
	text := sample[r.Start:]
	s := search{text: text, whole: whole, given: g, ends: r.Ends}
	best := s.best()
	r.Form, r.QuotingOff, r.Records = best.form, best.quotingOff, best.records
	if best.modal < 2 && s.starved && !whole {
		r.Records = 0
	}
	if s.ends == Mixed && best.form.Ends == LF {
		r.LineEnding, r.LooseCRs = "LF", true
		if i := bytes.IndexByte(text, '\n'); i > 0 && text[i-1] == '\r' {
			r.LineEnding = "CRLF"
		}
	}
	rows := s.cells(best)
	if n := padded(rows, best.modal); n > 0 && !g.LinesGiven && best.preamble == 0 && (g.Header == nil || *g.Header) {
		best.preamble, rows = s.startOf(best, n), rows[n:]
	}
	if !g.LinesGiven {
		r.skipPreamble(text, best)
	}
	if r.Doubled = g.Doubled || !g.Delimiter.Given && mayDouble(best.form.Delimiter) && doubled(rows); r.Doubled {
		rows = halved(rows)
	}
	r.Header, r.HeaderSure = looksLikeHeader(rows)
	if g.Header != nil {
		r.Header, r.HeaderSure = *g.Header, true
	}
	return r
}

// skipLines leaves out the lines that are to be.
func (r *Result) skipLines(sample []byte, g Given) {
	for r.Skipped < g.Lines {
		n := line(sample[r.Start:], r.Ends)
		if n == 0 {
			return
		}
		r.Start += n
		r.Skipped++
	}
}

// line is the length of the line at the start of b, with its end.
func line(b []byte, ends Ends) int {
	stops := "\n"
	if ends == CR || ends == Mixed {
		stops = "\r\n"
	}
	i := bytes.IndexAny(b, stops)
	switch {
	case i < 0:
		return len(b)
	case b[i] == '\r' && i+1 < len(b) && b[i+1] == '\n':
		return i + 2
	}
	return i + 1
}

// skipLeading leaves out empty lines and comments. A comment is a line of its own: the
// last of them is the header if it has its fields.
func (r *Result) skipLeading(sample []byte, g Given) {
	last, lastAt := 0, *r
	for {
		rest := sample[r.Start:]
		n := line(rest, r.Ends)
		text := bytes.TrimRight(rest[:n], "\r\n")
		switch {
		case n == 0:
			if r.Comments > 0 { // nothing but comments
				*r = lastAt
			}
			return
		case len(bytes.TrimSpace(text)) == 0 && len(text) < n && !hasTabs(text):
			r.Blank++
		case mayComment(text, g):
			last, lastAt = len(text), *r
			r.Comments++
		default:
			if comment := sample[lastAt.Start:]; last > 0 && namesColumns(comment[:last], text, g) && lastAt.Start+line(comment, r.Ends) == r.Start {
				*r = lastAt
			}
			return
		}
		r.Start += n
		r.Skipped++
	}
}

// hasTabs reports whether a line of white space has empty fields.
func hasTabs(text []byte) bool { return bytes.IndexByte(text, '\t') >= 0 }

// mayComment reports whether a line is a comment: one that begins as it is given, or
// with "#", if it is not.
func mayComment(text []byte, g Given) bool {
	c := byte('#')
	if g.Comment.Given {
		c = g.Comment.Value
	}
	return c != 0 && len(text) > 0 && text[0] == c
}

// namesColumns reports whether a line that begins with "#" is a header, as some tools
// write it: it has as many fields as the line below.
func namesColumns(comment, below []byte, g Given) bool {
	if g.Comment.Given {
		return false
	}
	for _, d := range delimiters {
		if !common(d) || g.Delimiter.Given && d != g.Delimiter.Value {
			continue
		}
		if n := bytes.Count(comment, []byte{d}); n > 0 && n == bytes.Count(below, []byte{d}) {
			return true
		}
	}
	return false
}

// skipPreamble leaves out the records before the table, if there are any.
func (r *Result) skipPreamble(text []byte, best candidate) {
	if best.preamble == 0 {
		return
	}
	r.Start += best.preamble
	r.Skipped += bytes.Count(text[:best.preamble], []byte{'\n'})
	if r.Ends == CR {
		r.Skipped += bytes.Count(text[:best.preamble], []byte{'\r'})
	}
}

// separatorLine reads the line "sep=;" with which some spreadsheets begin a file to
// tell its delimiter, in any case, also in quotes; n is the line's length, 0 if there is
// none. A delimiter that is doubled is told twice.
func separatorLine(b []byte, ends Ends) (delimiter string, n int) {
	n = line(b, ends)
	text := string(bytes.TrimRight(b[:n], "\r\n"))
	if len(text) == n || n-len(text) > len("\r\r\n") { // the line does not end, or not as lines do
		return "", 0
	}
	if len(text) > 2 && text[0] == '"' && text[len(text)-1] == '"' {
		text = text[1 : len(text)-1]
	}
	text = strings.TrimLeft(text, " ")
	const key = "sep="
	if len(text) <= len(key) || !strings.EqualFold(text[:len(key)], key) {
		return "", 0
	}
	told := text[len(key):]
	if t := strings.TrimRight(told, " "); t != "" {
		told = t
	}
	if !common(told[0]) && len(told) > 1 || strings.ContainsRune("\"\r\n", rune(told[0])) || strings.Trim(told, told[:1]) != "" {
		return "", 0
	}
	if next := b[n : n+line(b[n:], ends)]; len(told) != 2 || !bytes.Contains(next, []byte(told)) {
		told = told[:1] // the others are empty cells, to the width of the table
	}
	return told, n
}

// present are the delimiters to try.
func (s *search) present() []byte {
	if s.given.Delimiter.Given {
		return []byte{s.given.Delimiter.Value}
	}
	head := s.text[:min(len(s.text), measured)]
	return slices.DeleteFunc(slices.Clone(delimiters), func(d byte) bool { return bytes.IndexByte(head, d) < 0 })
}
