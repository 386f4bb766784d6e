package deliver

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"sluice/localexport/exporttest"
	"sluice/localexport/jobfiles"
	"sluice/localexport/product"
	"sluice/pipeline"
)

// exported is the home and the folder of a finished job of a demo snapshot.
func exported(t *testing.T, formats ...product.Format) (home, dir string) {
	t.Helper()
	o := exporttest.Options(t)
	o.Formats, o.PreserveLineBreaks = formats, true
	e := exporttest.Open(t, o)
	if _, err := e.Start(t.Context(), pipeline.Request{}); err != nil {
		t.Fatal(err)
	}
	job, err := e.Wait(t.Context())
	if err != nil || job.Status != pipeline.Completed {
		t.Fatalf("%+v, %v", job, err)
	}
	files, err := e.Files(t.Context(), job.ID)
	if err != nil {
		t.Fatal(err)
	}
	return o.Home, filepath.Dir(files[0].Path)
}

// rowsOf are the rows of a Parquet file with their types. A cell without a value is none, and
// so is an empty text where one may be missing: CSV has one form for both.
func rowsOf(t *testing.T, path string) (schema string, rows []string) {
	t.Helper()
	in, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		t.Fatal(err)
	}
	f, err := parquet.OpenFile(in, info.Size())
	if err != nil {
		t.Fatal(err)
	}
	buffer := make([]parquet.Row, 20)
	for _, g := range f.RowGroups() {
		all := g.Rows()
		for err = nil; err == nil; {
			var n int
			n, err = all.ReadRows(buffer)
			for _, r := range buffer[:n] {
				var cells []string
				for _, v := range r {
					cell := "none"
					if empty := v.Kind() == parquet.ByteArray && len(v.ByteArray()) == 0 && v.DefinitionLevel() > 0; !v.IsNull() && !empty {
						cell = v.Kind().String() + " " + v.String()
					}
					cells = append(cells, cell)
				}
				rows = append(rows, strings.Join(cells, "|"))
			}
		}
		if err := errors.Join(all.Close()); err != nil {
			t.Fatal(err)
		}
		if !errors.Is(err, io.EOF) {
			t.Fatal(err)
		}
	}
	return f.Schema().String(), rows
}

func only(t *testing.T, pattern string) string {
	t.Helper()
	found, err := filepath.Glob(pattern)
	if err != nil || len(found) != 1 {
		t.Fatalf("%s: %q, %v", pattern, found, err)
	}
	return found[0]
}

// TestAsParquet: the files of a job in CSV come as the Parquet files that the same export
// would have written, cell by cell and type by type; a second delivery sends nothing.
func TestAsParquet(t *testing.T) {
	home, dir := exported(t, product.CSV)
	_, both := exported(t, product.CSV, product.Parquet)
	place := t.TempDir()
	d := Delivery{Name: "lake", Source: "wiki", To: place, As: AsParquet, Layout: LayoutTable}
	stages := map[Stage]bool{}
	r, err := d.Run(t.Context(), dir, With{Home: home, Version: "1", Progress: func(p Progress) { stages[p.Stage] = true }})
	if err != nil || r.Already || !stages[Converting] || !stages[Bringing] {
		t.Fatalf("%+v, %v, %v", r, stages, err)
	}
	for _, table := range []string{"users", "spaces", "pages", "comments", "analytics_events"} {
		schema, rows := rowsOf(t, only(t, filepath.Join(place, "file="+table, "job=1", table+"_job1_*.parquet")))
		wantSchema, want := rowsOf(t, only(t, filepath.Join(both, table+"_job1_*.parquet")))
		if schema != wantSchema || !slices.Equal(rows, want) || len(rows) == 0 {
			t.Errorf("%s: %d rows of %s, want %d of %s", table, len(rows), schema, len(want), wantSchema)
			for i := range min(len(rows), len(want)) {
				if rows[i] != want[i] {
					got, wanted := strings.Split(rows[i], "|"), strings.Split(want[i], "|")
					for c := range min(len(got), len(wanted)) {
						if got[c] != wanted[c] {
							t.Errorf("row %d, cell %d: %.300q, want %.300q", i, c, got[c], wanted[c])
						}
					}
					break
				}
			}
		}
	}
	if csv, _ := filepath.Glob(filepath.Join(place, "*", "*", "*.csv*")); len(csv) > 0 {
		t.Errorf("CSV was delivered: %q", csv)
	}
	if r, err = d.Run(t.Context(), dir, With{Home: home, Version: "1"}); err != nil || !r.Already {
		t.Errorf("again: %+v, %v", r, err)
	}
	m, err := jobfiles.ReadManifest(filepath.Join(place, "_jobs", "job=1"))
	if err != nil || len(m.Files) != 5 || m.Options.Format != "parquet" || m.CSV != nil || m.Files[0].Name != "users.parquet" {
		t.Errorf("%+v, %v", m, err)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(dir), ".delivery-*")); len(left) > 0 {
		t.Errorf("left: %q", left)
	}
}

