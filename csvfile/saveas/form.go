package saveas

import (
	"path/filepath"
	"strings"

	"sluice/wording"
)

// Form is a form in which rows are saved.
type Form string

const (
	CSV      Form = "csv"
	TSV      Form = "tsv"
	JSONL    Form = "jsonl"
	Parquet  Form = "parquet"
	SQLite   Form = "sqlite"
	XLSX     Form = "xlsx"
	Markdown Form = "markdown"
)

// Forms are all forms, as they are offered.
var Forms = []Form{CSV, TSV, JSONL, Parquet, SQLite, XLSX, Markdown}

// endings are the ends of names by which a form is known, the usual one first.
var endings = map[Form][]string{
	CSV: {".csv", ".txt"}, TSV: {".tsv", ".tab"}, JSONL: {".jsonl", ".ndjson"}, Parquet: {".parquet"},
	SQLite: {".sqlite", ".db", ".sqlite3"}, XLSX: {".xlsx"}, Markdown: {".md", ".markdown"},
}

// Ending is the usual end of the name of a file of the form.
func (f Form) Ending() string { return endings[f][0] }

// FormOf is the form that the name of a file says; "" if it says none.
func FormOf(path string) Form {
	ext := strings.ToLower(filepath.Ext(path))
	for _, f := range Forms {
		for _, e := range endings[f] {
			if e == ext {
				return f
			}
		}
	}
	return ""
}

// Named finds a form by its name or by an ending. The error is a sentence.
func Named(name string) (Form, error) {
	for _, f := range Forms {
		if string(f) == strings.ToLower(name) {
			return f, nil
		}
	}
	if f := FormOf("x." + strings.TrimPrefix(name, ".")); f != "" {
		return f, nil
	}
	var all []string
	for _, f := range Forms {
		all = append(all, string(f))
	}
	return "", wording.Errorf("there is no form %q; there are %s", name, strings.Join(all, ", "))
}

// typed reports whether the columns of a form have types.
func (f Form) typed() bool { return f == JSONL || f == Parquet || f == SQLite || f == XLSX }

// plain reports whether a form is text with a delimiter, which the engine writes itself.
func (f Form) plain() bool { return f == CSV || f == TSV }
