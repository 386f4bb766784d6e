package preview

import (
	"context"
	"errors"
	"fmt"
	"regexp"

	"sluice/csvfile"
	"sluice/ui/preview/grid"
	"sluice/ui/preview/pager"
	"sluice/ui/texts"
)

// pageBytes is how many bytes of rows a pane keeps in memory.
const pageBytes = 16 << 20

// session is one open file in the pane. It belongs to the UI goroutine.
type session struct {
	path   string // as it was opened; that of an address may have a secret in it
	name   string // for people
	follow bool   // it is read on as it grows
	// rowsShown is how many rows there were when they were drawn last.
	rowsShown int64
	ctx       context.Context
	cancel    context.CancelFunc
	f         file
	info      csvfile.Info
	header    []string
	kind      fileKind
	fresh     []grid.Column // the columns as they would be laid out without a memory
	names     Names

	pages      *pager.Pager
	shown      rows              // the file, or the view
	view       filtered          // nil without a filter
	terms      []csvfile.Expr    // all of which the rows shown meet
	sorted     sorted            // nil in the order of the file
	sortKeys   []csvfile.SortKey // of what is sorted, or is to be sorted again
	firstRows  int64             // read at once, before the index knows of any
	unmeasured bool              // the columns are laid out by their titles alone, as there were no rows yet

	tail    []csvfile.Row // the last rows, shown before the index got there; nil when not
	jump    int64         // the row to go to when the index has reached it, -1
	marked  *regexp.Regexp
	markCol int // column that marked is for, csvfile.AllColumns for each
	changed bool
	checks  bool // all rows are looked at, or were
	quote   bool // the unclosed quote has been told of
	damaged bool // that the packed file is damaged has been told
}

// damage is what is wrong with a packed file, nil if nothing is, as far as it has
// been read.
func (s *session) damage() *csvfile.DamageError {
	var d *csvfile.DamageError
	errors.As(s.f.Damage(), &d)
	return d
}

func (s *session) close() {
	s.cancel()
	s.pages.Close()
	// Close waits for what runs in the background, which the UI must not. It
	// closes the views of the file, too.
	go s.f.Close()
}

// asFile reports whether all rows of the file are shown, in its order.
func (s *session) asFile() bool { return s.view == nil && s.sorted == nil }

// chosen is what is shown instead of the file, nil if it is that.
func (s *session) chosen() filtered {
	if s.sorted != nil {
		return s.sorted
	}
	return s.view
}

func (s *session) inTail() bool { return s.tail != nil }

// ragged reports whether a row has another number of fields than the header. A
// blank line is a row of none.
func (s *session) ragged(r csvfile.Row) bool { return len(r.Fields) != s.info.Columns }

// widen names the columns that only rows wider than the header have, and reports
// whether there are new ones.
func (s *session) widen() bool {
	had := len(s.header)
	for len(s.header) < min(s.info.Widest, csvfile.MaxCells) {
		s.header = append(s.header, csvfile.ColumnName(len(s.header)))
	}
	return len(s.header) > had
}

// nameOf is what stands behind the id in a cell, empty if that is unknown.
func (s *session) nameOf(col int, text string) string {
	if s.names == nil || text == "" || col >= len(s.header) {
		return ""
	}
	if s.kind.roleOf(s.header[col]) == roleUser {
		if name, _, ok := s.names.User(text); ok {
			return name
		}
	}
	return ""
}

// matches reports whether the search would find a cell.
func (s *session) matches(col int, text string) bool {
	return s.marked != nil && (s.markCol == csvfile.AllColumns || s.markCol == col) && s.marked.MatchString(text)
}

// mark shows where in sight the search finds something.
func (s *session) mark(q csvfile.Query) {
	s.marked, s.markCol = nil, q.Column
	pattern := q.Text
	switch q.Mode {
	case csvfile.Plain:
		pattern = regexp.QuoteMeta(pattern)
	case csvfile.IgnoreCase:
		pattern = "(?i)" + regexp.QuoteMeta(pattern)
	}
	if re, err := regexp.Compile(pattern); err == nil && q.Text != "" {
		s.marked = re
	}
}

