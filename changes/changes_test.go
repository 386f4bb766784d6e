package changes

import (
	"compress/gzip"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sluice/localexport/jobfiles"
	"sluice/pipeline"
)

// sided makes two sets of one file each.
func sided(t *testing.T, name, a, b string) Options {
	t.Helper()
	one := func(title, text string) *Set {
		file := name + ".csv"
		return &Set{Title: title, Slug: title, FromKnown: true, From: beginning,
			Files: []Named{{name, Input{Path: put(t, file, text), Title: name + " of " + title}}}}
	}
	return Options{A: one("one", a), B: one("two", b), Dir: t.TempDir(), Workers: 2, Part: 64}
}

func compared(t *testing.T, o Options) (Counts, string, Report) {
	t.Helper()
	r, err := Compare(t.Context(), o, nil)
	if err != nil {
		t.Fatal(err)
	}
	text := ""
	if r.Files[0].Path != "" {
		b, err := os.ReadFile(r.Files[0].Path)
		if err != nil {
			t.Fatal(err)
		}
		text = string(b)
	}
	return r.Files[0].Counts, text, r
}

// TestOneThingIsSaidOnce: what holds for several files is one sentence.
func TestOneThingIsSaidOnce(t *testing.T) {
	o := sided(t, "pages", "page_id,x\r\n1,a\r\n", "page_id,x\r\n1,a\r\n")
	comments := sided(t, "comments", "comment_id,x\r\n1,a\r\n", "comment_id,x\r\n1,a\r\n")
	o.A.Files, o.B.Files = append(o.A.Files, comments.A.Files...), append(o.B.Files, comments.B.Files...)
	for i := range o.B.Files {
		o.B.Files[i].Breaks = Breaks{Known: true, Preserved: true}
	}
	_, _, r := compared(t, o)
	says(t, r.Notes, "Nothing tells how line breaks stand in the cells of one (pages, comments): cells are compared as they stand.")
	if len(r.Notes) != 1 {
		t.Errorf("%q", r.Notes)
	}
}

func says(t *testing.T, notes []string, what string) {
	t.Helper()
	if !strings.Contains(strings.Join(notes, "\n"), what) {
		t.Errorf("nothing says %q: %q", what, notes)
	}
}

