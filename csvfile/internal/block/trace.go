package block

// Trace is what a walk over a block met, by position in the block.
type Trace struct {
	// Stray is the first quote that stands in the middle of a field, or the
	// closing quote that text follows; -1 if there is none.
	Stray int
	// Opening is the quote that opens the quoted field in which the block ends;
	// -1 if it does not end in one, or that opened before the block.
	Opening int
}

// TraceBlock walks b byte by byte from state st; it is meant for the rare block
// of which [Scan] has told that something is to be found.
func TraceBlock(b []byte, prev byte, st State, syn Syntax) Trace {
	t := Trace{Stray: -1, Opening: -1}
	opened := -1
	stray := func(i int) {
		if t.Stray < 0 {
			t.Stray = max(i, 0)
		}
	}
	for i, c := range b {
		isQuote := syn.IsQuote(c)
		switch {
		case isQuote && st == Inside:
			st = Closed
		case isQuote && st == Closed:
			st = Inside
		case isQuote && (prev == syn.Delimiter || prev == syn.Terminator):
			st, opened = Inside, i
		case isQuote:
			stray(i)
		case st == Closed:
			st = Outside
			if !followsClosing(c, syn) {
				stray(i - 1)
			}
		}
		prev = c
	}
	if st == Inside {
		t.Opening = opened
	}
	return t
}
