package oracle

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"math"
	"strconv"
	"strings"

	_ "modernc.org/sqlite" // the driver
)

// row is a row of a table by the names of its columns.
type row map[string]any

// reader reads tables and collects what is doubtful.
type reader struct {
	db     *sql.DB
	doubts []string
}

func (r *reader) doubt(format string, args ...any) {
	r.doubts = append(r.doubts, fmt.Sprintf(format, args...))
}

// table reads the rows of a table as they lie in the file.
func (r *reader) table(ctx context.Context, name string, columns ...string) []row {
	quoted := make([]string, len(columns))
	for i, c := range columns {
		quoted[i] = `+"` + c + `"` // without its declared type, which the driver would convert to
	}
	rows, err := r.db.QueryContext(ctx, fmt.Sprintf(`SELECT %s FROM %q NOT INDEXED`, strings.Join(quoted, ", "), name))
	if err != nil {
		r.doubt("table %s: %v", name, err)
		return nil
	}
	defer rows.Close()
	var all []row
	for rows.Next() {
		values, to := make([]any, len(columns)), make([]any, len(columns))
		for i := range to {
			to[i] = &values[i]
		}
		if err := rows.Scan(to...); err != nil {
			r.doubt("table %s: %v", name, err)
			return all
		}
		x := row{}
		for i, c := range columns {
			if b, ok := values[i].([]byte); ok {
				values[i] = bytes.Clone(b)
			}
			x[c] = values[i]
		}
		all = append(all, x)
	}
	if err := rows.Err(); err != nil {
		r.doubt("table %s: %v", name, err)
	}
	return all
}

// text is a value as it stands in a cell.
func (x row) text(column string) string {
	switch v := x[column].(type) {
	case nil:
		return ""
	case string:
		return v
	case []byte:
		return string(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		s := strconv.FormatFloat(v, 'g', 15, 64)
		if !strings.ContainsAny(s, ".einf") {
			s += ".0"
		}
		return s
	}
	return fmt.Sprint(x[column])
}

// id is a whole number in whichever form; absent if there is none. A value that
// is no number is a doubt.
func (r *reader) id(x row, table, column string) (id int64, present bool) {
	switch v := x[column].(type) {
	case nil:
		return 0, false
	case int64:
		return v, true
	case float64:
		if v == math.Trunc(v) && math.Abs(v) < 1<<53 {
			return int64(v), true
		}
	default:
		s := strings.TrimSpace(x.text(column))
		if s == "" {
			return 0, false
		}
		if n, err := strconv.ParseInt(s, 10, 64); err == nil && s[0] != '+' {
			return n, true
		}
		if f, err := strconv.ParseFloat(s, 64); err == nil && f == math.Trunc(f) && math.Abs(f) < 1<<53 {
			return int64(f), true
		}
	}
	r.doubt("table %s: %s %.40q is no number", table, column, x.text(column))
	return 0, false
}

// cell is an id as it stands in a cell.
func (r *reader) cell(x row, table, column string) string {
	id, present := r.id(x, table, column)
	if !present {
		return ""
	}
	return strconv.FormatInt(id, 10)
}

// recent reports whether a date is present, and after the from date.
func (r *reader) recent(x row, table, column string) (present, recent bool) {
	s := x.text(column)
	if s == "" || strings.HasPrefix(s, "0000-00-00") {
		return false, false
	}
	if len(s) < 19 || s[4] != '-' || s[7] != '-' || s[13] != ':' {
		r.doubt("table %s: %s %.40q is no date", table, column, s)
		return true, true
	}
	return true, s[:4] >= "1990"
}
