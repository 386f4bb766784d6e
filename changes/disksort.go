package changes

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"sluice/csvfile"
	"sluice/wording"
)

// sortOnDisk makes a table one of its rows in the order of their keys, sorted into a file
// in a private folder: for a file whose keys find no room in memory. Rows with the same key
// stay in their order.
func (t *table) sortOnDisk(ctx context.Context) (err error) {
	before, err := os.Stat(t.input.Path)
	if err != nil {
		return err
	}
	keys := make([]csvfile.SortKey, len(t.key))
	for i, column := range t.key {
		keys[i] = csvfile.SortKey{Column: column, Kind: csvfile.SortBytes}
		if t.kinds[i] == byNumber {
			keys[i].Kind = csvfile.SortNumber
		}
	}
	s := &spool{before: before}
	if t.spool != nil {
		s.before = t.spool.before
	}
	if s.dir, err = os.MkdirTemp("", spoolPrefix); err != nil {
		return wording.Errorf("make room to sort %s: %w", t.input.Title, err)
	}
	path := filepath.Join(s.dir, "rows.csv")
	file, err := sortedFile(ctx, t.file, keys, path)
	if err != nil {
		return errors.Join(wording.Errorf("%s is not in the order of %s, and could not be sorted: %w", t.input.Title, t.keyNames(), err), s.close())
	}
	old := *t
	t.file, t.spool, t.sorted, t.inTurn = file, s, true, true
	if err := old.close(); err != nil {
		return err
	}
	if t.first, err = file.FirstRow(ctx); err != nil {
		return err
	}
	t.end, err = file.TextEnd(ctx)
	return err
}

// sortedFile writes the rows of a file to another, in the order of keys, and opens that.
func sortedFile(ctx context.Context, from *csvfile.File, keys []csvfile.SortKey, path string) (*csvfile.File, error) {
	rows, err := csvfile.Sort(ctx, from, keys)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	if _, err := csvfile.SaveView(ctx, rows, path, csvfile.SaveOptions{Delimiter: ',', Quote: '"', LineEnding: "CRLF"}, nil); err != nil {
		return nil, err
	}
	return openSpool(ctx, path)
}

// openSpool opens a file that was written here.
func openSpool(ctx context.Context, path string) (*csvfile.File, error) {
	return csvfile.Open(ctx, path, csvfile.WithHeader(true), csvfile.WithCacheDir(""),
		csvfile.WithReading(csvfile.Reading{Encoding: "utf-8", Delimiter: ",", Quote: "double", Escape: "doubled", Comment: csvfile.None, HeaderRow: 1}))
}
