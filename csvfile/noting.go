package csvfile

import (
	"slices"
	"strings"

	"sluice/csvfile/internal/charset"
	"sluice/csvfile/internal/dialect"
	"sluice/figures"
	"sluice/wording"
)

// noteEncoding records what a person should know of the encoding.
func (f *File) noteEncoding(g charset.Guess) {
	name := shortName(g.Name)
	switch {
	case f.cfg.reading.Encoding != "" || g.IsUTF8():
	case g.Told:
		f.found.say(EncodingTold, 1, wording.Of("the file is in %s", name))
	case strings.HasPrefix(name, "UTF-"):
		f.found.say(EncodingGuessed, 1, wording.Of("the file is read as %s: that is a guess, nothing in it says so", name))
	case len(g.Fits) > 0:
		f.found.say(EncodingGuessed, 1, wording.Of("the file is read as %s, guessed, and that is unsure: it is not UTF-8, and may as well be %s", name, listed(g.Fits)))
	default:
		f.found.say(EncodingGuessed, 1, wording.Of("the file is read as %s, guessed: it is not UTF-8", name))
	}
}

// noteMarks records with how many byte order marks the text begins. Files that were put
// together, or saved twice as UTF-8, have several; none is a part of the table.
func (f *File) noteMarks(n int) {
	f.info.BOM = f.info.BOM || n > 0
	if n > 1 {
		f.found.say(MarkTwice, n, wording.Of("the file begins with %d byte order marks: all of them are left out", figures.N(n)))
	}
}

// noteGuess records what a person should know of the way in which the text, whose start
// is given, is read, where nobody said that it is to be read so.
func (f *File) noteGuess(r dialect.Result, given dialect.Given, text []byte) {
	say := f.found.say
	if said := f.behindEnd(r, given); said.Format != "" {
		say(BehindEnd, 1, said)
		return
	}
	if kind, said := notTable(text, f.data().Whole() && int64(len(text)) >= f.data().Size()-f.start); kind != "" {
		say(kind, 1, said)
		return
	}
	if r.QuotingOff {
		say(QuotingOff, 1, wording.Of("quotes are read as text, guessed: one opens a cell in the first row, and nothing closes it"))
	}
	if r.Quote == '\'' && !given.Quote.Given {
		say(SingleQuotes, 1, wording.Of("cells stand in single quotes, guessed"))
	}
	if r.Escape != 0 && !given.Escape.Given {
		say(Escapes, 1, wording.Of("a backslash makes data of the character behind it, guessed"))
	}
	if r.Doubled && !given.Delimiter.Given {
		say(DoubledDelimiter, 1, wording.Of("two delimiters (%s) stand between cells, guessed", strings.Repeat(string(rune(r.Delimiter)), 2)))
	}
	switch r.LineEnding {
	case "mixed":
		say(OddEnds, 1, wording.Of("rows end with LF, CRLF or CR: each of them ends one"))
	case "CRCRLF":
		say(OddEnds, 1, wording.Of("rows end with CR CR LF: all of that is the end of one row"))
	}
	if r.LooseCRs {
		say(OddEnds, 1, wording.Of("a CR stands in a row without an LF behind it: it is read as a part of the cell"))
	}
	if n := r.Skipped; n > 0 && !given.LinesGiven {
		say(SkippedLines, n, leftOutLines(n, f.skippedWhat(r)))
	}
	if !r.HeaderSure && f.cfg.reading.Header == "" {
		said := wording.Of("the first row is taken for the names of the columns, guessed: nothing speaks for it or against it")
		if !r.Header {
			said = wording.Of("no row names the columns, guessed: nothing speaks for it or against it")
		}
		say(HeaderGuessed, 1, said)
	}
}

// behindEnd says that less could be left out than was to be, or that nothing is left.
func (f *File) behindEnd(r dialect.Result, given dialect.Given) (said wording.Text) {
	if !given.LinesGiven || given.Lines == 0 {
		return said
	}
	what := some(given.Lines, wording.Format("one line is to be left out"), wording.Format("%d lines are to be left out"))
	found := some(r.Skipped, wording.Format("one line"), wording.Format("%d lines"))
	switch ended := f.data().Whole() && f.start >= f.data().Size(); {
	case ended:
		return wording.Of("%s, and the file has %s: nothing is left of it", what, found)
	case r.Skipped < given.Lines:
		return wording.Of("%s, and only the first %s could be: no more of a file is looked at for where its table begins", what, found)
	}
	return said
}

// some is what is said of n things: one for a single thing, else many.
func some(n int, one, many string) wording.Text {
	if n == 1 {
		return wording.Text{Format: one}
	}
	return wording.Text{Format: many, Args: []any{figures.Count(int64(n))}}
}

func leftOutLines(n int, what wording.Text) wording.Text {
	if n == 1 {
		return wording.Of("1 line before the table is left out: %s", what)
	}
	return wording.Of("%d lines before the table are left out: %s", n, what)
}

// skippedWhat says what the lines are that are left out.
func (f *File) skippedWhat(r dialect.Result) (parts wording.Text) {
	add := func(what wording.Text) {
		if parts.Format != "" {
			what = wording.Of("%s, %s", parts, what)
		}
		parts = what
	}
	rest := r.Skipped - r.Comments - r.Blank
	if r.Separator {
		add(wording.Of("a line \"sep=\""))
		rest--
	}
	if r.Comments > 0 {
		add(wording.Of("lines of comment"))
	}
	if r.Blank > 0 {
		add(wording.Of("empty lines"))
	}
	if rest > 0 {
		add(wording.Of("something that is no part of it"))
	}
	return parts
}

// undecoded is what [File.Replaced] tells, as a finding.
func (f *File) undecoded(n int64) Finding {
	fi := Finding{Kind: Undecoded, Count: n}
	if strings.HasPrefix(f.info.Encoding, "UTF-16") {
		fi.Said = wording.Of("1 half of a UTF-16 pair is shown as U+FFFD")
		if n > 1 {
			fi.Said = wording.Of("%d halves of UTF-16 pairs are shown as U+FFFD", figures.N(n))
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
		was := wording.Of("1 line of comment among the rows is left out")
		if odd.Comments > 1 {
			was = wording.Of("%d lines of comment among the rows are left out", odd.Comments)
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
