package jobcsv

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gocarina/gocsv"

	"sluice/pipeline"
)

// read is what gocsv reads the file back into.
type read struct {
	JobID       string `csv:"jobId"`
	Status      string `csv:"status"`
	Started     string `csv:"startTime"`
	Completed   string `csv:"completedTime"`
	Seconds     string `csv:"durationSeconds"`
	From        string `csv:"exportFrom"`
	Forced      bool   `csv:"forcedExport"`
	Entities    string `csv:"exportedEntities"`
	Rows        string `csv:"writtenRows"`
	Warnings    int    `csv:"warnings"`
	Errors      int    `csv:"errors"`
	Messages    string `csv:"errorMessages"`
	ResumedFrom string `csv:"resumedFrom"`
	ResumedAs   string `csv:"resumedAs"`
	Node        string `csv:"nodeId"`
	Folder      string `csv:"folder"`
	StartedBy   string `csv:"startedBy"`
}

const header = "jobId,status,startTime,completedTime,durationSeconds,exportFrom,forcedExport,exportedEntities,writtenRows," +
	"warnings,errors,errorMessages,resumedFrom,resumedAs,nodeId,folder,startedBy\n"

var berlin = time.FixedZone("CET", 3600)

// ended is a job of which everything is known.
func ended() pipeline.Job {
	start := time.Date(2026, 11, 23, 0, 30, 0, 250e6, berlin)
	said := pipeline.Diagnostic{Key: "k", Message: "No space, or \"none\"."}
	return pipeline.Job{ID: 7, Status: pipeline.Failed, NodeID: "node-2", StartTime: pipeline.At(start), CompletedTime: pipeline.At(start.Add(90*time.Second + 500*time.Millisecond)),
		Config: pipeline.Config{ExportFrom: pipeline.At(time.Date(2026, 1, 1, 0, 0, 0, 0, berlin)), ForcedExport: true}, ResumedFrom: 6, ResumedAs: 8,
		Statistics: &pipeline.Statistics{ExportedEntities: 0, WrittenRows: 1_234_567}, Warnings: []pipeline.Diagnostic{said, said, said},
		Errors: []pipeline.Diagnostic{said, {Key: "l", Message: "And\nmore"}}}
}

func TestRows(t *testing.T) {
	running := pipeline.Job{ID: 9, Status: pipeline.Started, StartTime: ended().StartTime}
	odd := pipeline.Job{Status: "=PAUSED", Extra: map[string]json.RawMessage{"jobId": json.RawMessage(`"-x9"`)},
		Statistics: &pipeline.Statistics{ExportedEntities: -1, WrittenRows: -1}, CompletedTime: ended().CompletedTime}
	for _, c := range []struct {
		name, folder string
		job          pipeline.Job
		want         read
	}{
		{"everything is known", "/data/7", ended(), read{JobID: "7", Status: "FAILED", Started: "2026-11-22T23:30:00.250Z", Completed: "2026-11-22T23:31:30.750Z",
			Seconds: "90.5", From: "2025-12-31T23:00:00.000Z", Forced: true, Entities: "0", Rows: "1234567", Warnings: 3, Errors: 2,
			Messages: `No space, or "none".; And¶more`, ResumedFrom: "6", ResumedAs: "8", Node: "node-2", Folder: "/data/7"}},
		{"it runs", "", running, read{JobID: "9", Status: "STARTED", Started: "2026-11-22T23:30:00.250Z"}},
		{"what is odd is no formula", "@home/\x1b[2J", odd, read{JobID: "'-x9", Status: "'=PAUSED", Completed: "2026-11-22T23:31:30.750Z", Folder: "'@home/‹001B›[2J"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var b strings.Builder
			if err := Write(&b, []Row{RowOf(c.job, c.folder)}); err != nil {
				t.Fatal(err)
			}
			if !strings.HasPrefix(b.String(), header) || strings.Count(b.String(), "\n") != 2 || strings.Contains(b.String(), "\r") {
				t.Errorf("written: %q", b.String())
			}
			var rows []read
			if err := gocsv.UnmarshalString(b.String(), &rows); err != nil || len(rows) != 1 || rows[0] != c.want {
				t.Errorf("%v, read back\n%+v\nwant\n%+v", err, rows, c.want)
			}
		})
	}
}

// TestNoJobs: a list without jobs is a header, so that what reads it finds the columns.
func TestNoJobs(t *testing.T) {
	var b strings.Builder
	if err := Write(&b, []Row(nil)); err != nil || b.String() != header {
		t.Errorf("%v, %q", err, b.String())
	}
}

func TestSave(t *testing.T) {
	path := filepath.Join(t.TempDir(), "jobs.csv")
	if err := os.WriteFile(path, []byte("before"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := Save(path, []Row{RowOf(ended(), ""), RowOf(pipeline.Job{ID: 3}, "")}); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil || !strings.HasPrefix(string(b), header+"7,FAILED,") || !strings.Contains(string(b), "\n3,,") {
		t.Errorf("%v, %q", err, b)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, mode %v", err, info.Mode())
	}
	if err := Save(filepath.Join(path, "below", "jobs.csv"), []Row(nil)); err == nil || !strings.Contains(err.Error(), "save jobs in "+path) {
		t.Errorf("saved below a file: %v", err)
	}
}

// full is a disk without room.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space") }

func TestFailure(t *testing.T) {
	if err := Write(full{}, []Row{RowOf(ended(), "")}); err == nil || !strings.Contains(err.Error(), "no space") {
		t.Errorf("%v", err)
	}
}

// TestRowsOfSeveralSources have the columns of one source, and behind them what tells them
// apart.
func TestRowsOfSeveralSources(t *testing.T) {
	var b strings.Builder
	rows := []SourceRow{SourceRowOf(ended(), "/data/7", "=Wiki", 24_100_000_000), SourceRowOf(pipeline.Job{ID: 3}, "", "Jira", 0)}
	if err := Write(&b, rows); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(b.String(), "\n")
	if lines[0] != strings.TrimSuffix(header, "\n")+",source,bytes" || !strings.HasSuffix(lines[1], ",'=Wiki,24100000000") || !strings.HasSuffix(lines[2], ",Jira,") {
		t.Errorf("%q", lines)
	}
	if !Begins([]byte(lines[0])) {
		t.Error("it is not known again")
	}
}
