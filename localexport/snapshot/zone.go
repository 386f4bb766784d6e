package snapshot

import (
	"context"
	"fmt"
	"math"
	"time"
	_ "time/tzdata" // the zones that are guessed must exist on every computer

	"sluice/wording"
)

// Guess is a zone that the times of a snapshot seem to be in.
type Guess struct {
	Location *time.Location // nil if nothing tells
	// Seasonal is true if the times show two offsets, as with summer time, and
	// Location is a zone that has both at the right times.
	Seasonal bool
	// Samples is the number of events that were compared with the content they
	// created, and Matching how many of them fit Location.
	Samples, Matching int
}

// likelyZones stand for all zones with the same changes; the first one that
// fits best is taken.
var likelyZones = []string{
	"Europe/Berlin", "Europe/London", "Europe/Helsinki", "Europe/Lisbon", "Europe/Chisinau",
	"America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Halifax",
	"America/St_Johns", "America/Anchorage", "America/Havana", "America/Mexico_City", "America/Santiago",
	"America/Asuncion", "America/Sao_Paulo", "Australia/Sydney", "Australia/Adelaide", "Australia/Lord_Howe",
	"Pacific/Auckland", "Pacific/Chatham", "Asia/Jerusalem", "Asia/Beirut", "Asia/Tehran", "Asia/Amman",
	"Africa/Cairo", "Africa/Casablanca", "Atlantic/Azores", "America/Nuuk", "Europe/Istanbul", "Europe/Moscow",
}

// sample is the offset, in seconds east of UTC, that was in use at an instant.
type sample struct{ unix, offset int64 }

const (
	samplePoints  = 96      // places in the event table, evenly over its rows
	sampleBytes   = 8 << 12 // of the table in each place
	sampleRows    = 300     // events looked at in each place
	sampleSlack   = 60      // seconds between a page and its event
	sampleQuarter = 900     // offsets are multiples of a quarter of an hour
	fewestSamples = 5
)

// GuessZone compares events that tell the creation of content, which carry the
// true time, with the naive creation times of that content: the difference is
// the offset of the server's zone (spec/confluence-export-queries.md §7).
func (s *Snapshot) GuessZone(ctx context.Context, w Sorting) (Guess, error) {
	samples, err := s.zoneSamples(ctx, w)
	if err != nil {
		return Guess{}, wording.Errorf("compare events with content: %w", err)
	}
	if len(samples) < fewestSamples {
		return Guess{Samples: len(samples)}, nil
	}
	return fitZone(samples), nil
}

// fitZone finds the location that fits most samples.
func fitZone(samples []sample) Guess {
	count := map[int64]int{}
	modal := samples[0].offset
	for _, x := range samples {
		count[x.offset]++
		if n, most := count[x.offset], count[modal]; n > most || n == most && x.offset < modal {
			modal = x.offset
		}
	}
	best := Guess{Location: fixedZone(modal), Samples: len(samples), Matching: count[modal]}
	for _, name := range likelyZones {
		loc, err := time.LoadLocation(name)
		if err != nil {
			continue
		}
		n := 0
		for _, x := range samples {
			if _, offset := time.Unix(x.unix, 0).In(loc).Zone(); int64(offset) == x.offset {
				n++
			}
		}
		// A zone with changes must explain clearly more than a fixed offset.
		if n > best.Matching && n*20 >= len(samples)*19 && (n-count[modal])*50 >= len(samples) {
			best = Guess{Location: loc, Seasonal: true, Samples: len(samples), Matching: n}
		}
	}
	return best
}

// fixedZone is a zone of one offset, such as UTC+05:30.
func fixedZone(offset int64) *time.Location {
	if offset == 0 {
		return time.UTC
	}
	sign := '+'
	if offset < 0 {
		sign = '-'
	}
	minutes := max(offset, -offset) / 60
	return time.FixedZone(fmt.Sprintf("UTC%c%02d:%02d", sign, minutes/60, minutes%60), int(offset))
}

func (s *Snapshot) zoneSamples(ctx context.Context, w Sorting) ([]sample, error) {
	events := s.Table("AO_7B47A5_EVENT")
	if events == nil {
		return nil, nil
	}
	eventOrder, err := s.Order(ctx, events, "ID", w)
	if err != nil {
		return nil, err
	}
	contentOrder, err := s.Order(ctx, s.Table("content"), "contentid", w)
	if err != nil {
		return nil, err
	}
	c, err := s.Conn(ctx)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	walk, err := eventOrder.Walk(c, nil, "ID", "NAME", "EVENT_AT", "CONTENT_ID")
	if err != nil {
		return nil, err
	}
	defer walk.Close()
	content, err := contentOrder.Finder(c, "creationdate", "prevver")
	if err != nil {
		return nil, err
	}
	defer content.Close()
	places, err := eventOrder.Splits(sampleBytes)
	if err != nil {
		return nil, err
	}
	var samples []sample
	n := len(places) - 1
	for i := range min(samplePoints, n) {
		at := i * n / min(samplePoints, n)
		samples, err = samplePlace(walk, content, places[at], places[at+1], samples)
		if err != nil {
			return nil, err
		}
	}
	return samples, nil
}

// samplePlace adds the samples of the events above a key, up to another one. A
// sample needs no look at the order of the keys.
func samplePlace(walk *Walk, content *Finder, after, last int64, samples []sample) ([]sample, error) {
	if err := walk.jump(after, last); err != nil {
		return samples, err
	}
	for range sampleRows {
		row, err := walk.Next()
		if err != nil || !row {
			return samples, err
		}
		if event, _ := EventOf(walk.Row.Bytes(1)); !event.Creates {
			continue
		}
		at, state := ID(walk.Row, 2)
		id, idState := ID(walk.Row, 3)
		if state != IDPresent || idState != IDPresent {
			continue
		}
		found, err := content.Find(id)
		if err != nil {
			return samples, err
		}
		if found {
			samples = addSample(samples, content.Row, at)
		}
	}
	return samples, nil
}

func addSample(samples []sample, row Row, millis int64) []sample {
	if isVersion(row, 1) {
		return samples
	}
	created, present, err := Time(row, 0)
	if !present || err != nil || created.Absolute {
		return samples
	}
	unix := millis / 1000
	difference := created.Seconds - unix
	offset := int64(math.Round(float64(difference)/sampleQuarter)) * sampleQuarter
	if slack := difference - offset; slack > sampleSlack || slack < -sampleSlack || offset > 15*3600 || offset < -15*3600 {
		return samples
	}
	return append(samples, sample{unix, offset})
}
