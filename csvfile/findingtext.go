package csvfile

import (
	"strings"

	"sluice/figures"
	"sluice/wording"
)

// rowWords are what rows with a finding are called, one and several.
var rowWords = map[FindingKind][2]string{
	RaggedRow:      {wording.Format("1 row has another number of cells than the header"), wording.Format("%d rows have another number of cells than the header")},
	BlankRow:       {wording.Format("1 line is blank: it is a row without cells"), wording.Format("%d lines are blank: they are rows without cells")},
	NULByte:        {wording.Format("1 row has NUL bytes"), wording.Format("%d rows have NUL bytes")},
	InvalidUTF8:    {wording.Format("1 row has bytes that are not UTF-8"), wording.Format("%d rows have bytes that are not UTF-8")},
	StrayQuote:     {wording.Format("a quote stands in the middle of a cell"), wording.Format("%d rows have a quote in the middle of a cell")},
	UnclosedQuote:  {wording.Format("a quote opens a cell and nothing closes it, so that all that follows is in that cell")},
	Undecoded:      {wording.Format("1 place is no character of the encoding and is shown as U+FFFD"), wording.Format("%d places are no characters of the encoding and are shown as U+FFFD")},
	OddEnds:        {wording.Format("1 row has a CR without an LF behind it, which is read as a part of the cell"), wording.Format("%d rows have a CR without an LF behind it, which is read as a part of the cell")},
	RepeatedHeader: {wording.Format("1 row is the header once more"), wording.Format("%d rows are the header once more")},
	Damaged:        {wording.Format("the packed file is damaged: its text ends there, and rows are missing or cut")},
}

// advice is what can be done about a kind, by the flag of the command line.
var advice = map[FindingKind]string{
	StrayQuote:    `to read all quotes as text, use --quote none`,
	UnclosedQuote: `to read quotes as text, use --quote none`,
	InvalidUTF8:   `if the file is in another encoding, name it with --encoding, such as windows-1252`,

	RepeatedHeader:   `to leave them out, use --filter 'NAME != "NAME"' with the name of a column`,
	EncodingGuessed:  `name the encoding with --encoding`,
	QuotingOff:       `to read them as quotes all the same, use --quote '"'`,
	DoubledDelimiter: `to read each of them as one, name one with --delimiter`,
	SingleQuotes:     `to read them as text, use --quote none`,
	Escapes:          `to read it as text, use --escape doubled`,
	SkippedLines:     `to read from the first line on, use --skip 0`,
	Comments:         `to read them as rows, use --comment none`,
	MemberGuessed:    `to read another, name it with --member`,
	HeaderGuessed:    `to say so, use --no-header or --header-row`,
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
func (fi Finding) String() string { return fi.In(wording.English) }

// In implements [wording.Sayer].
func (fi Finding) In(say func(english string) string) string {
	text := fi.Said
	if words := rowWords[fi.Kind]; text.Format == "" {
		text = wording.Text{Format: words[0]}
		if fi.Count != 1 && words[1] != "" {
			text = wording.Text{Format: words[1], Args: []any{figures.Count(fi.Count)}}
		}
	}
	switch {
	case len(fi.Places) == 0:
	case fi.Count == 1:
		text = wording.Of("%s: %s", text, fi.Places[0])
	default:
		text = wording.Of("%s, the first is %s", text, fi.Places[0])
	}
	return text.In(say)
}

// String names the place by the number of the row, counted from 1.
func (p Place) String() string { return p.In(wording.English) }

// In implements [wording.Sayer].
func (p Place) In(say func(english string) string) string {
	text := wording.Of("row %d, at byte %d", figures.N(p.Row+1), figures.N(p.Offset))
	switch {
	case p.Row < 0:
		text = wording.Of("the header, at byte %d", figures.N(p.Offset))
	case p.Offset < 0:
		text = wording.Of("row %d", figures.N(p.Row+1))
	}
	return text.In(say)
}

// Told reports whether the finding is a mere fact: nothing was guessed, and nothing is
// odd.
func (fi Finding) Told() bool {
	return fi.Kind == EncodingTold || fi.Kind == MemberTold || fi.Kind == Spooled
}

// listed joins names.
func listed(names []string) wording.Text {
	if len(names) < 2 {
		return wording.Of("%s", strings.Join(names, ""))
	}
	return wording.Of("%s or %s", strings.Join(names[:len(names)-1], ", "), names[len(names)-1])
}
