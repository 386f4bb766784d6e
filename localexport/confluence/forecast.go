package confluence

// forecast tells how many records a file will have, by those in the ranges of keys
// that are written: to count them before would take as long as the export. It says
// nothing as long as the ranges differ much, as they do where a from date leaves
// the older ones empty.
type forecast struct {
	from, fromRows int64 // where the writing began
	last, lastRows int64 // when rates were compared last: at each doubling
	even           bool  // they agreed then
}

const (
	leastRanges = 4   // of each of the two parts that are compared
	alikeRates  = 1.3 // how far their rates may differ
)

// begin starts behind what was written before.
func (f *forecast) begin(done, rows int64) {
	*f = forecast{from: done, fromRows: rows, last: done, lastRows: rows}
}

// after takes in that done ranges of total have given so many rows, and returns how
// many there will be; -1 while that cannot be told.
func (f *forecast) after(done, total, rows int64) int64 {
	before, since := f.last-f.from, done-f.last
	switch {
	case before == 0 && since >= leastRanges:
		f.last, f.lastRows = done, rows
	case before > 0 && since >= before:
		old := float64(f.lastRows-f.fromRows) / float64(before)
		recent := float64(rows-f.lastRows) / float64(since)
		f.even = old > 0 && recent > 0 && max(old/recent, recent/old) <= alikeRates
		f.last, f.lastRows = done, rows
	}
	if !f.even || done <= f.from {
		return -1
	}
	return rows + int64(float64(rows-f.fromRows)/float64(done-f.from)*float64(max(0, total-done)))
}
