package present

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"sluice/pipeline"
	"sluice/source"
	"sluice/ui/tone"
)

func TestTakingOf(t *testing.T) {
	reading := Taking{Kind: "MySQL dump", Started: now.Add(-98 * time.Second), Now: now,
		Progress: source.Progress{Read: 41, Total: 100, Rows: 1200, Table: "content"}}
	s := TakingOf(reading)
	if s.Word != "Reading" || s.Tone != tone.Active || !s.Controls.Cancel || s.Caption != "MySQL dump · started 14:02:11 · 1 min 38 s" ||
		s.Overall == nil || s.Overall.Share != 0.41 || s.Overall.Text != "41 %" || len(s.Notices) != 0 {
		t.Errorf("reading: %+v", s)
	}
	if got := fmt.Sprint(s.Facts); got != "[{Read 41 B of 100 B} {Rows 1,200} {Table content}]" {
		t.Errorf("facts: %s", got)
	}
	live := reading
	live.Progress = source.Progress{Read: 5000, Total: 9000, About: true, Rows: 7, Table: "content", Open: 3 * time.Second}
	if got := fmt.Sprint(TakingOf(live).Facts); !strings.Contains(got, "5.0 kB of about 9.0 kB") || !strings.Contains(got, "Transaction open 3 s") {
		t.Errorf("facts of a database: %s", got)
	}
	for name, c := range map[string]struct {
		change func(*Taking)
		word   string
		bar    string
		step   string // the present one
	}{
		"opening":   {func(t *Taking) { t.Progress = source.Progress{} }, "Opening", "Opening", "Opening"},
		"no total":  {func(t *Taking) { t.Progress.Total = 0 }, "Reading", "41 B", "Reading"},
		"finishing": {func(t *Taking) { t.Progress.Finishing = true }, "Finishing", "Writing keys", "Finishing"},
		"waiting": {func(t *Taking) { t.Progress.Finishing, t.Progress.Waiting = true, true }, "Finishing",
			"Waiting for an export that reads the snapshot", "Finishing"},
		"cancelling": {func(t *Taking) { t.Cancelling = true }, "Cancelling", "41 %", "Reading"},
		"cancelled":  {func(t *Taking) { t.Ended, t.Cancelled, t.Err = now, true, errors.New("x") }, "Cancelled", "", "Cancelled"},
		"failed":     {func(t *Taking) { t.Ended, t.Err = now, errors.New("x") }, "Not taken", "", "Not taken"},
	} {
		x := reading
		c.change(&x)
		s, bar, step := TakingOf(x), "", ""
		if s.Overall != nil {
			bar = s.Overall.Text
		}
		for _, at := range s.Steps {
			if at.State == Present {
				step = at.Text
			}
		}
		if s.Word != c.word || bar != c.bar || step != c.step || s.Controls.Cancel != (x.Running() && !x.Cancelling) {
			t.Errorf("%s: %q, %q, %q, %+v", name, s.Word, bar, step, s.Controls)
		}
	}
}

// TestTakingSaysWhatToDo in the words of who failed, and with the ways on.
func TestTakingSaysWhatToDo(t *testing.T) {
	denied := fmt.Errorf("wrong password (%w)", pipeline.ErrNotAuthorised)
	for name, c := range map[string]struct {
		taking  Taking
		title   string
		actions []Action
	}{
		"failed":           {Taking{Err: errors.New("the dump is cut")}, "The snapshot was not taken", []Action{ActTake, ActSource, ActCopy}},
		"failed again":     {Taking{Err: errors.New("the dump is cut"), Again: true}, "The snapshot was not taken", []Action{ActTake, ActSource, ActBack, ActCopy}},
		"denied":           {Taking{Err: denied}, "A password is missing or wrong", []Action{ActSource, ActTake, ActCopy}},
		"cancelled":        {Taking{Err: errors.New("x"), Cancelled: true}, "Nothing was kept", []Action{ActTake, ActSource}},
		"cancelled, again": {Taking{Err: errors.New("x"), Cancelled: true, Again: true}, "Nothing was kept", []Action{ActTake, ActSource, ActBack}},
	} {
		c.taking.Started, c.taking.Ended, c.taking.Now = now, now, now
		s := TakingOf(c.taking)
		if len(s.Notices) != 1 {
			t.Fatalf("%s: %+v", name, s.Notices)
		}
		n := s.Notices[0]
		var got []Action
		for _, a := range n.Actions {
			got = append(got, a.Action)
		}
		if n.Title != c.title || fmt.Sprint(got) != fmt.Sprint(c.actions) || strings.Contains(n.Text, "still in use") != c.taking.Again {
			t.Errorf("%s: %q, %v, %q", name, n.Title, got, n.Text)
		}
		if !c.taking.Cancelled && !strings.Contains(n.Text, c.taking.Err.Error()[1:]) {
			t.Errorf("%s: %q does not say why", name, n.Text)
		}
	}
}

