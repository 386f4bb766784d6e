package takes

import (
	"context"
	"slices"
	"strings"

	"sluice/takes/mylive"
	"sluice/takes/pglive"
)

// How many bytes a second come of a running database, and are written to the
// snapshot, on two cores that the server shares, where the way to it is no limit.
const (
	postgresRate = 120_000_000
	mySQLRate    = 100_000_000
)

// over is the rate at which bytes come on a way that takes so many a second and are
// then dealt with at the other rate.
func over(wire, rate int64) int64 {
	if wire <= 0 {
		return rate
	}
	return int64(1 / (1/float64(wire) + 1/float64(rate)))
}

func (s *Survey) postgres(ctx context.Context, t Target, o Options) error {
	s.Kind = "PostgreSQL database"
	w, err := o.reach(ctx, t)
	if err != nil {
		return err
	}
	defer w.through.Close()
	var builds buildSink
	info, err := pglive.Look(ctx, pglive.Options(w.options), wanted{}, marks, &builds)
	if info.Address == "" { // it was not reached
		return err
	}
	s.Kind, s.Place, s.User, s.TimeZone, s.Grants = postgresKind(info), info.Address, info.User, info.TimeZone, info.Grants
	if info.Server != "" {
		s.Tool, s.Notes = "PostgreSQL "+info.Server, t.reached(info.User, info.Safety, w)
	}
	for _, t := range info.Tables {
		s.Schema = t.Schema
		s.table(SurveyTable{Table: t.Name, Rows: t.Rows, Bytes: t.Bytes, Denied: len(t.Denied) > 0})
	}
	if len(info.Tables) > 0 {
		s.missing(s.has, func(string) bool { return false })
		s.expect(info.Sent(), over(info.Wire, postgresRate), o)
	}
	s.build(builds.found)
	return err
}

func (s *Survey) mySQL(ctx context.Context, t Target, o Options) error {
	s.Kind = "MySQL database"
	w, err := o.reach(ctx, t)
	if err != nil {
		return err
	}
	defer w.through.Close()
	var builds buildSink
	info, err := mylive.Look(ctx, mylive.Options(w.options), wanted{}, marks, &builds)
	if info.Address == "" { // it was not reached
		return err
	}
	s.Kind, s.Place, s.User, s.TimeZone, s.Grants = info.Product+" database", info.Address, info.User, info.TimeZone, info.Grants
	if info.Server != "" {
		tool, untested := tried(info)
		s.Tool, s.Notes = tool, slices.Concat(t.reached(info.User, info.Safety, w), untested)
	}
	for _, t := range info.Tables {
		s.table(SurveyTable{Table: t.Name, Rows: t.Rows, Bytes: t.Bytes, Denied: t.Denied})
	}
	if len(info.Tables) > 0 {
		s.missing(s.has, func(name string) bool { return slices.Contains(info.Hidden, name) })
	}
	if text := info.Unseen(); text != "" {
		s.Doubts = append(s.Doubts, text)
	}
	s.build(builds.found)
	s.expect(s.Bytes, over(info.Wire, mySQLRate), o)
	return err
}

// has reports whether a table, whatever its case, is among those that will be read.
func (s *Survey) has(name string) bool {
	return slices.ContainsFunc(s.Tables, func(t SurveyTable) bool { return strings.EqualFold(t.Table, name) })
}
