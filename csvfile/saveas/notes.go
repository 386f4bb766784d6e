package saveas

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"sluice/figures"
)

// NoteKind is what a note is about.
type NoteKind string

const (
	// WiderRows have more cells than the header: these stand in columns of their own.
	WiderRows NoteKind = "wider-rows"
	// Renamed columns had no name, or that of another.
	Renamed NoteKind = "renamed"
	// NotUTF8 are cells with bytes that are no UTF-8, which stand as U+FFFD.
	NotUTF8 NoteKind = "not-utf-8"
	// NotInEncoding are characters that the encoding lacks, which stand as question marks.
	NotInEncoding NoteKind = "not-in-encoding"
	// NotInXML are cells with characters that a workbook cannot hold, which stand as U+FFFD.
	NotInXML NoteKind = "not-in-xml"
	// CutCells are cells of more characters than a workbook holds, which were cut there.
	CutCells NoteKind = "cut-cells"
	// Parts says that a workbook has several sheets, as one does not hold all rows.
	Parts NoteKind = "parts"
)

// Note is something about what was saved that a person should know.
type Note struct {
	Kind  NoteKind
	Count int64
	Row   int64 // number of the first row, from 0; -1 where it is about none
	Names string
}

// Text is the note as a sentence.
func (n Note) Text() string {
	switch n.Kind {
	case WiderRows:
		return figures.Some(n.Count, "one row has more cells than the header", "%d rows have more cells than the header") + ": they stand in columns of their own" + n.first()
	case Renamed:
		return figures.Some(n.Count, "one column has no name, or that of another, and got its own", "%d columns have no name, or that of another, and got their own") + ": " + n.Names
	case NotUTF8:
		return figures.Some(n.Count, "one cell has bytes", "%d cells have bytes") + " that are no UTF-8, which stand as U+FFFD" + n.first()
	case NotInEncoding:
		return figures.Some(n.Count, "one character is", "%d characters are") + " not in the encoding, and stand as question marks"
	case NotInXML:
		return figures.Some(n.Count, "one cell has characters", "%d cells have characters") + " that a workbook cannot hold, which stand as U+FFFD" + n.first()
	case CutCells:
		return figures.Some(n.Count, "one cell was", "%d cells were") + fmt.Sprintf(" longer than the %s characters that a workbook holds, and cut there", figures.Count(mostCell)) + n.first()
	case Parts:
		return fmt.Sprintf("the rows stand in %s sheets, as one holds %s", figures.Count(n.Count), figures.Count(mostRows))
	}
	return ""
}

func (n Note) first() string {
	if n.Count == 1 {
		return fmt.Sprintf(": row %s", figures.Count(n.Row+1))
	}
	return fmt.Sprintf("; the first is in row %s", figures.Count(n.Row+1))
}

// notes are the notes of a saving, by their kind.
type notes map[NoteKind]*Note

// add counts one more of a kind.
func (n notes) add(k NoteKind, row int64) {
	if n[k] == nil {
		n[k] = &Note{Kind: k, Row: row}
	}
	n[k].Count++
	n[k].Row = min(n[k].Row, row)
}

// mostNames is how many new names a note tells.
const mostNames = 8

func (n notes) rename(was, is string) {
	n.add(Renamed, -1)
	note := n[Renamed]
	switch {
	case note.Count == mostNames+1:
		note.Names += " and others"
	case note.Count <= mostNames:
		if note.Names != "" {
			note.Names += ", "
		}
		note.Names += fmt.Sprintf("%q is %q", was, is)
	}
}

func (n notes) list() (out []Note) {
	for _, note := range n {
		out = append(out, *note)
	}
	slices.SortFunc(out, func(a, b Note) int { return strings.Compare(string(a.Kind), string(b.Kind)) })
	return out
}

// valid is a cell as UTF-8.
func (n notes) valid(cell []byte, row int64) []byte {
	if utf8.Valid(cell) {
		return cell
	}
	n.add(NotUTF8, row)
	return []byte(strings.ToValidUTF8(string(cell), "\ufffd"))
}