func TestChanges(t *testing.T) {
	long := strings.Repeat("long \"cell\", with a\nline ", 40_000) // a row that is not held whole
	quoted := `"` + strings.ReplaceAll(long, `"`, `""`) + `"`
	for name, c := range map[string]struct {
		file, a, b string
		want       Counts
		out        string // of the output, behind its header
		note       string
	}{
		"rows": {"pages", "page_id,x\n1,a\n2,b\n10,c\n", "page_id,x\n1,a\n9,z\n10,d\n", Counts{Added: 1, Changed: 1, Removed: 1, Unchanged: 1},
			"removed,,2,b\r\nadded,,9,z\r\nchanged,x,10,d\r\n", ""},
		"header only":    {"pages", "page_id,x\n", "page_id,x\n1,a\n", Counts{Added: 1}, "added,,1,a\r\n", ""},
		"nothing left":   {"pages", "page_id,x\n1,a\n", "page_id,x\n", Counts{Removed: 1}, "removed,,1,a\r\n", ""},
		"no rows at all": {"pages", "page_id,x", "page_id,x", Counts{}, "", ""},
		"cut short":      {"pages", "page_id,x\n1,abc", "page_id,x\n1,abcd\n", Counts{Changed: 1}, "changed,x,1,abcd\r\n", ""},
		"columns turned": {"pages", "x,page_id\na,1\nb,2\n", "page_id,x\n1,a\n2,c\n", Counts{Changed: 1, Unchanged: 1}, "changed,x,2,c\r\n", ""},
		"other columns": {"pages", "page_id,old,x\n1,o,a\n2,o,b\n", "page_id,x,new\n1,a,n\n3,b,n\n", Counts{Added: 1, Removed: 1, Unchanged: 1},
			"removed,,2,b,,o\r\nadded,,3,b,n,\r\n", "pages of two has columns that pages of one has not, which are not compared: new."},
		"out of order": {"pages", "page_id,x\n3,c\n1,a\n2,b\n", "page_id,x\n1,a\n2,b\n4,d\n", Counts{Added: 1, Removed: 1, Unchanged: 2},
			"removed,,3,c\r\nadded,,4,d\r\n", "pages of one is not in the order of page_id: its 3 rows were brought in order in memory."},
		"spaces by ids": {"spaces", "space_key,x\nZ,c\nA,a\n", "space_key,x\nB,c\nA,b\nZ,c\n", Counts{Added: 1, Changed: 1, Unchanged: 1},
			"changed,x,A,b\r\nadded,,B,c\r\n", ""},
		"twins": {"pages", "page_id,x\n1,a\n1,b\n2,c\n", "page_id,x\n1,a\n2,c\n2,d\n", Counts{Added: 1, Removed: 1, Unchanged: 2},
			"removed,,1,b\r\nadded,,2,d\r\n", "Rows of pages of one with the same page_id as a row before: 1;"},
		"blank lines": {"pages", "page_id,x\n\n1,a\n\r\n2,b\n", "page_id,x\n1,a\n2,b\n\n", Counts{Unchanged: 2}, "", "Blank lines of pages of one that were passed over: 2."},
		"ragged": {"pages", "page_id,x\n1\n2,b,c\n", "page_id,x\n1,\n2,b,d\n", Counts{Changed: 1, Unchanged: 1},
			"changed,(behind the header),2,b\r\n", "another number of cells"},
		"several keys": {"builds", "commit_hash,repository_id,build_key,x\na,2,k,1\na,10,k,1\nab,1,k,1\n", "commit_hash,repository_id,build_key,x\na,2,k,2\nab,1,k,1\n",
			Counts{Changed: 1, Removed: 1, Unchanged: 1}, "changed,x,a,2,k,2\r\nremoved,,a,10,k,1\r\n", ""},
		"texts behind numbers": {"issues", "id,x\n" + many(1200) + "A-1,x\n", "id,x\n" + many(1200) + "A-1,y\n", Counts{Changed: 1, Unchanged: 1200},
			"changed,x,A-1,y\r\n", "issues of two is not in the order of id: its 1,201 rows"},
		"numbers as texts": {"users", "user_id,user_name\n1,a\n10,b\n2,c\n", "user_id,user_name\n1,a\n2,d\n", Counts{Changed: 1, Removed: 1, Unchanged: 1},
			"removed,,10,b\r\nchanged,user_name,2,d\r\n", ""},
		"a long cell": {"pages", "page_id,x,y\n1," + quoted + ",a\n2," + quoted + ",b\n", "page_id,x,y\n1," + quoted + ",a\n2," + quoted + ",c\n",
			Counts{Changed: 1, Unchanged: 1}, "changed,y,2," + quoted + ",\"c\"\r\n", ""},
		"a cell got long": {"pages", "page_id,x,y\n1,a,b\n", "page_id,x,y\n1," + quoted + ",b\n", Counts{Changed: 1}, "changed,x,1," + quoted + ",\"b\"\r\n", ""},
		"a long row is gone": {"pages", "y,page_id,x\nb,1," + quoted + "\n", "page_id,x,y\n2,b,\n", Counts{Added: 1, Removed: 1},
			"removed,,\"1\"," + quoted + ",\"b\"\r\nadded,,2,b,\r\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			got, out, r := compared(t, sided(t, c.file, c.a, c.b))
			_, out, _ = strings.Cut(out, "\r\n")
			if name == "a long cell" || name == "a cell got long" { // the key of a long row has quotes, too
				out = strings.Replace(out, `,"1",`, ",1,", 1)
				out = strings.Replace(out, `,"2",`, ",2,", 1)
			}
			if got != c.want || out != c.out {
				t.Errorf("%+v, want %+v\n%.300q, want\n%.300q", got, c.want, out, c.out)
			}
			if says(t, r.Notes, c.note); c.note == "" && len(r.Notes) > 0 {
				t.Errorf("notes: %q", r.Notes)
			}
		})
	}
}

