package csvfile

import (
	"encoding/binary"
	"sync"
	"sync/atomic"

	"sluice/csvfile/internal/extsort"
	"sluice/wording"
)

// A place is where a row stands in the text and how long it is: 44 and 20 bits. Places
// are in the order of the file.
const (
	lengthBits = 20
	// lengthOpen stands for a length that is larger, or that the row is a giant.
	lengthOpen = 1<<lengthBits - 1
	// maxPlace is the largest text whose rows can be sorted: 16 TB.
	maxPlace = 1 << (64 - lengthBits)
	// placeSize is how many bytes a place takes.
	placeSize = 8
)

// placeOf is the place of a record.
func placeOf(r *rec) uint64 {
	n := uint64(lengthOpen)
	if r.giant == nil && r.length < lengthOpen {
		n = uint64(r.length)
	}
	return uint64(r.offset)<<lengthBits | n
}

// offsetOf and lengthOf take a place apart.
func offsetOf(place uint64) int64 { return int64(place >> lengthBits) }

func lengthOf(place uint64) int { return int(place & lengthOpen) }

// placesRead is how many places are read from a spool at once.
const placesRead = 8 << 10

// places is a list of places that grows at its end: the first in memory, the others in a
// spool.
type places struct {
	most  int
	spool *extsort.Spool
	n     atomic.Int64 // that can be read

	idle sync.Pool // of buffers to read into

	mu     sync.RWMutex
	mem    []uint64
	growth chan struct{} // closed and replaced whenever there are more
	buf    []byte
	closed bool
}

func (p *places) count() int64 { return p.n.Load() }

// grown returns a channel that closes when there are more places.
func (p *places) grown() <-chan struct{} {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.growth
}

// append adds places.
func (p *places) append(more []uint64) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	all := int64(len(more))
	k := min(len(more), p.most-len(p.mem))
	p.mem = append(p.mem, more[:k]...)
	if more = more[k:]; len(more) > 0 {
		p.buf = p.buf[:0]
		for _, m := range more {
			p.buf = binary.LittleEndian.AppendUint64(p.buf, m)
		}
		if _, err := p.spool.Write(p.buf); err != nil {
			return err
		}
	}
	p.n.Add(all)
	p.notify()
	return nil
}

// notify must be called with the lock held.
func (p *places) notify() {
	close(p.growth)
	p.growth = make(chan struct{})
}

// tell wakes who waits for more places.
func (p *places) tell() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.notify()
}

// read fills out with the places from position from on, which must be there.
func (p *places) read(from int64, out []uint64) error {
	p.mu.RLock()
	defer p.mu.RUnlock()
	if p.closed {
		return ErrClosed
	}
	if have := int64(len(p.mem)); from < have {
		k := copy(out, p.mem[from:])
		from, out = from+int64(k), out[k:]
	}
	if len(out) == 0 {
		return nil
	}
	buf, ok := p.idle.Get().(*[placeSize * placesRead]byte)
	if !ok {
		buf = new([placeSize * placesRead]byte)
	}
	defer p.idle.Put(buf)
	for len(out) > 0 {
		b := buf[:8*min(len(out), placesRead)]
		if n, err := p.spool.ReadAt(b, 8*(from-int64(len(p.mem)))); n < len(b) {
			return wording.Errorf("the order of the rows cannot be read again: %w", err)
		}
		k := len(b) / 8
		for i := range k {
			out[i] = binary.LittleEndian.Uint64(b[8*i:])
		}
		from, out = from+int64(k), out[k:]
	}
	return nil
}

func (p *places) close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closed, p.mem = true, nil
	return p.spool.Close()
}
