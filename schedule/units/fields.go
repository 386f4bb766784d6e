package units

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// fields are the values of a cron expression, spelt out. nil is any.
type fields struct {
	minutes, hours, days, months, weekdays []int // weekdays from 0, Sunday
	last                                   bool  // on the last day of a month, besides days
}

var (
	monthNames = []string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}
	dayNames   = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}
)

// read spells a cron expression out. The error says which field only cron understands.
func read(cron string) (f fields, err error) {
	parts := strings.Fields(cron)
	if len(parts) != 5 {
		return f, fmt.Errorf("the cron expression %q has not five fields", cron)
	}
	days := strings.Split(parts[2], ",")
	if f.last = slices.Contains(days, "L"); f.last {
		days = slices.DeleteFunc(days, func(d string) bool { return d == "L" })
		parts[2] = strings.Join(days, ",")
	}
	for i, field := range []struct {
		into     *[]int
		from, to int
		names    []string
	}{{&f.minutes, 0, 59, nil}, {&f.hours, 0, 23, nil}, {&f.days, 1, 31, nil}, {&f.months, 1, 12, monthNames}, {&f.weekdays, 0, 7, dayNames}} {
		if i == 2 && f.last && parts[2] == "" {
			continue
		}
		if *field.into, err = spelt(parts[i], field.from, field.to, field.names); err != nil {
			return f, fmt.Errorf("the cron expression %q: %w", cron, err)
		}
	}
	for i, d := range f.weekdays {
		f.weekdays[i] = d % 7
	}
	slices.Sort(f.weekdays)
	f.weekdays = slices.Compact(f.weekdays)
	return f, nil
}

// spelt are the values of one field, nil if all.
func spelt(field string, from, to int, names []string) ([]int, error) {
	if field == "*" || field == "?" {
		return nil, nil
	}
	var list []int
	for _, part := range strings.Split(field, ",") {
		first, last, step, err := span(part, from, to, names)
		if err != nil {
			return nil, err
		}
		for v := first; v <= last; v += step {
			list = append(list, v)
		}
	}
	slices.Sort(list)
	return slices.Compact(list), nil
}

// span is one part of a field: a value, a range, or either with a step.
func span(part string, from, to int, names []string) (first, last, step int, err error) {
	wrong := fmt.Errorf("%q is understood by \"sluice run\" alone", part)
	values, every, stepped := strings.Cut(part, "/")
	step = 1
	if stepped {
		if step, err = strconv.Atoi(every); err != nil || step < 1 {
			return 0, 0, 0, wrong
		}
	}
	if values == "*" {
		return from, min(to, from+59), step, nil
	}
	begin, end, isRange := strings.Cut(values, "-")
	first, ok := number(begin, names, from)
	last, okLast := first, true
	switch {
	case isRange:
		last, okLast = number(end, names, from)
	case stepped:
		last = to
	}
	if !ok || !okLast || first < from || last > to || first > last {
		return 0, 0, 0, wrong
	}
	return first, last, step, nil
}

// number is a value, which may have a name; the first name is of the value from.
func number(s string, names []string, from int) (int, bool) {
	if i := slices.Index(names, strings.ToLower(s)); i >= 0 {
		return i + from, true
	}
	n, err := strconv.Atoi(s)
	return n, err == nil
}

// regular is the distance between values that divide a whole evenly, such as 15 for
// 0, 15, 30, 45 of 60; 0 if they do not.
func regular(values []int, whole int) int {
	if len(values) < 2 || whole%len(values) != 0 {
		return 0
	}
	step := whole / len(values)
	for i, v := range values {
		if v != i*step {
			return 0
		}
	}
	return step
}
