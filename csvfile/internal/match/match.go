// Package match looks for text in CSV files: quickly over raw bytes for places
// worth looking at, then exactly in the values of cells.
package match

import (
	"bufio"
	"bytes"
	"io"
	"regexp"
	"strings"

	"sluice/wording"
)

// Mode is how the text of a query is meant.
type Mode uint8

const (
	// Plain text, byte for byte.
	Plain Mode = iota
	// IgnoreCase treats upper and lower case letters alike.
	IgnoreCase
	// Regexp is a regular expression in Go's syntax (RE2).
	Regexp
)

// Matcher decides whether a cell matches.
type Matcher struct {
	needle []byte         // plain, or lower case ASCII when fold is set
	fold   bool           // ASCII letters match in either case
	re     *regexp.Regexp // instead of needle
	anchor *anchor        // what every match contains as raw bytes; nil: look at every record
}

// Sample is what is known of a file: how often each byte value occurs in a part of it, of
// which the rarest of a text is looked for first, and the byte that stands around cells
// and is doubled in them, 0 if there is none.
type Sample struct {
	Count [256]int
	Quote byte
}

// New compiles a query for a file.
func New(text string, mode Mode, sample *Sample) (*Matcher, error) {
	if text == "" {
		return nil, wording.Errorf("there is nothing to look for: the text is empty")
	}
	m := &Matcher{}
	switch {
	case mode == Plain:
		m.needle = []byte(text)
		m.anchor = newAnchor(sample.rawRun(text), false, sample)
	case mode == IgnoreCase && isASCII(text):
		m.needle, m.fold = bytes.ToLower([]byte(text)), true
		m.anchor = newAnchor(sample.rawRun(text), true, sample)
	default:
		if mode == IgnoreCase {
			text = anyCase + regexp.QuoteMeta(text)
		}
		re, err := Expression(text)
		if err != nil {
			return nil, err
		}
		m.re = re
		l := requiredLiteral(text)
		m.anchor = newAnchor(sample.rawRun(l.text), l.fold, sample)
	}
	return m, nil
}

// rawRun returns the longest part of text that stands in a file as it is: one
// without quotes, which are doubled there, and without carriage returns.
func (s *Sample) rawRun(text string) string {
	best := ""
	for run := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == rune(s.Quote) || r == '\r' }) {
		if len(run) > len(best) {
			best = run
		}
	}
	return best
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// Anchored reports whether Candidate can skip anything.
func (m *Matcher) Anchored() bool { return m.anchor != nil }

// Candidate returns the first position in raw where something stands that a
// matching cell must contain, or -1. Use it only if Anchored.
func (m *Matcher) Candidate(raw []byte) int { return m.anchor.index(raw) }

// Match reports whether a cell's value matches.
func (m *Matcher) Match(cell []byte) bool {
	switch {
	case m.re != nil:
		return m.re.Match(cell)
	case m.fold:
		return indexFold(cell, m.needle) >= 0
	}
	return bytes.Contains(cell, m.needle)
}

// MatchReader is Match for a cell that is too large to be held in memory.
func (m *Matcher) MatchReader(r io.Reader) (bool, error) {
	if m.re != nil {
		er := &errReader{r: r}
		ok := m.re.MatchReader(bufio.NewReaderSize(er, 64<<10))
		return ok, er.err
	}
	buf := make([]byte, 0, 64<<10+len(m.needle))
	for {
		n, err := r.Read(buf[len(buf):cap(buf)])
		buf = buf[:len(buf)+n]
		if m.Match(buf) {
			return true, nil
		}
		if err == io.EOF {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		if keep := len(m.needle) - 1; len(buf) > keep {
			buf = buf[:copy(buf, buf[len(buf)-keep:])]
		}
	}
}

// errReader remembers the error that a regexp takes for the end of the text.
type errReader struct {
	r   io.Reader
	err error
}

func (r *errReader) Read(p []byte) (int, error) {
	n, err := r.r.Read(p)
	if err != nil && err != io.EOF {
		r.err = err
	}
	return n, err
}

// indexFold returns the first position of needle, which is lower case ASCII,
// in b, whatever the case of ASCII letters there; -1 if there is none.
func indexFold(b, needle []byte) int {
	for i := 0; i+len(needle) <= len(b); i++ {
		if hasPrefixFold(b[i:], needle) {
			return i
		}
	}
	return -1
}

func hasPrefixFold(b, lower []byte) bool {
	for i, c := range lower {
		if toLower(b[i]) != c {
			return false
		}
	}
	return true
}

func toLower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

func toUpper(c byte) byte {
	if c >= 'a' && c <= 'z' {
		return c - ('a' - 'A')
	}
	return c
}
