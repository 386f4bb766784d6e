package changes

import (
	"context"
	"errors"

	"sluice/csvfile"
	"sluice/wording"
)

// errGuess says that a place in the middle of a file was taken for the start of a row
// and is none, or that files are too odd for guessing: the index tells.
var errGuess = wording.New("a row does not start where it was thought to")

// Without an index the planner guesses where rows start, from the text around. Whoever
// works on a part begins where the one before has ended, so a wrong guess is found out
// by the part that ends there: its last row does not end at the guess. A guess in the
// other file that is a row, but not the right one, leaves a key on both sides of it,
// which the gatherer finds out. Then all begins anew with the index.

// unsure makes errGuess of what can only be if a guess was wrong.
func unsure(err error) error {
	if noKey := (*keyError)(nil); errors.As(err, &noKey) || errors.Is(err, csvfile.ErrIrregular) {
		return errGuess
	}
	return err
}

// guessRow is where a row may start at an offset or behind it.
func (c *cutter) guessRow(off int64) (row int64, err error) {
	ok := false
	err = c.walk.Do(func() error {
		row, ok, err = c.walk.GuessRow(off)
		return err
	})
	if err == nil && !ok {
		err = errGuess
	}
	return row, err
}

// How far around the place where the other file should go on is looked row by row.
const (
	nearBefore = 64 << 10
	nearBehind = 256 << 10
)

// quick finds where the next part may end in two files that go on alike; ok is false if
// they do not, or not as far as can be seen from here.
func (p *planner) quick(ctx context.Context) (aEnd, bEnd int64, ok bool, err error) {
	var limit key
	err = p.a.walk.Do(func() (err error) {
		aEnd, ok, err = p.a.step(ctx, p.a.at+p.size, &limit)
		return err
	})
	if err != nil || !ok {
		return 0, 0, false, err
	}
	err = p.b.walk.Do(func() (err error) {
		bEnd, ok, err = p.b.near(ctx, p.b.at+aEnd-p.a.at+p.drift, limit)
		return err
	})
	if ok {
		p.drift = bEnd - p.b.at - (aEnd - p.a.at)
	}
	return aEnd, bEnd, ok, err
}

// step finds the first row behind an offset with another key than the row there, and
// copies its key.
func (c *cutter) step(ctx context.Context, off int64, k *key) (at int64, ok bool, err error) {
	row, ok, err := c.walk.GuessRow(off)
	if err != nil || !ok {
		return 0, false, err
	}
	c.walk.Try(row)
	for first := true; c.walk.Offset() < off+nearBehind; first = false {
		ok, err := c.smallRow(ctx)
		if err != nil || !ok {
			return 0, false, err
		}
		if !first && c.key.compare(*k) != 0 {
			ascends := c.key.compare(*k) > 0
			k.copyOf(c.key)
			return c.walk.Offset(), ascends, nil
		}
		k.copyOf(c.key)
		c.walk.Next()
	}
	return 0, false, nil
}

// near finds the first row whose key is not lower than limit, around an offset.
func (c *cutter) near(ctx context.Context, around int64, limit key) (at int64, ok bool, err error) {
	row := c.at
	if from := around - nearBefore; from > c.at {
		if row, ok, err = c.walk.GuessRow(from); err != nil || !ok {
			return 0, false, err
		}
	}
	c.walk.Try(row)
	for c.walk.Offset() < around+nearBehind {
		ok, err := c.smallRow(ctx)
		if err != nil {
			return 0, false, err
		}
		if !ok {
			return c.t.end, c.walk.Offset() >= c.t.end, nil
		}
		if c.key.compare(limit) >= 0 {
			return c.walk.Offset(), row == c.at || c.walk.Offset() > row, nil
		}
		c.walk.Next()
	}
	return 0, false, nil
}

// smallRow loads the next row and its key; ok is false for a large one, and at the end.
func (c *cutter) smallRow(ctx context.Context) (ok bool, err error) {
	if ok, _, err = c.walk.Load(ctx); err != nil || !ok || c.walk.Large() {
		return false, err
	}
	return true, c.readKey(ctx)
}
