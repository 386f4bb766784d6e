// Package redacted is a format around another: cells are redacted on their way to it, as
// package redact says, so that nothing that is to be left out ever reaches a file. The
// columns that are dropped are not there, and one that was changed as a whole is a text.
//
//	f, err := redacted.New(csv.New(options), rules, key, columns.Confluence, options)
//
// Rows are never left out here: which space a row is of, its reader knows best.
package redacted

import (
	"io"

	"sluice/columns"
	"sluice/localexport/record"
	"sluice/localexport/record/csv"
	"sluice/redact"
	"sluice/wording"
)

// Format redacts on the way to another format.
type Format struct {
	inner record.Format
	rules redact.Rules
	key   *redact.Key
	text  csv.Options // how cells that are no texts are written where they become some

	shared []shared
	words  []words
}

// shared is a text that was shared, and what the other format calls it.
type shared struct {
	text []byte
	as   record.Shared
}

type words struct {
	texts record.Texts
	as    record.Words
}

var _ record.Format = (*Format)(nil)

// New returns the format for some files. What is redacted of cells that are no texts, such
// as lists, is the text that CSV with the options writes, so that it is the same in all
// formats, and the same as in files that are redacted later. The error says which file the
// rules cannot be applied to.
func New(inner record.Format, rules redact.Rules, key *redact.Key, files []columns.File, text csv.Options) (*Format, error) {
	if text.Escape == "" {
		text.Escape = `\n`
	}
	if text.PreserveLineBreaks {
		text.Escape = ""
	}
	f := &Format{inner: inner, rules: rules, key: key, text: text}
	for _, file := range files {
		p, err := f.plan(file)
		if err != nil {
			return nil, err
		}
		if late := p.Late(); late != "" {
			return nil, wording.Errorf("%s cannot be redacted cell by cell: its column %s comes too late", file.Name, late)
		}
		if len(p.Header()) == 0 {
			return nil, wording.Errorf("the rules drop every column of %s: let one of them stay", file.Name)
		}
	}
	return f, nil
}

func (f *Format) plan(file columns.File) (*redact.Plan, error) {
	p, err := f.rules.Plan(file.Name, file.Names(), f.key, nil)
	if err == nil {
		p.Break = f.text.Escape
	}
	return p, err
}

// must is the plan of a file, which New has made before.
func (f *Format) must(file columns.File) *redact.Plan {
	p, err := f.plan(file)
	if err != nil {
		panic(err)
	}
	return p
}

// File is a file as it is written.
func (f *Format) File(file columns.File) columns.File { return f.must(file).File(file) }

// Done is what is done with the columns of a file.
func (f *Format) Done(file columns.File) redact.FileRecord {
	done := f.must(file).Done()
	done.Name = file.Name
	return done
}

// Share implements record.Format.
func (f *Format) Share(holds columns.Holds, text []byte) record.Shared {
	f.shared = append(f.shared, shared{append([]byte(nil), text...), f.inner.Share(holds, text)})
	return record.Shared(len(f.shared) - 1)
}

// Words implements record.Format.
func (f *Format) Words(holds columns.Holds, texts record.Texts) record.Words {
	f.words = append(f.words, words{texts, f.inner.Words(holds, texts)})
	return record.Words(len(f.words) - 1)
}

// Encoder implements record.Format.
func (f *Format) Encoder(file columns.File) record.Encoder {
	e := &encoder{format: f, plan: f.must(file), cells: make([][]byte, len(file.Columns))}
	for i := range file.Columns {
		e.columns = append(e.columns, column{drops: e.plan.Drops(i), changes: e.plan.Changes(i), needed: e.plan.Needs(i)})
		if !e.plan.Drops(i) {
			e.left = append(e.left, i)
		}
	}
	e.inner = f.inner.Encoder(e.plan.File(file))
	return e
}

// Writer implements record.Format.
func (f *Format) Writer(w io.Writer, file columns.File, from *record.Position) (record.Writer, error) {
	return f.inner.Writer(w, f.File(file), from)
}
