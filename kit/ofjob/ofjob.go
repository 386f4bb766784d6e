// Package ofjob finds out what a kit is to be made for: the files of a finished job of
// Sluice, by its manifest, or any folder with CSV files, by their headers.
package ofjob

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"sluice/columns"
	"sluice/kit"
	"sluice/localexport/jobfiles"
	"sluice/localexport/product"
	"sluice/wording"
)

// longestHeader bounds the first record of a file.
const longestHeader = 1 << 20

// Folder is the job whose files lie in the folder at dir. A folder without a manifest is
// one of a server, or of any other program: each of its CSV files is a table then.
func Folder(dir string) (kit.Job, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return kit.Job{}, err
	}
	j, err := Finished(dir)
	if errors.Is(err, fs.ErrNotExist) {
		if _, err := os.Stat(filepath.Join(dir, jobfiles.ManifestName)); err == nil {
			return j, wording.Errorf("a file of the manifest is gone: %w", err)
		}
		return ofFiles(dir)
	}
	return j, err
}

// Finished is the finished job of Sluice whose files lie in dir. The error wraps
// fs.ErrNotExist if there is no manifest.
func Finished(dir string) (kit.Job, error) {
	m, err := jobfiles.ReadManifest(dir)
	if err != nil {
		return kit.Job{}, err
	}
	return ofManifest(dir, m)
}

// ofManifest is the job that a manifest describes.
func ofManifest(dir string, m jobfiles.Manifest) (kit.Job, error) {
	j := kit.Job{Name: fmt.Sprintf("job %d", m.Job.ID), Folder: dir,
		Preserved: m.Options.PreserveLineBreaks, Escape: m.Options.LineBreakEscape, Full: m.Options.FullContent}
	if !m.OptionsKnown() { // cells may have line breaks, and be long
		j.Preserved, j.Full = true, true
	}
	// Of a job in both formats the CSV files are taken: every engine reads those.
	j.Marked = m.Options.ByteOrderMark
	j.Parquet = m.Options.Format == string(product.Parquet)
	for _, f := range m.Files {
		table, format := product.SplitName(f.Name)
		if f.Name == rejected || (format == product.Parquet) != j.Parquet {
			continue
		}
		path := filepath.Join(dir, filepath.Base(f.File))
		if j.Parquet {
			list := told(f)
			if len(list) == 0 { // of a manifest that does not tell them
				known, _ := columns.Find(columns.Confluence, table)
				list = known.Columns
			}
			j.Files = append(j.Files, kit.File{Table: table, Path: path, Columns: list})
			continue
		}
		file, err := open(path, table)
		if err != nil {
			return kit.Job{}, err
		}
		if len(f.Columns) == len(file.Columns) {
			file.Columns = told(f)
		}
		j.Files = append(j.Files, file)
	}
	return j, nil
}

// told are the columns of a file as its manifest tells them.
func told(f jobfiles.ManifestFile) (list []columns.Column) {
	for _, c := range f.Columns {
		list = append(list, columns.Column{Name: c.Name, Type: c.Type, Key: c.Key, Nullable: c.Nullable})
	}
	return list
}

// rejected is the file of the rows that were left out, which is for people.
const rejected = "rejected"

// vendorName is how files of exports are called: the rows, the job and the time.
var vendorName = regexp.MustCompile(`^(.+)_job\d+_.*\.csv$`)

// ofFiles is the job whose files are the CSV files in a folder.
func ofFiles(dir string) (kit.Job, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return kit.Job{}, wording.Errorf("there is no folder %s: name that of a job, or one with CSV files: %w", dir, fs.ErrNotExist)
	}
	if err != nil {
		return kit.Job{}, err
	}
	// Nothing tells how line breaks were written: cells may have them, and be long.
	j := kit.Job{Name: "the folder " + filepath.Base(dir), Folder: dir, Preserved: true, Full: true}
	for _, entry := range entries {
		name := entry.Name()
		if entry.IsDir() || !strings.EqualFold(filepath.Ext(name), ".csv") {
			continue
		}
		table := strings.TrimSuffix(name, filepath.Ext(name))
		if found := vendorName.FindStringSubmatch(name); found != nil {
			table = found[1]
		}
		if table == rejected {
			continue
		}
		f, err := open(filepath.Join(dir, name), kit.TableName(table))
		if err != nil {
			return kit.Job{}, err
		}
		j.Files = append(j.Files, f)
	}
	if len(j.Files) == 0 {
		return kit.Job{}, wording.Errorf("%s has neither a manifest.json of a finished job nor CSV files", dir)
	}
	return j, nil
}

// open reads the header of a CSV file.
func open(path, table string) (kit.File, error) {
	f, err := os.Open(path)
	if err != nil {
		return kit.File{}, err
	}
	defer f.Close()
	r := csv.NewReader(io.LimitReader(f, longestHeader))
	header, err := r.Read()
	if err == io.EOF {
		return kit.File{}, wording.Errorf("%s is empty: it has no header", path)
	}
	if err != nil {
		return kit.File{}, wording.Errorf("read the header of %s: %w", path, err)
	}
	if r.InputOffset() >= longestHeader { // what is beyond was not read
		return kit.File{}, wording.Errorf("the header of %s is longer than %d bytes: it is no CSV file with a header", path, longestHeader)
	}
	header[0] = strings.TrimPrefix(header[0], "\ufeff")
	return kit.File{Table: table, Path: path, Columns: typed(table, header)}, nil
}

// typed are the columns of a file as far as they are known; those of the files of other
// products are texts.
func typed(table string, header []string) []columns.Column {
	if known, _ := columns.Find(columns.Confluence, table); slices.Equal(known.Names(), header) {
		return known.Columns
	}
	list := make([]columns.Column, len(header))
	for i, name := range header {
		list[i] = columns.Column{Name: name, Type: columns.TypeText}
	}
	return list
}
