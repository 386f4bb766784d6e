package confluence

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"sluice/columns"
	"sluice/localexport/demo"
	"sluice/localexport/pace"
	"sluice/localexport/snapshot"
)

// failedExport exports the snapshot at path, which must fail.
func failedExport(t *testing.T, path string, o Options) error {
	t.Helper()
	s, err := snapshot.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	o.From = time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC)
	o.Location = berlin
	o.TempDir = t.TempDir()
	var m memory
	_, err = Export(t.Context(), s, o, m.open, nil)
	if err == nil {
		t.Fatal("the export went through")
	}
	return err
}

// TestBadValues: an error names file, table, column and row, and is the same
// for any number of workers.
func TestBadValues(t *testing.T) {
	tests := []struct {
		name, statement string
		want            snapshot.ValueError
	}{
		{"date", "UPDATE content SET lastmoddate = 'yesterday' WHERE contentid = 1005",
			snapshot.ValueError{Table: "content", Column: "lastmoddate", Row: "contentid 1005", Value: "yesterday", Want: "is no date and time"}},
		{"creation date", "UPDATE content SET creationdate = '2024-02-30 00:00:00' WHERE contentid = 1005",
			snapshot.ValueError{Table: "content", Column: "creationdate", Row: "contentid 1005", Value: "2024-02-30 00:00:00", Want: "is no date and time"}},
		{"date of a comment", "UPDATE content SET creationdate = '?' WHERE contentid = 2001",
			snapshot.ValueError{Table: "content", Column: "creationdate", Row: "contentid 2001", Value: "?", Want: "is no date and time"}},
		{"date of a space", "UPDATE spaces SET lastmoddate = 'x' WHERE spaceid = 5",
			snapshot.ValueError{Table: "spaces", Column: "lastmoddate", Row: "spaceid 5", Value: "x", Want: "is no date and time"}},
		{"space of a page", "UPDATE content SET spaceid = 'ENG' WHERE contentid = 1005",
			snapshot.ValueError{Table: "content", Column: "spaceid", Row: "contentid 1005", Value: "ENG", Want: "is no number"}},
		{"parent", "UPDATE content SET parentid = 1.5 WHERE contentid = 1005",
			snapshot.ValueError{Table: "content", Column: "parentid", Row: "contentid 1005", Value: "1.5", Want: "is no number"}},
		{"container", "UPDATE content SET pageid = 'home' WHERE contentid = 2001",
			snapshot.ValueError{Table: "content", Column: "pageid", Row: "contentid 2001", Value: "home", Want: "is no number"}},
		{"time of an event", `UPDATE "AO_7B47A5_EVENT" SET "EVENT_AT" = 'now' WHERE "ID" = 10`,
			snapshot.ValueError{Table: "AO_7B47A5_EVENT", Column: "EVENT_AT", Row: "ID 10", Value: "now", Want: "is no number"}},
		{"type of a body", "UPDATE bodycontent SET bodytypeid = 'xhtml' WHERE bodycontentid = 1",
			snapshot.ValueError{Table: "bodycontent", Column: "bodytypeid", Row: "contentid 1001", Value: "xhtml", Want: "is no number"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := edge(t, tt.statement)
			tt.want.Path = path
			for _, workers := range []int{1, 3} {
				err := failedExport(t, path, Options{Workers: workers})
				var got *snapshot.ValueError
				if !errors.As(err, &got) || *got != tt.want {
					t.Errorf("error %v, want %v", err, &tt.want)
				}
			}
		})
	}
	t.Run("text key", func(t *testing.T) {
		path := convert(t, edge(t), forms[1])
		alter(t, path, "UPDATE content SET contentid = 'x7' WHERE contentid = '1005'")
		err := failedExport(t, path, Options{})
		var got *snapshot.ValueError
		if !errors.As(err, &got) || got.Table != "content" || got.Column != "contentid" || got.Value != "x7" || got.Row == "" {
			t.Errorf("error %v", err)
		}
	})
}

