package extsort

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
)

// Limits bound what a sort takes.
type Limits struct {
	Memory int64 // bytes of runs that are kept in memory
	FanIn  int   // runs that are merged at once
	Buffer int   // bytes of a run in a file that are read at once
}

// DefaultLimits keep a sort below a hundred megabytes.
var DefaultLimits = Limits{Memory: 32 << 20, FanIn: 512, Buffer: 32 << 10}

// Sorter merges sorted runs. Its methods are for one goroutine at a time.
type Sorter struct {
	limits Limits
	dir    string
	levels []*level // the runs as they came, those merged once, twice …
	memory int64
	rows   int64
}

// level is runs that were merged as many times: those of a higher level came before
// those of a lower.
type level struct {
	runs  []run
	spool *Spool
}

// run is a sorted run: in memory, or a part of the spool of its level.
type run struct {
	mem      []byte
	from, to int64
}

// NewSorter returns a sorter that puts what is too much for memory into files in dir.
func NewSorter(dir string, l Limits) *Sorter { return &Sorter{limits: l, dir: dir} }

// Rows is how many keys were added.
func (s *Sorter) Rows() int64 { return s.rows }

// Add takes a run of so many keys, as [Batch.AppendRun] makes it. It belongs to the
// sorter if kept is true.
func (s *Sorter) Add(ctx context.Context, b []byte, rows int) (kept bool, err error) {
	if rows == 0 {
		return false, nil
	}
	s.rows += int64(rows)
	l := s.level(0)
	if kept = s.memory+int64(cap(b)) <= s.limits.Memory; kept {
		s.memory += int64(cap(b))
		l.runs = append(l.runs, run{mem: b})
	} else {
		from := l.spool.Size()
		if _, err := l.spool.Write(b); err != nil {
			return false, err
		}
		l.runs = append(l.runs, run{from: from, to: l.spool.Size()})
	}
	for i := 0; i < len(s.levels) && len(s.levels[i].runs) >= s.limits.FanIn; i++ {
		if err := s.raise(ctx, i); err != nil {
			return kept, err
		}
	}
	return kept, nil
}

func (s *Sorter) level(i int) *level {
	for len(s.levels) <= i {
		s.levels = append(s.levels, &level{spool: NewSpool(s.dir)})
	}
	return s.levels[i]
}

// raise merges the runs of level i into one of the next.
func (s *Sorter) raise(ctx context.Context, i int) error {
	l, up := s.level(i), s.level(i+1)
	from := up.spool.Size()
	w := bufio.NewWriterSize(up.spool, 256<<10)
	var b []byte
	err := s.merge(ctx, []*level{l}, func(r *reader) error {
		b = binary.LittleEndian.AppendUint64(b[:0], r.word)
		b = binary.LittleEndian.AppendUint64(b, r.place)
		b = binary.AppendUvarint(b, uint64(len(r.rest))<<1|uint64(r.flag))
		b = append(b, r.rest...)
		_, err := w.Write(b)
		return err
	})
	if err == nil {
		err = w.Flush()
	}
	if err != nil {
		return err
	}
	up.runs = append(up.runs, run{from: from, to: up.spool.Size()})
	for _, r := range l.runs {
		s.memory -= int64(cap(r.mem))
	}
	l.runs = nil
	return l.spool.Reset()
}

// Merge calls fn for all keys in their order: with the place of each, whether it is
// long, and whether it is long and equal to the one before. It ends with the first error.
func (s *Sorter) Merge(ctx context.Context, fn func(place uint64, long, tied bool) error) error {
	for i := 0; i < len(s.levels)-1; i++ { // until what is left can be merged at once
		n := 0
		for _, l := range s.levels[i:] {
			n += len(l.runs)
		}
		if n <= s.limits.FanIn {
			break
		}
		if len(s.levels[i].runs) > 0 {
			if err := s.raise(ctx, i); err != nil {
				return err
			}
		}
	}
	var key []byte // of the last long one
	var word uint64
	was := false
	return s.merge(ctx, s.levels, func(r *reader) error {
		long := r.flag == 1
		tied := long && was && word == r.word && string(key) == string(r.rest)
		if long && !tied {
			word, key = r.word, append(key[:0], r.rest...)
		}
		was = long
		return fn(r.place, long, tied)
	})
}

// merge hands the keys of all runs of some levels to fn.
func (s *Sorter) merge(ctx context.Context, levels []*level, fn func(*reader) error) error {
	var readers []*reader
	for i := len(levels) - 1; i >= 0; i-- {
		for _, r := range levels[i].runs {
			rd := newReader(r, levels[i].spool, s.limits.Buffer)
			if err := rd.next(); err != nil {
				return err
			}
			readers = append(readers, rd)
		}
	}
	if len(readers) == 0 {
		return nil
	}
	t := newTree(readers)
	for n := 0; !t.top().done; n++ {
		if n%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if err := fn(t.top()); err != nil {
			return err
		}
		if err := t.next(); err != nil {
			return err
		}
	}
	return nil
}

// Close gives back what the sorter has.
func (s *Sorter) Close() error {
	var err error
	for _, l := range s.levels {
		err = errors.Join(err, l.spool.Close())
	}
	s.levels = nil
	return err
}
