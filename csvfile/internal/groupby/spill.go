package groupby

import (
	"context"
	"encoding/binary"
	"sync"
)

const (
	partBits = 6
	parts    = 1 << partBits
	// deepest is how often a partition is cut again: what has so many bits of the hash in
	// common is one group, or as good as that.
	deepest = 6
)

// spill is tables written to a scratch file, cut into partitions.
type spill struct {
	to    *Scratch
	depth int // how many bits of the hash its partitions have in common with each other

	mu    sync.Mutex
	parts [parts][]segment
	any   bool
}

// partition is that of a hash.
func (s *spill) partition(h uint64) int {
	return int(h >> (64 - partBits*(s.depth+1)) & (parts - 1))
}

// take writes the groups of a table down and empties it.
func (s *spill) take(t *Table) error {
	if t.Len() == 0 {
		return nil
	}
	var starts [parts + 1]int
	for _, h := range t.hashes {
		starts[s.partition(h)+1]++
	}
	for p := range parts {
		starts[p+1] += starts[p]
	}
	next, order := starts, make([]uint32, t.Len())
	for i, h := range t.hashes {
		p := s.partition(h)
		order[next[p]] = uint32(i)
		next[p]++
	}
	var piece, all []byte
	for p := range parts {
		all = all[:0]
		for _, i := range order[starts[p]:starts[p+1]] {
			piece = t.append(piece[:0], int(i))
			all = append(binary.AppendUvarint(all, uint64(len(piece))), piece...)
		}
		if len(all) == 0 {
			continue
		}
		at, err := s.to.write(all)
		if err != nil {
			return err
		}
		s.mu.Lock()
		s.parts[p], s.any = append(s.parts[p], at), true
		s.mu.Unlock()
	}
	t.reset()
	return nil
}

// spilled reports whether anything was written.
func (s *spill) spilled() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.any
}

// load puts the groups of partition p together in t, which is empty, and hands them on;
// a partition that is larger than limit is cut again.
func (s *spill) load(ctx context.Context, p int, t *Table, limit int, hand func(*Table) error) error {
	deeper := &spill{to: s.to, depth: s.depth + 1}
	r := s.to.reader(s.parts[p], 256<<10)
	var room []byte
	for n := 1; ; n++ {
		piece, ok, err := readPiece(r, room)
		if err != nil {
			return err
		}
		if !ok {
			break
		}
		room = piece[:cap(piece)]
		t.read(piece)
		if n%128 != 0 {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if deeper.depth < deepest && t.used() > limit {
			if err := deeper.take(t); err != nil {
				return err
			}
		}
	}
	if !deeper.any {
		if t.Len() == 0 {
			return nil
		}
		err := hand(t)
		t.reset()
		return err
	}
	if err := deeper.take(t); err != nil {
		return err
	}
	for q := range parts {
		if err := deeper.load(ctx, q, t, limit, hand); err != nil {
			return err
		}
	}
	return nil
}
