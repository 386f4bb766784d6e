package groupby

import (
	"bufio"
	"container/heap"
	"encoding/binary"
)

// head is the next group of a run.
type head struct {
	in    *bufio.Reader
	piece []byte
	rows  int64
	key   []byte
}

func (h *head) next() (bool, error) {
	piece, ok, err := readPiece(h.in, h.piece[:0])
	if err != nil || !ok {
		return false, err
	}
	h.piece = piece
	rows, n := binary.Uvarint(piece)
	size, k := binary.Uvarint(piece[n:])
	h.rows, h.key = int64(rows), piece[n+k:n+k+int(size)]
	return true, nil
}

// heads are those of all runs, a heap.
type heads struct {
	order Order
	heads []*head
}

// buffers is how much memory the merging of runs takes.
const buffers = 16 << 20

func (r *runs) heads() (*heads, error) {
	h := &heads{order: r.g.config.Order}
	for _, run := range r.list {
		one := &head{in: r.g.to.reader(run, max(4<<10, min(256<<10, buffers/len(r.list))))}
		more, err := one.next()
		if err != nil {
			return nil, err
		}
		if more {
			h.heads = append(h.heads, one)
		}
	}
	heap.Init(h)
	return h, nil
}

func (h *heads) Len() int      { return len(h.heads) }
func (h *heads) Swap(i, j int) { h.heads[i], h.heads[j] = h.heads[j], h.heads[i] }
func (h *heads) Push(x any)    { h.heads = append(h.heads, x.(*head)) }
func (h *heads) Less(i, j int) bool {
	a, b := h.heads[i], h.heads[j]
	return h.order.compare(a.rows, b.rows, a.key, b.key) < 0
}

func (h *heads) Pop() any {
	last := h.heads[len(h.heads)-1]
	h.heads = h.heads[:len(h.heads)-1]
	return last
}
