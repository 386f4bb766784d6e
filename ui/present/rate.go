package present

import (
	"math"
	"time"
)

// Estimator watches counters grow. It keeps the samples of a sliding window and
// tells rates over it, and the time left when that is worth telling.
type Estimator struct {
	samples []sample
	chart   []float64
	charted time.Time
	left    time.Duration
	steady  int
}

type sample struct {
	at          time.Time
	done, total int64
	rows, bytes int64
}

const (
	window        = 10 * time.Second
	leastWindow   = 2 * time.Second // less than that is no rate
	chartInterval = 250 * time.Millisecond
	chartLength   = 120
	steadySamples = 5   // estimates in a row that agree
	agreement     = 1.3 // how far neighbouring estimates may differ
)

// Add takes a sample: how far the job is, in units of its own, and the rows and
// bytes written so far.
func (e *Estimator) Add(at time.Time, done, total, rows, bytes int64) {
	if n := len(e.samples); n > 0 && (done < e.samples[n-1].done || rows < e.samples[n-1].rows) {
		*e = Estimator{} // another job, or another phase
	}
	e.samples = append(e.samples, sample{at, done, total, rows, bytes})
	for len(e.samples) > 2 && at.Sub(e.samples[1].at) >= window {
		e.samples = e.samples[1:]
	}
	e.estimate()
	if at.Sub(e.charted) >= chartInterval {
		e.charted = at
		e.chart = append(e.chart, e.over(2*time.Second, func(s sample) int64 { return s.rows }))
		if len(e.chart) > chartLength {
			e.chart = e.chart[1:]
		}
	}
}

// Rows is the rate of rows per second, and Bytes that of bytes.
func (e *Estimator) Rows() float64 { return e.over(window, func(s sample) int64 { return s.rows }) }

// Bytes is the rate of bytes per second.
func (e *Estimator) Bytes() float64 { return e.over(window, func(s sample) int64 { return s.bytes }) }

// Chart is the rate of rows over the life of the job, oldest first.
func (e *Estimator) Chart() []float64 { return e.chart }

// over is the growth per second of a counter over the last part of the window.
func (e *Estimator) over(span time.Duration, of func(sample) int64) float64 {
	if len(e.samples) < 2 {
		return 0
	}
	last := e.samples[len(e.samples)-1]
	first := e.samples[0]
	for _, s := range e.samples {
		if last.at.Sub(s.at) >= span {
			first = s
		}
	}
	seconds := last.at.Sub(first.at).Seconds()
	if seconds <= 0 {
		return 0
	}
	return float64(of(last)-of(first)) / seconds
}

// estimate follows the time left, and how many estimates in a row agreed.
func (e *Estimator) estimate() {
	last := e.samples[len(e.samples)-1]
	span := last.at.Sub(e.samples[0].at)
	speed := e.over(window, func(s sample) int64 { return s.done })
	if last.total <= 0 || span < leastWindow || speed <= 0 {
		e.steady = 0
		return
	}
	seconds := float64(max(0, last.total-last.done)) / speed
	next := time.Duration(min(seconds, 365*24*3600) * float64(time.Second))
	ratio := (next.Seconds() + 1) / (e.left.Seconds() + 1)
	if math.Max(ratio, 1/ratio) > agreement {
		e.steady = 0
	} else {
		e.steady++
	}
	e.left = next
}

// Left is the time left. ok is false until some estimates in a row have agreed:
// no figure is better than one that jumps.
func (e *Estimator) Left() (left time.Duration, ok bool) {
	if e.steady < steadySamples {
		return 0, false
	}
	return e.left, true
}
