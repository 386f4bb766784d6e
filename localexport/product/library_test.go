package product_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"sluice/localexport/jobfiles"
	"sluice/localexport/product"
	"sluice/pipeline"
	"sluice/rules"
)

// library is a product that has nothing to do with Confluence: a snapshot is a text
// file, each line of which is a record of one of eleven files.
type library struct {
	// during, if not nil, is called in the midst of each file.
	during func(ctx context.Context, name string) error
}

var libraryFiles = []string{"branches", "rooms", "shelves", "authors", "books", "readers", "cards", "loans", "returns", "fines", "letters"}

var libraryRules = rules.Table{{Name: "in-capitals", Field: "InCapitals", Label: "Capitals", Meaning: "Letters are large.", Documentation: "Silent."}}

var (
	_ product.Product  = (*library)(nil)
	_ product.Snapshot = (*shelf)(nil)
)

func (*library) Files() []string                   { return libraryFiles }
func (*library) Optional() []string                { return []string{"lost"} }
func (*library) Parts() [][]string                 { return [][]string{libraryFiles[:7], libraryFiles[7:]} }
func (*library) Rules() rules.Table                { return libraryRules }
func (*library) IsNote(d pipeline.Diagnostic) bool { return d.Key == "library.note" }

func (l *library) Open(_ context.Context, path string) (product.Snapshot, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("open the catalogue: %w", err)
	}
	return &shelf{l, path, b}, nil
}

// shelf is an open snapshot of a library.
type shelf struct {
	*library
	path string
	text []byte
}

func (s *shelf) Identity() jobfiles.Snapshot {
	sum := sha256.Sum256(s.text)
	id := hex.EncodeToString(sum[:])
	return jobfiles.Snapshot{Path: s.path, Identity: id, Content: id, Bytes: int64(len(s.text))}
}

func (s *shelf) Unchanged() error { return nil }
func (s *shelf) Close() error     { return nil }

func (s *shelf) Plan(_ context.Context, o product.Options, _ *product.Counters) (product.Plan, error) {
	if o.Plan != nil {
		return *o.Plan, nil
	}
	from := o.From
	if from.IsZero() {
		from = time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return product.Plan{From: from, Location: "UTC", Warnings: []pipeline.Diagnostic{{Key: "library.note", Message: "The clock is kept by hand."}}}, nil
}

// Validate finds a catalogue with a blank line inconsistent.
func (s *shelf) Validate(ctx context.Context, _ product.Options, c *product.Counters) (product.Validation, error) {
	c.CheckTotal.Store(1)
	c.Checked.Store(1)
	if bytes.Contains(s.text, []byte("\n\n")) {
		return product.Validation{Findings: []pipeline.Diagnostic{{Key: "library.gap", Message: "The catalogue has a gap."}}}, ctx.Err()
	}
	return product.Validation{Consistent: true}, ctx.Err()
}

func (s *shelf) Export(ctx context.Context, o product.Options, open product.Sink, c *product.Counters) (product.Result, error) {
	r := product.Result{From: o.From, Location: "UTC"}
	for i := range c.Files {
		c.Files[i].Ranges.Store(1)
	}
	for i, name := range libraryFiles {
		if len(o.Only) > 0 && !contains(o.Only, name) {
			continue
		}
		f, err := s.file(ctx, name, o, open, &c.Files[i])
		if err != nil {
			return r, fmt.Errorf("export %s: %w", name, err)
		}
		r.Files = append(r.Files, f)
		r.Rows += f.Rows
	}
	r.Entities = r.Rows
	if lost := s.records("lost", false); len(lost) > 0 {
		f, err := s.file(ctx, "lost", o, open, &product.FileCounter{})
		if err != nil {
			return r, err
		}
		r.Files = append(r.Files, f)
	}
	return r, nil
}

func contains(list []string, name string) bool {
	for _, s := range list {
		if s == name {
			return true
		}
	}
	return false
}

// records are the records of a file.
func (s *shelf) records(name string, large bool) (lines []string) {
	for line := range strings.Lines(string(s.text)) {
		if of, record, _ := strings.Cut(strings.TrimSpace(line), " "); of == name {
			if large {
				record = strings.ToUpper(record)
			}
			lines = append(lines, record+"\r\n")
		}
	}
	return lines
}

func (s *shelf) file(ctx context.Context, name string, o product.Options, open product.Sink, c *product.FileCounter) (f product.FileResult, err error) {
	c.State.Store(product.FileWriting)
	w, err := open(name)
	if err != nil {
		return f, err
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	keeper, keeps := w.(product.Keeper)
	if keeps && keeper.From() != nil && keeper.From().Done {
		c.Rows.Store(keeper.From().Rows)
		c.Bytes.Store(keeper.From().Bytes)
	} else {
		for i, line := range append([]string{"record\r\n"}, s.records(name, o.Rules["in-capitals"] == rules.On)...) {
			n, err := io.WriteString(w, line)
			if err != nil {
				return f, err
			}
			c.Bytes.Add(int64(n))
			c.Rows.Store(int64(i))
		}
		if s.during != nil {
			if err := s.during(ctx, name); err != nil {
				return f, err
			}
		}
		if keeps {
			keeper.Keep(product.State{Done: true, Rows: c.Rows.Load(), Bytes: c.Bytes.Load()})
		}
	}
	c.State.Store(product.FileDone)
	c.RangesDone.Store(1)
	return product.FileResult{Name: name, Rows: c.Rows.Load(), Bytes: c.Bytes.Load()}, w.Commit()
}
