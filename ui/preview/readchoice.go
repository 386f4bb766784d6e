package preview

import (
	"fmt"
	"slices"
	"strings"

	"sluice/csvfile"
	"sluice/ui/look"
	"sluice/ui/texts"
	"sluice/wording"
)

// readChoice is a choice of one part of a reading.
type readChoice struct {
	box    *look.Select
	values []string // as a reading has them, "" for a guess
	part   func(*csvfile.Reading) *string
}

// offered is what there is to choose from for a part of a reading.
type offered struct {
	title  string
	width  float32
	values []string
	words  []string
	part   func(*csvfile.Reading) *string
}

func readChoices() []offered {
	t, f := texts.T.Preview.Read, texts.T.Preview.Footer
	encodings := slices.Insert(csvfile.Encodings(), 0, "")
	words := slices.Clone(encodings)
	words[0] = t.Guess
	return []offered{
		{t.Encoding, 156, encodings, words, func(r *csvfile.Reading) *string { return &r.Encoding }},
		{t.Delimiter, 136, []string{"", ",", ";", "tab", "|", "||", "^", "~", ":", "space", "U+0001", "U+001F"},
			[]string{t.Guess, f.Comma + " ,", f.Semicolon + " ;", f.Tab, f.Pipe + " |", "||", t.Caret, t.Tilde, t.Colon, t.Space, "U+0001", "U+001F"}, func(r *csvfile.Reading) *string { return &r.Delimiter }},
		{t.Quote, 128, []string{"", `"`, "'", csvfile.None}, []string{t.Guess, `"`, "'", t.None}, func(r *csvfile.Reading) *string { return &r.Quote }},
		{t.Escape, 132, []string{"", "doubled", "backslash"}, []string{t.Guess, t.Doubled, t.Backslash}, func(r *csvfile.Reading) *string { return &r.Escape }},
		{t.Header, 132, []string{"", "yes", "no"}, []string{t.Guess, t.FirstRow, t.NoHeader}, func(r *csvfile.Reading) *string { return &r.Header }},
		{t.Comment, 128, []string{"", "#", ";", "%", csvfile.None}, []string{t.Guess, "#", ";", "%", t.None}, func(r *csvfile.Reading) *string { return &r.Comment }},
	}
}

// readWords say how a file is read: "Windows-1252, guessed; delimiter semicolon; …".
func readWords(i csvfile.Info) string {
	t := texts.T.Preview.Read
	parts := []string{encoding(i), fmt.Sprintf(t.DelimiterIs, delimiter(i))}
	if i.Quote == 0 {
		parts = append(parts, t.NoQuote)
	} else {
		parts = append(parts, fmt.Sprintf(t.QuoteIs, string(rune(i.Quote))))
	}
	if i.Escape != 0 {
		parts = append(parts, t.EscapedBy)
	}
	if i.HasHeader {
		parts = append(parts, t.HasHeader)
	} else {
		parts = append(parts, t.HasNone)
	}
	if i.SkippedLines > 0 {
		parts = append(parts, t.SkippedIs.Of(int64(i.SkippedLines)))
	}
	text := strings.Join(parts, "; ") + "."
	for _, f := range i.Findings {
		switch f.Kind {
		case csvfile.EncodingGuessed, csvfile.HeaderGuessed, csvfile.QuotingOff, csvfile.SingleQuotes, csvfile.Escapes, csvfile.OddEnds, csvfile.SkippedLines, csvfile.DoubledDelimiter:
			text += " " + said(wording.Capital(texts.Say(f)))
		}
	}
	return text
}