func TestTakingLine(t *testing.T) {
	x := Taking{Started: now.Add(-3 * time.Minute), Now: now}
	for want, change := range map[string]func(*Taking){
		"Reading · 3 min": func(*Taking) {},
		"Reading · 41 %":  func(t *Taking) { t.Progress = source.Progress{Read: 41, Total: 100} },
		"Cancelling":      func(t *Taking) { t.Cancelling = true },
		"Not taken":       func(t *Taking) { t.Ended = now },
	} {
		y := x
		change(&y)
		if got := TakingLine(y).Word; got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if q, ask := CancelTakeQuestion(x); !ask || q.Text != "It has run for 3 min, and would begin anew." {
		t.Errorf("%+v, %v", q, ask)
	}
	x.Started = now.Add(-59 * time.Second)
	if _, ask := CancelTakeQuestion(x); ask {
		t.Error("one that has just begun is asked about")
	}
}

func TestOriginOf(t *testing.T) {
	o := source.Origin{Kind: "MySQL dump", Place: "/data/wiki.sql", Tool: "mysqldump 8", TimeZone: "CET", Taken: now.Add(-3 * time.Hour),
		Tables: []source.TableRows{{Table: "content", Rows: 1200}, {Table: "spaces", Rows: 4}}, Partial: []string{"No events."}, Doubts: []string{"Odd.", "Odder."}, Notes: []string{"Well."}}
	card := OriginOf(o, now)
	if got := fmt.Sprint(card.Facts); got != "[{Source MySQL dump} {Taken 3 h ago · 2026-11-23 11:03} {Made by mysqldump 8} {Zone of the database CET} {Place /data/wiki.sql}]" {
		t.Errorf("facts: %s", got)
	}
	if card.Rows != "Rows per table: content 1,200 · spaces 4" || len(card.Notices) != 3 || card.Notices[1].Text != "Odd. Odder." || card.Notices[2].Tone != tone.Neutral {
		t.Errorf("card: %+v", card)
	}
	if TakenAgo(&o, now) != "taken 3 h ago" || TakenAgo(nil, now) != "" || TakenAgo(&source.Origin{}, now) != "" {
		t.Error("the age is wrong")
	}
	if card := OriginOf(source.Origin{Kind: "x"}, now); len(card.Facts) != 1 || card.Rows != "" || card.Notices != nil {
		t.Errorf("one that says little: %+v", card)
	}
}

func TestFindings(t *testing.T) {
	s := source.Survey{Kind: "PostgreSQL database", Tool: "PostgreSQL 16", User: "ana", Version: "8.5", Build: 9012, Bytes: 4_100_000_000, Tables: 12, Seconds: 100,
		Missing: []source.MissingTable{{Table: "label", Lack: "labels are missing"}, {Table: "content", Required: true, Unseen: true}}, Notes: []string{"Well."}}
	said := func(err error) string {
		var lines []string
		for _, f := range Findings(s, err) {
			lines = append(lines, f.Text+": "+f.Says)
		}
		return strings.Join(lines, "\n")
	}
	if got := said(nil); got != `Source: PostgreSQL database · PostgreSQL 16
Rights: ana has all that are needed
Product: Confluence 8.5 (build 9012)
Will read: 12 tables · about 4.1 GB
Expected time: about 2 min
Missing: label: labels are missing
Missing: content (or it may not be seen): nothing can be exported without it
Note: Well.` {
		t.Errorf("well:\n%s", got)
	}
	s.Grants = []string{"GRANT SELECT ON content TO ana"}
	if got := said(errors.New("no right")); !strings.Contains(got, "Rights: some are missing") || strings.Contains(got, "No right") || strings.Contains(got, "Expected") {
		t.Errorf("rights are missing:\n%s", got)
	}
	s = source.Survey{Kind: "PostgreSQL database", Bytes: -1, Seconds: -1}
	if got := said(errors.New("nothing answers")); got != "Error: Nothing answers." {
		t.Errorf("not reached:\n%s", got)
	}
}

func TestGentleness(t *testing.T) {
	for text, want := range map[string]int64{"": 0, " 20MB/s ": 20_000_000, "500kB": 500_000, "20": -1, "-1": -1, "fast": -1} {
		got, err := source.ParseRate(text)
		if err != nil {
			got = -1
		}
		if got != want {
			t.Errorf("rate %q: %d", text, got)
		}
	}
	for text, want := range map[string]int{"": 0, "30": 30, "30 %": 30, "100": 100, "0": -1, "101": -1, "x": -1} {
		got, err := source.ParseLoad(text)
		if err != nil {
			got = -1
		}
		if got != want {
			t.Errorf("load %q: %d", text, got)
		}
	}
}
