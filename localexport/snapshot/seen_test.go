package snapshot

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"sluice/localexport/wallclock"
)

// TestSeenJudgesAsTheWholeTable: whatever the order of the rows and however many
// goroutines share them, the newest change is the one that all moments together give.
func TestSeenJudgesAsTheWholeTable(t *testing.T) {
	s, err := Open(t.Context(), database(t, with()...))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	s.now = func() time.Time { return testNow }
	outliers := 0
	for seed := range uint64(3000) {
		r := rand.New(rand.NewPCG(seed, 1))
		moments := manyMoments(r)
		exact := newest{content: recent{limit: s.latest()}, events: recent{limit: s.latest()}}
		content, events := []*Seen{s.NewSeen(), s.NewSeen(), s.NewSeen()}, []*Seen{s.NewSeen()}
		share := 1 + len(moments)/len(content)
		for i, m := range moments {
			if m.id%7 == 0 {
				exact.events.add(m)
				events[0].Add(m.Seconds, m.Nanos, m.id)
				continue
			}
			exact.content.add(m)
			content[i/share].Add(m.Seconds, m.Nanos, m.id)
		}
		want := exact.judge(s, wallclock.NewZone(time.UTC))
		if got := s.NewestSeen(content, events); !got.Equal(want.At) {
			t.Fatalf("seed %d, %d moments: the newest is %v, want %v", seed, len(moments), got, want.At)
		}
		outliers += len(want.Outliers)
	}
	if outliers < 100 {
		t.Errorf("there were outliers %d times only", outliers)
	}
}

// manyMoments are changes as wikis have them: years of work with breaks, some rows far
// from the others, in the order of time, nearly in it, or in none.
func manyMoments(r *rand.Rand) (all []moment) {
	const day = 86400
	at := testNow.Unix() - int64(r.IntN(4000))*day
	for range 1 + r.IntN(4) {
		step := []int64{60, day, 40 * day}[r.IntN(3)]
		for range r.IntN(60) {
			at += r.Int64N(step)
			all = append(all, moment{wallclock.Reading{Seconds: at, Nanos: int32(r.IntN(3)), Absolute: true}, int64(len(all))})
		}
		at += r.Int64N(900 * day)
	}
	for range r.IntN(6) {
		far := moment{wallclock.Reading{Seconds: testNow.Unix() + r.Int64N(9000*day) - 4000*day, Absolute: true}, int64(len(all))}
		all = slices.Insert(all, r.IntN(len(all)+1), far)
	}
	switch r.IntN(3) {
	case 0:
		r.Shuffle(len(all), func(i, k int) { all[i], all[k] = all[k], all[i] })
	case 1:
		for i := range max(len(all)-3, 0) {
			if k := i + r.IntN(3); r.IntN(2) == 0 {
				all[i], all[k] = all[k], all[i]
			}
		}
	}
	return all
}

// TestSeenOfNothing has no newest change.
func TestSeenOfNothing(t *testing.T) {
	s, err := Open(t.Context(), database(t, with()...))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if got := s.NewestSeen([]*Seen{s.NewSeen()}, nil); !got.IsZero() {
		t.Errorf("the newest of nothing is %v", got)
	}
}

func TestSeenDoesNotAllocate(t *testing.T) {
	s, err := Open(t.Context(), database(t, with()...))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for _, step := range []int64{1, 86400 * 30, -86400} {
		x, at := s.NewSeen(), int64(1_000_000_000)
		add := func() { x.Add(at, 0, at); at += step }
		for range 100 {
			add()
		}
		if n := testing.AllocsPerRun(1000, add); n != 0 {
			t.Errorf("steps of %d s: %v allocations per row", step, n)
		}
	}
}

func BenchmarkSeen(b *testing.B) {
	for _, step := range []int64{60, -60} {
		b.Run(fmt.Sprint(step), func(b *testing.B) {
			x, at := &Seen{recent: recent{limit: lastSecond}, low: -1 << 62, high: -1 << 62}, int64(1_000_000_000)
			for b.Loop() {
				x.Add(at, 0, at)
				at += step
			}
		})
	}
}