func TestNoBaseURL(t *testing.T) {
	err := failedExport(t, edge(t, "DELETE FROM bandana"), Options{})
	if !strings.Contains(err.Error(), "holds no base URL") {
		t.Error(err)
	}
	m, _ := export(t, edge(t, "DELETE FROM bandana"), Options{BaseURL: " https://given.example.com/ "})
	if !strings.Contains(m.files["users"].String(), "https://given.example.com,") {
		t.Error(m.files["users"].String())
	}
}

// TestLeftOut: what an export leaves out is counted, in the same words for any
// number of workers.
func TestLeftOut(t *testing.T) {
	path := edge(t)
	var first []string
	for _, workers := range []int{1, 2, 3} {
		_, r := export(t, path, Options{Workers: workers})
		var all []string
		for _, d := range r.Warnings {
			all = append(all, d.Key+": "+d.Message)
		}
		if workers == 1 {
			first = all
		}
		if strings.Join(all, "\n") != strings.Join(first, "\n") {
			t.Errorf("%d workers say\n%s\none says\n%s", workers, strings.Join(all, "\n"), strings.Join(first, "\n"))
		}
	}
	for _, want := range []string{
		KeyPageWithoutSpace + ": Pages and blog posts that belong to no space were left out: 2 (first: contentid 1019).",
		KeyUndated + ": Pages and blog posts without any date were left out: 1 (first: contentid 1018).",
		KeySpacesOptedOut + ": 2 spaces are excluded",
		KeyUnknownUser + ": Cells that name a user who is not in user_mapping were exported all the same: 2 ",
	} {
		if !strings.Contains(strings.Join(first, "\n"), want) {
			t.Errorf("no warning %q in\n%s", want, strings.Join(first, "\n"))
		}
	}
}

func TestMissingTables(t *testing.T) {
	path := edge(t, `DROP TABLE "AO_7B47A5_EVENT"`, `DROP TABLE "AO_8752F1_DATA_PIPELINE_EOO"`, "DROP TABLE label", "DROP TABLE content_label",
		"DROP TABLE cwd_user", "DROP TABLE cwd_directory", "DROP TABLE cwd_app_dir_mapping", "DROP TABLE confversion")
	m, r := export(t, path, Options{})
	if got := m.files["analytics_events"].String(); got != strings.Join(columns.Confluence[fileEvents].Names(), ",")+"\r\n" {
		t.Errorf("analytics_events is %q", got)
	}
	if !strings.Contains(m.files["users"].String(), ",rkim,,\r\n") {
		t.Errorf("users are %s", m.files["users"])
	}
	n := 0
	for _, d := range r.Warnings {
		if d.Key == KeyMissingTable {
			n++
		}
	}
	if n != 3 {
		t.Errorf("warnings %+v", r.Warnings)
	}
}

// TestCancelAtAnyFile cancels when a file is opened.
func TestCancelAtAnyFile(t *testing.T) {
	s := demoSnapshot(t, demoOptions)
	for _, at := range FileNames {
		ctx, cancel := context.WithCancel(t.Context())
		var m memory
		start := pace.CPUTime() // a busy machine takes longer, and works no more
		_, err := Export(ctx, s, Options{Workers: 2}, func(name string) (Output, error) {
			if name == at {
				cancel()
			}
			return m.open(name)
		}, nil)
		cancel()
		if !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled at %s: error %v", at, err)
		}
		if d := pace.CPUTime() - start; d > time.Second {
			t.Errorf("cancelled at %s: after %v of work", at, d)
		}
	}
}

var errDisk = errors.New("no space left on device")

type fullDisk struct{ left int }

func (f *fullDisk) Write(b []byte) (int, error) {
	if f.left -= len(b); f.left < 0 {
		return 0, errDisk
	}
	return len(b), nil
}

func (*fullDisk) Commit() error { return nil }
func (*fullDisk) Close() error  { return nil }

func TestWriteErrorEndsTheExport(t *testing.T) {
	s := demoSnapshot(t, demoOptions)
	for _, workers := range []int{1, 3} {
		_, err := Export(t.Context(), s, Options{Workers: workers, From: time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC)}, func(name string) (Output, error) {
			return &fullDisk{left: 100_000}, nil
		}, nil)
		if !errors.Is(err, errDisk) {
			t.Errorf("error %v", err)
		}
	}
}

