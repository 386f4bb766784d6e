package main

import (
	"errors"
	"fmt"
	"io"
	"text/tabwriter"
	"time"
)

// report prints the table. The error is errFaults if a fault was not survived.
func report(out io.Writer, tallies []*tally) error {
	t := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "kind\tmade\tsurvived\tlost\twrongly complete\tpanics\tnot reached\ttime\t")
	bad := false
	for _, x := range tallies {
		if x.skipped != nil {
			fmt.Fprintf(t, "%s\tskipped: %v\n", x.kind.name, x.skipped)
			continue
		}
		fmt.Fprintf(t, "%s\t%d\t%d\t%d\t%d\t%d\t%d\t%s\t\n", x.kind.name, x.made(),
			x.by[survived], x.by[lost], x.by[wronglyComplete], x.by[panicked], x.by[notMade], x.took.Round(time.Second))
		bad = bad || x.made() > x.by[survived]
	}
	err := t.Flush()
	if bad {
		err = errors.Join(errFaults, err)
	}
	return err
}
