package texts

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// aSpan is a span of time as the package figures writes it in English, and an age.
var aSpan = regexp.MustCompile(`^(\d+(?:\.\d+)?) (s|min|h|d|mo|y)(?: (\d+) (s|min|h|d))?( ago)?$`)

// span writes a span of time, or an age, as the language in force does; false if it is none.
func span(english string) (string, bool) {
	f := T.Format
	m := aSpan.FindStringSubmatch(english)
	if m == nil {
		return "", false
	}
	said := ""
	n, _ := strconv.ParseInt(m[1], 10, 64)
	rest, _ := strconv.ParseInt(m[3], 10, 64)
	switch unit := m[2] + m[4]; {
	case strings.Contains(m[1], "."):
		said = fmt.Sprintf(f.SecondsShort, local(m[1]))
	case unit == "mo":
		said = f.MonthsAge.Of(n)
	case m[4] == "":
		said = fmt.Sprintf(map[string]string{"s": f.Seconds, "min": f.MinutesOnly, "h": f.HoursOnly, "d": f.DaysOnly, "y": f.YearsOnly}[unit], n)
	default:
		format := map[string]string{"mins": f.Minutes, "hmin": f.Hours, "dh": f.Days, "yd": f.Years}[unit]
		if format == "" {
			return "", false
		}
		said = fmt.Sprintf(format, n, rest)
	}
	if m[5] != "" {
		said = fmt.Sprintf(f.Ago, said)
	}
	return said, true
}
