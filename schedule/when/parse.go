package when

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/adhocore/gronx"

	"sluice/spelling"
	"sluice/wording"
)

// Examples show people what can be written.
const Examples = "'weekdays 02:00', 'daily 02:00,14:00', 'mon,thu 01:30', 'every 6 hours', 'monthly 1 03:00', or a cron expression"

// days are the names of days as cron numbers them.
var days = []string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"}

// plural is when it happens on each of them.
var plural = []string{wording.Format("Sundays"), wording.Format("Mondays"), wording.Format("Tuesdays"), wording.Format("Wednesdays"),
	wording.Format("Thursdays"), wording.Format("Fridays"), wording.Format("Saturdays")}

var (
	counted   = regexp.MustCompile(`^every (?:(\d{1,5}) ?)?(minutes?|min|m|hours?|h)$`)
	spaces    = regexp.MustCompile(`\s+`)
	timeOfDay = regexp.MustCompile(`^(\d{1,2}):(\d{2})$`)
)

// Parse reads plain words (see Examples), or a cron expression of five fields. The error
// is one sentence that says what can be written.
func Parse(text string) (When, error) {
	clean := strings.ToLower(strings.TrimSpace(spaces.ReplaceAllString(text, " ")))
	w := When{text: strings.TrimSpace(text)}
	var err error
	switch {
	case clean == "":
		err = wording.Errorf("when is not said: write %s", Examples)
	case isCron(clean):
		err = w.cron(clean)
	case clean == "hourly":
		err = w.every("every hour", "", "hour")
	case counted.MatchString(clean):
		m := counted.FindStringSubmatch(clean)
		err = w.every(clean, m[1], m[2])
	default:
		err = w.named(clean)
	}
	if err != nil {
		return When{}, err
	}
	if w.Next(time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC), time.UTC).IsZero() {
		return When{}, wording.Errorf("%q never comes: no date fits", text)
	}
	return w, nil
}

// isCron reports whether a text is meant as a cron expression.
func isCron(s string) bool {
	return strings.HasPrefix(s, "@") || strings.HasPrefix(s, "*") || len(strings.Fields(s)) >= 5 && s[0] >= '0' && s[0] <= '9'
}

func (w *When) cron(s string) error {
	if strings.HasPrefix(s, "@") {
		return w.alias(s)
	}
	if n := len(strings.Fields(s)); n != 5 {
		return wording.Errorf("the cron expression %q has %d fields: write five, as minute, hour, day, month and day of the week", w.text, n)
	}
	if !gronx.New().IsValid(s) {
		return wording.Errorf("%q is no cron expression: write minute, hour, day, month and day of the week, such as 0 2 * * 1-5", w.text)
	}
	hour := strings.Fields(s)[1]
	w.crons, w.words, w.often = []string{s}, wording.Of("by the cron expression %s", s), hour == "*" || hour == "*/1"
	return nil
}

// alias reads the names that cron has for some expressions.
func (w *When) alias(s string) error {
	known := map[string]string{"@hourly": "every hour", "@daily": "daily 00:00", "@midnight": "daily 00:00", "@weekly": "sun 00:00", "@monthly": "monthly 1 00:00"}
	words, ok := known[s]
	if !ok {
		return wording.Errorf("%q is no name that cron has: write @hourly, @daily, @weekly or @monthly, or %s", w.text, Examples)
	}
	text := w.text
	parsed, err := Parse(words)
	*w = parsed
	w.text = text
	return err
}

// every reads a number of minutes or hours, which has to divide the hour or the day: the
// times of day are then always the same.
func (w *When) every(clean, number, unit string) error {
	n := 1
	if number != "" {
		n, _ = strconv.Atoi(number) // five digits
	}
	minutes := n
	if unit[0] == 'h' {
		minutes = 60 * n
	}
	switch {
	case minutes < 1 || minutes > 1440 || 1440%minutes != 0 || minutes > 60 && minutes%60 != 0 || minutes < 60 && 60%minutes != 0:
		return wording.Errorf("%q does not come out even with the day: write a number of minutes that divides the hour, such as 15, or of hours that divides the day, such as 6", w.text)
	case minutes == 1440:
		w.crons, w.words = []string{"0 0 * * *"}, wording.Of("every day at 00:00")
	case minutes == 60:
		w.crons, w.words = []string{"0 * * * *"}, wording.Of("every hour")
	case minutes > 60:
		w.crons, w.words = []string{fmt.Sprintf("0 */%d * * *", minutes/60)}, wording.Of("every %d hours", minutes/60)
	case minutes == 1:
		w.crons, w.words = []string{"* * * * *"}, wording.Of("every minute")
	default:
		w.crons, w.words = []string{fmt.Sprintf("*/%d * * * *", minutes)}, wording.Of("every %d minutes", minutes)
	}
	w.often = minutes <= 60
	return nil
}

