package rest

import (
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// toolkit is a stand-in for the loop of the toolkit: it runs what is queued, has a
// beat of its own sixty times a second, and knows a window system to wait in.
type toolkit struct {
	queue  chan func()
	events chan struct{} // what people do
	wakes  chan struct{}
	quit   chan struct{}
	ended  chan struct{}

	quitting  atomic.Bool // it has been asked to quit
	goroutine atomic.Value
	tidied    atomic.Int32

	mu    sync.Mutex
	beats int // turns of the toolkit
	rests []time.Duration
}

func newToolkit(t *testing.T) (*toolkit, *Rester) {
	k := &toolkit{queue: make(chan func(), 1000), events: make(chan struct{}, 10), wakes: make(chan struct{}, 10), quit: make(chan struct{}), ended: make(chan struct{})}
	do := func(f func()) {
		if k.quitting.Load() && k.goroutine.Load() == goroutine() {
			f()
			return
		}
		k.queue <- f
	}
	r := New(Options{Do: do, Wait: k.wait, Wake: func() { k.wakes <- struct{}{} },
		Tidy: func() { k.tidied.Add(1) }})
	r.Start()
	go k.run()
	t.Cleanup(func() { r.Stop(); close(k.quit) })
	return k, r
}

func (k *toolkit) run() {
	defer close(k.ended)
	k.goroutine.Store(goroutine())
	beat := time.NewTicker(time.Second / 60)
	defer beat.Stop()
	for {
		select {
		case <-k.quit:
			return
		case f := <-k.queue:
			if k.quitting.Load() { // one more may run before it sees that it is to quit
				f()
				return
			}
			f()
		case <-beat.C:
			k.mu.Lock()
			k.beats++
			k.mu.Unlock()
			select {
			case <-k.events:
			default:
			}
		}
	}
}

// goroutine names the one that it is called on.
func goroutine() string {
	var b [64]byte
	name, _, _ := strings.Cut(string(b[:runtime.Stack(b[:], false)]), "[")
	return name
}

func (k *toolkit) wait(d time.Duration) {
	began := time.Now()
	select {
	case <-k.events:
	case <-k.wakes:
	case <-time.After(d):
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.rests = append(k.rests, time.Since(began))
}

// longest is the longest rest since it was asked last.
func (k *toolkit) longest() time.Duration {
	k.mu.Lock()
	defer k.mu.Unlock()
	d := slices.Max(append(k.rests, 0))
	k.rests = nil
	return d
}

func (k *toolkit) turns() int {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.beats
}

// beatsIn counts the turns of the toolkit in a time.
func (k *toolkit) beatsIn(d time.Duration) int {
	synctest.Wait()
	before := k.turns()
	time.Sleep(d)
	synctest.Wait()
	return k.turns() - before
}

func TestNothingHappens(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k, _ := newToolkit(t)
		time.Sleep(11*time.Second + 300*time.Millisecond)
		if n := k.beatsIn(45 * time.Second); n > 15 {
			t.Errorf("the toolkit had %d turns in 45 s in which nothing happened", n)
		}
		if longest := k.longest(); longest > longRest {
			t.Errorf("a rest of %v: what the toolkit starts by itself waits too long", longest)
		}
		if n := k.beatsIn(time.Hour); n > 1000 {
			t.Errorf("the toolkit had %d turns in an hour in which nothing happened", n)
		}
	})
}

func TestFunctionEndsARest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k, r := newToolkit(t)
		time.Sleep(time.Minute + 300*time.Millisecond)
		for range 10 {
			asked, ran := time.Now(), time.Time{}
			r.Do(func() { ran = time.Now() })
			synctest.Wait()
			if ran.IsZero() {
				t.Fatal("a function was left waiting for the end of a rest")
			}
			if late := ran.Sub(asked); late > 0 {
				t.Errorf("a function came %v late", late)
			}
			if n := k.beatsIn(drawn); n < 1 {
				t.Errorf("%d turns of the toolkit after a function: what it has changed is not drawn", n)
			}
			time.Sleep(3 * time.Second)
		}
	})
}

func TestEventGivesTheToolkitItsPace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k, _ := newToolkit(t)
		time.Sleep(time.Minute + 300*time.Millisecond)
		k.events <- struct{}{}
		synctest.Wait()
		if n := k.beatsIn(900 * time.Millisecond); n < 50 {
			t.Errorf("%d turns of the toolkit in 0.9 s after an event, not sixty a second", n)
		}
		time.Sleep(time.Second)
		synctest.Wait()
		k.longest()
		time.Sleep(5 * time.Second)
		synctest.Wait()
		if longest := k.longest(); longest > shortRest {
			t.Errorf("a rest of %v soon after an event: a cursor that blinks stands still", longest)
		}
	})
}

// TestOrder holds that functions run in the order in which they were handed over,
// also from many goroutines beside rests that begin and end.
func TestOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, r := newToolkit(t)
		time.Sleep(2 * time.Second)
		var got []int
		for i := range 200 {
			r.Do(func() { got = append(got, i) })
			time.Sleep(time.Duration(i%7) * 13 * time.Millisecond)
		}
		synctest.Wait()
		if len(got) != 200 || !slices.IsSorted(got) {
			t.Errorf("%d of 200 functions ran, in order: %v", len(got), slices.IsSorted(got))
		}
	})
}

// TestTidy holds that what is left over is cleared away once after each time that
// somebody was there.
func TestTidy(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k, _ := newToolkit(t)
		for visit := range int32(3) {
			time.Sleep(5*time.Second + 100*time.Millisecond)
			if n := k.tidied.Load(); n != visit {
				t.Errorf("cleared away %d times, the last time soon after an event", n)
			}
			time.Sleep(time.Hour)
			if n := k.tidied.Load(); n != visit+1 {
				t.Errorf("cleared away %d times after %d visits", n, visit+1)
			}
			k.events <- struct{}{}
		}
	})
}

// TestQuit holds that the toolkit comes to its end when it quits beside a rest: from
// then on it runs at once what its own goroutine asks for, as Fyne does.
func TestQuit(t *testing.T) {
	for _, after := range []time.Duration{time.Second, 5 * time.Second, time.Minute} {
		synctest.Test(t, func(t *testing.T) {
			k, r := newToolkit(t)
			time.Sleep(after)
			synctest.Wait()
			began := time.Now()
			k.queue <- func() {
				k.quitting.Store(true)
				k.queue <- r.turn // one that was asked for just before
			}
			<-k.ended
			if took := time.Since(began); took > 2*longRest {
				t.Errorf("quitting took %v", took)
			}
		})
	}
}

func TestNoWindowSystem(t *testing.T) {
	ran := false
	r := New(Options{Do: func(f func()) { f() }})
	r.Start()
	r.Do(func() { ran = true })
	r.Stop()
	if !ran {
		t.Error("the function did not run")
	}
}
