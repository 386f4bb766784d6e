// Package block scans fixed blocks of a CSV file for record ends.
//
// A block is scanned without knowing what came before it: [Scan] answers for
// every [State] the block could start in how many records end inside it and in
// which state it leaves off. Blocks can therefore be scanned in any order on
// any number of cores, and one pass over the answers gives the exact state and
// row number at every block start.
package block

import "bytes"

// Size is the length of a block in bytes. A look-up of a row reads about one
// block, so the size bounds the time of a look-up; 8 bytes a block are kept.
const Size = 64 << 10

// quote is the quote of nearly all files, which vector instructions look for.
const quote = '"'

// State is where a byte of the file stands with respect to quoting.
type State uint8

const (
	// Outside of quotes: a terminator ends the record. A quote opens a quoted
	// field only right behind a delimiter or a terminator.
	Outside State = iota
	// Inside of quotes: terminators are data.
	Inside
	// Closed is Outside right behind a quote that closed: another quote now
	// means a doubled one, and the field goes on.
	Closed
	numStates
)

// Syntax names the bytes that give a file its structure.
type Syntax struct {
	Delimiter byte
	// Quote stands around fields; 0 for files without quoting, in which it is data.
	Quote byte
	// Terminator ends a record: LF (also for CRLF), or CR for files that have no LF.
	Terminator byte
}

// Step tells what a block does for every state it may start in.
type Step struct {
	// Records is the number of records that end in the block.
	Records [numStates]uint32
	// End is the state behind the block's last byte.
	End [numStates]State
	// Stray reports that the block is not regular: a quote stands in the middle
	// of a field, so that counting quotes alone is not enough, or text follows a
	// closing quote, so that a value does not stand in one piece. See [ScanForeign].
	Stray [numStates]bool
}

// Scan scans b (not empty), which the byte prev precedes (the terminator at the
// start of a file). It goes by the parity of quotes alone and says in Stray when
// that does not hold: then the Step must be dropped for that of [ScanForeign].
func Scan(b []byte, prev byte, syn Syntax) Step {
	return scan(b, prev, syn, haveKernel)
}

// scan is [Scan] with or without vector instructions (only where haveKernel).
func scan(b []byte, prev byte, syn Syntax, vectors bool) Step {
	var t tally
	first := syn.IndexQuote(b)
	if first < 0 {
		t.ends[0] = uint32(bytes.Count(b, []byte{syn.Terminator}))
	} else {
		// The fast part needs a byte before and one behind.
		at := first + 1
		t.count(b, 0, at, prev, syn)
		switch {
		case syn.Quote != quote: // too rare for more than a walk from quote to quote
		case vectors:
			at = t.vector(b, at, len(b)-1, syn)
		default:
			at = t.words(b, at, len(b)-1, syn)
		}
		t.count(b, at, len(b), prev, syn)
	}
	s := t.step(b, syn)
	if syn.IsQuote(prev) {
		// Closed, the quote before must be followed by what may follow one.
		// Outside, it was a stray one, and a quote behind it is another.
		s.Stray[Closed] = s.Stray[Closed] || !followsClosing(b[0], syn)
		s.Stray[Outside] = s.Stray[Outside] || b[0] == syn.Quote
	}
	return s
}

// followsClosing reports whether c may stand behind a quote that closes a field
// or, being a quote itself, doubles it.
func followsClosing(c byte, syn Syntax) bool {
	return c == syn.Delimiter || c == syn.Terminator || c == syn.Quote || c == '\r'
}

// IsQuote reports whether c is the quote.
func (s Syntax) IsQuote(c byte) bool { return c == s.Quote && s.Quote != 0 }

// IndexQuote is the position of the first quote in b, -1 if there is none.
func (s Syntax) IndexQuote(b []byte) int {
	if s.Quote == 0 {
		return -1
	}
	return bytes.IndexByte(b, s.Quote)
}

// tally is what a block holds, counted from its own start: terminators behind
// an even and an odd number of quotes, the quotes (of which only the parity
// matters), and whether the block is not regular if it starts outside, or
// inside, of quotes.
type tally struct {
	ends   [2]uint32
	quotes int
	stray  [2]bool
}

// count scans b[from:to]. It goes from quote to quote and, beside that, from
// terminator to terminator, which costs less than to count the terminators
// between each two quotes.
func (t *tally) count(b []byte, from, to int, prev byte, syn Syntax) {
	end := next(b, from, to, syn.Terminator)
	for i := from; ; {
		q := t.quotes & 1
		i = next(b, i, to, syn.Quote)
		for end < i {
			if i == to { // no more quotes
				t.ends[q] += uint32(bytes.Count(b[end:to], []byte{syn.Terminator}))
				break
			}
			t.ends[q]++
			end = next(b, end+1, to, syn.Terminator)
		}
		if i == to {
			return
		}
		if i > 0 {
			prev = b[i-1]
		}
		if prev != syn.Delimiter && prev != syn.Terminator && prev != syn.Quote {
			t.stray[q] = true
		}
		if i++; i < len(b) && !followsClosing(b[i], syn) {
			t.stray[q^1] = true
		}
		t.quotes++
	}
}

