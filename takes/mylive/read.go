package mylive

import (
	"context"
	"database/sql/driver"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"sluice/takes/feed"
	"sluice/takes/live"
)

// tested begins the versions that Sluice was tried with. No other was to be had.
const tested = "10.11."

// Read hands the needed tables to the sink that begin makes, as they are at one
// moment. Marks are the tables by which Confluence is recognised.
func Read(ctx context.Context, o Options, want Wanted, marks []string, begin func(Info) (feed.Sink, error)) (Info, error) {
	d, tables, info, err := reach(ctx, o, want, marks)
	defer d.close()
	if err != nil {
		return info, err
	}
	if err := d.start(ctx, &info); err != nil {
		return info, err
	}
	info.State = d.state()
	setMarks(tables, want)
	sink, err := begin(info)
	if err != nil {
		return info, err
	}
	if err := d.hand(ctx, info, tables, sink); err != nil {
		return info, err
	}
	if _, err := d.query(ctx, "COMMIT"); err != nil {
		return info, err
	}
	info.Open = time.Since(info.Opened)
	return info, nil
}

// hand gives a sink all rows of the tables, or those that it asks for.
func (d *database) hand(ctx context.Context, info Info, tables []relation, sink feed.Sink) error {
	if text := info.Unseen(); text != "" {
		sink.Note(feed.Note{Doubt: true, Text: text})
	}
	for _, r := range tables {
		if r.engine != "" && !strings.EqualFold(r.engine, "InnoDB") {
			sink.Note(feed.Note{Doubt: true, Text: fmt.Sprintf("The table %s is stored by %s, which knows no transactions: what changed meanwhile may be in it.", r.name, r.engine)})
		}
	}
	if c, ok := sink.(feed.Comparer); ok {
		return d.compare(ctx, tables, c)
	}
	for _, r := range tables {
		if err := d.copy(ctx, r, sink); err != nil {
			return feed.At(err, "table %s", r.name)
		}
	}
	return nil
}

// open prepares the session. What the server or the login has set must neither
// change values nor cut what is read.
func (d *database) open(ctx context.Context) (Info, error) {
	info := Info{Address: d.address, User: d.user, Product: "MySQL"}
	about, err := d.query(ctx, "SELECT VERSION(), @@global.time_zone, @@system_time_zone, CURRENT_USER(), @@lower_case_table_names = 0")
	if err != nil {
		return info, err
	}
	info.Server, info.TimeZone = about[0][0], about[0][1]
	info.Tested = strings.HasPrefix(info.Server, tested)
	if info.TimeZone == "SYSTEM" {
		info.TimeZone = about[0][2]
	}
	d.user, d.cased = account(about[0][3]), about[0][4] == "1"
	info.User = d.user
	timeout := fmt.Sprintf("max_execution_time = %d", d.o.StatementTimeout.Milliseconds())
	if strings.Contains(info.Server, "MariaDB") {
		info.Product = "MariaDB"
		timeout = fmt.Sprintf("max_statement_time = %.3f, idle_transaction_timeout = 0, idle_readonly_transaction_timeout = 0", d.o.StatementTimeout.Seconds())
	}
	for _, sql := range []string{
		"SET NAMES utf8mb4", "SET SESSION sql_mode = ''", "SET SESSION time_zone = @@global.time_zone",
		"SET SESSION sql_select_limit = 18446744073709551615, sql_big_selects = 1, net_write_timeout = 3600, " +
			fmt.Sprintf("lock_wait_timeout = %d, ", int(math.Ceil(live.Options(d.o).Patience().Seconds()))) + timeout,
		"SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ",
	} {
		if _, err := d.query(ctx, sql); err != nil {
			return info, err
		}
	}
	protection, err := d.query(ctx, "SHOW SESSION STATUS LIKE 'Ssl_version'")
	if err == nil && len(protection) > 0 && protection[0][1] != "" {
		info.Safety = feed.Safety{TLS: strings.Replace(protection[0][1], "TLSv", "TLS ", 1), Checked: d.checked}
	}
	return info, err
}

// start opens the transaction. What was looked at before needs none.
func (d *database) start(ctx context.Context, info *Info) error {
	info.Opened = time.Now()
	_, err := d.query(ctx, "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY")
	return err
}

// account writes user@host as GRANT takes it.
func account(s string) string {
	user, host := s, ""
	if at := strings.LastIndexByte(s, '@'); at >= 0 {
		user, host = s[:at], "@'"+strings.ReplaceAll(s[at+1:], "'", "''")+"'"
	}
	return "'" + strings.ReplaceAll(user, "'", "''") + "'" + host
}

// numberSize is the length of the longest number as text.
const numberSize = 32

// copy reads the rows of a table.
func (d *database) copy(ctx context.Context, r relation, sink feed.Sink) error {
	names := r.names()
	rows, err := sink.Table(feed.Table{Schema: d.name, Name: r.name, Columns: names})
	if err != nil || rows == nil {
		return err
	}
	columns := make([]string, len(r.columns))
	for i, c := range r.columns {
		columns[i] = r.expression(c)
	}
	values, version := make([]feed.Value, len(names)), []byte(nil)
	marked := slices.Index(r.columns, r.marked)
	err = d.rows(ctx, fmt.Sprintf("SELECT %s FROM %s.%s", strings.Join(columns, ", "), quote(d.name), quote(r.name)), len(columns), func(row []feed.Value) error {
		copy(values, row)
		if marked >= 0 {
			version = mark(version[:0], row[marked])
			values[len(values)-1] = feed.Value{Text: version, Valid: true}
		}
		return rows.Row(values)
	})
	if err != nil {
		return err
	}
	return rows.End(-1)
}

// text is a value as text; numbers are written into buf.
func text(buf []byte, v driver.Value) []byte {
	switch v := v.(type) {
	case []byte:
		return v
	case int64:
		return strconv.AppendInt(buf, v, 10)
	case uint64:
		return strconv.AppendUint(buf, v, 10)
	case float32:
		return strconv.AppendFloat(buf, float64(v), 'g', -1, 32)
	case float64:
		return strconv.AppendFloat(buf, v, 'g', -1, 64)
	}
	return nil
}
