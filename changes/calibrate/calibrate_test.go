package calibrate

import (
	"database/sql"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	"sluice/changes"
	"sluice/localexport"
	"sluice/localexport/confluence"
	"sluice/localexport/demo"
	"sluice/localexport/exporttest"
	"sluice/pipeline"
	"sluice/rules"
)

// oddities make of a demo snapshot one in which every rule makes a difference.
var oddities = []string{
	`CREATE TABLE AO_8752F1_DATA_PIPELINE_EOO ("ID" INTEGER PRIMARY KEY, "ENTITY_TYPE" TEXT, "ENTITY_IDENTIFIER" TEXT)`,
	`INSERT INTO AO_8752F1_DATA_PIPELINE_EOO VALUES (1, 'SPACE', (SELECT s.spacekey FROM spaces s JOIN content c ON c.spaceid = s.spaceid AND c.contenttype = 'PAGE' AND c.prevver IS NULL GROUP BY 1 ORDER BY count(*) LIMIT 1))`,
	`CREATE TEMP TABLE live AS SELECT contentid, row_number() OVER (ORDER BY contentid) AS n FROM content
		WHERE contenttype = 'PAGE' AND prevver IS NULL AND content_status = 'current'
		AND spaceid NOT IN (SELECT spaceid FROM spaces JOIN AO_8752F1_DATA_PIPELINE_EOO ON spacekey = "ENTITY_IDENTIFIER")`,
	`UPDATE content SET lastmoddate = '2026-02-10 10:00:00.000' WHERE contentid IN (SELECT contentid FROM live WHERE n <= 12)`,
	`UPDATE content SET lastmoddate = '2025-12-01 10:00:00.000' WHERE contentid = (SELECT contentid FROM live WHERE n = 1)`, // the from date
	`UPDATE content SET content_status = 'archived' WHERE contentid = (SELECT contentid FROM live WHERE n = 2)`,
	`UPDATE content SET content_status = NULL WHERE contentid = (SELECT contentid FROM live WHERE n = 3)`,
	`UPDATE content SET title = 'a' || char(0) || 'b' WHERE contentid = (SELECT contentid FROM live WHERE n = 4)`,
	`UPDATE bodycontent SET body = replace(hex(zeroblob(7000)), '00', 'ab' || char(128512)) WHERE contentid IN (SELECT contentid FROM live WHERE n IN (5, 6, 7))`,
	`UPDATE bodycontent SET body = 'one' || char(13) || char(10) || 'two' || char(10) || 'three' WHERE contentid IN (SELECT contentid FROM live WHERE n = 8)`,
	`UPDATE AO_7B47A5_EVENT SET CONTAINER_ID = 0 WHERE ID % 3 = 0`,
	`INSERT INTO content_label (id, labelid, contentid, labelableid, labelabletype)
		SELECT 900000 + n, (SELECT min(labelid) FROM label WHERE namespace = 'my'), contentid, contentid, 'CONTENT' FROM live WHERE n BETWEEN 5 AND 12`,
	`INSERT INTO user_mapping (user_key, username, lower_username) VALUES ('ffff0000', 'gone', 'gone')`,
	`UPDATE content SET pageid = (SELECT a.contentid FROM content a JOIN live ON a.pageid = live.contentid AND live.n > 8 WHERE a.contenttype = 'ATTACHMENT' AND a.prevver IS NULL AND a.content_status = 'current' LIMIT 1),
		lastmoddate = '2026-02-10 10:00:00.000' WHERE contenttype = 'COMMENT' AND contentid = (SELECT max(contentid) FROM content WHERE contenttype = 'COMMENT' AND content_status = 'current' AND prevver IS NULL)`,
	`UPDATE spaces SET lastmoddate = '2020-01-01 10:00:00.000' WHERE spaceid = (SELECT min(spaceid) FROM spaces)`,
}

func oddSnapshot(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "odd.db")
	if _, err := demo.Write(t.Context(), path, demo.Options{Pages: 150, Seed: 3}); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1) // of temporary tables
	defer db.Close()
	for _, q := range oddities {
		r, err := db.ExecContext(t.Context(), q)
		if err != nil {
			t.Fatalf("%s: %v", q, err)
		}
		if n, err := r.RowsAffected(); strings.HasPrefix(q, "CREATE") {
			continue
		} else if err != nil || n == 0 {
			t.Fatalf("%s changes nothing: %v", q, err)
		}
	}
	return path
}

// site exports one snapshot in different ways.
type site struct {
	t        *testing.T
	snapshot string
	from     time.Time
}

// export exports it and returns the files.
func (s site) export(change func(*localexport.Options)) *changes.Set {
	s.t.Helper()
	o := exporttest.Options(s.t)
	o.Snapshot = s.snapshot
	o.Rules = rules.Chosen{}
	if change != nil {
		change(&o)
	}
	e := exporttest.Open(s.t, o)
	job, err := e.Start(s.t.Context(), pipeline.Request{FromDate: s.from})
	if err == nil {
		job, err = e.WaitFor(s.t.Context(), job.ID)
	}
	if err != nil || job.Status != pipeline.Completed {
		s.t.Fatalf("%v, %v", job, err)
	}
	set, err := changes.OpenJob(job, localexport.JobFolder(o.Home, job.ID))
	if err != nil {
		s.t.Fatal(err)
	}
	return set
}

