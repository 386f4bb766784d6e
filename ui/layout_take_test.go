package ui

import (
	"errors"
	"strings"
	"time"

	"sluice/pipeline"
	"sluice/source"
	"sluice/ui/present"
)

// aTaken is a snapshot that Sluice takes of a database with a long address.
func aTaken() []source.Source {
	return []source.Source{source.NewTaken(longName, "/home/ana/sluice/snapshots/x.db", "/home/ana/sluice",
		source.Taken{From: "postgres://confluence-reader@" + strings.Repeat("db-of-the-whole-company.", 6) + "example.com:5432/confluence"})}
}

// anOrigin says a lot about where a snapshot was taken from.
func anOrigin() *source.Origin {
	o := &source.Origin{Kind: "PostgreSQL database (standby)", Place: strings.Repeat("db-of-the-whole-company.", 6) + "example.com:5432 (database confluence)",
		Tool: "PostgreSQL 15.18 (Debian 15.18-0+deb12u1), pg_dump 15.18 (Debian 15.18-0+deb12u1)", TimeZone: "Australia/Sydney", Taken: time.Now().Add(-50 * time.Hour),
		Partial: []string{longError}, Doubts: []string{longError, longError}, Notes: []string{"The transaction was open for 41 s.", longError}}
	for range 20 {
		o.Tables = append(o.Tables, source.TableRows{Table: "AO_8752F1_DATA_PIPELINE_EOO", Rows: 59_690_660})
	}
	return o
}

// takeScreens are those about snapshots that Sluice takes.
func takeScreens() []screen {
	form := func(then func(s *stage)) func(*stage) {
		return func(s *stage) {
			s.w.showTakeForm(nil)
			s.patient(20 * time.Millisecond)
			then(s)
			s.patient(20 * time.Millisecond)
		}
	}
	database := func(s *stage) { s.press("A running database"); s.press("More options") }
	taking := func(then func(s *stage)) func(*stage) {
		return func(s *stage) {
			s.until("it is open", s.sees("No export has run here yet"))
			s.press("Take again")
			s.until("it is told how far it is", s.sees("1,200"))
			then(s)
			s.patient(20 * time.Millisecond)
		}
	}
	denial := errors.Join(errors.New(longError), pipeline.ErrNotAuthorised)
	opened := func(s *stage) { s.until("it is open", s.sees("No export has run here yet")) }
	return []screen{
		{name: "snapshot form, empty", play: form(func(*stage) {})},
		{name: "snapshot form, refused", play: form(func(s *stage) { s.press("Take the snapshot") })},
		{name: "snapshot form, recognised", play: form(func(s *stage) {
			s.field(fileField).SetText("/data/" + longName + ".dump")
			s.w.window.Canvas().Unfocus()
		})},
		{name: "snapshot form, database, refused", play: form(func(s *stage) {
			database(s)
			s.field("20MB/s").SetText("fast")
			s.field("100 %").SetText("all of it, please")
			s.press("Take the snapshot")
		})},
		{name: "snapshot form, rights missing", play: form(func(s *stage) {
			database(s)
			s.field(addressField).SetText("postgres://ana@db/wiki")
			s.backend.surveyErr = denial
			s.backend.survey = source.Survey{Kind: "PostgreSQL database", Tool: "PostgreSQL 16", Tables: 12, Bytes: 1 << 40, Seconds: -1,
				Grants: []string{"GRANT SELECT (contentid, title, " + strings.Repeat("a_column_with_a_long_name, ", 12) + ") ON content TO ana", "GRANT USAGE ON SCHEMA wiki TO ana"},
				Doubts: []string{longError}, Missing: []source.MissingTable{{Table: "label", Lack: longError}}}
			s.press("Check first")
		})},
		{name: "snapshot form, SSH refused", play: form(func(s *stage) {
			database(s)
			s.field(addressField).SetText("postgres://ana@db/wiki")
			s.field("ana@bastion.example.com").SetText(longName + " " + longName)
			s.press("Take the snapshot")
		})},
		{name: "dialog, a password is asked for", sources: aTaken(), prepare: func(s *stage) {
			s.backend.wants = &source.Question{User: longName, Of: strings.Repeat("db-of-the-whole-company.", 6) + "example.com:5432", Why: longError}
		}, play: func(s *stage) {
			s.until("it is open", s.sees("No export has run here yet"))
			s.shrink()
			s.press("Take again")
			s.until("it is asked", s.sees(present.QuestionTitle(*s.backend.wants)))
			s.patient(20 * time.Millisecond)
		}},
		{name: "snapshot form of a source", sources: aTaken(), prepare: func(s *stage) { s.backend.origin = anOrigin() }, play: func(s *stage) {
			opened(s)
			s.w.showTakeForm(s.w.chosen)
			s.patient(20 * time.Millisecond)
		}},
		{name: "snapshot that was taken", sources: aTaken(), prepare: func(s *stage) { s.backend.origin = anOrigin() }, play: opened},
		{name: "snapshot being taken", sources: aTaken(), play: taking(func(s *stage) {
			for i := range 40 {
				s.w.chosen.take.rates.Add(time.Now().Add(time.Duration(i)*time.Second), int64(i), 100, int64(i)*212_000, int64(i)*96_000_000)
			}
			s.w.chosen.take.state.Progress.Open = 3 * time.Hour
			s.w.render()
		})},
		{name: "snapshot that was not taken", sources: aTaken(), play: taking(func(s *stage) { s.backend.end <- errors.New(longError) })},
		{name: "snapshot that was refused", sources: aTaken(), play: taking(func(s *stage) { s.backend.end <- denial })},
		{name: "dialog, cancel a snapshot", sources: aTaken(), play: taking(func(s *stage) {
			s.shrink()
			s.w.chosen.take.state.Started = time.Now().Add(-5 * time.Hour)
			s.w.chosen.page.cancel()
		})},
	}
}
