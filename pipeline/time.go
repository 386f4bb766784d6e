package pipeline

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"sluice/wording"
)

// TimeFormat is the form in which Sluice writes times: RFC 3339 with
// milliseconds and an offset, as the REST API prints them.
const TimeFormat = "2006-01-02T15:04:05.000Z07:00"

// FormatTime writes t in TimeFormat, in t's own zone; in UTC if the offset of that
// zone cannot be written in hours and minutes. ParseTime reads it back, to the
// millisecond, if the year has four digits: see Writable.
func FormatTime(t time.Time) string { return plainOffset(t).Format(TimeFormat) }

// plainOffset is t in its own zone if ParseTime reads its offset, else in UTC.
// Some zones had offsets with seconds, such as Africa/Monrovia until 1972.
func plainOffset(t time.Time) time.Time {
	const day = 24 * 60 * 60
	if _, offset := t.Zone(); offset%60 != 0 || offset <= -day || offset >= day {
		return t.UTC()
	}
	return t
}

// Writable reports whether t can be written so that ParseTime reads it back: its
// year has four digits, in its own zone and in UTC, in which much is kept.
func Writable(t time.Time) bool {
	for _, year := range []int{plainOffset(t).Year(), t.UTC().Year()} {
		if year < 0 || year > 9999 {
			return false
		}
	}
	return true
}

// zonedLayouts are the documented forms that carry a zone (spec/rest-api.md §5,
// forms A, D and E). Go accepts a fraction of a second behind the seconds
// of any of them.
var zonedLayouts = []string{
	"2006-01-02T15:04:05Z07:00",
	"2006-01-02T15:04:05Z0700",
	"2006-01-02T15:04:05Z07",
	"2006-01-02T15:04Z07:00",
	"2006-01-02T15:04Z0700",
	"2006-01-02T15:04Z07",
}

// dashedTime is form B, "2020-11-01T06-35-41-577+11", and form C,
// "2020_09_24T03_32_18Z": dashes or underscores where other forms have colons.
var dashedTime = regexp.MustCompile(
	`^(\d{4})[-_](\d\d)[-_](\d\d)T(\d\d)[-_](\d\d)[-_](\d\d)(?:[-_.](\d{1,9}))?(Z|[+-]\d\d(?::?\d\d)?)$`)

// ErrNoZone is wrapped by the error for a time that says no zone: which instant
// it means cannot be known.
var ErrNoZone = errors.New("no time zone")

// ParseTime reads a time in any form that the vendor documents
// (spec/rest-api.md §5, forms A to E): RFC 3339 with or without fraction,
// without seconds, and the dashed forms. A time without a zone is an error that
// wraps ErrNoZone.
func ParseTime(s string) (time.Time, error) {
	s = strings.TrimSpace(s)
	for _, layout := range zonedLayouts {
		if t, err := time.Parse(layout, s); err == nil && Writable(t) {
			return t, nil
		}
	}
	if m := dashedTime.FindStringSubmatch(s); m != nil {
		iso := fmt.Sprintf("%s-%s-%sT%s:%s:%s", m[1], m[2], m[3], m[4], m[5], m[6])
		if m[7] != "" {
			iso += "." + m[7]
		}
		if t, err := ParseTime(iso + m[8]); err == nil {
			return t, nil
		}
	}
	if hasNoZone(s) {
		return time.Time{}, wording.Errorf("time %q: %w: add Z or an offset such as +01:00", s, ErrNoZone)
	}
	return time.Time{}, wording.Errorf("time %q is not in the form 2020-12-30T23:01Z or 2020-12-30T22:01+01:00", s)
}

// nakedLayouts are forms without a zone.
var nakedLayouts = []string{"2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01-02 15:04", "2006-01-02"}

func hasNoZone(s string) bool {
	_, naked := nakedTime(s, time.UTC)
	return naked
}

// ParseFromDate reads the lower bound of an export: a time with a zone
// (spec/rest-api.md §3) that is not after now.
func ParseFromDate(s string, now time.Time) (time.Time, error) {
	t, err := ParseTime(s)
	if err != nil {
		return time.Time{}, wording.Errorf("from date: %w", err)
	}
	if t.After(now) {
		return time.Time{}, wording.Errorf("from date %s lies in the future: nothing can have changed since then", FormatTime(t))
	}
	return t, nil
}

// FormatFromDate writes a from date as the REST API documents it
// (yyyy-MM-ddTHH:mmTZD), with seconds only when there are any, so that the
// instant is never changed by writing it down.
func FormatFromDate(t time.Time) string {
	t = plainOffset(t)
	switch {
	case t.Nanosecond() != 0:
		return FormatTime(t)
	case t.Second() != 0:
		return t.Format("2006-01-02T15:04:05Z07:00")
	}
	return t.Format("2006-01-02T15:04Z07:00")
}

// Time is a time in the JSON of the REST API. The zero value is absent.
type Time struct{ time.Time }

// At wraps t.
func At(t time.Time) Time { return Time{t} }

// MarshalJSON writes TimeFormat in quotes. A time that could not be read back is
// an error: whoever stores documents finds out before there is one that nobody can
// read.
func (t Time) MarshalJSON() ([]byte, error) {
	if !Writable(t.Time) {
		return nil, wording.Errorf("time %s: its year is not one of 0 to 9999", FormatTime(t.Time))
	}
	return []byte(`"` + FormatTime(t.Time) + `"`), nil
}

// UnmarshalJSON reads every form that ParseTime reads; null and "" are the
// absent time.
func (t *Time) UnmarshalJSON(b []byte) error {
	s := strings.Trim(string(b), `"`)
	if s == "null" || s == "" {
		*t = Time{}
		return nil
	}
	p, err := ParseTime(s)
	if err != nil {
		return err
	}
	t.Time = p
	return nil
}