// many are rows with the keys from 1 on.
func many(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(figure(i+1) + ",x\n")
	}
	return b.String()
}

func figure(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return figure(n/10) + string(rune('0'+n%10))
}

func TestRefused(t *testing.T) {
	for name, c := range map[string]struct {
		a, b string
		key  []string
		says string
	}{
		"empty":       {"", "page_id,x\n1,a\n", nil, "pages of one is empty: it has not even a header"},
		"no key":      {"name,x\na,b\n", "name,x\na,b\n", nil, "nothing tells by which column the rows of pages of one are told apart: name it with --key"},
		"wrong key":   {"name,x\na,b\n", "name,x\na,b\n", []string{"id"}, "pages of one has no column id, only name, x"},
		"row no key":  {"page_id,x\n1,b\n,c\n", "page_id,x\n1,b\n", nil, "row 2 of pages of one has no page_id"},
		"not numbers": {"page_id,x\n1,b\n", "page_id,x\n1,b\nx1,c\n", nil, `row 2 of pages of two has "x1" as its page_id`},
	} {
		t.Run(name, func(t *testing.T) {
			o := sided(t, "pages", c.a, c.b)
			o.Key = c.key
			_, err := Compare(t.Context(), o, nil)
			if err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%v, want %q", err, c.says)
			}
			nothingLeft(t, o.Dir)
		})
	}
}

// TestSortedOnDisk: a file whose keys find no room in memory is sorted on the disk, but for
// one that is not complete: that is refused with its first row out of order.
func TestSortedOnDisk(t *testing.T) {
	room := t.TempDir()
	t.Setenv("TMPDIR", room)
	for _, workers := range []int{1, 4} {
		o := sided(t, "issues", "id,x\n"+many(3000), "id,x\n"+many(2000)+strings.Repeat("7,x\n", 5))
		o.B.Files[0].sortMemory = 1000
		o.Workers = workers
		got, out, r := compared(t, o)
		if want := (Counts{Added: 5, Removed: 1000, Unchanged: 2000}); got != want || !strings.HasPrefix(out[strings.Index(out, "\n")+1:], "added,,7,x\r\n") {
			t.Errorf("%d workers: %+v, want %+v: %.300q", workers, got, want, out)
		}
		says(t, r.Notes, "issues of two is not in the order of id: its rows were sorted in a file that is gone again")
		o.Dir = t.TempDir()
		o.B.Files[0].Partial = true
		_, err := Compare(t.Context(), o, nil)
		if err == nil || !strings.Contains(err.Error(), "issues of two is not in the order of id: row 2,001 comes behind a row with a higher key") {
			t.Errorf("%d workers: %v", workers, err)
		}
		nothingLeft(t, o.Dir)
		nothingLeft(t, room)
	}
}

func nothingLeft(t *testing.T, dir string) {
	t.Helper()
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("%v is left, %v", left, err)
	}
}