// TestAsParquetOfWhatThereIs: a job that has Parquet already is not converted, and one that
// is redacted first has no people in it.
func TestAsParquetOfWhatThereIs(t *testing.T) {
	home, dir := exported(t, product.CSV, product.Parquet)
	place, redacted := t.TempDir(), t.TempDir()
	converted := false
	with := With{Home: home, Progress: func(p Progress) { converted = converted || p.Stage == Converting }}
	if r, err := (Delivery{To: place, As: AsParquet}).Run(t.Context(), dir, with); err != nil || len(r.Files) != 6 || converted {
		t.Errorf("%+v, %t, %v", r, converted, err)
	}
	home, dir = exported(t, product.CSV)
	with.Home = home
	if _, err := (Delivery{To: redacted, As: AsParquet, Redact: "no-people"}).Run(t.Context(), dir, with); err != nil || !converted {
		t.Fatalf("%t, %v", converted, err)
	}
	_, rows := rowsOf(t, only(t, filepath.Join(redacted, "job=1", "users_*.parquet")))
	if all := strings.Join(rows, "\n"); strings.Contains(all, "@") || len(rows) == 0 {
		t.Errorf("%.300s", all)
	}
}

// TestRunThatIsRefused: nothing is converted of files that are not what the manifest says, and
// nobody brings what another brings to the same place just then.
func TestRunThatIsRefused(t *testing.T) {
	home, dir := exported(t, product.CSV)
	d := Delivery{Name: "lake", To: t.TempDir(), As: AsParquet}
	release, err := d.alone(dir, func(w string) { t.Error(w) })
	if err != nil {
		t.Fatal(err)
	}
	for _, same := range []Delivery{d, {To: d.To}} {
		if _, err := same.Run(t.Context(), dir, With{Home: home}); !errors.Is(err, ErrBusy) {
			t.Errorf("two at once, %+v: %v", same, err)
		}
	}
	if err := release(); err != nil {
		t.Fatal(err)
	}
	path := only(t, filepath.Join(dir, "users_*.csv"))
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	b[len(b)-3] ^= 1
	write(t, path, string(b))
	if _, err := d.Run(t.Context(), dir, With{Home: home}); err == nil || !strings.Contains(err.Error(), "changed since the export") {
		t.Errorf("a file that was changed: %v", err)
	}
	if left, _ := os.ReadDir(d.To); len(left) > 0 {
		t.Errorf("delivered all the same: %v", left)
	}
	if _, err := d.Run(t.Context(), filepath.Join(dir, "none"), With{}); err == nil || !strings.Contains(err.Error(), "no folder of a finished job") {
		t.Errorf("of no job: %v", err)
	}
	if err := (Delivery{To: "/x", As: AsParquet, Files: FormatCSV}).Check(); err == nil {
		t.Error("Parquet as CSV is delivered")
	}
}
