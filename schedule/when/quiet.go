package when

import (
	"strconv"
	"strings"
	"time"

	"sluice/wording"
)

// Quiet are hours of the day in which nothing begins: what would is put off until they
// end. The zero value is none.
type Quiet struct {
	days     [7]bool // on which they begin
	from, to int     // minutes of the day; past midnight if to is not behind from
	text     string
}

// ParseQuiet reads quiet hours: "08:00-18:00", "22:00-06:00" past midnight, and with days
// on which they begin "weekdays 08:00-18:00"; "" is none.
func ParseQuiet(text string) (Quiet, error) {
	fields := strings.Fields(strings.ToLower(text))
	q := Quiet{text: strings.Join(fields, " ")}
	wrong := wording.Errorf("%q are no quiet hours: write them as 08:00-18:00, 22:00-06:00 or weekdays 08:00-18:00", text)
	if len(fields) == 0 {
		return Quiet{}, nil
	}
	set := "*"
	if len(fields) == 2 {
		var err error
		if set, _, err = new(When).daysOf(fields[0]); err != nil {
			return Quiet{}, err
		}
	} else if len(fields) > 2 {
		return Quiet{}, wrong
	}
	from, to, ok := strings.Cut(fields[len(fields)-1], "-")
	var okFrom, okTo bool
	q.from, okFrom = minuteOf(from)
	q.to, okTo = minuteOf(to)
	if !ok || !okFrom || !okTo || q.from == q.to {
		return Quiet{}, wrong
	}
	every := true
	for d := range q.days {
		q.days[d] = set == "*" || set == "1-5" && d >= 1 && d <= 5 || set != "1-5" && strings.Contains(set, strconv.Itoa(d))
		every = every && q.days[d]
	}
	if every && q.from == 0 && q.to == 24*60 {
		return Quiet{}, wording.Errorf("%q leaves no hour in which anything begins: write quiet hours as 08:00-18:00", text)
	}
	return q, nil
}

// minuteOf is the minute of the day of a time; 24:00 is its end.
func minuteOf(s string) (int, bool) {
	if s == "24:00" {
		return 24 * 60, true
	}
	m := timeOfDay.FindStringSubmatch(s)
	if m == nil {
		return 0, false
	}
	hour, _ := strconv.Atoi(m[1])
	minute, _ := strconv.Atoi(m[2])
	return 60*hour + minute, hour < 24 && minute < 60
}

// String is the text of it.
func (q Quiet) String() string { return q.text }

// None reports whether there are no quiet hours.
func (q Quiet) None() bool { return q.text == "" }

// PutOff is the moment itself, or the end of the quiet hours that it lies in.
func (q Quiet) PutOff(t time.Time, zone *time.Location) time.Time {
	if q.None() {
		return t
	}
	for range 8 { // hours that end when the next begin
		later := q.end(t, zone)
		if !later.After(t) {
			break
		}
		t = later
	}
	return t
}

// end is the end of the quiet hours that a moment lies in, or the moment.
func (q Quiet) end(t time.Time, zone *time.Location) time.Time {
	y, m, d := t.In(zone).Date()
	for _, back := range []int{0, 1} { // those of yesterday may go on past midnight
		day := time.Date(y, m, d-back, 0, 0, 0, 0, time.UTC)
		if !q.days[day.Weekday()] {
			continue
		}
		to := q.to
		if to <= q.from {
			to += 24 * 60
		}
		from, _ := at(day, q.from, zone)
		_, until := at(day, to, zone)
		if !t.Before(from) && t.Before(until) {
			return until.In(zone)
		}
	}
	return t
}

// at are the first and the last moment at which the clock shows a minute of a day.
func at(day time.Time, minute int, zone *time.Location) (first, last time.Time) {
	found, change := Shown(day.Add(time.Duration(minute)*time.Minute), zone)
	if len(found) == 0 {
		return change, change
	}
	return found[0], found[len(found)-1]
}
