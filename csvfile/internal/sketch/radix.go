package sketch

import "math"

// toKey turns a number into one that sorts the same way as an unsigned number.
func toKey(v float64) uint64 {
	b := math.Float64bits(v)
	if b>>63 != 0 {
		return ^b
	}
	return b | 1<<63
}

func fromKey(k uint64) float64 {
	if k>>63 != 0 {
		return math.Float64frombits(k &^ (1 << 63))
	}
	return math.Float64frombits(^k)
}

// sortKeys sorts keys byte by byte, from the lowest on, in time that does not
// depend on their order. room is of the same length; the result is in one of both.
func sortKeys(keys, room []uint64) []uint64 {
	var counts [8][256]int
	for _, k := range keys {
		for b := range counts {
			counts[b][byte(k>>(8*b))]++
		}
	}
	for b := range counts {
		c := &counts[b]
		if len(keys) == 0 || c[byte(keys[0]>>(8*b))] == len(keys) {
			continue // all the same here
		}
		at := 0
		for i, n := range c {
			c[i], at = at, at+n
		}
		for _, k := range keys {
			i := byte(k >> (8 * b))
			room[c[i]] = k
			c[i]++
		}
		keys, room = room, keys
	}
	return keys
}
