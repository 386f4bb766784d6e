package present

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"sluice/pipeline"
	"sluice/source"
	"sluice/ui/texts"
	"sluice/ui/tone"
)

// member is a server that is followed.
func member(name string, s pipeline.State) Member {
	return Member{ID: name, Icon: "server", Name: name, Place: "https://" + name, Open: true, In: Inputs{Kind: source.KindServer, State: s, Now: now}}
}

func TestBoardIsWorstFirst(t *testing.T) {
	refused := known(pipeline.Completed)
	refused.Err, refused.UnreachableSince, refused.At = fmt.Errorf("a login page: %w", pipeline.ErrNotAuthorised), now, now.Add(-4*time.Minute)
	stuck := known(pipeline.Started)
	stuck.Stuck, stuck.StuckReason = true, "It runs for three times as long as any before."
	failed := known(pipeline.Failed)
	failed.Job.Errors = []pipeline.Diagnostic{{Key: "k", Message: "No space\nleft"}}
	over := member("over", known(pipeline.Started))
	over.In.State.Job.StartTime = pipeline.At(now.Add(-20 * time.Hour))
	over.In.Usual = pipeline.Usual{Took: 10 * time.Hour, Jobs: 3, Began: now.Add(-20 * time.Hour)}
	fine := member("fine", known(pipeline.Completed))
	fine.Success = now.Add(-3 * time.Hour)
	long := member("long", known(pipeline.Completed))
	long.Success = now.Add(-72 * time.Hour)
	locked := member("locked", pipeline.State{})
	locked.Open, locked.Failure = false, source.ErrNoSecret
	broken := Member{Name: "broken", In: Inputs{Kind: source.KindSnapshot, Now: now}, Failure: errors.New("it is no SQLite file")}
	b := BoardOf([]Member{fine, member("runs", known(pipeline.Started)), over, member("stuck", stuck), long, member("failed", failed), broken, member("refused", refused), locked}, now)

	var order []string
	rows := map[string]BoardRow{}
	for _, r := range b.Rows {
		order = append(order, r.Name)
		rows[r.Name] = r
	}
	if got, want := strings.Join(order, " "), "locked refused broken failed stuck over runs long fine"; got != want {
		t.Errorf("in the order %s, want %s", got, want)
	}
	for name, want := range map[string]struct {
		word, icon string
		tone       tone.Tone
		detail     string
		signIn     bool
	}{
		"locked":  {"Sign-in needed", "key", tone.Caution, "No token is stored", true},
		"refused": {"Not authorised", "key", tone.Bad, "last known 4 min ago: Completed · A login page", true},
		"broken":  {"Cannot be opened", "failed", tone.Bad, "It is no SQLite file.", false},
		"failed":  {"Failed", "failed", tone.Bad, "No space¶left", false},
		"stuck":   {"May be stuck", "warning", tone.Caution, "It runs for three times", false},
		"over":    {"Longer than usual", "late", tone.Caution, "20 h so far · usually 10 h, is 10 h over", false},
		"runs":    {"Started", "started", tone.Active, "1 min so far", false},
		"fine":    {"Completed", "completed", tone.Good, "Job ", false},
	} {
		r := rows[name]
		if r.Sign != (Sign{want.word, want.icon, want.tone}) || !strings.Contains(r.Detail, want.detail) || r.SignIn != want.signIn {
			t.Errorf("%s: %+v", name, r)
		}
		if !strings.Contains(r.Tip, name) || !strings.Contains(r.Tip, want.word) {
			t.Errorf("%s: the tip says %q", name, r.Tip)
		}
	}
	if got := rows["stuck"].Detail; got != stuck.StuckReason {
		t.Errorf("of one that may be stuck it says %q: the reason tells how long it has run", got)
	}
	if rows["fine"].Success != "3 h ago" || rows["runs"].Success != "none known" || !strings.Contains(rows["long"].SuccessAt, texts.T.New.Weekday(long.Success)) {
		t.Errorf("%+v, %+v", rows["fine"], rows["long"])
	}
	if b.Summary != "9 sources · 6 need a look · 1 at work · 2 fine" || b.Line != (Sign{"6 need a look", "failed", tone.Bad}) {
		t.Errorf("it says %q, the rail %+v", b.Summary, b.Line)
	}
	if b := BoardOf([]Member{fine}, now); b.Line != (Sign{"All fine", "completed", tone.Good}) {
		t.Errorf("of one that is fine: %+v", b.Line)
	}
}

