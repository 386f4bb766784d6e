// Package jobcsv writes the list of jobs as CSV, one row for each: the same for the
// command line and the window. Jobs are few and the rows have types, so the rows are a
// struct that gocsv writes; the rows of an export take another way.
//
// It is UTF-8: a header, commas, and line ends of LF, since the command line prints it for
// scripts, whose last column would end in a CR. The names are those of the JSON of a job.
// Times are RFC 3339 in UTC; what is not known, or not there, is an empty cell. Each cell
// is one line in which everything can be seen, and none that a spreadsheet would take for
// a formula.
package jobcsv

import (
	"bytes"
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/gocarina/gocsv"

	"sluice/csvfile"
	"sluice/pipeline"
	"sluice/visible"
	"sluice/wholefile"
	"sluice/wording"
)

// Row is a job as a row.
type Row struct {
	JobID       string  `csv:"jobId"`
	Status      string  `csv:"status"` // as in JSON, such as COMPLETED
	Started     instant `csv:"startTime"`
	Completed   instant `csv:"completedTime"`
	Seconds     seconds `csv:"durationSeconds"` // empty until the job has ended
	From        instant `csv:"exportFrom"`
	Forced      bool    `csv:"forcedExport"`
	Entities    count   `csv:"exportedEntities"`
	Rows        count   `csv:"writtenRows"`
	Warnings    int     `csv:"warnings"` // how many
	Errors      int     `csv:"errors"`
	Messages    string  `csv:"errorMessages"` // of all errors, one behind the other
	ResumedFrom jobID   `csv:"resumedFrom"`
	ResumedAs   jobID   `csv:"resumedAs"`
	Node        string  `csv:"nodeId"`
	Folder      string  `csv:"folder"`    // where the files of the job are, or would be
	StartedBy   string  `csv:"startedBy"` // person, REST or schedule NAME; empty if that is not known
}

// RowOf is the row of a job. folder is where its files are, "" if that is not known.
func RowOf(j pipeline.Job, folder string) Row {
	r := Row{JobID: j.Label(), Status: string(j.Status), Started: instant(j.StartTime), Completed: instant(j.CompletedTime), Seconds: -1,
		From: instant(j.Config.ExportFrom), Forced: j.Config.ForcedExport, Entities: -1, Rows: -1, Warnings: len(j.Warnings), Errors: len(j.Errors),
		ResumedFrom: jobID(j.ResumedFrom), ResumedAs: jobID(j.ResumedAs), Node: j.NodeID, Folder: folder, StartedBy: j.StartedBy}
	if j.Status.Ended() && !j.StartTime.IsZero() && !j.CompletedTime.IsZero() {
		r.Seconds = seconds(j.Duration(j.CompletedTime.Time))
	}
	if s := j.Statistics; s != nil {
		r.Entities, r.Rows = count(s.ExportedEntities), count(s.WrittenRows)
	}
	messages := make([]string, len(j.Errors))
	for i, e := range j.Errors {
		messages[i] = e.Message
	}
	r.Messages = strings.Join(messages, "; ")
	return r
}

// Began is when the job was started; zero if that is not known.
func (r Row) Began() time.Time { return r.Started.Time }

// instant is a time, or none.
type instant pipeline.Time

// MarshalCSV writes the time in UTC.
func (i instant) MarshalCSV() (string, error) {
	if i.IsZero() {
		return "", nil
	}
	return pipeline.FormatTime(i.UTC()), nil
}

// seconds is a duration; below 0 it is not known.
type seconds time.Duration

// MarshalCSV writes seconds, to the millisecond.
func (s seconds) MarshalCSV() (string, error) {
	if s < 0 {
		return "", nil
	}
	return strconv.FormatFloat(time.Duration(s).Round(time.Millisecond).Seconds(), 'f', -1, 64), nil
}

// count is a number of something; below 0 it is not known.
type count int64

// MarshalCSV writes the digits.
func (c count) MarshalCSV() (string, error) {
	if c < 0 {
		return "", nil
	}
	return strconv.FormatInt(int64(c), 10), nil
}

// jobID is the number of another job; 0 is none.
type jobID int64

// MarshalCSV writes the number.
func (j jobID) MarshalCSV() (string, error) {
	if j == 0 {
		return "", nil
	}
	return strconv.FormatInt(int64(j), 10), nil
}

// SourceRow is a job among those of several sources.
type SourceRow struct {
	Row
	Source string `csv:"source"` // its name
	Bytes  size   `csv:"bytes"`  // of its files; empty if there are none, or if that is not known
}

// SourceRowOf is the row of a job of a source; bytes is 0 if it has no files here.
func SourceRowOf(j pipeline.Job, folder, source string, bytes int64) SourceRow {
	return SourceRow{Row: RowOf(j, folder), Source: source, Bytes: size(bytes)}
}

// size is a number of bytes; 0 and less is none.
type size int64

// MarshalCSV writes the digits.
func (s size) MarshalCSV() (string, error) {
	if s <= 0 {
		return "", nil
	}
	return strconv.FormatInt(int64(s), 10), nil
}

// Any is a row: one of a source, or one among several.
type Any interface{ Row | SourceRow }

// Write writes the header and the rows, in their order.
func Write[R Any](w io.Writer, rows []R) error {
	if err := gocsv.MarshalCSV(rows, shown{csv.NewWriter(w)}); err != nil {
		return wording.Errorf("write jobs as CSV: %w", err)
	}
	return nil
}

// Save writes them to the file at path in one step, readable by its owner only.
func Save[R Any](path string, rows []R) error {
	var b bytes.Buffer
	if err := Write(&b, rows); err != nil {
		return err
	}
	if err := wholefile.Write(path, b.Bytes()); err != nil {
		return wording.Errorf("save jobs in %s: %w", path, err)
	}
	return nil
}

// shown writes cells that people look at, in a terminal or in a spreadsheet.
type shown struct{ *csv.Writer }

// Write writes a row, whose cells it may change.
func (s shown) Write(row []string) error {
	for i, cell := range row {
		row[i] = csvfile.SpreadsheetSafe(visible.Line(cell))
	}
	return s.Writer.Write(row)
}

var _ gocsv.CSVWriter = shown{}

// Begins reports whether a file that begins with these bytes is such a table.
func Begins(head []byte) bool { return bytes.HasPrefix(head, []byte("jobId,status,startTime,")) }
