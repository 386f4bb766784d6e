package cli

import (
	"errors"
	"fmt"
)

// mostShare is a whole core, in percent.
const mostShare = 100

// checkTyped refuses numbers that are none, and flags that mean nothing beside others: who
// typed both has meant something else. What the config file says is a default, and may
// stand beside anything.
func (f *localFlags) checkTyped(c *call) error {
	switch {
	case f.Workers < 0:
		return usageError{fmt.Errorf("--workers %d is negative: give 1 or more, or 0 for one for each processor", f.Workers)}
	case f.CPUShare < 0 || f.CPUShare > mostShare || f.CPUShare > 0 && f.CPUShare < 1 || f.CPUShare != f.CPUShare:
		return usageError{fmt.Errorf("--cpu-share %v is no percentage of a core from 1 to %d: leave it out for no limit", f.CPUShare, mostShare)}
	}
	both := func(a, b string) bool { return c.typed[a] && c.typed[b] }
	switch parquet := c.typed["format"] && f.Format == "parquet"; {
	case parquet && c.typed["bom"] && f.BOM:
		return usageError{errors.New("--bom begins CSV files, and --format parquet writes none: leave one of the two out")}
	case parquet && c.typed["line-break-escape"]:
		return usageError{errors.New("--line-break-escape is for CSV files, and --format parquet writes none: leave one of the two out")}
	case both("preserve-line-breaks", "line-break-escape") && f.PreserveLineBreaks:
		return usageError{errors.New("--preserve-line-breaks keeps what --line-break-escape would replace: leave one of the two out")}
	case both("sqlite-only", "map-file") && f.SQLiteOnly && f.MapFile:
		return usageError{errors.New("--map-file is about reading the file itself, of which --sqlite-only reads nothing: leave one of the two out")}
	}
	return nil
}
