package preview

import (
	"fmt"
	"strings"

	"sluice/csvfile"
	"sluice/ui/texts"
)

// footer is what is known about what is shown. Its text never claims more.
type footer struct {
	From, N int64 // rows shown, from 0
	Tail    bool  // the rows are the last of the file, with numbers unknown
	Rows    int64 // rows of the file so far
	Final   bool  // Rows is all of them
	Damaged bool  // of the file only a part can be read

	Indexing   bool
	IndexShare int // percent of the file that is indexed
	IndexError bool

	Filtered   bool  // the rows shown are those that match
	Matches    int64 // so far
	MatchFinal bool

	Sorted string // by what the rows are sorted

	Encoding, Delimiter, LineEnding string
	Packed                          string // "" if it is not
	Coming, Following               bool   // more may come
	Hidden                          int    // columns not shown
	Ragged                          int64  // rows with another number of fields, -1 when not counted
	RaggedFinal                     bool
	NoHeader                        bool
	Odd                             []string // what else is odd about the file
}

// String is the line under the table.
func (f footer) String() string {
	t := texts.T.Preview.Footer
	parts := []string{f.rows()}
	if f.Filtered {
		parts = append(parts, soFar(f.Final, fmt.Sprintf(t.Of, group(f.Rows))))
	}
	parts = append(parts, f.Sorted)
	switch {
	case f.IndexError:
		parts = append(parts, t.NotIndexed)
	case f.Following:
		parts = append(parts, t.Following)
	case f.Coming:
		parts = append(parts, t.Coming)
	case f.Indexing:
		parts = append(parts, fmt.Sprintf(t.Indexed, min(99, f.IndexShare)))
	case f.Final:
		parts = append(parts, fmt.Sprintf(t.Indexed, 100))
	}
	if f.Damaged {
		parts = append(parts, t.Damaged)
	}
	parts = append(parts, f.Encoding)
	if f.Packed == csvfile.Parquet { // whose text is our own
		parts[len(parts)-1] = f.Packed
	} else {
		parts = append(parts, f.Packed, f.Delimiter, f.LineEnding)
	}
	if f.NoHeader {
		parts = append(parts, t.NoHeader)
	}
	if f.Ragged >= 0 {
		parts = append(parts, soFar(f.RaggedFinal, t.Ragged.Of(f.Ragged)))
	}
	parts = append(parts, f.Odd...)
	if f.Hidden > 0 {
		parts = append(parts, t.Hidden.Of(int64(f.Hidden)))
	}
	return strings.Join(compact(parts), " · ")
}

// rows says which rows are in sight, and of how many.
func (f footer) rows() string {
	t := texts.T.Preview.Footer
	total, final, none := f.Rows, f.Final, t.NoRows
	if f.Filtered {
		total, final, none = f.Matches, f.MatchFinal, t.NoMatches
	}
	switch {
	case f.Filtered && f.N == 0 && total == 0 && !final:
		return t.NoneYet
	case f.Tail:
		return t.Tail.Of(f.N)
	case f.N == 0 && total == 0 && final:
		return none
	case f.N == 0:
		return f.all(final, t.Rows.Of(total))
	case f.N == 1:
		return fmt.Sprintf(t.Row, group(f.From+1), f.all(final, group(total)))
	}
	return fmt.Sprintf(t.Range, group(f.From+1), group(f.From+f.N), f.all(final, group(total)))
}

// all says of a number of rows what they are, and whether they are all.
func (f footer) all(final bool, number string) string {
	t := texts.T.Preview.Footer
	if f.Filtered {
		number = fmt.Sprintf(t.Matching, number)
	}
	if final && f.Damaged {
		return fmt.Sprintf(t.Readable, number)
	}
	return soFar(final, number)
}

// soFar says of a number that is not final that it grows.
func soFar(final bool, number string) string {
	if final {
		return number
	}
	return fmt.Sprintf(texts.T.Preview.Footer.SoFar, number)
}

func compact(parts []string) []string {
	out := parts[:0]
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return out
}