// TestStandingsAreSaidAlike: the words of the window are, in English, those of the command
// line; and no two standings share a shape and a tone.
func TestStandingsAreSaidAlike(t *testing.T) {
	status := map[pipeline.Standing]pipeline.State{
		pipeline.Refused: {UnreachableSince: now, Err: pipeline.ErrNotAuthorised}, pipeline.Unreached: {UnreachableSince: now, Err: errors.New("x")},
		pipeline.LastFailed: known(pipeline.Failed), pipeline.Cancelling: known(pipeline.CancellationRequested), pipeline.Running: known(pipeline.Started),
		pipeline.LastCancelled: known(pipeline.Cancelled), pipeline.NeverRun: {At: now}, pipeline.Fine: known(pipeline.Completed),
	}
	interrupted := known(pipeline.Cancelled)
	interrupted.Job.Warnings = []pipeline.Diagnostic{{Key: pipeline.KeyInterrupted}}
	status[pipeline.Interrupted] = interrupted
	looks := map[string]pipeline.Standing{}
	for _, s := range pipeline.Standings() {
		if s == pipeline.Odd { // says the status as it came
			continue
		}
		sign := SignOfStanding(s, Inputs{State: status[s], Now: now})
		if sign.Word != s.String() {
			t.Errorf("the window says %q, the command line %q", sign.Word, s)
		}
		if other, taken := looks[sign.Icon]; taken && !(s == pipeline.LastFailed && other == pipeline.Closed) && !(s == pipeline.Interrupted && other == pipeline.MayBeStuck) {
			t.Errorf("%v and %v have the same shape, %s", s, other, sign.Icon)
		}
		looks[sign.Icon] = s
	}
}

// TestBoardCountsNoSeconds: what is shown of many sources changes with the minutes at most.
func TestBoardCountsNoSeconds(t *testing.T) {
	m := member("runs", known(pipeline.Started))
	last, changes := "", 0
	for i := range 120 {
		m.In.Now = now.Add(time.Duration(i) * time.Second)
		m.Success = now.Add(-time.Hour)
		row := BoardOf([]Member{m}, m.In.Now).Rows[0]
		if said := row.Detail + row.Success + row.SuccessAt; said != last {
			last, changes = said, changes+1
		}
	}
	if changes > 4 {
		t.Errorf("%d changes in two minutes", changes)
	}
}

func TestRailGroups(t *testing.T) {
	list := source.List{{ID: "a", Kind: source.KindServer}, {ID: "b", Kind: source.KindServer, Tags: []string{"prod", "eu"}}, {ID: "c", Kind: source.KindSnapshot},
		{ID: "d", Kind: source.KindSnapshot, Tags: []string{"prod"}}, {ID: "e", Kind: source.KindServer, Tags: []string{"old"}}, {ID: "f", Kind: source.KindServer}}
	said := ""
	for _, g := range RailGroups(list) {
		said += g.Title + ":"
		for _, i := range g.Members {
			said += list[i].ID
		}
		said += " "
	}
	if want := "PROD:bd OLD:e SERVERS:af SNAPSHOTS:c "; said != want {
		t.Errorf("%q, want %q", said, want)
	}
	for _, c := range []struct {
		id   string
		by   int
		want string
	}{{"d", -1, "adcbef"}, {"f", -1, "fbcdea"}, {"a", 9, "fbcdea"}, {"a", -1, ""}, {"e", 1, ""}, {"x", 1, ""}} {
		order, ok := MovedInRail(list, c.id, c.by)
		if got := strings.Join(order, ""); got != c.want || ok != (c.want != "") {
			t.Errorf("%s by %d: %q, %v, want %q", c.id, c.by, got, ok, c.want)
		}
	}
}

