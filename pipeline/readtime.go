package pipeline

import (
	"encoding/json"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"sluice/wording"
)

// time reads a time in every form of ParseTime, and in those that other servers write:
// milliseconds or seconds since 1970, with the name of a zone behind it, without a zone.
// The same text always gives the same instant, by which jobs are told apart.
func (r *reader) time(path string, raw json.RawMessage) Time {
	s := strings.TrimSpace(string(raw))
	var text string
	if json.Unmarshal(raw, &text) == nil {
		s = strings.TrimSpace(text)
		if s == "" {
			return Time{}
		}
	}
	if t, err := ParseTime(s); err == nil {
		return At(t)
	}
	if t, how, ok := oddTime(s); ok {
		r.odd(path, "is %s: taken for %s, %s.", shown(raw), FormatTime(t), wording.Text{Format: how})
		return At(t)
	}
	r.keep(path, raw, wording.Format("time that can be read"))
	return Time{}
}

// oddTime reads a time in a form that the API does not document; how says what was
// made of it.
func oddTime(s string) (t time.Time, how string, ok bool) {
	if t, how, ok = epoch(s); ok {
		return t, how, Writable(t)
	}
	if m := zoneSuffix.FindStringSubmatch(s); m != nil {
		t, how, ok = zonedTime(m[1], m[2])
		return t, how, ok && Writable(t)
	}
	t, ok = nakedTime(s, time.UTC)
	return t, wording.Format("as if in UTC, since it names no time zone"), ok && Writable(t)
}

// The numbers that are taken for seconds, and for milliseconds, since 1970: up to the
// year 5138, and from 1973 to it.
const (
	mostSeconds      = 1e11
	mostMilliseconds = 1e14
)

// epoch reads a number of seconds or milliseconds since 1970.
func epoch(s string) (time.Time, string, bool) {
	if n, err := strconv.ParseInt(s, 10, 64); err == nil && n > 0 && n < mostMilliseconds {
		if n < mostSeconds {
			return time.Unix(n, 0).UTC(), wording.Format("as seconds since 1970"), true
		}
		return time.UnixMilli(n).UTC(), wording.Format("as milliseconds since 1970"), true
	}
	f, err := strconv.ParseFloat(s, 64)
	switch {
	case err != nil || !(f > 0) || f >= mostMilliseconds:
		return time.Time{}, "", false
	case f < mostSeconds:
		return time.UnixMilli(int64(math.Round(f * 1000))).UTC(), wording.Format("as seconds since 1970"), true
	}
	return time.UnixMilli(int64(math.Round(f))).UTC(), wording.Format("as milliseconds since 1970"), true
}

// zoneSuffix is a time with the name of a zone behind it, as Java writes it.
var zoneSuffix = regexp.MustCompile(`^(.+?)\s*\[([A-Za-z0-9_+\-/:]{1,64})\]$`)

func zonedTime(s, zone string) (time.Time, string, bool) {
	if t, err := ParseTime(s); err == nil {
		return t, wording.Format("by its offset"), true
	}
	place, err := time.LoadLocation(zone)
	if err != nil || zone == "Local" {
		return time.Time{}, "", false
	}
	t, ok := nakedTime(s, place)
	return t, wording.Format("in the zone that it names"), ok
}

// nakedTime reads a time without a zone in the one that is given.
func nakedTime(s string, zone *time.Location) (time.Time, bool) {
	for _, layout := range nakedLayouts {
		if t, err := time.ParseInLocation(layout, s, zone); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}
