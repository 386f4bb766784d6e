package query

import (
	"context"
	"fmt"
	"strconv"

	"modernc.org/sqlite/vtab"

	"sluice/csvfile"
	"sluice/wording"
)

// moduleName is what virtual tables are made with.
const moduleName = "rows_of_file"

// module makes virtual tables of the tables of a run.
type module struct {
	run *run
	ctx context.Context // of the run
}

// Create makes the table whose number is the argument.
func (m *module) Create(c vtab.Context, args []string) (vtab.Table, error) {
	i, err := strconv.Atoi(args[len(args)-1])
	if err != nil || i < 0 || i >= len(m.run.tables) {
		return nil, wording.Errorf("there is no table %q", args[len(args)-1])
	}
	t := m.run.tables[i]
	return &virtual{t, m.ctx}, c.Declare(fmt.Sprintf("CREATE TABLE x (%s)", t.asked()))
}

// Connect makes it again.
func (m *module) Connect(c vtab.Context, args []string) (vtab.Table, error) { return m.Create(c, args) }

// virtual is a table as SQLite sees it.
type virtual struct {
	*table
	ctx context.Context
}

// BestIndex says what it takes to read the table: there is only the way from the first row to
// the last.
func (v *virtual) BestIndex(info *vtab.IndexInfo) error {
	info.EstimatedRows, info.EstimatedCost = max(1, v.rows), float64(max(1, v.rows))
	return nil
}

// Open begins to read.
func (v *virtual) Open() (vtab.Cursor, error) { return &cursor{t: v.table, ctx: v.ctx}, nil }

// Disconnect does nothing: the file is not the table's.
func (v *virtual) Disconnect() error { return nil }

// Destroy does nothing either.
func (v *virtual) Destroy() error { return nil }

// value is a cell as a value of the type of its column; nil if there is none. What has another
// type, as the file has changed, is text.
func value(cell []byte, t csvfile.ValueType) vtab.Value {
	switch {
	case cell == nil:
		return nil
	case t == csvfile.TypeInteger:
		if len(cell) == 0 {
			return nil
		}
		if n, err := strconv.ParseInt(string(cell), 10, 64); err == nil {
			return n
		}
	case t == csvfile.TypeDecimal:
		if len(cell) == 0 {
			return nil
		}
		if n, err := strconv.ParseFloat(string(cell), 64); err == nil {
			return n
		}
	}
	return string(cell)
}