// TestPresetsSayWhatTheyCountFrom, with the day of the week.
func TestPresetsSayWhatTheyCountFrom(t *testing.T) {
	at := time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)
	newest := time.Date(2026, 11, 22, 23, 58, 0, 0, time.UTC)
	for _, c := range []struct {
		preset Preset
		anchor Anchor
		want   string
	}{
		{Days30, Anchor{Newest: at}, "From Sat 2026-10-31 00:00 +00:00: the last 30 days, counted from today, Mon."},
		{Days7, Anchor{Newest: newest}, "From Sun 2026-11-15 00:00 +00:00: the last 7 days, counted from the newest change of the snapshot, Sun 2026-11-22."},
		{SinceLast, Anchor{Newest: at, Last: newest}, "From Sun 2026-11-22 23:58 +00:00: what has changed since the last export."},
		{Everything, Anchor{}, "Everything, whatever its date."},
	} {
		f, ok := c.preset.Fill(c.anchor, "UTC")
		if got := c.preset.Says(f, c.anchor, at); !ok || got != c.want {
			t.Errorf("%s: %q, want %q", c.preset.Name(), got, c.want)
		}
	}
	if got := Custom.Says(FromDate{"2026-11-23", "09:30", "Europe/Berlin"}, Anchor{}, at); got != "From Mon 2026-11-23 09:30 +01:00." {
		t.Errorf("%q", got)
	}
	if got := Custom.Says(FromDate{"23.11.2026", "", ""}, Anchor{}, at); got != "" {
		t.Errorf("of what cannot be read: %q", got)
	}
}

// TestFilesOfACompleteJob can be looked at and loaded elsewhere, from the card.
func TestFilesOfACompleteJob(t *testing.T) {
	in := Inputs{Kind: source.KindSnapshot, State: known(pipeline.Completed), Now: now, Kits: true,
		Files: []pipeline.File{{Name: "users", Bytes: 4_000_000}, {Name: "pages", Bytes: 20_000_000_000}, {Name: "comments", Bytes: 100_000_000}}}
	s := StatusOf(in)
	if len(s.Next) != 2 || s.Next[0] != (ActionButton{Action: ActFiles, Text: "Open pages"}) || s.Next[1].Action != ActKits {
		t.Errorf("offered is %+v", s.Next)
	}
	said := ""
	for _, f := range s.Facts {
		said += f.Caption + ": " + f.Value + "; "
	}
	if !strings.Contains(said, "Files: 3 files · 20.1 GB") {
		t.Errorf("it says %s", said)
	}
	in.Files, in.Kits = []pipeline.File{{Name: "issues"}}, false
	if s := StatusOf(in); len(s.Next) != 1 || s.Next[0].Text != "Open issues" {
		t.Errorf("of another product: %+v", s.Next)
	}
	in.State = known(pipeline.Failed)
	if s := StatusOf(in); len(s.Next) != 0 {
		t.Errorf("of a failed job: %+v", s.Next)
	}
}

// TestNothingIsFineThatWasNotAsked: sources that are being opened are not counted as those
// that need nothing, and not all are fine before all are known.
func TestNothingIsFineThatWasNotAsked(t *testing.T) {
	asked := member("a", known(pipeline.Completed))
	for want, members := range map[string][]Member{
		texts.T.Board.NotAsked: {{ID: "b", Name: "b"}, {ID: "c", Name: "c"}},
		texts.T.Board.AllFine:  {asked},
	} {
		b := BoardOf(members, now)
		if fine := strings.Contains(b.Summary, "fine"); b.Line.Word != want || fine != (want == texts.T.Board.AllFine) {
			t.Errorf("%d sources: %+v, %q, want %q", len(members), b.Line, b.Summary, want)
		}
	}
	if b := BoardOf([]Member{asked, {ID: "b", Name: "b"}}, now); b.Line.Tone == tone.Good {
		t.Errorf("one of two is known: %+v", b.Line)
	}
}
