package present

import (
	"regexp"
	"strconv"
	"strings"

	"sluice/ui/texts"
)

// countedBack is a from date that counts, as settings write it: last-30-days, or -30d.
var countedBack = regexp.MustCompile(`^(?:last-(\d{1,5})-(day|week|month|year)s?|-(\d{1,5})(d|w|mo|y))$`)

// windowWords is from when on the exports of a schedule reach, in words; a date as it is.
func windowWords(window string) string {
	t := texts.T.Schedule
	word := strings.ToLower(window)
	switch word {
	case "last-success", "since-last-success":
		return t.SinceLast
	case "everything", "all":
		return t.SinceEver
	}
	m := countedBack.FindStringSubmatch(word)
	if m == nil {
		return window
	}
	n, _ := strconv.ParseInt(m[1]+m[3], 10, 64) // five digits
	return map[byte]texts.Plural{'d': t.LastDays, 'w': t.LastWeeks, 'm': t.LastMonths, 'y': t.LastYears}[(m[2] + m[4])[0]].Of(n)
}

// RulesName is what rules of redaction are called where they are named among other facts:
// the name of the choice, or the file.
func RulesName(word string) string {
	for _, c := range Redactions() {
		if c.Word == word {
			return c.Name
		}
	}
	if i := strings.LastIndexAny(word, `/\`); i >= 0 {
		return word[i+1:]
	}
	return texts.Elsewhere(word)
}
