package changes

import "context"

// partSize is about how much of each file a part has.
const partSize = 4 << 20

// part is a piece of both files that ends at the same key: rows before it have lower
// keys than rows behind it, in either file.
type part struct {
	a, b   span
	last   bool
	pieces chan []byte // of the output
	done   chan outcome
}

// span is a piece of the text of a file, from where a row starts to where one starts.
type span struct{ from, to int64 }

// planner cuts two files into parts. What it takes from files that are not in order is
// of no use, which whoever works on the parts finds out.
type planner struct {
	a, b  *cutter
	size  int64
	drift int64 // how much longer the last part was in B
}

// cutter finds rows of one file by their keys.
type cutter struct {
	*side
	at    int64 // where the next part begins
	guess bool  // where rows start is guessed, and not told by the index
}

func newPlanner(a, b *table, size int64, guess bool) *planner {
	return &planner{a: &cutter{newSide(a), a.first, guess}, b: &cutter{newSide(b), b.first, guess}, size: size}
}

func (p *planner) close() {
	p.a.walk.Close()
	p.b.walk.Close()
}

// next returns the next part; the last of them ends where both files do.
func (p *planner) next(ctx context.Context) (x part, err error) {
	for size := p.size; ; size *= 2 {
		aEnd, bEnd, found, err := int64(0), int64(0), false, error(nil)
		if p.a.guess && size == p.size {
			aEnd, bEnd, found, err = p.quick(ctx)
		}
		if err == nil && !found {
			aEnd, bEnd, err = p.ends(ctx, size)
		}
		if err != nil {
			return part{}, err
		}
		x = part{a: span{p.a.at, aEnd}, b: span{p.b.at, bEnd}, last: aEnd == p.a.t.end && bEnd == p.b.t.end}
		if x.last || aEnd > p.a.at || bEnd > p.b.at {
			break
		}
		// All rows so far have one key: look further.
	}
	p.a.at, p.b.at = x.a.to, x.b.to
	return x, nil
}

// ends finds where the next part may end, about size bytes from its beginning.
func (p *planner) ends(ctx context.Context, size int64) (aEnd, bEnd int64, err error) {
	if aEnd, err = p.a.behind(ctx, size); err != nil {
		return 0, 0, err
	}
	if bEnd, err = p.b.behind(ctx, size); err != nil {
		return 0, 0, err
	}
	var limit key // the lower of the keys at the two ends
	switch ka, kb, err := p.keysAt(ctx, aEnd, bEnd); {
	case err != nil:
		return 0, 0, err
	case ka == nil && kb == nil:
		return aEnd, bEnd, nil
	case kb == nil, ka != nil && ka.compare(*kb) <= 0:
		limit = *ka
	default:
		limit = *kb
	}
	if aEnd, err = p.a.find(ctx, p.a.at, aEnd, aEnd, limit); err != nil {
		return 0, 0, err
	}
	bEnd, err = p.b.find(ctx, p.b.at, bEnd, p.b.at+aEnd-p.a.at, limit) // as far as in A
	return aEnd, bEnd, err
}

// keysAt are copies of the keys of the rows at two places, nil at the end of a file.
func (p *planner) keysAt(ctx context.Context, aEnd, bEnd int64) (ka, kb *key, err error) {
	at := func(c *cutter, off int64) (*key, error) {
		if off >= c.t.end {
			return nil, nil
		}
		ok, err := c.read(ctx, off)
		if err != nil || !ok {
			return nil, err
		}
		var k key
		k.copyOf(c.key)
		return &k, nil
	}
	if ka, err = at(p.a, aEnd); err == nil {
		kb, err = at(p.b, bEnd)
	}
	return ka, kb, err
}

// behind is where the first row starts that is size bytes behind the beginning of the
// part.
func (c *cutter) behind(ctx context.Context, size int64) (int64, error) {
	return c.rowFrom(ctx, min(c.at+size, c.t.end))
}

// rowFrom is where the first row starts at an offset or behind it.
func (c *cutter) rowFrom(ctx context.Context, off int64) (int64, error) {
	if c.guess {
		return c.guessRow(off)
	}
	return c.t.file.RowFrom(ctx, off)
}

// read makes the row at an offset, or the first behind it that is no blank line, the
// current one, and reads its key.
func (c *cutter) read(ctx context.Context, off int64) (ok bool, err error) {
	err = c.walk.Do(func() (err error) {
		if c.walk.Jump(off); c.guess {
			c.walk.Try(off)
		}
		if ok, _, err = c.walk.Load(ctx); err != nil || !ok {
			return err
		}
		return c.readKey(ctx)
	})
	return ok, err
}

// near is how far around a guess is looked first.
const near = 64 << 10

// find is where the first row with a key that is not lower than limit starts, among
// the rows from lo on; known to be such a row, or the end of the file, is hi. guess is
// where that row may be.
func (c *cutter) find(ctx context.Context, lo, hi, guess int64, limit key) (int64, error) {
	found := hi
	// Each probe looks at the first row from an offset on and leaves out what lies
	// behind, or before, the row that is looked for.
	probe := func(off int64) error {
		row, err := c.rowFrom(ctx, off)
		if err != nil {
			return err
		}
		if row >= hi {
			hi = off
			return nil
		}
		ok, err := c.read(ctx, row)
		if err != nil {
			return err
		}
		if !ok || c.key.compare(limit) >= 0 {
			found, hi = row, off
		} else {
			lo = row + 1
		}
		return nil
	}
	for step := int64(near); lo < hi && guess-step > lo && guess-step < hi; step *= 4 {
		before := lo
		if err := probe(guess - step); err != nil {
			return 0, err
		}
		if lo > before {
			break
		}
	}
	for step := int64(1); lo < hi && guess+step < hi && guess+step >= lo; step = max(step*4, near) {
		before := hi
		if err := probe(guess + step); err != nil {
			return 0, err
		}
		if hi < before {
			break
		}
	}
	for lo < hi {
		if err := probe(lo + (hi-lo)/2); err != nil {
			return 0, err
		}
	}
	return found, nil
}
