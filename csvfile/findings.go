package csvfile

import (
	"context"
	"maps"
	"slices"
	"sync"

	"sluice/csvfile/internal/block"
	"sluice/wording"
)

// FindingKind is something about a file that a person should know.
type FindingKind string

const (
	// RaggedRow: a row has another number of cells than the header.
	RaggedRow FindingKind = "ragged"
	// BlankRow: a line with nothing in it.
	BlankRow FindingKind = "blank"
	// NULByte: a cell contains a NUL byte.
	NULByte FindingKind = "nul"
	// InvalidUTF8: a cell is no valid UTF-8.
	InvalidUTF8 FindingKind = "invalid"
	// StrayQuote: a quote stands in an unquoted cell, or text follows a closing quote.
	StrayQuote FindingKind = "stray-quote"
	// UnclosedQuote: a quote opens a cell and nothing closes it; everything
	// behind it is in that cell.
	UnclosedQuote FindingKind = "unclosed-quote"
	// Damaged: the packed file is damaged or cut; there is no text behind the
	// offset, which counts unpacked bytes. The row there may be cut.
	Damaged FindingKind = "damaged"
	// Undecoded: bytes that are no character of the file's encoding, each shown as
	// U+FFFD. Count is that of the U+FFFD.
	Undecoded FindingKind = "undecoded"

	// FileChanged: the file on disk is no longer the one that was opened. It is told by
	// [File.Changed], not by [File.Info].
	FileChanged FindingKind = "changed"
	// WebPage and JSONText: the file is no table at all.
	WebPage  FindingKind = "html"
	JSONText FindingKind = "json"
	// EncodingGuessed: nothing in the file tells its encoding. EncodingTold: it does, and
	// the encoding is not UTF-8.
	EncodingGuessed FindingKind = "encoding-guessed"
	EncodingTold    FindingKind = "encoding"
	// MarkTwice: the file begins with several byte order marks. Count is theirs.
	MarkTwice FindingKind = "byte-order-marks"
	// QuotingOff: quotes are read as text, since one stays open.
	QuotingOff FindingKind = "quoting-off"
	// SingleQuotes and Escapes: cells are quoted, or quotes in them escaped, in a way
	// that was guessed.
	SingleQuotes FindingKind = "single-quotes"
	Escapes      FindingKind = "escapes"
	// OddEnds: records end in more than one way, or with more than one CR.
	OddEnds FindingKind = "line-ends"
	// SkippedLines: lines before the header or the first row are left out.
	SkippedLines FindingKind = "skipped"
	// BehindEnd: the lines that are to be left out are as many as the file has, or more
	// than are looked at for where the table begins.
	BehindEnd FindingKind = "behind-end"
	// Comments: lines of comment among the rows are left out.
	Comments FindingKind = "comment-lines"
	// MemberGuessed: an archive has several tables, and nobody said which to read.
	// MemberTold: it has other files, which are no tables, or one was named.
	MemberGuessed FindingKind = "member-guessed"
	MemberTold    FindingKind = "member"
	// Spooled: what comes from a pipe or a server is kept in a private file.
	Spooled FindingKind = "spooled"
	// RepeatedHeader: a row is the header once more, as in files that were put together.
	RepeatedHeader FindingKind = "repeated-header"
	// DoubledDelimiter: two delimiters stand between cells, as was guessed.
	DoubledDelimiter FindingKind = "doubled-delimiter"
	// HeaderGuessed: nothing tells whether the first record names the columns.
	HeaderGuessed FindingKind = "header-guessed"
)

// kinds are all that [File.Info] tells of, the gravest first.
var kinds = []FindingKind{
	Damaged, BehindEnd, WebPage, JSONText, UnclosedQuote, QuotingOff, StrayQuote, NULByte, InvalidUTF8, Undecoded, RaggedRow, BlankRow,
	RepeatedHeader, EncodingGuessed, MarkTwice, MemberGuessed, SkippedLines, Comments, DoubledDelimiter, SingleQuotes, Escapes, OddEnds, HeaderGuessed, EncodingTold, MemberTold, Spooled,
}

// maxPlaces is how many places of each kind are kept.
const maxPlaces = 20

