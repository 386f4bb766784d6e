package sqlitefile

import (
	"flag"
	"path/filepath"
	"testing"

	"sluice/localexport/demo"
	"sluice/localexport/sqlread"
)

var benchPages = flag.Int("bench-pages", 3000, "pages of the demo snapshot that benchmarks read")

// scans are the columns that an export reads of its three large tables.
var scans = []struct {
	name, table string
	columns     []string
}{
	{"content", "content", []string{
		"contenttype", "title", "version", "creator", "creationdate", "lastmodifier", "lastmoddate", "versioncomment", "prevver",
		"content_status", "pageid", "spaceid", "parentid", "parentcommentid",
	}},
	{"bodies", "bodycontent", []string{"contentid", "bodytypeid", "body"}},
	{"events", "AO_7B47A5_EVENT", []string{"NAME", "EVENT_AT", "USER_KEY", "SPACE_KEY", "CONTENT_ID", "CONTAINER_ID"}},
}

func demoSnapshot(b *testing.B) string {
	path := filepath.Join(b.TempDir(), "demo.db")
	if _, err := demo.Write(b.Context(), path, demo.Options{Pages: *benchPages, Seed: 1}); err != nil {
		b.Fatal(err)
	}
	return path
}

// BenchmarkScan reads whole tables with this package, by blocks and mapped, and
// with SQLite through package sqlread, which is about the cheapest way to it. Every value is touched; rows/s and bytes of texts a second are reported.
func BenchmarkScan(b *testing.B) {
	path := demoSnapshot(b)
	for _, scan := range scans {
		b.Run(scan.name+"/blocks", func(b *testing.B) { benchScan(b, path, Options{}, scan.table, scan.columns) })
		b.Run(scan.name+"/mapped", func(b *testing.B) { benchScan(b, path, Options{Map: true}, scan.table, scan.columns) })
		b.Run(scan.name+"/sqlite", func(b *testing.B) { benchReference(b, path, scan.table, scan.columns) })
	}
}

func benchScan(b *testing.B, path string, o Options, name string, columns []string) {
	f, err := Open(path, o)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	table := mustTable(b, f, name)
	var rows, bytes int64
	b.ReportAllocs()
	for b.Loop() {
		rows, bytes = 0, 0
		err := f.Scan(b.Context(), table, All, columns, func(row *Row) error {
			rows++
			for i := range columns {
				switch row.Kind(i) {
				case Integer:
					bytes += row.Int(i) & 1
				case Text, Blob:
					text, err := row.Bytes(i)
					if err != nil {
						return err
					}
					bytes += int64(len(text))
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	b.SetBytes(bytes)
	b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

func benchReference(b *testing.B, path, table string, columns []string) {
	conn, err := sqlread.Open(b.Context(), path, sqlread.OpenOptions{})
	if err != nil {
		b.Fatal(err)
	}
	defer conn.Close()
	stmt, err := conn.Prepare("SELECT " + quoteAll(columns)[2:] + " FROM " + quote(table) + " NOT INDEXED ORDER BY rowid")
	if err != nil {
		b.Fatal(err)
	}
	defer stmt.Close()
	var rows, bytes int64
	b.ReportAllocs()
	for b.Loop() {
		rows, bytes = 0, 0
		for {
			more, err := stmt.Step()
			if err != nil {
				b.Fatal(err)
			}
			if !more {
				stmt.Reset()
				break
			}
			rows++
			for i := range columns {
				switch stmt.Kind(i) {
				case sqlread.Integer:
					bytes += stmt.Int(i) & 1
				case sqlread.Text, sqlread.Blob:
					bytes += int64(len(stmt.Bytes(i)))
				}
			}
		}
	}
	b.SetBytes(bytes)
	b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

// BenchmarkMerge reads bodies in the order of their pages: the index, and for
// each of its entries the body.
func BenchmarkMerge(b *testing.B) {
	path := demoSnapshot(b)
	for name, o := range map[string]Options{"blocks": {}, "mapped": {Map: true}} {
		b.Run(name, func(b *testing.B) {
			f, err := Open(path, o)
			if err != nil {
				b.Fatal(err)
			}
			defer f.Close()
			bodies := mustTable(b, f, "bodycontent")
			x, err := f.Index(bodies, "contentid")
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				if err := f.Read(b.Context(), func(r *Reader) error { return readBodies(r, bodies, x) }); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func readBodies(r *Reader, bodies *Table, x *Index) error {
	entries := r.IndexCursor(x)
	body, err := r.Cursor(bodies, "body")
	if err != nil {
		return err
	}
	for {
		ok, err := entries.Next()
		if err != nil || !ok {
			return err
		}
		if _, err := body.Find(entries.Rowid()); err != nil {
			return err
		}
		if _, err := body.Bytes(0); err != nil {
			return err
		}
	}
}
