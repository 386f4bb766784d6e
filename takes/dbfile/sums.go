package dbfile

import (
	"context"
	"hash/crc32"
	"strconv"
	"strings"

	"sluice/localexport/sqlread"
	"sluice/takes/feed"
)

// sums are those that a source tells of its ranges.
type sums struct {
	check  bool   // over all values
	sum    bool   // of the column
	column string // as the source spells it
}

// spans are those of the snapshot.
func (a *Again) spans(c *compared, want sums) (map[int64]feed.Span, error) {
	summed := c.shape.Columns[c.shape.Index(want.column)].Name
	names := []string{quote(c.shape.Columns[c.shape.KeyIndex()].Name), quote(summed)}
	if want.check { // in the order of the source's columns
		for _, name := range c.source.Columns {
			if i := c.shape.Index(name); i >= 0 {
				names = append(names, quote(c.shape.Columns[i].Name))
			}
		}
	}
	s, err := a.c.Prepare("SELECT " + strings.Join(names, ", ") + " FROM " + taken + "." + quote(c.shape.Name) + " ORDER BY 1")
	if err != nil {
		return nil, err
	}
	defer s.Close()
	all, now := map[int64]feed.Span{}, adding{want: want}
	for looked := 1; ; looked++ {
		if looked%piece == 0 && a.ctx.Err() != nil {
			return nil, context.Cause(a.ctx)
		}
		ok, err := s.Step()
		if err != nil {
			return nil, err
		}
		if !ok {
			now.end(all)
			return all, nil
		}
		number := rangeOf(s.Int(0))
		if number != now.Number {
			now.end(all)
			now.Number = number
		}
		now.add(s, len(names))
	}
}

// rangeOf is the number of the range that a key is in.
func rangeOf(key int64) int64 {
	if key < 0 {
		return -1
	}
	return key / rangeSize
}

// adding is a range whose rows are added up.
type adding struct {
	feed.Span
	want              sums
	keys, total, sums int64
	line, buf         []byte
}

// add adds the row that s stands on: its key, the column of the sum, and all values.
func (x *adding) add(s *sqlread.Stmt, columns int) {
	x.Rows++
	x.keys += s.Int(0) - x.Number*rangeSize
	if x.want.sum {
		x.total += s.Int(1)
	}
	if !x.want.check {
		return
	}
	x.line = x.line[:0]
	for i := 2; i < columns; i++ {
		if i > 2 {
			x.line = append(x.line, 0x1f)
		}
		if v := column(s, i, x.buf); v.Valid {
			x.line = append(x.line, v.Text...)
		} else {
			x.line = append(x.line, 0)
		}
	}
	x.sums += int64(crc32.ChecksumIEEE(x.line))
}

// end notes the range, if it has rows, and begins another.
func (x *adding) end(all map[int64]feed.Span) {
	if x.Rows > 0 {
		x.Keys = strconv.FormatInt(x.keys, 10)
		if x.want.sum {
			x.Sum = strconv.FormatInt(x.total, 10)
		}
		if x.want.check {
			x.Check = strconv.FormatInt(x.sums, 10)
		}
		all[x.Number] = x.Span
	}
	x.Span, x.keys, x.total, x.sums = feed.Span{}, 0, 0, 0
}
