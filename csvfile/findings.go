package csvfile

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"

	"sluice/csvfile/internal/block"
	"sluice/figures"
)

// FindingKind is something about a file that a person should know.
type FindingKind string

const (
	// RaggedRow: a row has another number of cells than the header.
	RaggedRow FindingKind = "ragged row"
	// BlankRow: a line with nothing in it.
	BlankRow FindingKind = "blank line"
	// NULByte: a cell contains a NUL byte.
	NULByte FindingKind = "NUL byte"
	// InvalidUTF8: a cell is no valid UTF-8.
	InvalidUTF8 FindingKind = "not UTF-8"
	// StrayQuote: a quote stands in an unquoted cell, or text follows a closing quote.
	StrayQuote FindingKind = "stray quote"
	// UnclosedQuote: a quote opens a cell and nothing closes it; everything
	// behind it is in that cell.
	UnclosedQuote FindingKind = "unclosed quote"
	// Damaged: the packed file is damaged or cut; there is no text behind the
	// offset, which counts unpacked bytes. The row there may be cut.
	Damaged FindingKind = "damaged archive"
	// InvalidUTF16: half a character pair, shown as U+FFFD. Count is that of the halves.
	InvalidUTF16 FindingKind = "not UTF-16"
)

// maxPlaces is how many places of each kind are kept.
const maxPlaces = 20

// Place is where something was found.
type Place struct {
	Row    int64 // number of the row; -1 is the header
	Offset int64 // in the file
}

// Finding is one kind of thing that was found.
type Finding struct {
	Kind FindingKind
	// Count is the number of rows with it so far, at least 1.
	Count int64
	// Places are the first of them, at most 20. For quotes the offset is that of
	// the quote, else that of the row.
	Places []Place
}

// String says it in a few words: "3 ragged rows, the first is row 17 at byte 2041".
func (fi Finding) String() string {
	s := fmt.Sprintf("%d × %s", figures.N(fi.Count), fi.Kind)
	if len(fi.Places) == 0 {
		return s
	}
	p := fi.Places[0]
	where := fmt.Sprintf("row %d at byte %d", figures.N(p.Row), figures.N(p.Offset))
	if p.Row < 0 {
		where = fmt.Sprintf("the header at byte %d", figures.N(p.Offset))
	}
	if fi.Count == 1 {
		return s + " in " + where
	}
	return s + ", first in " + where
}

// findings collects what indexing and checking find.
type findings struct {
	mu      sync.Mutex
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
	for _, kind := range []FindingKind{Damaged, UnclosedQuote, StrayQuote, NULByte, InvalidUTF8, InvalidUTF16, RaggedRow, BlankRow} {
		fi, ok := fs.checked[kind]
		if !ok {
			fi, ok = fs.indexed[kind]
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
		if e.state() == block.Inside && bytes.IndexByte(blk, '"') < 0 {
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
