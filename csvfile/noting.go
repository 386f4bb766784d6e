package csvfile

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"sluice/csvfile/internal/charset"
	"sluice/csvfile/internal/dialect"
	"sluice/figures"
)

// noteEncoding records what a person should know of the encoding.
func (f *File) noteEncoding(g charset.Guess) {
	name := shortName(g.Name)
	switch {
	case f.cfg.reading.Encoding != "" || g.IsUTF8():
	case g.Told:
		f.found.say(EncodingTold, 1, "the file is in "+name)
	case strings.HasPrefix(name, "UTF-"):
		f.found.say(EncodingGuessed, 1, fmt.Sprintf("the file is read as %s: that is a guess, nothing in it says so", name))
	case len(g.Fits) > 0:
		f.found.say(EncodingGuessed, 1, fmt.Sprintf("the file is read as %s, guessed, and that is unsure: it is not UTF-8, and may as well be %s", name, listed(g.Fits)))
	default:
		f.found.say(EncodingGuessed, 1, fmt.Sprintf("the file is read as %s, guessed: it is not UTF-8", name))
	}
}

// noteMarks records with how many byte order marks the text begins. Files that were put
// together, or saved twice as UTF-8, have several; none is a part of the table.
func (f *File) noteMarks(n int) {
	f.info.BOM = f.info.BOM || n > 0
	if n > 1 {
		f.found.say(MarkTwice, n, fmt.Sprintf("the file begins with %s: all of them are left out", figures.Some(int64(n), "one byte order mark", "%d byte order marks")))
	}
}

// noteGuess records what a person should know of the way in which the text, whose start
// is given, is read, where nobody said that it is to be read so.
func (f *File) noteGuess(r dialect.Result, given dialect.Given, text []byte) {
	say := f.found.say
	if said := f.behindEnd(r, given); said != "" {
		say(BehindEnd, 1, said)
		return
	}
	if kind, said := notTable(text); kind != "" {
		say(kind, 1, said)
		return
	}
	if r.QuotingOff {
		say(QuotingOff, 1, "quotes are read as text, guessed: one opens a cell in the first row, and nothing closes it")
	}
	if r.Quote == '\'' && !given.Quote.Given {
		say(SingleQuotes, 1, "cells stand in single quotes, guessed")
	}
	if r.Escape != 0 && !given.Escape.Given {
		say(Escapes, 1, `a backslash makes data of the character behind it, guessed`)
	}
	switch r.LineEnding {
	case "mixed":
		say(OddEnds, 1, "rows end with LF, CRLF or CR: each of them ends one")
	case "CRCRLF":
		say(OddEnds, 1, "rows end with CR CR LF: all of that is the end of one row")
	}
	if r.LooseCRs {
		say(OddEnds, 1, "a CR stands in a row without an LF behind it: it is read as a part of the cell")
	}
	if n := r.Skipped; n > 0 && !given.LinesGiven {
		say(SkippedLines, n, fmt.Sprintf("%s left out: %s", lines(n), f.skippedWhat(r)))
	}
	if !r.HeaderSure && f.cfg.reading.Header == "" {
		said := "the first row is taken for the names of the columns, guessed: nothing speaks for it or against it"
		if !r.Header {
			said = "no row names the columns, guessed: nothing speaks for it or against it"
		}
		say(HeaderGuessed, 1, said)
	}
}

// behindEnd says that less could be left out than was to be, or that nothing is left.
func (f *File) behindEnd(r dialect.Result, given dialect.Given) string {
	if !given.LinesGiven || given.Lines == 0 {
		return ""
	}
	what := figures.Some(int64(given.Lines), "one line is", "%d lines are") + " to be left out"
	found := figures.Some(int64(r.Skipped), "one line", "%d lines")
	switch ended := f.data().Whole() && f.start >= f.data().Size(); {
	case ended:
		return fmt.Sprintf("%s, and the file has %s: nothing is left of it", what, found)
	case r.Skipped < given.Lines:
		return fmt.Sprintf("%s, and only the first %s could be: no more of a file is looked at for where its table begins", what, found)
	}
	return ""
}

