package takes

import (
	"context"
	"errors"

	"sluice/takes/dbfile"
	"sluice/takes/feed"
	"sluice/takes/throttle"
)

// written is a snapshot that is written or changed.
type written interface {
	feed.Sink
	Finish(origin dbfile.Origin) (dbfile.Done, error)
	Abort() error
}

// reading hands the tables of a running database to the sink that begin makes, each
// time anew, and says what was read. since is the state of the database that the sink
// holds, if it compares.
type reading func(in *input, since string, begin func() (feed.Sink, error)) (dbfile.Origin, []string, error)

// takeRunning takes a snapshot of a running database: by what changed if that is
// asked for and known, else by all its rows.
func takeRunning(ctx context.Context, out string, o Options, read reading) (Report, error) {
	r, err := takeRows(ctx, out, o, read)
	var unfit *feed.UnfitError
	if o.Refresh && errors.As(err, &unfit) {
		return takeRows(ctx, out, o.wholly(unfit.Why), read)
	}
	return r, err
}

// takeRows reads a running database once.
func takeRows(ctx context.Context, out string, o Options, read reading) (Report, error) {
	in := &input{ctx: ctx, place: "the database", limiter: throttle.New(o.limits())}
	s := &snapshots{ctx: ctx, out: out, o: o, in: in}
	since, err := s.open()
	if err != nil {
		return Report{}, err
	}
	defer in.watch(o.Progress)()
	origin, notes, err := read(in, since, s.begin)
	in.opened.Store(0)
	if err != nil {
		return Report{}, errors.Join(err, s.abort())
	}
	for _, text := range notes {
		s.file.Note(feed.Note{Text: text})
	}
	r, err := finish(s.file, in, origin, o)
	if err != nil {
		return Report{}, errors.Join(err, s.abort())
	}
	r.Read = in.read.Load()
	return r, nil
}

// snapshots makes the snapshot that a database is read into, anew for each reading.
type snapshots struct {
	ctx  context.Context
	out  string
	o    Options
	in   *input
	file written // nil if there is none
	// opened is true for one that was opened before the first reading, which needs
	// to know its state.
	opened bool
}

// open opens the snapshot of before, if that is to be changed, and returns its state.
func (s *snapshots) open() (since string, err error) {
	if !s.o.Refresh {
		return "", nil
	}
	again, err := dbfile.Open(s.ctx, s.out)
	if err != nil {
		return "", err
	}
	again.Waiting, again.Compared = s.waiting, func(table string, rows int64) {
		s.in.expected.Store(0) // it was that of all rows
		s.in.table.Store(&table)
		s.in.rows.Add(rows)
	}
	s.file, s.opened = again, true
	return again.State(), nil
}

// begin makes the sink of a reading.
func (s *snapshots) begin() (feed.Sink, error) {
	if s.opened {
		s.opened = false
		return s.file, nil
	}
	if err := s.abort(); err != nil {
		return nil, err
	}
	if s.o.Refresh {
		_, err := s.open()
		s.opened = false
		return s.file, err
	}
	f, err := dbfile.Create(s.ctx, s.out, "", s.o.Replace)
	if err != nil {
		return nil, err
	}
	f.Waiting, s.file = s.waiting, f
	return &watched{f, s.in}, nil
}

func (s *snapshots) waiting() { s.in.waiting.Store(true) }

// abort throws away what was made of the snapshot.
func (s *snapshots) abort() error {
	if s.file == nil {
		return nil
	}
	err := s.file.Abort()
	s.file = nil
	return err
}
