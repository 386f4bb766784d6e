package changes

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"sluice/columns"
	"sluice/localexport/jobfiles"
	"sluice/localexport/product"
)

// rank is where a file stands in the documented order; others come behind.
func rank(name string) int {
	known := columns.Names(columns.Confluence)
	if i := slices.Index(known, name); i >= 0 {
		return i
	}
	return len(known)
}

// ofJob is the name of a file of a job (spec/csv-schema-confluence.md §2).
var ofJob = regexp.MustCompile(`^([a-z_]+?)_job(\d+)_`)

func isPartial(file string) bool { return strings.HasSuffix(file, jobfiles.PartialSuffix) }

// nameOf takes the name of a file apart: what it is of, and the job.
func nameOf(file string) (name, job string, ok bool) {
	base := strings.TrimSuffix(file, jobfiles.PartialSuffix)
	base = strings.TrimSuffix(base, ".gz")
	ext := filepath.Ext(base)
	base = strings.TrimSuffix(base, ext)
	ok = slices.Contains([]string{".csv", ".tsv", ".txt", ".parquet"}, strings.ToLower(ext))
	if m := ofJob.FindStringSubmatch(file); m != nil {
		return m[1], m[2], ok
	}
	return base, "", ok
}

// parquetName reports whether a file is named as Parquet is.
func parquetName(path string) bool {
	return strings.EqualFold(filepath.Ext(path), "."+string(product.Parquet))
}

// slug is the name of a folder or file as a part of a file's name.
func slug(path string) string {
	name, _, _ := nameOf(filepath.Base(path))
	return strings.Map(func(r rune) rune {
		if r == '-' || r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return r
		}
		return '-'
	}, name)
}
