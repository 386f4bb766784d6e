package preview

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"sluice/figures"
	"sluice/ui/texts"
)

// group writes a whole number as the language in force does.
func group(n int64) string { return texts.Count(n) }

// percent is the share done of total in whole percent. It is 100 only when all is
// done, and 0 only when nothing is.
func percent(done, total int64) int {
	if total <= 0 || done >= total {
		return 100
	}
	if done <= 0 {
		return 0
	}
	return max(1, min(99, int(float64(done)/float64(total)*100)))
}

// size writes a number of bytes: the single ones in words, more in decimal units, as
// file managers do.
func size(n int64) string {
	if n < 1000 {
		return texts.T.Preview.Pane.Bytes.Of(n)
	}
	return texts.Size(n)
}

// parseRow reads a row number as people type it: with or without separators,
// from 1. Its error is a sentence for the field that it was typed in.
func parseRow(s string) (int64, error) {
	digits := strings.Map(func(r rune) rune {
		if strings.ContainsRune(" ,.'_\u00a0\u202f", r) {
			return -1
		}
		return r
	}, strings.TrimSpace(s))
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || n < 1 {
		return 0, fmt.Errorf(texts.T.Preview.Jump.NoNumber, s)
	}
	return n - 1, nil
}

// timeLayouts are the forms of time cells that are understood.
var timeLayouts = []string{time.RFC3339Nano, "2006-01-02T15:04:05Z0700", "2006-01-02 15:04:05", "2006-01-02T15:04:05", time.DateOnly}

// parseTime reads a time cell; one without a zone is taken as UTC.
func parseTime(s string) (time.Time, bool) {
	if len(s) < 10 || s[0] < '0' || s[0] > '9' {
		return time.Time{}, false
	}
	for _, l := range timeLayouts {
		if t, err := time.Parse(l, s); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// explainTime says a time cell for people: weekday and local time, and how long ago.
func explainTime(s string, now time.Time) string {
	t, ok := parseTime(s)
	if !ok {
		return ""
	}
	t = t.In(now.Location())
	c := texts.T.Preview.Cell
	day := fmt.Sprintf(c.Weekday, texts.T.New.Weekday(t), t.Day(), texts.T.New.ShortMonth(t), t.Year(), t.Format("15:04:05 MST"))
	return fmt.Sprintf(c.Joined, day, ago(now.Sub(t)))
}

// ago says how long ago something was, or lies ahead, in the one unit that matters.
func ago(d time.Duration) string {
	a := texts.T.Preview.Age
	if d < 0 {
		return age(-d, a.LessAhead, map[figures.Unit]texts.Plural{figures.Minute: a.MinutesAhead, figures.Hour: a.HoursAhead,
			figures.Day: a.DaysAhead, figures.Month: a.MonthsAhead, figures.Year: a.YearsAhead})
	}
	return age(d, a.LessAgo, map[figures.Unit]texts.Plural{figures.Minute: a.MinutesAgo, figures.Hour: a.HoursAgo,
		figures.Day: a.DaysAgo, figures.Month: a.MonthsAgo, figures.Year: a.YearsAgo})
}

func age(d time.Duration, less string, words map[figures.Unit]texts.Plural) string {
	n, unit := figures.Coarse(d)
	if unit == figures.Second {
		return less
	}
	return words[unit].Of(n)
}
