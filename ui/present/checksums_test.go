package present

import (
	"errors"
	"strings"
	"testing"

	"sluice/pipeline"
	"sluice/verify"
)

func TestChecksums(t *testing.T) {
	files := []pipeline.File{
		{Name: "users", Path: "/home/ana/export/12/users_job12.csv", Rows: 1200, Bytes: 4_100_000, SHA256: "ab"},
		{Name: "pages", Path: "/home/ana/export/12/pages_job12.csv", Rows: -1, Bytes: 10, SHA256: "cd"},
	}
	const v, d, m, u, n = verify.Verified, verify.Differs, verify.Missing, verify.Unreadable, verify.NotVerified
	for name, k := range map[string]struct {
		checking     Checking
		words        string // of the lines
		say, caption string
		problem      string
	}{
		"it runs": {Checking{Running: true, Sample: verify.Progress{Current: 1, Done: 4_100_000, Total: 4_100_010, Outcomes: []verify.Outcome{{State: v}, {State: n}}}},
			"verified verifying", "4.1 MB of 4.1 MB", "", ""},
		"all is well": {Checking{Sample: verify.Progress{Outcomes: []verify.Outcome{{State: v}, {State: v}}}},
			"verified verified", "All 2 files are as the job wrote them", "checksums verified", ""},
		"another size": {Checking{Sample: verify.Progress{Outcomes: []verify.Outcome{{State: v}, {State: d, Size: 7}}}},
			"verified differs", "1 of 2 files verified", "1 file differs", "pages_job12.csv has 7 bytes, and the job wrote 10"},
		"another content": {Checking{Sample: verify.Progress{Outcomes: []verify.Outcome{{State: d, Size: 4_100_000}, {State: m}}}},
			"differs missing", "0 of 2 files verified", "2 files differ", "users_job12.csv has the size that the job wrote, and another content"},
		"missing": {Checking{Sample: verify.Progress{Outcomes: []verify.Outcome{{State: m}, {State: v}}}},
			"missing verified", "1 of 2 files verified", "1 file differs", "users_job12.csv is no longer in /home/ana/export/12"},
		"unreadable": {Checking{Sample: verify.Progress{Outcomes: []verify.Outcome{{State: u, Err: errors.New("permission denied")}, {State: v}}}},
			"unreadable verified", "1 of 2 files verified", "1 file differs", "users_job12.csv cannot be read: permission denied"},
		"stopped": {Checking{Stopped: true, Sample: verify.Progress{Outcomes: []verify.Outcome{{State: v}, {State: n}}}},
			"verified not verified", "Stopped: 1 of 2 files verified", "", ""},
	} {
		k.checking.Files, k.checking.Job = files, 12
		s := ChecksumsOf(k.checking)
		var words []string
		for _, l := range s.Lines {
			words = append(words, l.Sign.Word)
		}
		if got := strings.Join(words, " "); got != k.words {
			t.Errorf("%s: the files are %q, want %q", name, got, k.words)
		}
		if s.Say != k.say || k.checking.Caption() != k.caption {
			t.Errorf("%s: it says %q and %q", name, s.Say, k.checking.Caption())
		}
		if (k.problem == "") != (len(s.Problems) == 0) || k.problem != "" && !strings.Contains(s.Problems[0], k.problem) {
			t.Errorf("%s: the problems are %q", name, s.Problems)
		}
		if s.Lines[0].Rows != "1,200" || s.Lines[1].Rows != "—" || s.Lines[0].Size != "4.1 MB" {
			t.Errorf("%s: rows and sizes are %+v", name, s.Lines)
		}
	}
	others := Checking{Job: 12, Files: files[:1], Others: []verify.Extra{{Name: "notes.txt"}, {Name: "pages_job12.csv.partial", Poses: true}},
		Sample: verify.Progress{Outcomes: []verify.Outcome{{State: v}}}}
	if s := ChecksumsOf(others); len(s.Problems) != 1 || !strings.Contains(s.Problems[0], "pages_job12.csv.partial lies in the folder of job 12") {
		t.Errorf("with other files: %q", s.Problems)
	}
	none := Checking{Job: 12, Problem: errors.New("there is no manifest")}
	if s := ChecksumsOf(none); len(s.Lines) != 0 || len(s.Problems) != 1 || !none.Asked() || (Checking{}).Asked() {
		t.Errorf("without a manifest: %+v", s)
	}
}
