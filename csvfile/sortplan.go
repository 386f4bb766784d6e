package csvfile

import (
	"context"
	"os"
	"sync"

	"sluice/csvfile/internal/extsort"
	"sluice/figures"
	"sluice/wording"
)

// spread is how sorted rows are spread over rounds and buckets. What a row weighs is its
// bytes and those of its place.
type spread struct {
	size    int64  // of the file
	bucket  int64  // weight of a bucket
	shift   uint   // a stretch of the file has so many bits of bytes
	round   int64  // weight of a round
	buckets int    // of a round, at most
	dir     string // where rows are put aside; in memory if it is empty
}

const (
	// onDisk is how many times heavier a bucket is on a disk, where each has its price.
	onDisk = 4
	// mostBuckets is how many bytes the buckets of all workers may have together, and
	// mostStretches their stretches, which are of mostStretch bits at most.
	mostBuckets   = 32 << 20
	mostStretches = 128 << 20
	mostStretch   = 26
	// mostRounds is in how many rounds at most rows are put aside on a disk.
	mostRounds = 16
)

// spread settles how the rows are spread. As long as the file need not be read too often
// for it they are put aside in memory, which costs the least; else on a disk.
func (v *Sorted) spread() (spread, error) {
	l, weight := v.limits, v.weight
	s := spread{size: v.f.data().Size(), bucket: int64(l.bucket), shift: l.stretch, round: int64(l.memory)}
	if weight > int64(l.memory)*int64(l.rounds) {
		if err := v.spreadOnDisk(&s, weight); err != nil {
			return s, err
		}
	}
	s.buckets = max(1, l.pieces/(s.stretches()+1))
	return s, nil
}

// stretches is how many stretches the file has.
func (s *spread) stretches() int { return int(s.size>>s.shift) + 1 }

// spreadOnDisk has rows put aside on a disk, in as large rounds as there is room for: what
// is saved may be on its way to the same one. Without room it stays with rounds in memory,
// unless those would be without end.
func (v *Sorted) spreadOnDisk(s *spread, weight int64) error {
	dir := v.f.spoolDir()
	err := os.MkdirAll(dir, 0o700)
	room := int64(0)
	if err == nil {
		room, err = v.limits.free(dir)
	}
	least := weight + weight/mostRounds
	switch {
	case err == nil && room >= least:
		s.round, s.dir = min(weight, room-weight), dir
		s.enlarge(v.limits, weight, int64(v.f.cfg.workers))
	case weight/int64(v.limits.memory) < int64(v.limits.readings):
		v.f.cfg.log.Warn("there is no room to put sorted rows aside, and so the file is read many times; make room, or set XDG_CACHE_HOME to a folder of another disk",
			"folder", dir, "free", room, "wanted", least, "times", weight/s.round+1, "error", err)
	case err != nil:
		return &extsort.SpoolError{Dir: dir, Err: err}
	default:
		return wording.Errorf("the sorted rows cannot be put aside in %s: %s are free there, and %s are needed; make room, or set XDG_CACHE_HOME to a folder of another disk", dir, figures.Size(room), figures.Size(least))
	}
	return nil
}

// enlarge makes stretches so long that pieces are not too short to be written one by one,
// and buckets so large that there are not too many pieces.
func (s *spread) enlarge(l sortLimits, weight, workers int64) {
	s.bucket *= onDisk
	for s.shift < mostStretch && workers<<(s.shift+1) <= mostStretches && s.bucket<<s.shift/max(s.size, 1) < int64(l.piece) {
		s.shift++
	}
	for 2*s.bucket*workers <= mostBuckets && weight/s.bucket*int64(s.stretches()) > int64(l.pieces) {
		s.bucket *= 2
	}
}

// bucket is rows that follow each other in their order, of which there is room for some in
// memory.
type bucket struct {
	from   int64 // position of the first
	rows   int
	at     int64 // where its bytes are put aside
	size   int
	before []piece // what of it stands before each stretch of the file, and all of it
}

// piece counts rows and their bytes.
type piece struct{ rows, bytes uint32 }

// round is buckets that follow each other, and for which the file is read once.
type round struct {
	v         *Sorted
	spread    spread
	stretches int
	all       int64 // rows, of all rounds
	from      int64 // position of its first row
	rows      int64
	size      int64 // bytes of all rows
	buckets   []bucket
	lists     *extsort.Area // the places of each bucket's rows, by stretches
	texts     *extsort.Area // the rows of each bucket, in the order of its list
	rooms     sync.Pool     // of *gathering
}

// newRound makes a round that has no buckets yet, where there are so many rows.
func (v *Sorted) newRound(s spread, all int64) (*round, error) {
	r := &round{v: v, all: all, spread: s, stretches: s.stretches()}
	r.rooms.New = func() any { return new(gathering) }
	var err error
	if r.lists, err = extsort.NewArea(s.dir); err != nil {
		return nil, err
	}
	if r.texts, err = extsort.NewArea(s.dir); err != nil {
		return nil, joinClose(err, r.lists)
	}
	return r, nil
}

// cut makes buckets of the rows from a position on, as many as the round may have.
func (r *round) cut(ctx context.Context, from int64) error {
	r.from, r.rows, r.size, r.buckets = from, 0, 0, r.buckets[:0]
	buf := make([]uint64, min(placesRead, r.all-from))
	b := bucket{from: from}
	full := false
	for at := from; at < r.all && !full; at += int64(len(buf)) {
		buf = buf[:min(int64(len(buf)), r.all-at)]
		if _, err := r.v.placed(ctx, at+int64(len(buf))); err != nil {
			return err
		}
		if err := r.v.places.read(at, buf); err != nil {
			return err
		}
		for _, place := range buf {
			n := heldLength(place)
			if weight := int64(b.size + n + placeSize*(b.rows+1)); b.rows > 0 && weight > r.spread.bucket {
				if b, full = r.end(b, n); full {
					break
				}
			}
			b.rows++
			b.size += n
		}
	}
	if b.rows > 0 {
		r.end(b, 0)
	}
	r.lists.Reset(placeSize * r.rows)
	r.texts.Reset(r.size)
	return nil
}

// end adds a bucket to the round, and returns the next, or that there is no room for one
// that begins with a row of n bytes.
func (r *round) end(b bucket, n int) (next bucket, full bool) {
	r.buckets = append(r.buckets, b)
	r.rows += int64(b.rows)
	r.size += int64(b.size)
	full = len(r.buckets) >= r.spread.buckets || r.size+placeSize*r.rows+max(int64(n), r.spread.bucket) > r.spread.round
	return bucket{from: b.from + int64(b.rows), at: r.size}, full
}

// heldLength is how many bytes of a row are put aside: none of one that is too large.
func heldLength(place uint64) int {
	if n := lengthOf(place); n != lengthOpen {
		return n
	}
	return 0
}
