package present

import (
	"fmt"
	"strconv"
	"strings"

	"sluice/figures"
)

// ParseRate reads a rate such as "20MB/s" or "500kB"; "" is no limit, 0.
func ParseRate(s string) (int64, error) {
	if strings.TrimSpace(s) == "" {
		return 0, nil
	}
	rate, err := ParseSize(strings.TrimSuffix(strings.TrimSpace(s), "/s"))
	if err != nil || rate < figures.SlowestRate {
		return 0, fmt.Errorf("rate %q: write 10kB/s or more, such as 20MB/s", s)
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
		return 0, fmt.Errorf("load %q: write a percentage from 1 to 100", s)
	}
	return n, nil
}
