package cli

import (
	"context"

	"sluice/csvfile"
)

// firstMatch returns the first row from at on with a cell that contains text,
// or -1.
func firstMatch(ctx context.Context, file *csvfile.File, text string, at int64) (int64, error) {
	query := csvfile.Query{Text: text, Column: csvfile.AllColumns}
	hit, ok, err := file.FindNext(ctx, query, csvfile.Position{Row: at, Column: -1})
	if err != nil || !ok {
		return -1, err
	}
	return hit.Row, nil
}

// countMatches counts the rows from at on with a cell that contains text.
func countMatches(ctx context.Context, file *csvfile.File, text string, at int64) (int64, error) {
	query := csvfile.Query{Text: text, Column: csvfile.AllColumns}
	var count int64
	last := int64(-1)
	for hit, err := range file.Find(ctx, query) {
		if err != nil {
			return 0, err
		}
		if hit.Row >= at && hit.Row != last {
			count++
			last = hit.Row
		}
	}
	return count, nil
}
