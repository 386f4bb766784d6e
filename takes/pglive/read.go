package pglive

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"sluice/takes/feed"
	"sluice/takes/live"
	"sluice/takes/pgtext"
	"sluice/wording"
)

// Read hands the needed tables to a sink, as they are at one moment. begin makes
// the sink; it is called again when a standby cancelled the reading, which then
// begins anew.
func Read(ctx context.Context, o Options, want Wanted, marks []string, begin func(Info) (feed.Sink, error)) (Info, error) {
	for try := 0; ; try++ {
		info, err := readOnce(ctx, o, want, marks, begin)
		info.Restarts = try
		var again *restartError
		switch {
		case !errors.As(err, &again):
			return info, err
		case try >= o.Retries && try > 0:
			return info, wording.Errorf("%w (it was read %d times)", err, try+1)
		case try >= o.Retries:
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
	tables, info, err := d.prepare(ctx, want, marks)
	if err != nil {
		return info, err
	}
	now, err := d.state(ctx, tables)
	if err != nil {
		return info, err
	}
	if info.State = now.text(); now != nil {
		setMarks(tables, want)
	}
	sink, err := begin(info)
	if err != nil {
		return info, err
	}
	if err := d.hand(ctx, tables, now, sink); err != nil {
		return info, err
	}
	if _, err := d.query(ctx, "COMMIT"); err != nil { // at once: what is done with the rows does not need it
		return info, err
	}
	info.Open = time.Since(info.Opened)
	return info, nil
}

// hand gives a sink all rows of the tables, or those that it asks for.
func (d *database) hand(ctx context.Context, tables []relation, now *state, sink feed.Sink) error {
	if c, ok := sink.(feed.Comparer); ok {
		return d.compare(ctx, tables, now, c)
	}
	for _, r := range tables {
		if err := d.copy(ctx, r, sink); err != nil {
			return feed.At(err, "table %s.%s", r.schema, r.name)
		}
	}
	return nil
}

// prepare opens the transaction and finds the tables.
func (d *database) prepare(ctx context.Context, want Wanted, marks []string) ([]relation, Info, error) {
	info := Info{Address: d.address, Safety: d.safety, Opened: time.Now()}
	if _, err := d.query(ctx, strings.Join(d.settings(), "; ")); err != nil {
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
		info.Tables = append(info.Tables, Table{r.schema, r.name, r.rows, r.bytes, r.sent(), r.hidden})
	}
	info.Grants = d.grants(tables)
	return tables, info, d.checkRights(info.Grants)
}

// settings open the transaction. They are local to it: they survive a pooler and
// leave no trace in its connections.
func (d *database) settings() []string {
	return []string{"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
		"SET LOCAL application_name = 'sluice snapshot'", // for who wonders what is open
		// A database that does not know its encoding may hold bytes that are no UTF-8, which
		// the server would refuse to send as such.
		"SELECT pg_catalog.set_config('client_encoding', CASE pg_catalog.current_setting('server_encoding') WHEN 'SQL_ASCII' THEN 'SQL_ASCII' ELSE 'UTF8' END, true)",
		"SET LOCAL DateStyle = 'ISO, YMD'", "SET LOCAL bytea_output = 'hex'", "SET LOCAL search_path = pg_catalog",
		"SET LOCAL row_security = off", // rows that a policy hides are an error
		fmt.Sprintf("SET LOCAL statement_timeout = %d", d.o.StatementTimeout.Milliseconds()),
		fmt.Sprintf("SET LOCAL lock_timeout = %d", live.Options(d.o).Patience().Milliseconds()),
		"SET LOCAL idle_in_transaction_session_timeout = 0",
		// That of the whole transaction came with PostgreSQL 17.
		"SELECT pg_catalog.set_config(name, '0', true) FROM pg_catalog.pg_settings WHERE name = 'transaction_timeout'",
	}
}

// copy reads the rows of a table.
func (d *database) copy(ctx context.Context, r relation, sink feed.Sink) error {
	rows, err := sink.Table(r.table())
	if err != nil || rows == nil {
		return err
	}
	sql := fmt.Sprintf("COPY %s.%s (%s) TO STDOUT", quote(r.schema), quote(r.name), list(r.columns))
	if r.kind != "r" || r.mark != "" { // of partitions, views and foreign tables only queries can be copied
		sql = fmt.Sprintf("COPY (SELECT %s FROM %s.%s) TO STDOUT", r.expressions(), quote(r.schema), quote(r.name))
	}
	w := &lines{split: pgtext.NewSplitter(rows, len(r.names()))}
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
	split *pgtext.Splitter
	rest  []byte // of a row that is not complete
	err   error
}

// Write implements io.Writer. A piece is a row, but nothing promises that.
func (l *lines) Write(p []byte) (int, error) {
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