// footer is what can be said about what is shown; from and n are the rows in sight.
func (s *session) footer(from, n int64, hidden int) footer {
	s.info = s.f.Info()
	p := s.f.Progress()
	total, final := s.f.Total()
	f := footer{
		From: from, N: n, Tail: s.inTail(), Rows: max(total, s.firstRows), Final: final,
		Indexing: !final, IndexShare: percent(p.Bytes, p.TotalBytes), IndexError: p.Err != nil && !final,
		Encoding: encoding(s.info), Delimiter: delimiter(s.info), LineEnding: s.info.LineEnding,
		Packed: s.info.Packed, Coming: s.info.Coming, Following: s.follow, NoHeader: !s.info.HasHeader && len(s.header) > 0,
		Hidden: hidden, Ragged: -1, Damaged: s.damage() != nil,
	}
	if s.checks || s.info.Checked {
		f.Ragged, f.RaggedFinal = s.info.RaggedRows+s.info.BlankRows, s.info.Checked
	}
	for _, found := range s.info.Findings {
		if w := findingWords(found); w != "" {
			f.Odd = append(f.Odd, w)
		}
	}
	if s.view != nil {
		f.Filtered = true
		f.Matches, f.MatchFinal = s.view.Total()
	}
	if s.sorted != nil {
		f.Sorted = fmt.Sprintf(texts.T.Preview.Sort.Footer, sortWords(s.sortKeys, s.header))
	}
	return f
}

func encoding(i csvfile.Info) string {
	name := i.Encoding
	if name == "" {
		name = "UTF-8"
	}
	if i.BOM && name == "UTF-8" {
		name = fmt.Sprintf(texts.T.Preview.Footer.ByteOrderMark, name)
	}
	switch {
	case i.EncodingGuessed && len(i.EncodingFits) > 0:
		name = fmt.Sprintf(texts.T.Preview.Footer.Unsure, name)
	case i.EncodingGuessed:
		name = fmt.Sprintf(texts.T.Preview.Footer.Guessed, name)
	}
	return name
}

// delimiter is the name of what stands between the cells, else that itself.
func delimiter(i csvfile.Info) string {
	t := texts.T.Preview.Footer
	if i.Doubled {
		return i.DelimiterName()
	}
	switch i.Delimiter {
	case ',':
		return t.Comma
	case ';':
		return t.Semicolon
	case '\t':
		return t.Tab
	case '|':
		return t.Pipe
	}
	return i.DelimiterName()
}

// findingWords are a few words on what is odd about a file. Ragged rows have their
// own place, and an unclosed quote a notice.
func findingWords(f csvfile.Finding) string {
	t := texts.T.Preview.Footer
	switch f.Kind {
	case csvfile.NULByte:
		return t.NULBytes.Of(f.Count)
	case csvfile.InvalidUTF8:
		return t.NotUTF8.Of(f.Count)
	case csvfile.Undecoded:
		return t.Undecoded.Of(f.Count)
	case csvfile.StrayQuote:
		return t.StrayQuotes
	case csvfile.UnclosedQuote:
		return t.UnclosedQuote
	case csvfile.MarkTwice:
		return t.MarkTwice.Of(f.Count)
	case csvfile.QuotingOff:
		return t.QuotingOff
	case csvfile.SingleQuotes:
		return t.SingleQuotes
	case csvfile.Escapes:
		return t.Escapes
	case csvfile.OddEnds:
		return t.OddEnds
	case csvfile.SkippedLines:
		return t.Skipped.Of(f.Count)
	case csvfile.BehindEnd:
		return t.BehindEnd
	case csvfile.Comments:
		return t.Comments.Of(f.Count)
	case csvfile.RepeatedHeader:
		return t.RepeatedHeader.Of(f.Count)
	case csvfile.DoubledDelimiter:
		return t.DoubledDelimiter
	case csvfile.HeaderGuessed:
		return t.HeaderGuessed
	case csvfile.MemberGuessed:
		return t.MemberGuessed.Of(f.Count)
	case csvfile.MemberTold:
		return t.MemberTold
	case csvfile.Spooled:
		return t.Spooled
	case csvfile.WebPage:
		return t.WebPage
	case csvfile.JSONText:
		return t.JSONText
	}
	return ""
}

// explain says more about the cell in focus: who, which space, when.
func (p *Pane) explain(col int, text string) string {
	s, t := p.s, texts.T.Preview.Cell
	if s == nil || col >= len(s.header) || text == "" {
		return ""
	}
	switch s.kind.roleOf(s.header[col]) {
	case roleUser:
		if s.names == nil {
			return ""
		}
		name, more, ok := s.names.User(text)
		switch {
		case !ok:
			return fmt.Sprintf(t.UnknownUser, text)
		case more != "":
			return fmt.Sprintf(t.KnownUserMore, name, more)
		}
		return fmt.Sprintf(t.KnownUser, name)
	case roleSpace:
		if s.names == nil {
			return ""
		}
		if name, ok := s.names.Space(text); ok && name != "" {
			return fmt.Sprintf(t.KnownSpace, text, name)
		}
	case roleTime:
		return explainTime(text, p.o.Now())
	}
	return ""
}
