package folder

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"path/filepath"
	"slices"

	"sluice/columns"
	"sluice/csvfile"
	"sluice/figures"
	"sluice/localexport/jobfiles"
	"sluice/localexport/record/csv"
	"sluice/redact"
	"sluice/wholefile"
	"sluice/wording"
)

// work is one redaction.
type work struct {
	o      Options
	dir    string
	tell   func(Progress)
	spaces *redact.Spaces

	at Progress
}

// files redacts the files, one after the other, and tells the manifest of them.
func (w *work) files(ctx context.Context, sources []source, m *jobfiles.Manifest) error {
	for _, s := range sources {
		w.at.Total += s.bytes
	}
	unread := 0
	for _, s := range inOrder(sources) {
		before := w.at.Done
		w.at.File = s.name
		w.tell(w.at)
		if s.why == "" {
			if err := w.file(ctx, s, m); err != nil {
				return wording.Errorf("redact %s: %w", s.path, err)
			}
		} else {
			unread++
		}
		w.at.Done = before + s.bytes
	}
	if unread > 0 {
		m.Redaction.Notes = append(m.Redaction.Notes, fmt.Sprintf("%s files of the folder were left out: they are no CSV files and no Parquet files of a job, or have rows as they stand in the database", figures.Count(int64(unread))))
	}
	if unmet := w.spaces.Met.Unmet(w.o.Rules); len(unmet) > 0 {
		m.Redaction.Notes = append(m.Redaction.Notes, fmt.Sprintf("rules that are to leave out spaces and match no space of these files: %d (first: number %d of them); is a key misspelled?", len(unmet), unmet[0]+1))
	}
	w.tell(w.at)
	// They are told in the order in which the folder has them.
	place := func(name string) int { return slices.IndexFunc(sources, func(s source) bool { return s.name == name }) }
	slices.SortStableFunc(m.Files, func(a, b jobfiles.ManifestFile) int { return place(a.Name) - place(b.Name) })
	table := func(name string) int {
		return slices.IndexFunc(sources, func(s source) bool { return s.table == name })
	}
	slices.SortStableFunc(m.Redaction.Files, func(a, b record) int { return table(a.Name) - table(b.Name) })
	return nil
}

// exact is how the files of a data pipeline are written.
var exact = csvfile.Reading{Encoding: "utf-8", Delimiter: ",", Quote: `"`, Escape: "doubled", Comment: csvfile.None, Header: "yes", HeaderRow: 1}

// file redacts a file, and tells the manifest of it.
func (w *work) file(ctx context.Context, s source, m *jobfiles.Manifest) error {
	redact := w.csv
	if s.parquet {
		redact = w.parquet
	}
	done, err := redact(ctx, s, m)
	if err != nil {
		return err
	}
	m.Redaction.Notes = append(m.Redaction.Notes, done.notes...)
	if !slices.ContainsFunc(m.Redaction.Files, func(f record) bool { return f.Name == s.table }) { // else its CSV file was told of
		done.record.Name = s.table
		m.Redaction.Files = append(m.Redaction.Files, done.record)
	}
	if done.record.LeftOut != "" {
		return nil
	}
	f := done.file
	f.Name, f.File, f.Columns = s.name, filepath.Base(s.path), columnsOf(s, done.header, done.record)
	m.Files = append(m.Files, f)
	return nil
}

type record = redact.FileRecord

// done is what was done with a file.
type done struct {
	record record
	file   jobfiles.ManifestFile // its rows, bytes and sum
	header []string
	notes  []string
}

// plan is the plan for a file with the header. A file of which nothing may stay is told
// as left out.
func (w *work) plan(s source, header []string, m *jobfiles.Manifest) (p *redact.Plan, left done, err error) {
	p, err = w.o.Rules.Plan(s.table, header, w.o.Key, w.spaces)
	if err != nil {
		return nil, left, err
	}
	p.Break = m.Options.LineBreakEscape
	if err := p.Whole(s.table); err != nil {
		left.record.LeftOut = err.Error()
	} else if len(p.Header()) == 0 {
		left.record.LeftOut = "no column of it may stay"
	}
	return p, left, nil
}

// output is a file that is being written.
type output struct {
	*wholefile.File
	sum hash.Hash
}

func (w *work) create(s source) (output, error) {
	f, err := wholefile.Create(filepath.Join(w.dir, filepath.Base(s.path)))
	return output{f, sha256.New()}, err
}

// Write implements io.Writer.
func (o output) Write(b []byte) (int, error) {
	o.sum.Write(b)
	return o.File.Write(b)
}

// commit ends the file with so many rows.
func (o output) commit(rows int64) (jobfiles.ManifestFile, error) {
	f := jobfiles.ManifestFile{Rows: rows, Bytes: o.Written(), SHA256: hex.EncodeToString(o.sum.Sum(nil))}
	return f, o.Commit()
}

// csv redacts a CSV file.
func (w *work) csv(ctx context.Context, s source, m *jobfiles.Manifest) (_ done, err error) {
	in, err := csvfile.Open(ctx, s.path, csvfile.WithReading(exact))
	if err != nil {
		return done{}, err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	plan, left, err := w.plan(s, in.Header(), m)
	if err != nil || left.record.LeftOut != "" {
		return left, err
	}
	out, err := w.create(s)
	if err != nil {
		return done{}, err
	}
	rows := &rows{work: w, plan: plan, out: bufio.NewWriterSize(out, 1<<18), format: csv.New(csv.Options{PreserveLineBreaks: true}), width: len(in.Header())}
	if err := rows.copy(ctx, in); err != nil {
		return done{}, errors.Join(err, out.Discard())
	}
	x := done{record: plan.Done(), header: plan.Header()}
	if rows.wide > 0 {
		x.notes = append(x.notes, fmt.Sprintf("%s rows of %s have more cells than its header: those cells were left out", figures.Count(rows.wide), s.name))
	}
	x.file, err = out.commit(rows.kept)
	return x, err
}

// columnsOf are the columns that are left, as the manifest of the job tells them. What
// was changed is a text.
func columnsOf(s source, header []string, done record) (left []jobfiles.ManifestColumn) {
	for _, c := range s.columns {
		if !slices.Contains(header, c.Name) {
			continue
		}
		if slices.Contains(slices.Concat(done.Masked, done.Pseudonymised, done.Cut), c.Name) {
			c.Type = columns.TypeText
		}
		left = append(left, c)
	}
	return left
}
