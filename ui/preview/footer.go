package preview

import (
	"fmt"
	"strings"
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

	Encoding, Delimiter, LineEnding string
	Compressed                      bool
	Hidden                          int   // columns not shown
	Ragged                          int64 // rows with another number of fields, -1 when not counted
	RaggedFinal                     bool
	NoHeader                        bool
	Odd                             []string // what else is odd about the file
}

// String is the line under the table.
func (f footer) String() string {
	parts := []string{f.rows()}
	if f.Filtered {
		of := "of " + group(f.Rows)
		if !f.Final {
			of += " so far"
		}
		parts = append(parts, of)
	}
	switch {
	case f.IndexError:
		parts = append(parts, "not fully indexed")
	case f.Indexing:
		parts = append(parts, fmt.Sprintf("indexed %d %%", min(99, f.IndexShare)))
	case f.Final:
		parts = append(parts, "indexed 100 %")
	}
	if f.Damaged {
		parts = append(parts, "damaged: rows are missing")
	}
	parts = append(parts, f.Encoding)
	if f.Compressed {
		parts = append(parts, "gzip")
	}
	parts = append(parts, f.Delimiter, f.LineEnding)
	if f.NoHeader {
		parts = append(parts, "no header")
	}
	if f.Ragged >= 0 {
		r := plural(f.Ragged, "ragged row")
		if !f.RaggedFinal {
			r += " so far"
		}
		parts = append(parts, r)
	}
	parts = append(parts, f.Odd...)
	if f.Hidden > 0 {
		parts = append(parts, plural(int64(f.Hidden), "column")+" hidden")
	}
	return strings.Join(compact(parts), " · ")
}

func (f footer) rows() string {
	total, final, noun := f.Rows, f.Final, ""
	if f.Filtered {
		total, final, noun = f.Matches, f.MatchFinal, " that match"
	}
	all := group(total) + noun
	switch {
	case !final:
		all += " so far"
	case f.Damaged:
		all += " that can be read"
	}
	switch {
	case f.Filtered && f.N == 0 && total == 0 && !final:
		return "none that match so far"
	case f.Tail:
		return fmt.Sprintf("the last %s of the file; their numbers come with the index", plural(f.N, "row"))
	case f.N == 0 && total == 0 && final:
		return "no rows" + noun
	case f.N == 0:
		return all + " rows"
	case f.N == 1:
		return fmt.Sprintf("row %s of %s", group(f.From+1), all)
	}
	return fmt.Sprintf("rows %s–%s of %s", group(f.From+1), group(f.From+f.N), all)
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