// next returns the position of c in b[from:to], or to.
func next(b []byte, from, to int, c byte) int {
	if i := bytes.IndexByte(b[from:to], c); i >= 0 {
		return from + i
	}
	return to
}

// step turns the counts into an answer for each start state. Under parity a
// block that starts Closed behaves like one that starts Outside: a quote as
// its first byte re-opens the field either way.
func (t *tally) step(b []byte, syn Syntax) Step {
	outside := Outside
	if len(b) > 0 && syn.IsQuote(b[len(b)-1]) {
		outside = Closed
	}
	s := Step{
		Records: [numStates]uint32{t.ends[0], t.ends[1], t.ends[0]},
		Stray:   [numStates]bool{t.stray[0], t.stray[1], t.stray[0]},
	}
	if t.quotes&1 == 0 {
		s.End = [numStates]State{outside, Inside, outside}
	} else {
		s.End = [numStates]State{Inside, outside, Inside}
	}
	return s
}

// ScanForeign is [Scan] for files in which quotes also stand in the middle of
// unquoted fields, where they are data: for the states from which the block is
// not regular it runs the state machine of [Count].
func ScanForeign(b []byte, prev byte, syn Syntax) Step {
	s := Scan(b, prev, syn)
	for st := Outside; st < numStates; st++ {
		if s.Stray[st] && (st != Closed || prev == syn.Quote) {
			n, _, end := Count(b, prev, st, syn)
			s.Records[st], s.End[st] = uint32(n), end
		}
		s.Stray[st] = false
	}
	return s
}

// Count walks b from state st. It returns the number of records that end in b,
// the position behind the last end (-1 without one), and the state behind b.
// It is right for regular and foreign files alike.
func Count(b []byte, prev byte, st State, syn Syntax) (records, last int, end State) {
	term := []byte{syn.Terminator}
	last = -1
	w := walker{b: b, prev: prev, state: st, syn: syn}
	for {
		seg, at, ok := w.next()
		if !ok {
			return records, last, w.state
		}
		if n := bytes.Count(seg, term); n > 0 {
			records += n
			last = at + bytes.LastIndexByte(seg, syn.Terminator) + 1
		}
	}
}

// Nth returns the position behind the n-th (from 1) record end in b, or -1 if
// fewer records end in b.
func Nth(b []byte, prev byte, st State, syn Syntax, n int) int {
	term := []byte{syn.Terminator}
	w := walker{b: b, prev: prev, state: st, syn: syn}
	for {
		seg, at, ok := w.next()
		if !ok {
			return -1
		}
		c := bytes.Count(seg, term)
		if c < n {
			n -= c
			continue
		}
		for i := 0; ; n-- {
			i += bytes.IndexByte(seg[i:], syn.Terminator) + 1
			if n == 1 {
				return at + i
			}
		}
	}
}

// Ends appends to dst the position behind every record end in b, plus base, and
// returns the state behind b.
func Ends(dst []int64, base int64, b []byte, prev byte, st State, syn Syntax) ([]int64, State) {
	w := walker{b: b, prev: prev, state: st, syn: syn}
	for {
		seg, at, ok := w.next()
		if !ok {
			return dst, w.state
		}
		for i := 0; ; {
			j := bytes.IndexByte(seg[i:], syn.Terminator)
			if j < 0 {
				break
			}
			i += j + 1
			dst = append(dst, base+int64(at+i))
		}
	}
}

// walker cuts a block into the segments that lie outside of quotes.
type walker struct {
	b     []byte
	pos   int
	prev  byte
	state State
	syn   Syntax
}

// next returns the next segment outside of quotes and its position. A segment
// ends where a quoted field opens, or before a stray quote.
func (w *walker) next() (seg []byte, at int, ok bool) {
	b, q, i, st := w.b, w.syn.Quote, w.pos, w.state
	if q == 0 {
		w.pos = len(b)
		return b[i:], i, i < len(b) && st != Inside
	}
	for i < len(b) {
		if st == Inside {
			j := bytes.IndexByte(b[i:], q)
			if j < 0 {
				break
			}
			st = Closed
			if i += j + 1; i == len(b) {
				break
			}
		}
		if st == Closed {
			st = Outside
			if b[i] == q {
				st = Inside
				i++
				continue
			}
		}
		j := bytes.IndexByte(b[i:], q)
		if j < 0 {
			w.pos, w.state = len(b), Outside
			return b[i:], i, true
		}
		end := i + j
		if end > 0 {
			w.prev = b[end-1]
		}
		if w.prev == w.syn.Delimiter || w.prev == w.syn.Terminator {
			st = Inside
		}
		w.pos, w.state = end+1, st
		return b[i:end], i, true
	}
	w.pos, w.state = len(b), st
	return nil, 0, false
}