func lines(n int) string {
	if n == 1 {
		return "1 line before the table is"
	}
	return fmt.Sprintf("%d lines before the table are", n)
}

// skippedWhat says what the lines are that are left out.
func (f *File) skippedWhat(r dialect.Result) string {
	var parts []string
	rest := r.Skipped - r.Comments - r.Blank
	if r.Separator {
		parts, rest = append(parts, `a line "sep="`), rest-1
	}
	if r.Comments > 0 {
		parts = append(parts, "lines of comment")
	}
	if r.Blank > 0 {
		parts = append(parts, "empty lines")
	}
	if rest > 0 {
		parts = append(parts, "something that is no part of it")
	}
	return strings.Join(parts, ", ")
}

// notTable tells a text that is something else than a table.
func notTable(text []byte) (kind FindingKind, said string) {
	head := bytes.ToLower(bytes.TrimSpace(text[:min(len(text), 256)]))
	for _, tag := range []string{"<!doctype html", "<html", "<head", "<body", "<?xml"} {
		if bytes.HasPrefix(head, []byte(tag)) {
			if tag == "<?xml" && !bytes.Contains(head, []byte("html")) {
				return WebPage, "this is an XML document, not a table"
			}
			return WebPage, "this is an HTML page, perhaps a login page, not a table: get the file again, signed in"
		}
	}
	if len(head) > 1 && (head[0] == '{' || head[0] == '[') {
		next := bytes.TrimSpace(head[1:])
		if len(next) > 0 && (head[0] == '{' && (next[0] == '"' || next[0] == '}') || head[0] == '[' && (next[0] == '{' || next[0] == '[')) {
			return JSONText, "this is JSON, not a table"
		}
	}
	return "", ""
}

// undecoded is what [File.Replaced] tells, as a finding.
func (f *File) undecoded(n int64) Finding {
	fi := Finding{Kind: Undecoded, Count: n}
	if strings.HasPrefix(f.info.Encoding, "UTF-16") {
		fi.Said = "1 half of a UTF-16 pair is shown as U+FFFD"
		if n > 1 {
			fi.Said = fmt.Sprintf("%d halves of UTF-16 pairs are shown as U+FFFD", figures.N(n))
		}
	}
	return fi
}

// withUndecoded says how many places are undecoded by now, also where no index has told
// of them yet.
func (f *File) withUndecoded(findings []Finding) []Finding {
	n := f.Replaced()
	if n == 0 {
		return findings
	}
	fi := f.undecoded(n)
	if i := slices.IndexFunc(findings, func(fi Finding) bool { return fi.Kind == Undecoded }); i >= 0 {
		fi.Places = findings[i].Places
		findings[i] = fi
		return findings
	}
	return append(findings, fi)
}

// noteText records what was odd about a text that had to be made, once it is indexed.
func (f *File) noteText() error {
	if f.packed == nil {
		return nil
	}
	w := f.window()
	defer f.release(w)
	if damage := f.damage.Load(); damage != nil {
		if err := f.noteAt(w, Damaged, damage.Text, 1); err != nil {
			return err
		}
	}
	if d := f.packed.decoded; d != nil && f.packed.recast == nil { // whose places are others
		if n, first := d.Replaced(); n > 0 {
			if err := f.noteAt(w, Undecoded, first, n); err != nil {
				return err
			}
		}
	}
	if r := f.packed.recast; r != nil {
		f.noteRecast(r.Found())
	}
	return nil
}

// noteRecast records what was met in a text that was written anew.
func (f *File) noteRecast(odd dialect.Odd) {
	if odd.Comments > 0 {
		was := "1 line of comment among the rows is left out"
		if odd.Comments > 1 {
			was = fmt.Sprintf("%d lines of comment among the rows are left out", odd.Comments)
		}
		f.found.say(Comments, int(odd.Comments), was)
	}
	if odd.Strays > 0 {
		f.found.noteAll(StrayQuote, Place{Row: odd.StrayRecord - f.skip}, odd.Strays)
	}
	if odd.Unclosed && f.damage.Load() == nil {
		f.found.note(UnclosedQuote, Place{Row: odd.Records - 1 - f.skip, Offset: odd.UnclosedAt})
	}
}
