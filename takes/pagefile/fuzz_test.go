package pagefile

import (
	"math/rand/v2"
	"testing"
)

// FuzzRows: whatever rows come, in whatever order, SQLite finds its file in order and
// the rows in it.
func FuzzRows(f *testing.F) {
	f.Add(uint64(1), uint16(300), uint16(50), uint8(0))
	f.Add(uint64(2), uint16(40), uint16(9000), uint8(3))
	f.Add(uint64(3), uint16(3000), uint16(5), uint8(200))
	f.Fuzz(func(t *testing.T, seed uint64, n, long uint16, disorder uint8) {
		c := chance{rand.New(rand.NewPCG(seed, 1))}
		rows := c.rows(int(n)%4000, int(long)%(1+8_000_000/(1+int(n)%4000))+1, 1+int64(seed%1000))
		for range int(disorder) * len(rows) / 255 {
			i, j := c.IntN(len(rows)), c.IntN(len(rows))
			rows[i], rows[j] = rows[j], rows[i]
		}
		db, err := write(t, rows)
		if err != nil {
			t.Fatal(err)
		}
		check(t, db, rows)
	})
}
