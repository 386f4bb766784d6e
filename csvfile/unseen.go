package csvfile

import (
	"bytes"
	"errors"

	"sluice/csvfile/internal/block"
	"sluice/wording"
)

// ErrIrregular says that quotes stand where only the index, which looks at all of the
// text, can tell what they are.
var ErrIrregular = wording.New("quotes stand in the middle of fields")

// Unseen reports whether rows can be read from the middle of the text before the index
// has been there: see [Walk.GuessRow] and [Walk.RangeUnseen].
func (f *File) Unseen() bool { return f.packed == nil && f.grower == nil && f.syn.Quote == '"' }

// RangeUnseen is Range for text that the index need not have seen. from must be where a
// row starts. to may be a guess: if it was wrong, the walk ends behind it and not at it.
// Load fails with [ErrIrregular] where counting quotes is not enough.
func (w *Walk) RangeUnseen(from, to int64) error {
	w.w.ahead = block.Size * chunkBlocks
	err := w.Range(from, to)
	w.regular, w.unseen = false, true
	return err
}

// unseenLength is length that looks where quotes stand.
func (w *Walk) unseenLength(b []byte) (int, error) {
	at, state, whole := 0, block.Outside, w.w.atEnd(w.off, b)
	for at < len(b) {
		end := len(b)
		j := bytes.IndexByte(b[at:], w.f.syn.Terminator)
		switch {
		case j >= 0:
			end = at + j + 1
		case !whole:
			return 0, nil
		}
		if line := b[at:end]; bytes.IndexByte(line, '"') >= 0 {
			step := block.Scan(line, w.f.syn.Terminator, w.f.syn)
			if step.Stray[state] {
				return 0, ErrIrregular
			}
			state = step.End[state]
		}
		if at = end; j >= 0 && state != block.Inside {
			return at, nil
		}
	}
	if whole {
		return len(b), nil
	}
	return 0, nil
}

// guessed are how many bytes a row start is guessed from, in turn.
var guessed = []int{16 << 10, 64 << 10, 256 << 10, 1 << 20}

// GuessRow is where the first row starts that starts at an offset or behind it, as far
// as can be told from the text around: that of the two ways to read its quotes which
// makes sense. The end of the text is right. ok is false if neither makes sense. Only a
// walk that comes to the row tells whether there is one. It must be called within Do,
// moves the walk, and needs no index.
func (w *Walk) GuessRow(off int64) (row int64, ok bool, err error) {
	size := w.w.src.Size()
	if off >= size {
		return size, true, nil
	}
	if off <= w.f.start {
		return w.f.start, true, nil
	}
	for _, n := range guessed {
		b, err := w.w.at(off-1, n)
		if err != nil || len(b) < 2 {
			return 0, false, errors.Join(err, ErrChanged)
		}
		b = b[:min(len(b), n)]
		state, ok := w.guessState(b[1:], b[0])
		if !ok {
			return 0, false, nil
		}
		if b[0] == w.f.syn.Terminator && state == block.Outside {
			return off, true, nil
		}
		if i := block.Nth(b[1:], b[0], state, w.f.syn, 1); i >= 0 {
			return off + int64(i), true, nil
		}
		if w.w.atEnd(off-1, b) {
			return size, true, nil
		}
	}
	return 0, false, nil
}

// guessState is the state behind prev in which b makes sense: if several do, that
// outside of quotes.
func (w *Walk) guessState(b []byte, prev byte) (block.State, bool) {
	step := block.Scan(b, prev, w.f.syn)
	outside := block.Outside
	if prev == '"' {
		outside = block.Closed
	}
	for _, state := range []block.State{outside, block.Inside} {
		if !step.Stray[state] {
			return state, true
		}
	}
	return 0, false
}

// Try goes to what may be a row at an offset, to be read as after RangeUnseen, up to
// the end of the text.
func (w *Walk) Try(off int64) {
	w.Jump(off)
	w.unseen = true
}
