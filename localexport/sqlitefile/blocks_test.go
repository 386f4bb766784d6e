package sqlitefile

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"testing"
)

// counting counts what is read of a file.
type counting struct {
	file  io.ReaderAt
	reads int
	bytes int
}

func (c *counting) ReadAt(b []byte, at int64) (int, error) {
	n, err := c.file.ReadAt(b, at)
	c.reads++
	c.bytes += n
	return n, err
}

// patterns are orders in which blocks are asked for.
var patterns = map[string]func(n int, rnd *rand.Rand) []int64{
	"in order": func(n int, _ *rand.Rand) []int64 { return every(n, 1) },
	"every other, with steps back": func(n int, _ *rand.Rand) []int64 {
		list := every(n, 2)
		for i := 0; i+1 < len(list); i += 7 {
			list[i], list[i+1] = list[i+1], list[i]
		}
		return list
	},
	"every 20th": func(n int, _ *rand.Rand) []int64 { return every(n, 20) },
	"anywhere": func(n int, rnd *rand.Rand) []int64 {
		list := every(n, 1)
		rnd.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		return list
	},
}

func every(n, step int) (list []int64) {
	for i := 0; i < n; i += step {
		list = append(list, int64(i))
	}
	return list
}

func TestBlocks(t *testing.T) {
	const n = 2000 // blocks, the last one is short
	rnd := rand.New(rand.NewPCG(1, 2))
	data := make([]byte, n*blockSize-100)
	for i := range data {
		data[i] = byte(rnd.Uint32())
	}
	tests := []struct {
		pattern      string
		reads, times int // at most: calls, and bytes as often as those asked for
	}{
		{"in order", n / 20, 1},
		{"every other, with steps back", n / 10, 3},
		{"every 20th", n / 20, 1},
		{"anywhere", n, 2},
	}
	for _, tt := range tests {
		for _, cache := range []int{1, 64 << 10, 1 << 20} {
			t.Run(fmt.Sprint(tt.pattern, cache), func(t *testing.T) {
				file := &counting{file: bytes.NewReader(data)}
				b := newBlocks(file, int64(len(data)), blockSize, cache)
				asked := patterns[tt.pattern](n, rnd)
				for _, number := range asked {
					length := min(blockSize, len(data)-int(number)*blockSize)
					got, err := b.bytes(number*blockSize, length)
					if err != nil || !bytes.Equal(got, data[number*blockSize:][:length]) {
						t.Fatalf("block %d is not what the file holds there: %v", number, err)
					}
				}
				if cache < 1<<20 { // which is too small to read ahead far
					return
				}
				if most := tt.times * (len(asked) + 40) * blockSize; file.reads > tt.reads || file.bytes > most {
					t.Errorf("%d reads of %d bytes, want at most %d of %d", file.reads, file.bytes, tt.reads, most)
				}
			})
		}
	}
}
