package demo

// Hibernate hands out ids in blocks of 32,768 (hi/lo): every server that starts takes a block, and loses the rest of
// it when it stops. So ids grow roughly with time, with gaps, and with two servers they are not in time order.

const blockSize = 32768

// idSource is the row of hibernate_unique_key: the next block, shared by the generators of all tables.
type idSource struct{ nextBlock int64 }

// ids is one server's generator for one table.
type ids struct {
	source *idSource
	rand   *random
	next   int64
	left   int64
}

func (g *ids) take() int64 {
	g.fill()
	id := g.next
	g.next++
	g.left--
	return id
}

// peek returns the id that take will return next.
func (g *ids) peek() int64 {
	g.fill()
	return g.next
}

// fill takes the next block if there is no id left.
func (g *ids) fill() {
	if g.left > 0 {
		return
	}
	g.source.nextBlock++
	g.next = g.source.nextBlock*blockSize + 1
	g.left = blockSize - 1
	if g.rand.in(2) { // the server is restarted before it has used the block
		g.left = 1500 + g.rand.below(blockSize/2)
	}
}
