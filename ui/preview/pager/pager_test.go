package pager

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"sluice/csvfile"
)

// owner runs dispatched functions one after another, as a UI goroutine does.
type owner struct{ mu sync.Mutex }

func (o *owner) do(f func()) {
	o.mu.Lock()
	defer o.mu.Unlock()
	f()
}

// source answers from arithmetic; it can hold reads back and records them.
type source struct {
	mu    sync.Mutex
	rows  int64
	wide  int           // bytes of a cell
	hold  chan struct{} // when not nil, reads wait for it or for their end
	reads []int64
	ended int // reads that were cancelled
	err   error
}

func (s *source) Rows(ctx context.Context, from int64, n int) ([]csvfile.Row, error) {
	s.mu.Lock()
	s.reads = append(s.reads, from)
	hold, err := s.hold, s.err
	s.mu.Unlock()
	if hold != nil {
		select {
		case <-hold:
		case <-ctx.Done():
			s.mu.Lock()
			s.ended++
			s.mu.Unlock()
			return nil, ctx.Err()
		}
	}
	if err != nil {
		return nil, err
	}
	var out []csvfile.Row
	for r := from; r < min(from+int64(n), s.rows); r++ {
		out = append(out, csvfile.Row{Number: r, Fields: []string{fmt.Sprint(r) + strings.Repeat("x", s.wide)}})
	}
	return out, nil
}

func start(t *testing.T, s Source, limit int64) (*Pager, *owner, *[]error) {
	o := &owner{}
	var errs []error
	p := New(Options{Limit: limit, Dispatch: o.do, Arrived: func(err error) {
		if err != nil {
			errs = append(errs, err)
		}
	}})
	o.do(func() { p.SetSource(t.Context(), s) })
	t.Cleanup(func() { o.do(p.Close) })
	return p, o, &errs
}

func TestRowsInSightAreReadThenTheNextPage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &source{rows: 3_000_000_000}
		p, o, _ := start(t, s, 1<<20)
		o.do(func() { p.Want(2_000_000_000, 70) })
		synctest.Wait()
		o.do(func() {
			for _, n := range []int64{2_000_000_000, 2_000_000_069} {
				if r, ok := p.Row(n); !ok || r.Number != n {
					t.Errorf("row %d is %v", n, r)
				}
			}
			if _, ok := p.Row(5); ok {
				t.Error("a row is there that nobody asked for")
			}
		})
		if got := fmt.Sprint(s.reads); got != "[2000000000 2000000064 2000000128]" {
			t.Errorf("read %s", got)
		}
		o.do(func() { p.Want(2_000_000_000-64, 10) })
		synctest.Wait()
		if got := fmt.Sprint(s.reads[3:]); got != "[1999999936 1999999872]" {
			t.Errorf("going up, read %s", got)
		}
	})
}

func TestMemoryStaysWithinItsLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &source{rows: 1_000_000, wide: 1000}
		p, o, _ := start(t, s, 1<<20)
		for i := range int64(200) {
			o.do(func() { p.Want(i*400, 30) })
			synctest.Wait()
		}
		if b := p.Bytes(); b > 1<<20+PageRows*1200 {
			t.Errorf("%d bytes are kept", b)
		}
		sum := int64(0)
		for _, e := range p.pages {
			sum += e.Value.(*page).bytes
		}
		if sum != p.bytes || len(p.pages) != p.order.Len() {
			t.Errorf("counted %d bytes, %d pages; there are %d and %d", p.bytes, len(p.pages), sum, p.order.Len())
		}
	})
}

func TestReadsThatNobodyWantsAreCancelled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &source{rows: 1_000_000, hold: make(chan struct{})}
		p, o, errs := start(t, s, 1<<20)
		o.do(func() { p.Want(0, 10) })
		synctest.Wait()
		o.do(func() { p.Want(900_000, 10) })
		synctest.Wait()
		if s.ended != 1 {
			t.Fatalf("%d reads were cancelled", s.ended)
		}
		close(s.hold)
		synctest.Wait()
		o.do(func() {
			if _, ok := p.Row(900_000); !ok {
				t.Error("the rows that were wanted last are missing")
			}
			if _, ok := p.Row(0); ok {
				t.Error("rows of the cancelled read are there")
			}
		})
		if len(*errs) > 0 {
			t.Errorf("told of %v", *errs)
		}
	})
}

func TestLateRowsOfAnotherSourceAreDropped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		old := &source{rows: 100, hold: make(chan struct{}), wide: 5}
		p, o, _ := start(t, old, 1<<20)
		o.do(func() { p.Want(0, 10) })
		synctest.Wait()
		o.do(func() {
			p.SetSource(t.Context(), &source{rows: 100})
			p.Want(0, 10)
		})
		close(old.hold)
		synctest.Wait()
		o.do(func() {
			if r, _ := p.Row(3); len(r.Fields) != 1 || r.Fields[0] != "3" {
				t.Errorf("row 3 is %v", r.Fields)
			}
		})
	})
}

