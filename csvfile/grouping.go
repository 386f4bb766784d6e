package csvfile

import (
	"sluice/wording"
)

// Bucket is a span of time of UTC that times are put in; a time without a zone is taken
// as UTC.
type Bucket string

const (
	BucketNone  Bucket = ""
	BucketDay   Bucket = "day"   // "2026-01-31"
	BucketMonth Bucket = "month" // "2026-01"
	BucketYear  Bucket = "year"  // "2026"
)

// bucketLayouts are how the names of buckets are written.
var bucketLayouts = map[Bucket]string{BucketDay: "2006-01-02", BucketMonth: "2006-01", BucketYear: "2006"}

// GroupKey is a column whose cells, or the buckets of whose times, make groups.
type GroupKey struct {
	Column int // from 0
	Bucket Bucket
}

// AggregateOp is what is asked of a column in each group. Empty cells take no part in it.
type AggregateOp string

const (
	AggregateCount    AggregateOp = "count" // of rows, or of cells that are not empty
	AggregateDistinct AggregateOp = "distinct"
	AggregateSum      AggregateOp = "sum"  // exact, whatever the number of digits
	AggregateMin      AggregateOp = "min"  // by number or time for columns of such a type, else by bytes
	AggregateMax      AggregateOp = "max"  // the same
	AggregateMean     AggregateOp = "mean" // rounded to six decimals more than the numbers have
)

// AllRows is the column of an [AggregateCount] of rows.
const AllRows = -1

// Aggregate is one question about each group.
type Aggregate struct {
	Op     AggregateOp
	Column int // from 0, or AllRows
}

// Grouping says how rows are put into groups, and what is asked of each.
type Grouping struct {
	Keys       []GroupKey
	Aggregates []Aggregate
	// Memory is how many bytes tables of groups may take; 0 is 40 MB. What is more goes to
	// the disk, in the cache folder of the file.
	Memory int
}

// ByKeys reports whether groups come in the order of their keys, which they do if times
// are put into buckets; else those of most rows come first.
func (g Grouping) ByKeys() bool {
	for _, k := range g.Keys {
		if k.Bucket != BucketNone {
			return true
		}
	}
	return false
}

func isAggregate(name string) bool {
	switch AggregateOp(name) {
	case AggregateCount, AggregateDistinct, AggregateSum, AggregateMin, AggregateMax, AggregateMean:
		return true
	}
	return false
}

// Check refuses what makes no sense for a file with so many columns, in a sentence.
func (g Grouping) Check(columns int) error {
	if len(g.Keys) == 0 {
		return wording.Errorf("say which columns to group by, as in space,month(updated)")
	}
	seen := map[GroupKey]bool{}
	for _, k := range g.Keys {
		if k.Column < 0 || k.Column >= columns {
			return wording.Errorf("there is no column %d: the file has %d columns", k.Column, columns)
		}
		if _, ok := bucketLayouts[k.Bucket]; !ok && k.Bucket != BucketNone {
			return wording.Errorf("%q is no span of time: there are day, month and year", k.Bucket)
		}
		if seen[k] {
			return wording.Errorf("column %d is named twice: leave one of them out", k.Column+1)
		}
		seen[k] = true
	}
	if len(g.Aggregates) == 0 {
		return wording.Errorf("nothing is asked of the groups: ask for count, at least")
	}
	for _, a := range g.Aggregates {
		if !isAggregate(string(a.Op)) {
			return wording.Errorf("%q cannot be asked of a column: there are count, distinct, sum, min, max and mean", a.Op)
		}
		if a.Column == AllRows && a.Op == AggregateCount {
			continue
		}
		if a.Column < 0 || a.Column >= columns {
			return wording.Errorf("%s needs a column, as in %s(size)", a.Op, a.Op)
		}
	}
	return nil
}

// Header names the columns of the groups, for a file with the given columns.
func (g Grouping) Header(header []string) []string {
	var out []string
	for _, k := range g.Keys {
		out = append(out, called(string(k.Bucket), header[k.Column]))
	}
	for _, a := range g.Aggregates {
		if a.Column == AllRows {
			out = append(out, string(a.Op))
			continue
		}
		out = append(out, called(string(a.Op), header[a.Column]))
	}
	return out
}

func called(name, column string) string {
	if name == "" {
		return column
	}
	return name + "(" + column + ")"
}