// Place is where something was found.
type Place struct {
	Row    int64 // number of the row; -1 is the header
	Offset int64 // in the text; -1 if it was not asked for
}

// Finding is one kind of thing that was found.
type Finding struct {
	Kind FindingKind
	// Count is the number of rows with it so far, at least 1; of lines or characters
	// where the kind says so.
	Count int64
	// Places are the first of them, at most 20. For quotes the offset is that of
	// the quote, else that of the row. What is about the file as a whole has none.
	Places []Place
	// Said is the sentence about what is not about rows.
	Said wording.Text `json:"-"`
}

// findings collects what indexing and checking find.
type findings struct {
	mu      sync.Mutex
	opened  map[FindingKind]Finding // when the file was opened
	indexed map[FindingKind]Finding // by indexing: where, but not how many
	checked map[FindingKind]Finding // by checking, complete up to where it is
}

// note records what indexing met.
func (fs *findings) note(kind FindingKind, p Place) { fs.noteAll(kind, p, 1) }

// noteAll records what indexing met n times, first at p.
func (fs *findings) noteAll(kind FindingKind, p Place, n int64) {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	if fs.indexed == nil {
		fs.indexed = map[FindingKind]Finding{}
	}
	fs.indexed[kind] = Finding{Kind: kind, Count: n, Places: []Place{p}}
}

// say records what opening found about the file as a whole.
func (fs *findings) say(kind FindingKind, count int, said wording.Text) {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	if fs.opened == nil {
		fs.opened = map[FindingKind]Finding{}
	}
	fs.opened[kind] = Finding{Kind: kind, Count: int64(count), Said: said}
}

// restart forgets what an unfinished check has found.
func (fs *findings) restart() {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	fs.checked = map[FindingKind]Finding{}
}

// add adds what checking has found in further rows.
func (fs *findings) add(more map[FindingKind]Finding) {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	for kind, m := range more {
		have := fs.checked[kind]
		have.Kind = kind
		have.Count += m.Count
		room := min(maxPlaces-len(have.Places), len(m.Places))
		have.Places = append(have.Places, m.Places[:room]...)
		fs.checked[kind] = have
	}
}

// get returns what indexing and checking have found.
func (fs *findings) get() (indexed, checked map[FindingKind]Finding) {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	return maps.Clone(fs.indexed), maps.Clone(fs.checked)
}

// set takes over what was found earlier.
func (fs *findings) set(indexed, checked map[FindingKind]Finding) {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	fs.indexed, fs.checked = indexed, checked
}

// all returns the findings, the gravest first.
func (fs *findings) all() (out []Finding) {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	for _, kind := range kinds {
		fi, ok := fs.checked[kind]
		if !ok {
			fi, ok = fs.indexed[kind]
		}
		if !ok {
			fi, ok = fs.opened[kind]
		}
		if ok {
			fi.Places = slices.Clone(fi.Places)
			out = append(out, fi)
		}
	}
	return out
}

func (fs *findings) count(kind FindingKind) int64 {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	return fs.checked[kind].Count
}

// noteUnclosed finds the quote that opens the field in which the file ends.
func (f *File) noteUnclosed(ctx context.Context) error {
	w := f.window()
	defer f.release(w)
	last, _, _ := f.idx.last()
	for b := last - 1; b >= 0; b-- {
		if err := ctx.Err(); err != nil {
			return err
		}
		e, _ := f.idx.at(b)
		blk, prev, err := f.block(w, b)
		if err != nil {
			return err
		}
		if e.state() == block.Inside && f.syn.IndexQuote(blk) < 0 {
			continue
		}
		if t := block.TraceBlock(blk, prev, e.state(), f.syn); t.Opening >= 0 {
			return f.noteAt(w, UnclosedQuote, f.blockStart(b)+int64(t.Opening), 1)
		}
	}
	return nil
}

// noteAt records what was met count times, first at a place, with the row it is in.
func (f *File) noteAt(w *window, kind FindingKind, off, count int64) error {
	n, _, err := f.recordAt(w, max(off, f.start))
	if err != nil {
		return err
	}
	f.found.noteAll(kind, Place{Row: n - f.skip, Offset: off}, count)
	return nil
}
