package recode

import (
	"bytes"
	"strings"
)

// Style is a style in which PostgreSQL writes times (its documentation, "Date/Time
// Output"): a form, and for two of the forms the order of day and month. The zero
// Style is that of ISO 8601.
type Style struct {
	form     string // "" is ISO
	dayFirst bool
	ordered  bool // the order was said
}

// The forms beside ISO.
const (
	formGerman   = "german"
	formSQL      = "sql"
	formPostgres = "postgres"
)

func (s Style) iso() bool { return s.form == "" }

// String is the style as SET says it.
func (s Style) String() string {
	switch {
	case s.iso():
		return "ISO"
	case s.form == formGerman:
		return "German"
	case s.dayFirst:
		return s.form + ", DMY"
	}
	return s.form + ", MDY"
}

// ParseStyle reads the value of SET datestyle: form and order in any order,
// separated by commas. It reports false for what is no style.
func ParseStyle(value string) (Style, bool) {
	var s Style
	for word := range strings.SplitSeq(strings.ToLower(value), ",") {
		switch word = strings.Trim(word, " '\""); word {
		case "iso":
			s.form = ""
		case formGerman, formSQL, formPostgres:
			s.form = word
		case "dmy", "euro", "european":
			s.dayFirst, s.ordered = true, true
		case "mdy", "us", "noneuro", "noneuropean":
			s.dayFirst, s.ordered = false, true
		case "ymd":
			s.ordered = true
		case "default":
		default:
			return Style{}, false
		}
	}
	return s, true
}

// Guessed reports whether the order of day and month matters and was not said.
func (s Style) Guessed() bool { return !s.ordered && (s.form == formSQL || s.form == formPostgres) }

// months are the names of the form of Postgres.
var months = map[string]string{"Jan": "01", "Feb": "02", "Mar": "03", "Apr": "04", "May": "05", "Jun": "06",
	"Jul": "07", "Aug": "08", "Sep": "09", "Oct": "10", "Nov": "11", "Dec": "12"}

// appendISO appends a time as ISO writes it. It reports false for what is no time
// in the style.
func (s Style) appendISO(to, b []byte) ([]byte, bool) {
	if string(b) == "infinity" || string(b) == "-infinity" {
		return append(to, b...), true
	}
	if s.form == formPostgres {
		return s.fromPostgres(to, b)
	}
	separator := byte('/')
	if s.form == formGerman {
		separator = '.'
	}
	// 22.11.2022 20:42:44.083, 22/11/2022 …, 11/22/2022 …
	date, rest, _ := bytes.Cut(b, []byte(" "))
	if len(date) < 10 || date[2] != separator || date[5] != separator || !digits(date[:2]) || !digits(date[3:5]) || !digits(date[6:]) {
		return to, false
	}
	day, month := date[:2], date[3:5]
	if s.form == formSQL && !s.dayFirst {
		day, month = month, day
	}
	return appendDate(to, date[6:], month, day, rest)
}

// fromPostgres reads Tue Nov 22 20:42:44.083 2022 and Tue 22 Nov 20:42:44.083 2022,
// with what may follow the year.
func (s Style) fromPostgres(to, b []byte) ([]byte, bool) {
	var words [5][]byte
	for i := range 4 {
		word, rest, ok := bytes.Cut(b, []byte(" "))
		if !ok {
			return to, false
		}
		words[i], b = word, rest
	}
	year, after, _ := bytes.Cut(b, []byte(" "))
	day, month := words[2], months[string(words[1])]
	if s.dayFirst {
		day, month = words[1], months[string(words[2])]
	}
	if month == "" || len(day) != 2 || !digits(day) || len(year) < 4 || !digits(year) {
		return to, false
	}
	clock := words[3]
	if len(after) > 0 { // a zone, or BC
		clock = append(append(append([]byte(nil), clock...), ' '), after...)
	}
	return appendDate(to, year, []byte(month), day, clock)
}

// appendDate appends a date, and the clock if there is one. A month beyond 12
// says that day and month are not where the style has them.
func appendDate(to, year, month, day, clock []byte) ([]byte, bool) {
	if string(month) > "12" || string(month) < "01" || string(day) > "31" || string(day) < "01" {
		return to, false
	}
	to = append(to, year...)
	to = append(append(to, '-'), month...)
	to = append(append(to, '-'), day...)
	if len(clock) > 0 {
		to = append(append(to, ' '), clock...)
	}
	return to, true
}

func digits(b []byte) bool {
	for _, c := range b {
		if c < '0' || c > '9' {
			return false
		}
	}
	return len(b) > 0
}
