package demo

import (
	"math"
	"slices"
	"time"
)

const (
	day  = 24 * 60 * 60 * 1000 // ms
	week = 7 * day

	siteAge        = 4 * 365 * day // how long the demo site has existed
	eventRetention = 2 * 365 * day // how long it keeps analytics events

	quantiles = 1024 // intervals of the tables below
)

// newest is when the latest change on the demo site was made: Friday, 20 November 2026, 16:58:41 in Berlin.
var newest = time.Date(2026, time.November, 20, 15, 58, 41, 204e6, time.UTC)

// clock is the demo site's time line. Its moments are "steady" milliseconds: they pass evenly, and work turns them
// into epoch milliseconds at which people are at work. Steady moments can be added and compared; the order of
// any two is kept by work.
//
// Everything is done in integers, from tables rounded when they are made, so that the last bit of a floating
// point unit can't change a snapshot.
type clock struct {
	end    int64                // steady moment of the newest change
	ages   [quantiles + 1]int64 // age in ms of the pages at each quantile, oldest first
	delays [quantiles]int64     // exponential delay, in thousandths of its mean
	hours  [7*24 + 1]int64      // ms of the week that have passed, in steady time, at each hour of the week
}

func newClock() *clock {
	c := &clock{}
	c.fillHours()
	c.end = c.steady(newest.UnixMilli())
	for i := range c.ages {
		// The exponent makes recent pages denser: two in five were created in the last of the four years.
		left := 1 - float64(i)/quantiles
		c.ages[i] = int64(math.Round(math.Pow(left, 1.6)*siteAge/1000)) * 1000
	}
	for i := range c.delays {
		c.delays[i] = int64(math.Round(-1000 * math.Log((float64(i)+0.5)/quantiles)))
	}
	return c
}

// fillHours gives every hour of the week a share of the work done in it (UTC; Berlin is one or two hours ahead).
func (c *clock) fillHours() {
	var weights [7 * 24]int64
	var total int64
	for h := range weights {
		weekday, hour := h/24, h%24
		w := int64(2)
		switch {
		case weekday >= 5:
			w = 1
		case hour >= 7 && hour < 16:
			w = 40
		case hour >= 5 && hour < 20:
			w = 9
		}
		weights[h] = w
		total += w
	}
	var sum int64
	for h, w := range weights {
		sum += w
		c.hours[h+1] = sum * week / total
	}
}

// monday returns the start of the week of ms, a Monday 00:00 UTC. (1970 began on a Thursday.)
func monday(ms int64) int64 {
	const firstMonday = 4 * day
	weeks := (ms - firstMonday) / week
	if ms < firstMonday+weeks*week {
		weeks--
	}
	return firstMonday + weeks*week
}

// work turns a steady moment into epoch milliseconds.
func (c *clock) work(steady int64) int64 {
	start := monday(steady)
	in := steady - start
	h, found := slices.BinarySearch(c.hours[:], in)
	if !found {
		h--
	}
	const hour = week / (7 * 24)
	return start + int64(h)*hour + (in-c.hours[h])*hour/(c.hours[h+1]-c.hours[h])
}

// steady is the inverse of work, to the millisecond or so.
func (c *clock) steady(ms int64) int64 {
	start := monday(ms)
	const hour = week / (7 * 24)
	h, rest := (ms-start)/hour, (ms-start)%hour
	return start + c.hours[h] + (rest*(c.hours[h+1]-c.hours[h])+hour-1)/hour
}

// page returns the steady moment at which page i of n is created. It never falls as i grows.
func (c *clock) page(i, n int64) int64 {
	at := (2*i + 1) * quantiles // over 2n, so that page 0 is not the very first moment
	k, rest := at/(2*n), at%(2*n)
	from, to := c.ages[k], c.ages[k+1]
	return c.end - from + (from-to)*rest/(2*n)
}

// later returns a steady moment after at, by mean on average, but not after the newest change.
func (c *clock) later(r *random, at, mean int64) int64 {
	then := at + 1 + mean*c.delays[r.below(quantiles)]/1000 + r.below(mean/quantiles+1)
	if then <= c.end {
		return then
	}
	return at + r.below(c.end-at+1)
}

// between returns a steady moment from from to to.
func (c *clock) between(r *random, from, to int64) int64 {
	if to <= from {
		return from
	}
	return from + r.below(to-from+1)
}

// wallClock writes epoch milliseconds as the naive wall clock time of TimeZone, as the server stores it.
func wallClock(buf []byte, ms int64) []byte {
	const layout = "2006-01-02 15:04:05.000"
	return time.UnixMilli(ms+berlinOffset(ms)).UTC().AppendFormat(buf, layout)
}

// berlinOffset returns how far Berlin is ahead of UTC, in ms. It follows the rule of the European Union: summer
// time from the last Sunday of March to the last Sunday of October, changing at 01:00 UTC. Doing without a
// zone database keeps a snapshot the same on machines that have none or another one.
func berlinOffset(ms int64) int64 {
	const hour = 60 * 60 * 1000
	year := time.UnixMilli(ms).UTC().Year()
	if ms >= lastSunday(year, time.March) && ms < lastSunday(year, time.October) {
		return 2 * hour
	}
	return hour
}

// lastSunday returns 01:00 UTC on the last Sunday of a month with 31 days, in epoch milliseconds.
func lastSunday(year int, month time.Month) int64 {
	last := time.Date(year, month, 31, 1, 0, 0, 0, time.UTC)
	return last.AddDate(0, 0, -int(last.Weekday())).UnixMilli()
}
