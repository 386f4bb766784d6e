package product

import (
	"slices"
	"strings"

	"sluice/wording"
)

// Format is a format of files.
type Format string

// The formats.
const (
	CSV     Format = "csv"
	Parquet Format = "parquet"
)

// The keys of Options.Metadata.
const (
	MetadataJob     = "sluice.job"
	MetadataVersion = "sluice.version"
	MetadataFrom    = "sluice.from"   // the lower bound, RFC 3339
	MetadataSchema  = "sluice.schema" // of the columns
)

// SchemaVersion changes when columns do.
const SchemaVersion = "1"

// Formats are all formats, in the order in which their files are listed.
var Formats = []Format{CSV, Parquet}

// Both asks for files in each format.
const Both = "both"

// ParseFormats are the formats that a word asks for: csv (also ""), parquet or both.
func ParseFormats(word string) ([]Format, error) {
	switch {
	case word == "":
		return []Format{CSV}, nil
	case word == Both:
		return slices.Clone(Formats), nil
	case slices.Contains(Formats, Format(word)):
		return []Format{Format(word)}, nil
	}
	return nil, wording.Errorf("%q is no format: csv, parquet or both", word)
}

// FormatWord is the word that asks for formats.
func FormatWord(formats []Format) string {
	if len(formats) > 1 {
		return Both
	}
	if len(formats) == 1 {
		return string(formats[0])
	}
	return string(CSV)
}

// FileName is the name of a file of a product in a format. The names of CSV files are
// those of the product, as they were before there were other formats.
func FileName(file string, f Format) string {
	if f == CSV {
		return file
	}
	return file + "." + string(f)
}

// SplitName takes the name of a file apart.
func SplitName(name string) (file string, f Format) {
	for _, f := range Formats {
		if file, ok := strings.CutSuffix(name, "."+string(f)); ok {
			return file, f
		}
	}
	return name, CSV
}

// FileNames are the names of the files of a product in some formats.
func FileNames(files []string, formats []Format) []string {
	if len(formats) == 0 {
		formats = []Format{CSV}
	}
	var names []string
	for _, file := range files {
		for _, f := range formats {
			names = append(names, FileName(file, f))
		}
	}
	return names
}
