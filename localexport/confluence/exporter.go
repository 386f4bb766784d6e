package confluence

import (
	"cmp"
	"fmt"
	"runtime"
	"time"

	"sluice/columns"
	"sluice/localexport/pace"
	"sluice/localexport/product"
	"sluice/localexport/record"
	"sluice/localexport/record/csv"
	"sluice/localexport/record/parquet"
	"sluice/localexport/record/several"
	"sluice/localexport/snapshot"
	"sluice/localexport/sqlitefile"
	"sluice/localexport/textcut"
	"sluice/localexport/wallclock"
)

// exporter is one export.
type exporter struct {
	s    *snapshot.Snapshot
	o    Options
	plan Plan
	c    *Counters
	pace *pace.Pacer

	format   record.Format
	accepted snapshot.Accepted
	shared   shared

	zone    *wallclock.Zone
	from    instant
	address addresses
	notes   notes

	file       *sqlitefile.File // nil if SQLite reads everything
	content    *snapshot.Order
	events     *snapshot.Order // nil if there is no event table
	bodies     bodySource
	spaces     *spaces
	spaceOrder *snapshot.Order
	labels     *labels
	users      userSet
	rejected   []RejectedRow // before the first file
	changes    changes
	redaction  *redaction // nil: nothing is taken out
}

// instant is a point in time.
type instant struct {
	unix  int64
	nanos int32
}

func (a instant) after(b instant) bool {
	return a.unix > b.unix || a.unix == b.unix && a.nanos > b.nanos
}

// formats are those of the files.
func (o Options) formats() []product.Format {
	if len(o.Formats) == 0 {
		return []product.Format{product.CSV}
	}
	return o.Formats
}

// format is how the files are written.
func (o Options) format() record.Format {
	var list []record.Format
	for _, f := range o.formats() {
		if f == product.Parquet {
			list = append(list, o.parquet())
		} else {
			list = append(list, o.csv())
		}
	}
	if len(list) > 1 {
		return several.New(list...)
	}
	return list[0]
}

func (o Options) parquet() record.Format {
	return parquet.New(parquet.Options{KeepNUL: o.KeepNUL, Milliseconds: o.Milliseconds, Application: "sluice", Version: o.Metadata[product.MetadataVersion], Metadata: o.Metadata})
}

func (o Options) csv() record.Format { return csv.New(o.csvOptions()) }

func (o Options) csvOptions() csv.Options {
	return csv.Options{ByteOrderMark: o.ByteOrderMark, PreserveLineBreaks: o.PreserveLineBreaks, Escape: o.LineBreakEscape, KeepNUL: o.KeepNUL,
		Milliseconds: o.Milliseconds, Commas: o.Labels == LabelsCommas}
}

// shared are texts that are the whole of many cells.
type shared struct {
	instance          record.Shared
	page, blog        record.Shared // in page_type
	current, archived record.Shared // in page_status
}

// share tells the format the texts that many cells have.
func (e *exporter) share() shared {
	fact := func(text string) record.Shared { return e.format.Share(columns.HoldsFact, []byte(text)) }
	return shared{
		instance: e.format.Share(columns.HoldsInstance, []byte(e.plan.BaseURL)),
		page:     fact("page"), blog: fact(cmp.Or(e.o.BlogPostType, blogPostType)),
		current: fact("current"), archived: fact(snapshot.StatusArchived),
	}
}

// clean is a text as it is exported, and whether U+0000 in it was replaced. Encoders
// do that for what they are given; this is for what is counted by itself.
func (e *exporter) clean(text []byte) (_ []byte, replaced bool) {
	if e.o.KeepNUL {
		return text, false
	}
	return record.WithoutNUL(text)
}

// rejectAll notes values of rows that are left out before the first file is begun.
func (e *exporter) rejectAll(files string, bad []*snapshot.ValueError) {
	for _, value := range bad {
		e.rejected = append(e.rejected, rejectedRow(files, "", e.o.mute(value)))
	}
}

// wanted reports whether something that changed at t is in the time range.
func (e *exporter) wanted(t instant) bool {
	return t.after(e.from) || e.o.FromInclusive && t == e.from
}

// workers is the number of connections that read at once.
func (o Options) workers() int {
	if o.Workers > 0 {
		return o.Workers
	}
	return runtime.NumCPU()
}

// values reads the values of rows of one table; it belongs to one goroutine.
type values struct {
	e     *exporter
	notes *notes // nil for rows that others refer to, which are counted on their own
	clock *wallclock.Clock
	table *snapshot.Table
	key   string // name of the key column
	row   snapshot.Row
	names []string // of the columns of row
}

// bad is the error for a value of the row with the given key.
func (v *values) bad(column int, key int64, want string) error {
	return &snapshot.ValueError{
		Path: v.e.s.Path(), Table: v.table.Name, Column: v.names[column],
		Row: fmt.Sprintf("%s %d", v.key, key), Value: string(v.row.Bytes(column)), Want: want,
	}
}

// id reads an id that may be null.
func (v *values) id(column int, key int64) (id int64, present bool, err error) {
	switch id, state := snapshot.ID(v.row, column); state {
	case snapshot.IDPresent:
		return id, true, nil
	case snapshot.IDNull:
		return 0, false, nil
	}
	return 0, false, v.bad(column, key, "is no number")
}

// time reads a time that may be null, as stored and as an instant. What is no time,
// or none that can be written, is an error.
func (v *values) time(column int, key int64) (r wallclock.Reading, t instant, present bool, err error) {
	r, present, err = snapshot.Time(v.row, column)
	if err != nil {
		return r, t, present, v.bad(column, key, err.Error())
	}
	if !present {
		if v.notes != nil && !v.row.IsNull(column) && len(v.row.Bytes(column)) > 0 {
			v.notes.add(KeyZeroDate, "Dates of zeros (0000-00-00, as MySQL stores that there is none) were taken for none: %d (first: in the row with id %d).", key)
		}
		return r, t, false, nil
	}
	t = instant{v.clock.Unix(r), r.Nanos}
	if !snapshot.Writable(t.unix) {
		return r, t, true, v.bad(column, key, "is a time outside of the years 1 to 9999")
	}
	return r, t, true, nil
}

// wall is the time that the clock of the server showed.
func (v *values) wall(r wallclock.Reading) int64 {
	if r.Absolute {
		return r.Seconds + v.e.zone.OffsetAt(r.Seconds)
	}
	return r.Seconds
}

// cutter returns the function that cuts bodies at a limit, nil for none.
func (e *exporter) cutter(limit int) func([]byte) []byte {
	switch {
	case e.o.FullContent:
		return nil
	case e.o.CutAtCodePoints:
		return func(b []byte) []byte { return textcut.CodePoints(b, limit) }
	}
	return func(b []byte) []byte { return textcut.UTF16(b, limit) }
}

// accepted is what counts as live beside what is current.
func (o Options) accepted() snapshot.Accepted {
	return snapshot.Accepted{Statusless: o.StatuslessContent, Archived: o.ArchivedContent}
}

// unixOf is the instant of a time.
func unixOf(t time.Time) instant { return instant{t.Unix(), int32(t.Nanosecond())} }
