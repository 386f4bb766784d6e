package csvfile

import (
	"os"

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
	onDisk = 2
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
	if s.dir == "" { // a place in a bucket takes what a place in a stretch leaves; a row always has room
		s.bucket = min(s.bucket, 1<<(64-lengthBits-s.shift)-1<<lengthBits)
	}
	s.buckets = max(1, l.pieces/(s.stretches()+1))
	return s, nil
}

// atOnce is how many rounds there is room for at once: two in memory, so that one is handed
// out while the other is put aside.
func (s *spread) atOnce() int {
	if s.dir == "" {
		return 2
	}
	return 1
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
	large  bool    // there are rows that are not put aside
	before []piece // what of it stands before each stretch of the file, and all of it
}

// piece counts rows and their bytes.
type piece struct{ rows, bytes uint32 }

// heldLength is how many bytes of a row are put aside: none of one that is too large.
func heldLength(place uint64) int {
	if n := lengthOf(place); n != lengthOpen {
		return n
	}
	return 0
}
