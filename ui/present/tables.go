package present

import (
	"path/filepath"
	"slices"
	"strings"

	"sluice/pipeline"
	"sluice/ui/texts"
)

// TableChip is a table of a job, which it may have written in several formats.
type TableChip struct {
	Name, Note string
	Path       string // of the file that is shown when it is chosen
	Chosen     bool
}

// FormatChip is a format in which the chosen table was written.
type FormatChip struct {
	Name, Path string
	Chosen     bool
}

// TableName is the name of the table that a file has, without that of its format.
func TableName(f pipeline.File) string { return strings.TrimSuffix(f.Name, parquetEnding) }

const parquetEnding = ".parquet"

// formatName is what the format of a file is called.
func formatName(path string) string {
	if strings.EqualFold(filepath.Ext(path), parquetEnding) {
		return texts.T.Files.Parquet
	}
	return texts.T.Files.CSV
}

// TablesOf are the tables of a job in the order of their first files, and the formats of the
// one that is chosen by the path of a file; none if it has one only. Another table is
// offered in the format of that file, if it has it.
func TablesOf(files []pipeline.File, chosen string) (tables []TableChip, formats []FormatChip) {
	table, format := "", formatName(chosen)
	if i := slices.IndexFunc(files, func(f pipeline.File) bool { return f.Path == chosen }); i >= 0 {
		table = TableName(files[i])
	}
	for _, f := range files {
		name := TableName(f)
		at := slices.IndexFunc(tables, func(c TableChip) bool { return c.Name == name })
		if at < 0 {
			at = len(tables)
			tables = append(tables, TableChip{Name: name, Path: f.Path, Note: noteOf(f), Chosen: chosen != "" && name == table})
		} else if formatName(f.Path) == format {
			tables[at].Path, tables[at].Note = f.Path, noteOf(f)
		}
		if tables[at].Chosen {
			formats = append(formats, FormatChip{formatName(f.Path), f.Path, f.Path == chosen})
		}
	}
	if len(formats) < 2 {
		formats = nil
	}
	return tables, formats
}

// noteOf is how much a file has: its rows, or its size where they are not known.
func noteOf(f pipeline.File) string {
	if f.Rows >= 0 {
		return Count(f.Rows)
	}
	return Size(f.Bytes)
}
