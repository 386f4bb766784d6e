package pglive

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"sluice/takes/feed"
	"sluice/takes/pgtext"
)

// Read hands the needed tables to a sink, as they are at one moment. begin makes
// the sink; it is called again when a standby cancelled the reading, which then
// begins anew.
func Read(ctx context.Context, o Options, want Wanted, marks []string, begin func(Info) (feed.Sink, error)) (Info, error) {
	for try := 0; ; try++ {
		info, err := readOnce(ctx, o, want, marks, begin)
		info.Restarts = try
		if err == nil || !errors.Is(err, errRestart) || try >= o.Retries {
			return info, err
		}
	}
}

func readOnce(ctx context.Context, o Options, want Wanted, marks []string, begin func(Info) (feed.Sink, error)) (Info, error) {
	d, err := connect(ctx, o)
	if err != nil {
		return Info{}, err
	}
	defer d.close()
	opened := time.Now()
	tables, info, err := d.prepare(ctx, want, marks)
	if err != nil {
		return info, err
	}
	sink, err := begin(info)
	if err != nil {
		return info, err
	}
	for _, r := range tables {
		if err := d.copy(ctx, r, sink); err != nil {
			return info, fmt.Errorf("table %s.%s: %w", r.schema, r.name, err)
		}
	}
	if _, err := d.query(ctx, "COMMIT"); err != nil {
		return info, err
	}
	info.Open = time.Since(opened)
	return info, nil
}

// prepare opens the transaction and finds the tables. Settings are local to it:
// they survive a pooler and leave no trace in its connections.
func (d *database) prepare(ctx context.Context, want Wanted, marks []string) ([]relation, Info, error) {
	info := Info{Address: d.address}
	begin := []string{"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", "SET LOCAL client_encoding = 'UTF8'", "SET LOCAL DateStyle = 'ISO, YMD'",
		"SET LOCAL bytea_output = 'hex'", "SET LOCAL search_path = pg_catalog", fmt.Sprintf("SET LOCAL statement_timeout = %d", d.o.StatementTimeout.Milliseconds()),
		"SET LOCAL idle_in_transaction_session_timeout = 0", "SET LOCAL row_security = off"} // rows that a policy hides are an error
	if _, err := d.query(ctx, strings.Join(begin, "; ")); err != nil {
		return nil, info, err
	}
	about, err := d.query(ctx, "SELECT pg_catalog.current_setting('server_version'), pg_catalog.current_setting('TimeZone'), pg_catalog.pg_is_in_recovery(), current_user")
	if err != nil {
		return nil, info, err
	}
	info.Server, info.TimeZone, info.Standby = string(about[0][0]), string(about[0][1]), string(about[0][2]) == "t"
	d.user = string(about[0][3]) // a pooler may log in under another name
	info.User = d.user
	all, err := d.relations(ctx, want)
	if err != nil {
		return nil, info, err
	}
	tables, err := d.inOneSchema(all, marks)
	if err != nil {
		return nil, info, err
	}
	for _, r := range tables {
		info.Tables = append(info.Tables, Table{r.schema, r.name, r.rows, r.bytes, r.hidden})
	}
	info.Grants = d.grants(tables)
	return tables, info, d.checkRights(info.Grants)
}

// copy reads the rows of a table.
func (d *database) copy(ctx context.Context, r relation, sink feed.Sink) error {
	rows, err := sink.Table(feed.Table{Schema: r.schema, Name: r.name, Columns: r.columns})
	if err != nil || rows == nil {
		return err
	}
	sql := fmt.Sprintf("COPY %s.%s (%s) TO STDOUT", quote(r.schema), quote(r.name), list(r.columns))
	if r.kind != "r" { // of partitions, views and foreign tables only queries can be copied
		sql = fmt.Sprintf("COPY (SELECT %s FROM %s.%s) TO STDOUT", list(r.columns), quote(r.schema), quote(r.name))
	}
	w := &lines{ctx: ctx, d: d, split: pgtext.NewSplitter(rows, len(r.columns))}
	tag, err := d.c.CopyTo(ctx, w, sql)
	if w.err != nil {
		return w.err
	}
	if err != nil {
		return d.describe(ctx, err)
	}
	if len(w.rest) > 0 {
		return feed.Damaged("the last row of %s.%s does not come to its end", r.schema, r.name)
	}
	return rows.End(tag.RowsAffected())
}

// lines takes the rows of a COPY as they come from the server.
type lines struct {
	ctx   context.Context
	d     *database
	split *pgtext.Splitter
	rest  []byte // of a row that is not complete
	err   error
}

// Write implements io.Writer. A piece is a row, but nothing promises that.
func (l *lines) Write(p []byte) (int, error) {
	if l.d.o.Throttle != nil {
		if err := l.d.o.Throttle(l.ctx, len(p)); err != nil {
			l.err = err
			return 0, err
		}
	}
	for b := p; len(b) > 0; {
		end := bytes.IndexByte(b, '\n')
		if end < 0 {
			l.rest = append(l.rest, b...)
			break
		}
		line := b[:end]
		if len(l.rest) > 0 {
			l.rest = append(l.rest, line...)
			line = l.rest
		}
		if err := l.split.Row(line); err != nil {
			l.err = err
			return 0, err
		}
		l.rest = l.rest[:0]
		b = b[end+1:]
	}
	return len(p), nil
}