func TestRowsBehindTheIndexComeWithRetry(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &source{rows: 1000, err: &csvfile.NotIndexedError{Row: 640, Indexed: 10}}
		p, o, errs := start(t, s, 1<<20)
		o.do(func() { p.Want(640, 10) })
		synctest.Wait()
		if len(*errs) != 0 || len(s.reads) > 3 {
			t.Fatalf("told of %v, %d reads", *errs, len(s.reads))
		}
		s.err = nil
		o.do(p.Retry)
		synctest.Wait()
		o.do(func() {
			if _, ok := p.Row(645); !ok {
				t.Error("the row is not there after Retry")
			}
		})
	})
}

func TestAnErrorIsToldOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		broken := errors.New("disk gone")
		s := &source{rows: 1000, err: broken}
		p, o, errs := start(t, s, 1<<20)
		o.do(func() { p.Want(0, 10) })
		o.do(func() { p.Want(0, 10) })
		synctest.Wait()
		o.do(func() { p.Want(1, 10) })
		synctest.Wait()
		if len(*errs) != 1 || !errors.Is((*errs)[0], broken) {
			t.Errorf("told of %v", *errs)
		}
	})
}

func TestAPageThatFailedAheadIsTriedAgainInSight(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &source{rows: 1000}
		p, o, errs := start(t, s, 1<<20)
		o.do(func() { p.Want(0, 10); s.mu.Lock(); s.err = errors.New("disk busy"); s.mu.Unlock() })
		synctest.Wait()
		reads := len(s.reads)
		s.err = nil
		o.do(func() { p.Retry() })
		synctest.Wait()
		s.err = errors.New("disk gone")
		o.do(func() { p.Want(128, 10) })
		synctest.Wait()
		if len(*errs) == 0 || reads > 4 {
			t.Errorf("told of %v after %d reads", *errs, reads)
		}
		s.err = nil
		o.do(func() { p.Retry() })
		synctest.Wait()
		o.do(func() {
			if _, ok := p.Row(130); !ok {
				t.Error("the rows are not there")
			}
		})
	})
}

func TestAShortLastPageGrows(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &source{rows: 70}
		p, o, _ := start(t, s, 1<<20)
		o.do(func() { p.Want(60, 20) })
		synctest.Wait()
		s.rows = 100
		o.do(p.Retry)
		synctest.Wait()
		o.do(func() {
			if _, ok := p.Row(99); !ok {
				t.Error("the rows that came are not there")
			}
		})
	})
}

// growing is a source that has fewer rows, or no index, when its first read
// begins than when that ends.
type growing struct {
	hold  chan struct{}
	first error
	reads int
}

func (g *growing) Rows(_ context.Context, from int64, n int) ([]csvfile.Row, error) {
	g.reads++ // reads follow each other
	rows := make([]csvfile.Row, n)
	if g.reads == 1 {
		<-g.hold
		return rows[:3], g.first
	}
	return rows, nil
}

// TestGrowthDuringARead: a read that began before the last growth was told of is
// not the last word on its page.
func TestGrowthDuringARead(t *testing.T) {
	for _, first := range []error{nil, &csvfile.NotIndexedError{}} {
		synctest.Test(t, func(t *testing.T) {
			g := &growing{hold: make(chan struct{}), first: first}
			p, o, _ := start(t, g, 1<<20)
			o.do(func() { p.Want(0, 10) })
			synctest.Wait()
			o.do(p.Retry)
			close(g.hold)
			synctest.Wait()
			o.do(func() {
				if _, ok := p.Row(9); !ok {
					t.Errorf("first %v: row 9 has not come after %d reads", first, g.reads)
				}
			})
			synctest.Wait()
			o.do(func() {
				if g.reads > 3 {
					t.Errorf("first %v: %d reads", first, g.reads)
				}
			})
		})
	}
}

// TestPartOfAPage: rows that come with the word that there will be more are shown,
// and the others once they are looked at and there.
func TestPartOfAPage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := &growing{hold: make(chan struct{}), first: &csvfile.NotIndexedError{Row: 3, Indexed: 3}}
		close(g.hold)
		p, o, errs := start(t, g, 1<<20)
		o.do(func() { p.Want(0, 10) })
		synctest.Wait()
		o.do(func() {
			_, here := p.Row(2)
			_, later := p.Row(9)
			if !here || later || len(*errs) != 0 {
				t.Errorf("row 2 is there: %v, row 9: %v, errors %v", here, later, *errs)
			}
			p.Want(1, 10)
		})
		synctest.Wait()
		o.do(func() {
			if _, ok := p.Row(9); !ok {
				t.Errorf("row 9 has not come after %d reads", g.reads)
			}
		})
	})
}
