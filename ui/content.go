package ui

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"sluice/sqliteformat"
	"sluice/ui/preview"
	"sluice/ui/texts"
	"sluice/wholefile"
)

// openable is what a file or folder can be opened as: a snapshot if it is neither of the
// others.
type openable struct {
	table bool   // a CSV file
	dump  bool   // a dump or backup
	kind  string // of the dump
}

// contentOf tells what a file or folder is: a dump by its first bytes, whatever its name,
// and a CSV file by its name. The error is a sentence for people.
func contentOf(ctx context.Context, b Backend, path string) (openable, error) {
	if preview.IsStream(path) { // to look at its bytes would take them
		return openable{table: true}, nil
	}
	var why error
	if takes, ok := b.(Takes); ok {
		what, err := takes.Recognise(ctx, path)
		if err == nil && !what.Snapshot {
			return openable{dump: true, kind: what.Kind}, nil
		}
		why = err
	}
	switch {
	case isCSV(path):
		return openable{table: true}, nil
	case isSQLite(path):
		return openable{}, nil
	}
	text := fmt.Sprintf(texts.T.App.NoDrop, filepath.Base(path))
	if why != nil {
		text += " (" + texts.Error(why) + ")"
	}
	return openable{}, fmt.Errorf("%s", text)
}

// csvNames are how the names of files end that the preview takes.
var csvNames = []string{".csv", ".tsv", ".psv", ".txt", ".csv.gz", ".tsv.gz", ".csv.zst", ".tsv.zst", ".csv.xz", ".tsv.xz", ".csv.bz2", ".tsv.bz2", ".csv.lz4", ".tsv.lz4", ".zip", ".parquet"}

func isCSV(path string) bool {
	path = strings.TrimSuffix(strings.ToLower(path), wholefile.Suffix)
	return slices.ContainsFunc(csvNames, func(end string) bool { return strings.HasSuffix(path, end) })
}

// isSQLite looks at the first bytes of a file ; a
// name that says so counts too, so that a damaged snapshot gets its own words.
func isSQLite(path string) bool {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".db", ".sqlite", ".sqlite3":
		return true
	}
	is, err := sqliteformat.IsFile(path)
	return err == nil && is
}