func TestCancelledLeavesNothing(t *testing.T) {
	o := sided(t, "issues", "id,x\n"+many(3000), "id,x\n"+many(2000))
	ctx, cancel := context.WithCancel(t.Context())
	_, err := Compare(ctx, o, func(p Progress) {
		if p.Done > 100 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	nothingLeft(t, o.Dir)
}

func TestPacked(t *testing.T) {
	o := sided(t, "pages", "page_id,x\n1,a\n", "page_id,x\n1,a\n2,b\n")
	path := filepath.Join(t.TempDir(), "pages.csv.gz")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w := gzip.NewWriter(f)
	if _, err := w.Write([]byte("\uFEFFpage_id;x\r\n1;a\r\n3;b\r\n")); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(w.Close(), f.Close()); err != nil {
		t.Fatal(err)
	}
	o.A.Files[0].Path = path
	if got, _, _ := compared(t, o); got != (Counts{Added: 1, Removed: 1, Unchanged: 1}) {
		t.Errorf("%+v", got)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, whole[:len(whole)-9], 0o600); err != nil { // damaged
		t.Fatal(err)
	}
	if _, err := Compare(t.Context(), o, nil); err == nil {
		t.Error("a file that is cut passes for a whole one")
	}
}

// TestProof is the rule by which a missing row was removed.
func TestProof(t *testing.T) {
	at := func(s string) time.Time {
		x, err := time.Parse(time.RFC3339Nano, s)
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	const text = "page_id,created_date,updated_date\n1,2026-01-01T00:00:00Z,2026-01-01T00:00:00Z\n2,2026-01-01T00:00:00Z,2026-01-01T00:00:01Z\n" +
		"3,2026-01-01T00:00:00Z,2026-03-01T00:00:00Z\n4,2026-03-01T00:00:00Z,\n5,2026-01-01T00:00:00Z,\n6,,\n"
	from := Set{FromKnown: true, From: at("2026-01-01T00:00:00.5Z")}
	for name, c := range map[string]struct {
		b    Set
		file string
		want Counts
	}{
		"the last change counts": {from, "pages", Counts{Removed: 3, OutOfWindow: 2, Unproven: 1}},
		"the same second":        {Set{FromKnown: true, From: at("2026-01-01T00:00:01Z")}, "pages", Counts{Removed: 2, OutOfWindow: 3, Unproven: 1}},
		"everything":             {Set{FromKnown: true, From: beginning}, "pages", Counts{Removed: 6}},
		"nothing known":          {Set{}, "pages", Counts{Removed: 6}},
		"forced":                 {Set{FromKnown: true, From: beginning, Doubt: "it was forced"}, "pages", Counts{Unproven: 6}},
		"spaces are whole":       {from, "spaces", Counts{Removed: 6}},
		"spaces are limited": {Set{FromKnown: true, From: from.From, Options: &jobfiles.Options{Rules: map[string]any{"LimitSpaces": true}}}, "spaces",
			Counts{Removed: 3, OutOfWindow: 2, Unproven: 1}},
	} {
		t.Run(name, func(t *testing.T) {
			a, b := text, "page_id,created_date,updated_date\n"
			if c.file == "spaces" {
				a, b = strings.Replace(a, "page_id", "space_key", 1), strings.Replace(b, "page_id", "space_key", 1)
			}
			o := sided(t, c.file, a, b)
			c.b.Title, c.b.Slug, c.b.Files = "two", "two", o.B.Files
			o.B = &c.b
			if got, _, _ := compared(t, o); got != c.want {
				t.Errorf("%+v, want %+v", got, c.want)
			}
		})
	}
}

// TestLineBreaks: how line breaks stand in the cells makes no difference where it is
// known of both files.
func TestLineBreaks(t *testing.T) {
	escaped, kept := Breaks{Known: true, Escape: `\n`}, Breaks{Known: true, Preserved: true}
	rows := func(cells ...string) string {
		text := "page_id,x,y\n"
		for i, c := range cells {
			text += figure(i+1) + `,"` + c + `",` + strings.Repeat("z", 5) + "\n"
		}
		return text
	}
	long := strings.Repeat("a long cell ", 60_000)
	for name, c := range map[string]struct {
		a, b   string
		ba, bb Breaks
		want   Counts
	}{
		"kept, escaped":  {rows("a\r\nb", "a\nb", "a\rb", "ab", "c\r"), rows(`a\nb`, `a\nb`, `a\nb`, `a\b`, `c\n`), kept, escaped, Counts{Changed: 1, Unchanged: 4}},
		"two escapes":    {rows(`a\nb`, `a\nb`), rows(`a<br>b`, `a<br/>b`), escaped, Breaks{Known: true, Escape: "<br>"}, Counts{Changed: 1, Unchanged: 1}},
		"long":           {rows(long+"\r\n", long+"\r\n"), rows(long+`\n`, long+"n"), kept, escaped, Counts{Changed: 1, Unchanged: 1}},
		"both kept":      {rows("a\r\nb"), rows("a\nb"), kept, kept, Counts{Changed: 1}},
		"not known of B": {rows("a\r\nb"), rows(`a\nb`), kept, Breaks{}, Counts{Changed: 1}},
	} {
		t.Run(name, func(t *testing.T) {
			o := sided(t, "pages", c.a, c.b)
			o.A.Files[0].Breaks, o.B.Files[0].Breaks = c.ba, c.bb
			got, _, r := compared(t, o)
			if got != c.want {
				t.Errorf("%+v, want %+v", got, c.want)
			}
			if !c.bb.Known {
				says(t, r.Notes, "Nothing tells how line breaks stand in the cells of pages of two")
			}
		})
	}
}

// TestFoldInPieces: a cell that comes in pieces is folded as a whole one is.
func TestFoldInPieces(t *testing.T) {
	f := folder{escapes: [][]byte{[]byte("<br>"), []byte("\r\n"), []byte(`\n`), []byte("\r"), []byte("\n")}}
	g := folder{escapes: f.escapes}
	for _, text := range []string{"", "a", "a\r\nb\rc\nd", `a\nb\`, "a<br>b<br", "<b<br>r>", "\r", "\r\r\n", `\\n`} {
		want := string(f.all([]byte(text)))
		for step := 1; step < 4; step++ {
			g.buf, g.held = nil, nil
			for at := 0; at < len(text); at += step {
				g.feed([]byte(text[at:min(at+step, len(text))]), false)
			}
			g.feed(nil, true)
			if string(g.buf) != want {
				t.Errorf("%q in pieces of %d: %q, want %q", text, step, g.buf, want)
			}
		}
	}
}

// TestPartial: the last row of a file that is not complete is left out if it has no end.
func TestPartial(t *testing.T) {
	o := sided(t, "pages", "page_id,x\n1,a\n2,b\n", "page_id,x\n1,a\n2,\"b")
	o.B.Files[0].Partial, o.B.Doubt = true, "it ended as failed"
	got, _, r := compared(t, o)
	if got != (Counts{Unchanged: 1, Unproven: 1}) {
		t.Errorf("%+v", got)
	}
	says(t, r.Notes, "The last row of pages of two is cut and was left out.")
	says(t, r.Notes, "two proves no removal: it ended as failed")
}

func TestJobs(t *testing.T) {
	folder := func(files ...string) string {
		dir := t.TempDir()
		for _, f := range files {
			if err := os.WriteFile(filepath.Join(dir, f), []byte("page_id,x\n"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		return dir
	}
	whole := folder("pages_job7_2_2026.csv", "users_job7_2_2026.csv.gz", "notes.md", "changes_pages_1_2.csv", "rejected_job7_2026.csv")
	s, err := OpenPath(whole)
	if err != nil || len(s.Files) != 2 || s.Files[0].Name != "users" || s.Slug != "7" || s.FromKnown {
		t.Errorf("%+v, %v", s, err)
	}
	if _, err := OpenPath(folder("pages_job1_2026.csv", "pages_job2_2026.csv")); err == nil || !strings.Contains(err.Error(), "two files of pages") {
		t.Error(err)
	}
	if _, err := OpenPath(folder("notes.md")); err == nil || !strings.Contains(err.Error(), "are no CSV or Parquet files") {
		t.Error(err)
	}
	if _, err := OpenPath(filepath.Join(whole, "none")); err == nil || !strings.Contains(err.Error(), "there is no job, folder or file") {
		t.Error(err)
	}
	failed := pipeline.Job{ID: 3, Status: pipeline.Failed}
	if s, err = OpenJob(failed, folder("pages_job3_2026.csv.partial")); err != nil || s.Doubt == "" || !s.Files[0].Partial || s.Title != "job 3" {
		t.Errorf("%+v, %v", s, err)
	}
	if _, err = OpenJob(pipeline.Job{ID: 3, Status: pipeline.Started}, whole); err == nil || !strings.Contains(err.Error(), "job 3 still runs") {
		t.Error(err)
	}
	forced := pipeline.Job{ID: 3, Status: pipeline.Completed, Config: pipeline.Config{ForcedExport: true}}
	if s, err = OpenJob(forced, whole); err != nil || !strings.Contains(s.Doubt, "forced") {
		t.Errorf("%+v, %v", s, err)
	}
}
