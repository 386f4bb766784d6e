package retention

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/dustin/go-humanize"

	"sluice/wording"
)

// Parse reads a policy as people write it: a number, an age such as 90d and a size such as
// 500GB. What is empty or 0 bounds nothing.
func Parse(keep int, maxAge, maxSize, partialAge string) (p Policy, err error) {
	if keep < 0 {
		return p, wording.New("keep: no number of exports is negative")
	}
	p.Keep = keep
	if p.MaxAge, err = ParseAge(maxAge); err != nil {
		return p, wording.Errorf("max-age: %w", err)
	}
	if p.PartialAge, err = ParseAge(partialAge); err != nil {
		return p, wording.Errorf("partial-age: %w", err)
	}
	if maxSize != "" {
		n, err := humanize.ParseBytes(maxSize)
		if err != nil || n == 0 || n > math.MaxInt64 {
			return p, wording.Errorf("max-size: %q is no size such as 500GB", maxSize)
		}
		p.MaxBytes = int64(n)
	}
	return p, nil
}

// ParseAge reads "90d", "12w" or what time.ParseDuration reads; "" and "0" are none.
func ParseAge(s string) (time.Duration, error) {
	wrong := wording.Errorf("%q is no age such as 90d, 12w or 36h", s)
	for unit, length := range map[string]time.Duration{"d": 24 * time.Hour, "w": 7 * 24 * time.Hour} {
		if digits, ok := strings.CutSuffix(s, unit); ok {
			n, err := strconv.ParseUint(digits, 10, 16)
			if err != nil || n > uint64(100*366*24*time.Hour/length) {
				return 0, wrong
			}
			return time.Duration(n) * length, nil
		}
	}
	if s == "" {
		return 0, nil
	}
	d, err := time.ParseDuration(s)
	if err != nil || d < 0 {
		return 0, wrong
	}
	return d, nil
}
