package kit

import (
	"bytes"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sluice/columns"
)

var update = flag.Bool("update", false, "write the golden files anew")

// awkward is a job whose paths and names are as bad as a disk and a header can make them.
func awkward() Job {
	return Job{
		Name: "job 7", Folder: `/exports/o'brien "x" \n/7`,
		Files: []File{
			{Table: "pages", Path: `/exports/o'brien "x" \n/7/pages_job7_2026_01_02T03_04_05Z.csv`, Columns: columns.Confluence[2].Columns},
			{Table: "issues", Path: "/exports/ä 日本/issues.csv", Columns: []columns.Column{
				{Name: "key", Type: columns.TypeText}, {Name: "it's \"odd\" `name`", Type: columns.TypeText}, {Name: `back\slash, """ and #(lf)`, Type: columns.TypeText}}},
		},
	}
}

// TestGolden holds the statements of every engine against files that were looked at.
func TestGolden(t *testing.T) {
	for _, e := range Engines {
		for mode, change := range map[string]func(*Job){
			"escaped": func(*Job) {}, "preserved": func(j *Job) { j.Preserved, j.Full = true, true }, "parquet": func(j *Job) { j.Parquet = true },
		} {
			t.Run(e.Name+" "+mode, func(t *testing.T) {
				j := awkward()
				change(&j)
				if e.Name == "bigquery" { // which takes no such names
					j.Files = j.Files[:1]
				}
				var b bytes.Buffer
				if err := e.Write(&b, j); err != nil {
					t.Fatal(err)
				}
				golden := filepath.Join("testdata", e.Name+"-"+mode+".golden")
				if *update {
					if err := os.WriteFile(golden, b.Bytes(), 0o644); err != nil {
						t.Fatal(err)
					}
				}
				want, err := os.ReadFile(golden)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(string(want), b.String()); diff != "" {
					t.Errorf("%s (-want +got):\n%s", golden, diff)
				}
			})
		}
	}
}

// TestPythonCompiles lets Python read what is Python: whatever stands in paths and
// headers stays inside of its quotes.
func TestPythonCompiles(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3 here")
	}
	for _, e := range Engines {
		if filepath.Ext(e.File) != ".py" {
			continue
		}
		for _, parquet := range []bool{false, true} {
			j := awkward()
			j.Parquet = parquet
			var b bytes.Buffer
			if err := e.Write(&b, j); err != nil {
				t.Fatal(err)
			}
			c := exec.Command(python, "-c", "import ast, sys\nast.parse(sys.stdin.read())")
			c.Stdin = &b
			if out, err := c.CombinedOutput(); err != nil {
				t.Errorf("%s: %v\n%s", e.Name, err, out)
			}
		}
	}
}

func TestRefused(t *testing.T) {
	for name, change := range map[string]func(*Job){
		"no files":              func(j *Job) { j.Files = nil },
		"no columns":            func(j *Job) { j.Files[1].Columns = nil },
		"a path of two lines":   func(j *Job) { j.Files[1].Path = "/a\nDROP TABLE x;\n.csv" },
		"a path that is none":   func(j *Job) { j.Files[1].Path = "/a\xff.csv" },
		"a relative path":       func(j *Job) { j.Files[1].Path = "a.csv" },
		"two tables of a name":  func(j *Job) { j.Files[1].Table = "pages" },
		"a table that is none":  func(j *Job) { j.Files[1].Table = "x; DROP TABLE y" },
		"a column of two lines": func(j *Job) { j.Files[1].Columns[0].Name = "a\nb" },
		"a column without name": func(j *Job) { j.Files[1].Columns[0].Name = "" },
		"two columns of a name": func(j *Job) { j.Files[1].Columns[0].Name, j.Files[1].Columns[1].Name = "a", "A" },
	} {
		t.Run(name, func(t *testing.T) {
			for _, e := range Engines {
				j := awkward()
				change(&j)
				var b bytes.Buffer
				if err := e.Write(&b, j); err == nil {
					t.Errorf("%s wrote:\n%s", e.Name, b.String())
				} else if b.Len() > 0 {
					t.Errorf("%s: something was written although: %v", e.Name, err)
				}
			}
		})
	}
}

// TestWarnings: what breaks on preserved line breaks says so, in the kit as well.
func TestWarnings(t *testing.T) {
	for name, breaks := range map[string]bool{"hive": true, "athena": true, "trino": true, "postgresql": true, "spark": false, "duckdb": false} {
		e, err := Find(name)
		if err != nil {
			t.Fatal(err)
		}
		j := awkward()
		before := len(e.Warnings(j))
		j.Preserved = true
		after := e.Warnings(j)
		if got := len(after) > before; got != breaks {
			t.Errorf("%s warns of preserved line breaks: %v, want %v", name, got, breaks)
		}
		var b bytes.Buffer
		if err := e.Write(&b, j); err != nil {
			t.Fatal(err)
		}
		for _, w := range after {
			if !strings.Contains(b.String(), w) {
				t.Errorf("the kit of %s does not say: %s", name, w)
			}
		}
		if j.Parquet = true; len(e.Warnings(j)) > 0 {
			t.Errorf("%s warns of line breaks in Parquet: %q", name, e.Warnings(j))
		}
	}
}

func TestFind(t *testing.T) {
	for _, name := range Names() {
		if e, err := Find(strings.ToUpper(name)); err != nil || e.Name != name {
			t.Errorf("Find(%q) = %q, %v", name, e.Name, err)
		}
	}
	_, err := Find("postgres")
	if err == nil || !strings.Contains(err.Error(), "did you mean postgresql?") {
		t.Errorf("Find(postgres): %v", err)
	}
}

func TestTableName(t *testing.T) {
	for in, want := range map[string]string{"pages": "pages", "a b-c": "a_b_c", "2024": "t_2024", "": "t_", "x'; DROP": "x_DROP", "日本": "_"} {
		if got := TableName(in); got != want || !identifier.MatchString(got) {
			t.Errorf("TableName(%q) = %q, want %q", in, got, want)
		}
	}
}
