package cli

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"sluice/figures"
	"sluice/takes"
	"sluice/takes/feed"
	"sluice/visible"
)

// lineWidth is how wide what is printed about a source is.
const lineWidth = 79

// survey tells what a snapshot would take, and takes nothing.
func (s *snapshotCommand) survey(c *call, o takes.Options) error {
	found, err := takes.Plan(c.ctx, s.Source, o)
	if s.JSON {
		return c.document(found, err)
	}
	if found.Kind == "" || found.Tool == "" && len(found.Tables) == 0 && err != nil {
		return err // nothing was found out
	}
	describeSurvey(c.program.Out, found)
	if len(found.Grants) > 0 && errors.Is(err, feed.ErrDenied) {
		return statedError{err}
	}
	return err
}

// statedError is about rights whose statements were printed before.
type statedError struct{ error }

func (e statedError) Error() string {
	return "rights are missing: an administrator of the database can allow what is needed with the statements above"
}

func (e statedError) Unwrap() error { return e.error }

// describeSurvey tells people what is known of a source.
func describeSurvey(w io.Writer, s takes.Survey) {
	fmt.Fprintf(w, "%s\n", folded(visible.Line(s.Kind+": "+s.Place), "", "  "))
	line := func(label, text string) {
		if text != "" {
			fmt.Fprintf(w, "%s\n", folded(visible.Line(text), fmt.Sprintf("  %-9s  ", label), strings.Repeat(" ", 13)))
		}
	}
	made := "made by"
	if s.User != "" {
		made = "server"
	}
	line(made, s.Tool)
	line("made", s.Made)
	line("user", s.User)
	line("zone", s.TimeZone)
	line("product", surveyedProduct(s))
	line("schema", s.Schema)
	line("reads", surveyedSize(s))
	describeSurveyedTables(w, s.Tables)
	describeMissing(line, s.Missing)
	for _, text := range s.Partial {
		line("partial", text)
	}
	for _, text := range s.Notes {
		line("note", text)
	}
	for _, text := range s.Doubts {
		line("warning", text)
	}
	if s.Seconds >= 0 {
		line("time", surveyedTime(time.Duration(s.Seconds*float64(time.Second))))
	}
	if len(s.Grants) > 0 {
		line("rights", "are missing. This gives them, and no more:")
		for _, statement := range s.Grants {
			fmt.Fprintf(w, "%s\n", foldedSQL(visible.Line(statement), "    ", "      "))
		}
	} else if s.User != "" && s.Ready {
		line("rights", "all that are needed are there")
	}
	fmt.Fprintln(w, "No snapshot was taken.")
}

func surveyedProduct(s takes.Survey) string {
	switch {
	case s.Build == 0:
		return ""
	case s.Version == "":
		return fmt.Sprintf("Confluence (build %d)", s.Build)
	}
	return fmt.Sprintf("Confluence %s (build %d)", s.Version, s.Build)
}

func surveyedSize(s takes.Survey) string {
	switch {
	case s.Bytes < 0 && len(s.Tables) == 0:
		return ""
	case len(s.Tables) == 0:
		return size(s.Bytes)
	}
	text := fmt.Sprintf("%d tables", len(s.Tables))
	if len(s.Tables) == 1 {
		text = "1 table"
	}
	if !s.Listed {
		text += " at least"
	}
	if s.Bytes >= 0 {
		text += ", about " + size(s.Bytes)
	}
	return text
}

func surveyedTime(d time.Duration) string {
	if d < time.Second {
		return "less than a second"
	}
	return "about " + figures.Span(d)
}

// describeSurveyedTables prints a line for each table, with the columns of which
// something is known.
func describeSurveyedTables(w io.Writer, tables []takes.SurveyTable) {
	var lines [][]string
	for _, t := range tables {
		rows, bytes, denied := "", "", ""
		if t.Rows >= 0 {
			rows = "about " + number(t.Rows) + " rows"
		}
		if t.Bytes >= 0 {
			bytes = size(t.Bytes)
		}
		if t.Denied {
			denied = "no right"
		}
		lines = append(lines, []string{visible.Cut(t.Table, longestWord), rows, bytes, denied})
	}
	aligned(w, "    ", lines, 1, 2)
}

// describeMissing tells of tables that are not there: in a line each where something
// lacks for it, and together where nothing does.
func describeMissing(line func(label, text string), missing []takes.MissingTable) {
	var rest []string
	for _, m := range missing {
		text := m.Table
		if m.Unseen {
			text += " (or it may not be seen)"
		}
		switch {
		case m.Required:
			line("missing", text+": nothing can be exported without it")
		case m.Lack != "":
			line("missing", text+": "+m.Lack)
		default:
			rest = append(rest, text)
		}
	}
	if len(rest) > 0 {
		line("without", strings.Join(rest, ", ")+", which not every Confluence has")
	}
}

// folded breaks a text at its spaces into lines that are not longer than lineWidth
// where that can be, each after the first with the other indent.
func folded(text, first, indent string) string {
	return fold(strings.Fields(text), first, indent)
}

// foldedSQL breaks a statement where it stays what it is: not within quotes.
func foldedSQL(statement, first, indent string) string {
	var words []string
	start, quote := 0, rune(0)
	for i, c := range statement {
		switch {
		case quote == 0 && strings.ContainsRune("\"'`", c):
			quote = c
		case c == quote:
			quote = 0
		case c == ' ' && quote == 0:
			words = append(words, statement[start:i])
			start = i + 1
		}
	}
	return fold(append(words, statement[start:]), first, indent)
}

func fold(words []string, first, indent string) string {
	var lines []string
	line := first
	fresh := true
	for _, word := range words {
		if !fresh && columnsOf(line)+1+columnsOf(word) > lineWidth {
			lines = append(lines, line)
			line, fresh = indent, true
		}
		if !fresh {
			line += " "
		}
		line, fresh = line+word, false
	}
	return strings.Join(append(lines, line), "\n")
}
