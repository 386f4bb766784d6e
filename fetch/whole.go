package fetch

import (
	"context"
	"os"
	"slices"

	"sluice/csvfile"
	"sluice/figures"
	"sluice/wording"
)

// table of a vendor (RFC 4180): nothing of how it is read is guessed.
var vendorReading = csvfile.Reading{Encoding: "utf-8", Delimiter: ",", Quote: `"`, Escape: "doubled", Comment: csvfile.None, Header: "yes", HeaderRow: 1}

// shape is what is known of a CSV file that is whole.
type shape struct {
	rows   int64
	header []string
	bom    bool
	note   string
}

// whole looks at every row of a CSV file. The error says that it ends in the middle of
// a record, which the last one shows: by a quote that stays open, or by cells that lack.
func whole(ctx context.Context, path string) (s shape, err error) {
	if info, err := os.Stat(path); err == nil && info.Size() == 0 {
		return s, wording.Errorf("it is empty and has no header: it is not whole")
	}
	f, err := csvfile.Open(ctx, path, csvfile.WithReading(vendorReading), csvfile.WithCacheDir(""))
	if err != nil {
		return s, err
	}
	defer f.Close()
	f.StartCheck(ctx)
	<-f.CheckDone()
	if err := f.CheckProgress().Err; err != nil {
		return s, err
	}
	info := f.Info()
	s.rows, _ = f.Total()
	s.header, s.bom = f.Header(), info.BOM
	if slices.ContainsFunc(info.Findings, func(found csvfile.Finding) bool { return found.Kind == csvfile.UnclosedQuote }) {
		return s, wording.Errorf("it ends inside a quoted cell: it is not whole")
	}
	if s.rows == 0 {
		return s, nil
	}
	last, err := f.Rows(ctx, s.rows-1, 1)
	if err != nil {
		return s, err
	}
	if len(last) == 1 && len(last[0].Fields) != info.Columns {
		return s, wording.Errorf("its last record has %s and its header %d: it is not whole", figures.Some(int64(len(last[0].Fields)), "one cell", "%d cells"), info.Columns)
	}
	if n := info.RaggedRows + info.BlankRows; n > 0 {
		s.note = wording.Of("%s another number of cells than the header, which has %d", figures.Some(n, "one row has", "%d rows have"), info.Columns).String()
	}
	return s, nil
}
