package record

import "sluice/csvfile/internal/block"

// Lead finds field number col of the record b, looking at no byte behind it. It gives
// up (ok is false) where a quote, or the end of the record, comes before the end of the
// field: Split reads those.
func Lead(b []byte, syn block.Syntax, col int) (f Field, ok bool) {
	for i, c := range b {
		switch c {
		case syn.Delimiter:
			if col == 0 {
				f.End = i
				return f, true
			}
			col--
			f.Start = i + 1
		case syn.Quote, syn.Terminator:
			return f, false
		}
	}
	return f, false
}
