package present

import (
	"slices"
	"strings"
	"time"

	"sluice/pipeline"
	"sluice/ui/texts"
	"sluice/ui/tone"
)

// Board is every source at a glance, the worst first.
type Board struct {
	Rows    []BoardRow
	Summary string // of how many somebody has to look after, and so on
	Line    Sign   // the same for the rail
}

// BoardRow is a source on the board.
type BoardRow struct {
	ID, Icon, Name, Place string
	Standing              pipeline.Standing
	Sign                  Sign // of its state
	Detail                string
	Success, SuccessAt    string // how long its last success is ago, and when that was
	SignIn                bool   // a token is what it lacks
	Tip                   string
}

// BoardOf builds the board. now gives the zone of its dates.
func BoardOf(members []Member, now time.Time) Board {
	type ranked struct {
		pipeline.Ranked
		Member
	}
	list := make([]ranked, len(members))
	standings := make([]pipeline.Standing, len(members))
	for i, m := range members {
		standings[i] = m.Standing()
		list[i] = ranked{pipeline.Ranked{Standing: standings[i], Success: m.Success, Name: m.Name}, m}
	}
	slices.SortStableFunc(list, func(a, b ranked) int { return pipeline.WorstFirst(a.Ranked, b.Ranked) })
	var b Board
	for _, r := range list {
		b.Rows = append(b.Rows, rowOf(r.Member, r.Ranked.Standing, now))
	}
	b.Summary, b.Line = summary(standings, b.Rows)
	return b
}

func rowOf(m Member, s pipeline.Standing, now time.Time) BoardRow {
	sign := SignOfStanding(s, m.In)
	if m.Taking != nil || m.Failure != nil {
		sign = m.Sign()
	}
	row := BoardRow{ID: m.ID, Icon: m.Icon, Name: m.Name, Place: m.Place, Standing: s, Sign: sign, Detail: without(m.detail(), sign.Word), SignIn: m.SignIn(), Tip: m.Tip(),
		Success: texts.T.Board.Never}
	if !m.Success.IsZero() {
		row.Success, row.SuccessAt = agoShort(now.Sub(m.Success)), Day(m.Success, now)
	}
	return row
}

// without is a line that does not begin with what stands beside it already.
func without(line, word string) string {
	if rest, ok := strings.CutPrefix(line, word+": "); ok {
		return capital(rest)
	}
	return line
}

// summary counts how the sources stand, for the head of the board and for the rail.
func summary(standings []pipeline.Standing, rows []BoardRow) (string, Sign) {
	t := texts.T.Board
	care, working, fine := pipeline.CountStandings(standings)
	asking := 0 // of these nothing is known yet, nothing good either
	for _, s := range standings {
		if s == pipeline.Asking {
			asking++
		}
	}
	fine -= asking
	said := func(p texts.Plural, n int) string {
		if n == 0 {
			return ""
		}
		return p.Of(int64(n))
	}
	line := Sign{t.AllFine, "completed", tone.Good}
	switch {
	case care > 0:
		line = Sign{said(t.Care, care), "warning", tone.Caution}
		if slices.ContainsFunc(rows, func(r BoardRow) bool { return r.Sign.Tone == tone.Bad }) {
			line.Icon, line.Tone = "failed", tone.Bad
		}
	case working > 0:
		line = Sign{said(t.Working, working), "started", tone.Active}
	case asking > 0:
		line = Sign{t.NotAsked, "unknown", tone.Neutral}
	}
	return Joined(t.Count.Of(int64(len(standings))), said(t.Care, care), said(t.Working, working), said(t.Fine, fine)), line
}

// Day writes a moment to the minute, with its day of the week.
func Day(t, now time.Time) string {
	return texts.T.New.Weekday(t.In(now.Location())) + " " + Minute(t, now.Location())
}
