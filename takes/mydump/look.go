package mydump

import (
	"io"
	"strings"

	"sluice/takes/ends"
	"sluice/takes/feed"
)

// lookSize is how much of a dump is looked at.
const lookSize = 1 << 20

// Look reads the first bytes of a dump: who wrote it, and the tables that it makes
// there. All is true if the dump came to its end. An error is what Read would fail
// with in these bytes.
func Look(r io.Reader) (tool string, tables []feed.Table, all bool, err error) {
	limited := &io.LimitedReader{R: r, N: lookSize}
	in := ends.NewReader(limited)
	d := newDump(in, feed.Nowhere{})
	err = d.read()
	if limited.N <= 0 { // what is cut there is not the dump
		return toolOf(in), d.inserts.Tables(), false, nil
	}
	return toolOf(in), d.inserts.Tables(), err == nil, err
}

func toolOf(in *ends.Reader) string {
	return strings.Join(in.Lines("-- MySQL dump", "-- MariaDB dump", "-- Server version"), ", server ")
}
