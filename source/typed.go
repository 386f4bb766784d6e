package source

import (
	"math"
	"strconv"
	"strings"

	"sluice/figures"
	"sluice/wording"
)

// ParseSize reads a size such as "5GB", "500 MB", "1.5TB" or a number of bytes,
// in decimal units. "-1" is no limit, "" the default, 0.
func ParseSize(s string) (int64, error) {
	text := strings.ToUpper(strings.ReplaceAll(strings.TrimSpace(s), " ", ""))
	switch text {
	case "":
		return 0, nil
	case "-1":
		return -1, nil
	}
	factor := 1.0
	for i, unit := range []string{"KB", "MB", "GB", "TB"} {
		if rest, ok := strings.CutSuffix(text, unit); ok {
			text, factor = rest, math.Pow(1000, float64(i+1))
			break
		}
	}
	n, err := strconv.ParseFloat(strings.TrimSuffix(text, "B"), 64)
	if err != nil || n < 0 || n*factor > math.MaxInt64/2 || math.IsNaN(n) {
		return 0, wording.Errorf("size %q: write it as 5GB or 500MB, or -1 for no limit", s)
	}
	return int64(n * factor), nil
}

// ParseShare reads a share of one core in percent, such as "25" or "12.5 %"; "" is no
// limit, 0.
func ParseShare(s string) (float64, error) {
	text := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(s), "%"))
	if strings.TrimSpace(s) == "" {
		return 0, nil
	}
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || !(n >= 1 && n <= 100) {
		return 0, wording.Errorf("share of a core %q: write it in percent, from 1 to 100, such as 25", s)
	}
	return n, nil
}

// ParseRate reads a rate such as "20MB/s" or "500kB"; "" is no limit, 0.
func ParseRate(s string) (int64, error) {
	if strings.TrimSpace(s) == "" {
		return 0, nil
	}
	rate, err := ParseSize(strings.TrimSuffix(strings.TrimSpace(s), "/s"))
	if err != nil || rate < figures.SlowestRate {
		return 0, wording.Errorf("rate %q: write 10kB/s or more, such as 20MB/s", s)
	}
	return rate, nil
}

// ParseLoad reads the percentage of the time in which a server is read, such as "30" or
// "30 %"; "" is all of it, 0.
func ParseLoad(s string) (int, error) {
	text := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(s), "%"))
	if strings.TrimSpace(s) == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > 100 {
		return 0, wording.Errorf("load %q: write a percentage from 1 to 100", s)
	}
	return n, nil
}
