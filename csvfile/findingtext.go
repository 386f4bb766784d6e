package csvfile

import (
	"fmt"
	"strings"

	"sluice/figures"
)

// rowWords are what rows with a finding are called, one and several.
var rowWords = map[FindingKind][2]string{
	RaggedRow:     {"1 row has another number of cells than the header", "%d rows have another number of cells than the header"},
	BlankRow:      {"1 line is blank: it is a row without cells", "%d lines are blank: they are rows without cells"},
	NULByte:       {"1 row has NUL bytes", "%d rows have NUL bytes"},
	InvalidUTF8:   {"1 row has bytes that are not UTF-8", "%d rows have bytes that are not UTF-8"},
	StrayQuote:    {"a quote stands in the middle of a cell", "%d rows have a quote in the middle of a cell"},
	UnclosedQuote: {"a quote opens a cell and nothing closes it, so that all that follows is in that cell", ""},
	Undecoded:     {"1 place is no character of the encoding and is shown as U+FFFD", "%d places are no characters of the encoding and are shown as U+FFFD"},
	Damaged:       {"the packed file is damaged: its text ends there, and rows are missing or cut", ""},
}

// advice is what can be done about a kind, by the flag of the command line.
var advice = map[FindingKind]string{
	StrayQuote:    `to read all quotes as text, use --quote none`,
	UnclosedQuote: `to read quotes as text, use --quote none`,
	InvalidUTF8:   `if the file is in another encoding, name it with --encoding, such as windows-1252`,

	EncodingGuessed: `name the encoding with --encoding`,
	QuotingOff:      `to read them as quotes all the same, use --quote '"'`,
	SingleQuotes:    `to read them as text, use --quote none`,
	Escapes:         `to read it as text, use --escape doubled`,
	SkippedLines:    `to read from the first line on, use --skip 0`,
	Comments:        `to read them as rows, use --comment none`,
	MemberGuessed:   `to read another, name it with --member`,
	HeaderGuessed:   `to say so, use --no-header or --header-row`,
}

// Text says it in a sentence, with the number of the first row, counted from 1, and what
// flag of the command line helps.
func (fi Finding) Text() string {
	s := fi.String()
	if a := advice[fi.Kind]; a != "" {
		s += "; " + a
	}
	return s
}

// String is [Finding.Text] without advice.
func (fi Finding) String() string {
	s := fi.Said
	if words := rowWords[fi.Kind]; s == "" {
		s = words[0]
		if fi.Count != 1 && words[1] != "" {
			s = fmt.Sprintf(words[1], figures.N(fi.Count))
		}
	}
	if len(fi.Places) == 0 {
		return s
	}
	where := fi.Places[0].String()
	if fi.Count == 1 {
		return s + ": " + where
	}
	return s + ", the first is " + where
}

// String names the place by the number of the row, counted from 1.
func (p Place) String() string {
	if p.Row < 0 {
		return fmt.Sprintf("the header, at byte %d", figures.N(p.Offset))
	}
	if p.Offset < 0 {
		return fmt.Sprintf("row %d", figures.N(p.Row+1))
	}
	return fmt.Sprintf("row %d, at byte %d", figures.N(p.Row+1), figures.N(p.Offset))
}

// Told reports whether the finding is a mere fact: nothing was guessed, and nothing is
// odd.
func (fi Finding) Told() bool {
	return fi.Kind == EncodingTold || fi.Kind == MemberTold || fi.Kind == Spooled
}

// listed joins names.
func listed(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " or " + names[len(names)-1]
}