// TestEachOptionIsFound exports the same site with each option that the documentation
// leaves open, takes that for the vendor's, and holds it against the default: the option
// is named, and nothing is left that is not explained.
func TestEachOptionIsFound(t *testing.T) {
	zone, err := time.LoadLocation(demo.TimeZone)
	if err != nil {
		t.Fatal(err)
	}
	s := site{t, oddSnapshot(t), time.Date(2025, 12, 1, 10, 0, 0, 0, zone)}
	ours := s.export(nil)
	rule := func(name, value string) func(*localexport.Options) {
		return func(o *localexport.Options) { o.Rules[name] = value }
	}
	cases := map[string]func(*localexport.Options){ // by the option that is to be named
		"--full-content":                   func(o *localexport.Options) { o.FullContent = true },
		"--preserve-line-breaks":           func(o *localexport.Options) { o.PreserveLineBreaks = true },
		"--line-break-escape=<br>":         func(o *localexport.Options) { o.LineBreakEscape = "<br>" },
		"--base-url=https://w.example.org": func(o *localexport.Options) { o.BaseURL = "https://w.example.org" },
		"--time-zone":                      func(o *localexport.Options) { o.TimeZone = "+10:00" },
	}
	values := map[string]string{"blog-post-type": "BLOGPOST", "cut-marker": "…"}
	for _, r := range confluence.Rules() {
		switch {
		case r.Name == "skip-bad-rows": // which changes no file that has no bad row
		case r.Kind == rules.Choice:
			for _, v := range r.ValueNames()[1:] {
				cases["--"+r.Name+"="+v] = rule(r.Name, v)
			}
		case r.Kind == rules.Text:
			cases["--"+r.Name+"="+values[r.Name]] = rule(r.Name, values[r.Name])
		default:
			cases["--"+r.Name] = rule(r.Name, rules.On)
		}
	}
	for option, change := range cases {
		t.Run(option, func(t *testing.T) {
			s := s
			s.t = t
			_, findings, err := Run(t.Context(), changes.Options{A: s.export(change), B: ours}, nil)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.ContainsFunc(findings, func(f Finding) bool { return f.Option == option }) {
				t.Errorf("it is not named: %+v", findings)
			}
			most := map[string]int64{}
			for _, f := range findings {
				if f.Option == option {
					most[f.File+f.Column] = f.Count
				}
			}
			for _, f := range findings {
				// A few cells can be explained in two ways.
				if f.Option != option && f.Count*4 > most[f.File+f.Column] && option != "--time-zone" && option != "--ignore-opt-outs" { // which change rows
					t.Errorf("something else is named: %s", f.Sentence())
				}
			}
		})
	}
	if _, findings, err := Run(t.Context(), changes.Options{A: s.export(nil), B: ours}, nil); err != nil || len(findings) > 0 {
		t.Errorf("the same exports differ: %+v, %v", findings, err)
	}
}

// TestOtherDatesTellNothing: where the vendor's files begin at another date than ours, the
// rows that only one side has for that are counted, and no rule is made responsible.
func TestOtherDatesTellNothing(t *testing.T) {
	early, late := site{t, oddSnapshot(t), time.Unix(0, 0)}, site{}
	late = early
	late.from = time.Date(2026, 1, 15, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name         string
		vendor, ours site
		manifest     bool // the vendor's files tell their date
		say          string
	}{
		{"the vendor's go further back", early, late, false, "did not change after 2026-01-15T00:00Z, the from date of job"},
		{"the vendor's go further back, and say so", early, late, true, "did not change after 2026-01-15T00:00Z"},
		{"ours go further back", late, early, false, "rows that only job 1 has tell nothing about a rule"},
		{"ours go further back, and the vendor's say so", late, early, true, "rows that only job 1 has tell nothing about a rule"},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.vendor.t, c.ours.t = t, t
			vendor := c.vendor.export(nil)
			if !c.manifest {
				vendor = bare(t, vendor)
			}
			report, findings, err := Run(t.Context(), changes.Options{A: vendor, B: c.ours.export(nil)}, nil)
			if err != nil || len(findings) > 0 {
				t.Errorf("it finds %+v, %v", findings, err)
			}
			if all := strings.Join(report.Notes, "\n"); !strings.Contains(all, c.say) {
				t.Errorf("%q is not said: %s", c.say, all)
			} else if strings.Contains(all, "line breaks stand") {
				t.Errorf("what calibration finds out is said to be unknown: %s", all)
			}
		})
	}
}

// bare are the files of a set in a folder without a manifest.
func bare(t *testing.T, s *changes.Set) *changes.Set {
	t.Helper()
	dir := t.TempDir()
	for _, f := range s.Files {
		if err := os.Link(f.Path, filepath.Join(dir, filepath.Base(f.Path))); err != nil {
			t.Fatal(err)
		}
	}
	b, err := changes.OpenPath(dir)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