// ending notes how the writing of a file ended.
type ending struct {
	memoryFile
	calls *[]string
	name  string
}

func (e ending) Commit() error {
	*e.calls = append(*e.calls, e.name+" whole")
	return nil
}

func (e ending) Close() error {
	*e.calls = append(*e.calls, e.name+" closed")
	return nil
}

// TestOnlyWholeFilesAreCommitted reads a date that is none, far into the comments.
func TestOnlyWholeFilesAreCommitted(t *testing.T) {
	path := filepath.Join(t.TempDir(), "demo.db")
	if _, err := demo.Write(t.Context(), path, demo.Options{Pages: 300, Seed: 4}); err != nil {
		t.Fatal(err)
	}
	alter(t, path, `UPDATE content SET lastmoddate = '31.12.2024, 25:61' WHERE contentid = (SELECT max(contentid) FROM content
		WHERE contenttype = 'COMMENT' AND prevver IS NULL AND content_status = 'current')`)
	for _, o := range []Options{{Workers: 1}, {Workers: 2}, {Workers: 2, SQLiteOnly: true}} {
		s, err := snapshot.Open(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		o.From = time.Unix(0, 0)
		var calls []string
		var value *snapshot.ValueError
		_, err = Export(t.Context(), s, o, func(name string) (Output, error) {
			return ending{memoryFile{&bytes.Buffer{}}, &calls, name}, nil
		}, nil)
		if !errors.As(err, &value) {
			t.Errorf("Export: %v, want a ValueError", err)
		}
		want := []string{"users whole", "users closed", "spaces whole", "spaces closed", "pages whole", "pages closed", "comments closed"}
		if !slices.Equal(calls, want) {
			t.Errorf("the files ended so: %q, want %q", calls, want)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

// cancelling is a file whose nth write cancels.
type cancelling struct {
	left   int
	cancel context.CancelFunc
	at     *time.Duration // the CPU time then
}

func (c *cancelling) Write(b []byte) (int, error) {
	if c.left--; c.left == 0 {
		*c.at = pace.CPUTime()
		c.cancel()
	}
	return len(b), nil
}

func (*cancelling) Commit() error { return nil }
func (*cancelling) Close() error  { return nil }

// TestCancelWhileWriting cancels in the middle of a large file, with everything
// that reads at that moment: SQLite, the file reader, several workers.
func TestCancelWhileWriting(t *testing.T) {
	s := demoSnapshot(t, demo.Options{Pages: 3000, Seed: 3})
	for _, o := range []Options{{Workers: 1}, {Workers: 3}, {Workers: 3, SQLiteOnly: true}} {
		o.From = time.Unix(0, 0)
		ctx, cancel := context.WithCancel(t.Context())
		var at time.Duration
		_, err := Export(ctx, s, o, func(name string) (Output, error) {
			if name == "pages" {
				return &cancelling{left: 3, cancel: cancel, at: &at}, nil
			}
			return &cancelling{}, nil
		}, nil)
		cancel()
		if !errors.Is(err, context.Canceled) || at == 0 {
			t.Errorf("%+v: error %v", o, err)
		}
		if d := pace.CPUTime() - at; d > 500*time.Millisecond {
			t.Errorf("%+v: returned after %v of work", o, d)
		}
	}
}

// TestCancelWhileSorting cancels while the keys of a snapshot without indexes
// are sorted: nothing is left behind.
func TestCancelWhileSorting(t *testing.T) {
	path := convert(t, edge(t), forms[2])
	s, err := snapshot.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	dir := t.TempDir()
	var m memory
	if _, err := Export(ctx, s, Options{From: time.Unix(0, 0), Location: berlin, TempDir: dir}, m.open, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	// The same snapshot can be exported afterwards.
	if _, err := Export(t.Context(), s, Options{From: time.Unix(0, 0), Location: berlin, TempDir: dir}, m.open, nil); err != nil {
		t.Error(err)
	}
}
