package csvfile

import (
	"bytes"

	"github.com/axiomhq/hyperloglog"

	"sluice/csvfile/internal/sketch"
	"sluice/wording"
)

// kinds of values, in the order of collector.byType.
const (
	kindInteger = iota
	kindDecimal
	kindTime
	kindBoolean
	kindText
	numKinds
)

var kindTypes = [numKinds]ValueType{TypeInteger, TypeDecimal, TypeTime, TypeBoolean, TypeText}

// extreme is the least and greatest of some values, with their texts.
type extreme struct {
	any          bool
	min, max     float64
	minAt, maxAt []byte
}

func (e *extreme) add(v float64, text []byte) {
	if !e.any || v < e.min || v == e.min && inexact(v) && compareExact(text, e.minAt) < 0 {
		e.min, e.minAt = v, append(e.minAt[:0], text...)
	}
	if !e.any || v > e.max || v == e.max && inexact(v) && compareExact(text, e.maxAt) > 0 {
		e.max, e.maxAt = v, append(e.maxAt[:0], text...)
	}
	e.any = true
}

func (e *extreme) merge(o *extreme) {
	if o.any {
		e.add(o.min, o.minAt)
		e.add(o.max, o.maxAt)
	}
}

// collector takes the values of a column, one after the other.
type collector struct {
	rows, empty, missing int64
	byType               [numKinds]int64
	distinct             *hyperloglog.Sketch
	top                  *sketch.Top

	numbers, times, sizes *sketch.Digest
	number, moment        extreme
	sum                   float64

	least, greatest  []byte // by bytes
	minSize, maxSize int64
	sumSize          float64
}

func newCollector() (*collector, error) {
	c := &collector{distinct: hyperloglog.NewNoSparse(), top: sketch.NewTop()}
	for _, d := range []**sketch.Digest{&c.numbers, &c.times, &c.sizes} {
		var err error
		if *d, err = sketch.NewDigest(); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// add takes the value of a cell.
func (c *collector) add(value []byte) error {
	if len(value) == 0 {
		c.empty++
		return nil
	}
	h := sketch.Hash(value)
	c.distinct.InsertHash(h)
	c.top.Add(h, value, 1)
	c.addOrder(value)
	c.addSize(int64(len(value)))
	return c.addTyped(value)
}

// addLong takes a value of which only the start is given.
func (c *collector) addLong(start []byte, size int64) error {
	h := sketch.Hash(start) ^ uint64(size)
	c.distinct.InsertHash(h)
	c.top.Add(h, start, 1)
	c.addOrder(start)
	c.addSize(size)
	c.byType[kindText]++
	return c.sizes.Add(float64(size))
}

func (c *collector) addTyped(value []byte) error {
	if first := value[0]; first >= '0' && first <= '9' || first == '-' || first == '+' || first == '.' || first == ' ' {
		if v, ok := parseNumber(value); ok {
			if _, whole := parseInt(bytes.TrimSpace(value)); whole {
				c.byType[kindInteger]++
			} else {
				c.byType[kindDecimal]++
			}
			c.number.add(v, value)
			c.sum += v
			return c.numbers.Add(v)
		}
		if v, ok := parseSeconds(value); ok {
			c.byType[kindTime]++
			c.moment.add(v, value)
			return c.times.Add(v)
		}
	}
	if isBoolean(value) {
		c.byType[kindBoolean]++
	} else {
		c.byType[kindText]++
	}
	return c.sizes.Add(float64(len(value)))
}

func isBoolean(b []byte) bool {
	return len(b) <= 5 && (bytes.EqualFold(b, []byte("true")) || bytes.EqualFold(b, []byte("false")))
}

// addOrder keeps the first TextLimit bytes of the least and greatest value.
func (c *collector) addOrder(value []byte) {
	value = value[:min(len(value), sketch.TextLimit)]
	if c.least == nil || bytes.Compare(value, c.least) < 0 {
		c.least = append(c.least[:0], value...)
	}
	if c.greatest == nil || bytes.Compare(value, c.greatest) > 0 {
		c.greatest = append(c.greatest[:0], value...)
	}
}

func (c *collector) addSize(n int64) {
	if c.sumSize == 0 || n < c.minSize {
		c.minSize = n
	}
	c.maxSize = max(c.maxSize, n)
	c.sumSize += float64(n)
}

// merge adds what o has collected; o is used up.
func (c *collector) merge(o *collector) error {
	c.rows += o.rows
	c.empty += o.empty
	c.missing += o.missing
	for i, n := range o.byType {
		c.byType[i] += n
	}
	if err := c.distinct.Merge(o.distinct); err != nil {
		return wording.Errorf("merge distinct counts: %w", err)
	}
	c.top.Merge(o.top)
	c.number.merge(&o.number)
	c.moment.merge(&o.moment)
	c.sum += o.sum
	if o.sumSize > 0 {
		c.addOrder(o.least)
		c.addOrder(o.greatest)
		if c.sumSize == 0 || o.minSize < c.minSize {
			c.minSize = o.minSize
		}
		c.maxSize = max(c.maxSize, o.maxSize)
		c.sumSize += o.sumSize
	}
	for _, d := range [][2]*sketch.Digest{{c.numbers, o.numbers}, {c.times, o.times}, {c.sizes, o.sizes}} {
		if err := d[0].Merge(d[1]); err != nil {
			return err
		}
	}
	return nil
}

func (c *collector) flush() error {
	for _, d := range []*sketch.Digest{c.numbers, c.times, c.sizes} {
		if err := d.Flush(); err != nil {
			return err
		}
	}
	return nil
}
