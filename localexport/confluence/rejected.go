package confluence

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/gocarina/gocsv"

	"sluice/figures"
	"sluice/localexport/product"
	"sluice/localexport/snapshot"
	"sluice/localexport/sqlread"
	"sluice/localexport/textcut"
	"sluice/wording"
)

// RejectedName is the name of the file with what could not be exported. It is
// written only with Options.SkipBadRows, and if there is something to write.
const RejectedName = product.RejectedName

// RejectedValue is how many characters of a value a RejectedRow holds.
const RejectedValue = 200

// rejectedBatch is how many rejected rows are handed on at once.
const rejectedBatch = 256

// rejectedRow says what is wrong with the row that has the key.
func rejectedRow(file, key string, e *snapshot.ValueError) RejectedRow {
	r := RejectedRow{File: file, Table: e.Table, Key: key, Column: e.Column, Reason: e.Want, Value: e.Value}
	if key == "" {
		r.Key = e.Row
	} else if key != e.Row {
		r.Reason = wording.Of("%s, in the row with %s", r.Reason, e.Row).String()
	}
	value := strings.ToValidUTF8(r.Value, "\uFFFD")
	if cut := textcut.CodePoints([]byte(value), RejectedValue); len(cut) < len(value) {
		value = string(cut) + "…"
	}
	r.Value = value
	return r
}

// rejections writes the file of rejected rows.
type rejections struct {
	sink   Sink
	out    Output // nil as long as there are none
	csv    *gocsv.SafeCSVWriter
	oneRow *strings.Replacer
	result FileResult
	counts map[string]int64 // by file
}

func newRejections(o Options, sink Sink) *rejections {
	escape := o.LineBreakEscape
	if escape == "" {
		escape = `\n`
	}
	return &rejections{sink: sink, result: FileResult{Name: RejectedName}, counts: map[string]int64{},
		oneRow: strings.NewReplacer("\r\n", escape, "\r", escape, "\n", escape, "\x00", "\uFFFD")}
}

// write appends rows to the file, which it opens first if need be.
func (r *rejections) write(rows []RejectedRow) error {
	if len(rows) == 0 { // gocsv would write the header
		return nil
	}
	marshal := gocsv.MarshalCSVWithoutHeaders
	if r.out == nil {
		out, err := r.sink(RejectedName)
		if err != nil {
			return err
		}
		r.out = out
		w := csv.NewWriter(r)
		w.UseCRLF = true
		r.csv = gocsv.NewSafeCSVWriter(w)
		marshal = gocsv.MarshalCSV
	}
	for i := range rows {
		rows[i].Value = r.oneRow.Replace(rows[i].Value)
		rows[i].Key = r.oneRow.Replace(rows[i].Key)
		rows[i].Reason = r.oneRow.Replace(rows[i].Reason)
		r.counts[rows[i].File]++
	}
	if err := marshal(rows, r.csv); err != nil {
		return wording.Errorf("write rejected rows: %w", err)
	}
	r.result.Rows += int64(len(rows))
	return nil
}

// Write counts what the CSV writer writes.
func (r *rejections) Write(b []byte) (int, error) {
	n, err := r.out.Write(b)
	r.result.Bytes += int64(n)
	return n, err
}

var _ io.Writer = (*rejections)(nil)

// close closes the file, if there is one, without making it complete.
func (r *rejections) close() error {
	if r.out == nil {
		return nil
	}
	return r.out.Close()
}

// commit completes the file, if there is one, and says in a warning what it holds.
func (r *rejections) commit(n *notes) (_ FileResult, any bool, err error) {
	if r.out == nil {
		return FileResult{}, false, nil
	}
	if err := r.out.Commit(); err != nil {
		return FileResult{}, false, err
	}
	var parts wording.List
	for _, file := range sortedFiles(r.counts) {
		parts = append(parts, wording.Of("%d of %s", figures.N(r.counts[file]), file))
	}
	n.say(KeyRejected, "Rows with a value that cannot be exported were left out, and are listed in the file %s: %d (%s).",
		RejectedName, r.result.Rows, parts)
	return r.result, true, nil
}

// reject takes a row with a value that cannot be exported out of the records, if
// that is wanted. It returns any other error as it is. Rows are rejected only by
// SQLite's reader, to which the other one leaves them.
func (r *walkReader) reject(err error, out *output) error {
	if r.fast {
		return err
	}
	if errors.Is(err, sqlread.ErrTooBig) {
		key, value, ok, findErr := r.walk.TooLong()
		switch {
		case findErr != nil || !ok:
			return errors.Join(err, findErr)
		case value == nil:
			return nil
		}
		r.last, r.any, err = key, true, value
	}
	value := new(snapshot.ValueError)
	if !r.e.o.SkipBadRows || !errors.As(err, &value) {
		return err
	}
	if out.torn {
		return wording.Errorf("a part of the row is written already: %w", err)
	}
	out.Rewind(out.mark)
	out.notes.rewind()
	out.rejected = append(out.rejected, rejectedRow(FileNames[r.file], fmt.Sprintf("%s %d", r.key, r.last), r.e.o.mute(value)))
	out.key = r.last
	if len(out.rejected) < rejectedBatch {
		return nil
	}
	if err := out.send(false, nil); err != nil {
		return err
	}
	out.begin()
	return nil
}

// sortedFiles are the names of files in their order.
func sortedFiles(counts map[string]int64) []string { return slices.Sorted(maps.Keys(counts)) }
