package cli

import (
	"fmt"
	"strings"
	"time"

	"sluice/figures"
	"sluice/takes"
)

// limits checks how gently is read, and returns the bytes a second; 0 for any.
func (s *snapshotCommand) limits() (int64, error) {
	if s.Load < 1 || s.Load > 100 {
		return 0, usageError{fmt.Errorf("--load %d is no percentage from 1 to 100", s.Load)}
	}
	if s.MaxRate == "" {
		return 0, nil
	}
	rate, err := parseSize(strings.TrimSuffix(strings.TrimSpace(s.MaxRate), "/s"))
	if err != nil || rate < figures.SlowestRate {
		return 0, usageError{fmt.Errorf("--max-rate %q is no rate of 10kB/s or more, such as 20MB/s or 500kB/s", s.MaxRate)}
	}
	return rate, nil
}

// takeProgress tells in a line how far a snapshot is.
func takeProgress(p takes.Progress) string {
	if p.Finishing {
		return fmt.Sprintf("%s rows  making indexes, and writing to the disk", number(p.Rows))
	}
	var b strings.Builder
	b.WriteString(size(p.Read))
	switch {
	case p.About:
		fmt.Fprintf(&b, " of about %s", size(p.Total))
	case p.Total > 0:
		fmt.Fprintf(&b, " of %s%s", size(p.Total), percent(p.Read, p.Total))
	}
	if p.Open > 0 {
		fmt.Fprintf(&b, "  transaction open %s", figures.Span(p.Open.Round(time.Second)))
	}
	if p.Table != "" {
		fmt.Fprintf(&b, "  %s rows, of %s", number(p.Rows), p.Table)
	}
	return b.String()
}