// named reads days by their names, and times of day.
func (w *When) named(clean string) error {
	fields := strings.Fields(strings.ReplaceAll(strings.TrimPrefix(clean, "every "), ", ", ","))
	fields = slices.DeleteFunc(fields, func(f string) bool { return f == "at" || f == "on" })
	if len(fields) < 2 {
		return wording.Errorf("%q does not say both days and times: write %s", w.text, Examples)
	}
	times := fields[len(fields)-1]
	if fields[0] == "monthly" {
		if len(fields) != 3 {
			return wording.Errorf("%q names no day of the month: write it as 'monthly 1 03:00' or 'monthly last 03:00'", w.text)
		}
		return w.monthly(fields[1], times)
	}
	if len(fields) != 2 {
		return wording.Errorf("%q cannot be understood: write %s", w.text, Examples)
	}
	set, words, err := w.daysOf(fields[0])
	if err != nil {
		return err
	}
	return w.at("* * "+set, words, times)
}

// at makes an expression for each time of day.
func (w *When) at(rest string, words wording.Text, times string) error {
	var list []string
	for _, t := range strings.Split(times, ",") {
		m := timeOfDay.FindStringSubmatch(t)
		if m == nil || m[1] > "23" && len(m[1]) == 2 || m[2] > "59" {
			return wording.Errorf("%q is no time of day: write it as 02:00, several as 02:00,14:00", t)
		}
		hour, _ := strconv.Atoi(m[1])
		minute, _ := strconv.Atoi(m[2])
		list = append(list, fmt.Sprintf("%02d:%02d", hour, minute))
	}
	slices.Sort(list)
	list = slices.Compact(list)
	for _, t := range list {
		hour, _ := strconv.Atoi(t[:2])
		minute, _ := strconv.Atoi(t[3:])
		w.crons = append(w.crons, fmt.Sprintf("%d %d %s", minute, hour, rest))
	}
	w.words = wording.Of("%s at %s", words, and(plain(list)))
	return nil
}

// monthly reads days of the month.
func (w *When) monthly(text, times string) error {
	var numbers []string
	var names []wording.Text
	for _, d := range strings.Split(text, ",") {
		n, err := strconv.Atoi(d)
		switch {
		case d == "last":
			numbers, names = append(numbers, "L"), append(names, wording.Of("the last day"))
		case err != nil || n < 1 || n > 31:
			return wording.Errorf("%q is no day of a month: write 1 to 31, or last", d)
		case n > 28:
			numbers, names = append(numbers, d), append(names, wording.Of("day %d, where there is one,", n))
		default:
			numbers, names = append(numbers, d), append(names, wording.Of("day %d", n))
		}
	}
	return w.at(strings.Join(numbers, ",")+" * *", wording.Of("on %s of each month", and(names)), times)
}

// daysOf reads days of the week: their set as cron writes it, and in words.
func (w *When) daysOf(text string) (set string, words wording.Text, err error) {
	switch text {
	case "daily", "day":
		return "*", wording.Of("every day"), nil
	case "weekdays", "weekday":
		return "1-5", wording.Of("weekdays"), nil
	case "weekends", "weekend":
		return "0,6", wording.Of("weekends"), nil
	}
	var in [7]bool
	for _, part := range strings.Split(text, ",") {
		from, to, isRange := strings.Cut(part, "-")
		first, err := w.day(from)
		last := first
		if err == nil && isRange {
			last, err = w.day(to)
		}
		if err != nil {
			return "", words, err
		}
		for d := first; ; d = (d + 1) % 7 {
			in[d] = true
			if d == last {
				break
			}
		}
	}
	var numbers []string
	var names []wording.Text
	for _, d := range []int{1, 2, 3, 4, 5, 6, 0} {
		if in[d] {
			numbers, names = append(numbers, strconv.Itoa(d)), append(names, wording.Text{Format: plural[d]})
		}
	}
	if len(names) == 7 {
		return "*", wording.Of("every day"), nil
	}
	slices.Sort(numbers)
	return strings.Join(numbers, ","), and(names), nil
}

// day is the number of a day by its name, or by the beginning of it.
func (w *When) day(text string) (int, error) {
	text = strings.TrimSuffix(text, "s")
	for i, d := range days {
		if len(text) >= 2 && strings.HasPrefix(strings.ToLower(d), text) {
			return i, nil
		}
	}
	known := []string{"daily", "weekdays", "weekends", "monthly", "hourly", "every"}
	for _, d := range days {
		known = append(known, strings.ToLower(d))
	}
	return 0, wording.Errorf("%q is no day%s. Write %s", text, spelling.Hint(text, known), Examples)
}

// and joins a list for people.
func and(list []wording.Text) wording.Text {
	if len(list) == 1 {
		return list[0]
	}
	all := list[0]
	for _, x := range list[1 : len(list)-1] {
		all = wording.Of("%s, %s", all, x)
	}
	return wording.Of("%s and %s", all, list[len(list)-1])
}

// plain are texts that are the same in every language.
func plain(list []string) (texts []wording.Text) {
	for _, s := range list {
		texts = append(texts, wording.Of("%s", s))
	}
	return texts
}
