package mylive

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"sluice/takes/feed"
)

// Info is what is known about a database.
type Info struct {
	Address  string      // host, port and name
	Product  string      // MySQL or MariaDB
	Server   string      // version
	Tested   bool        // whether Sluice was tried with this version
	User     string      // as which the server knows us
	TimeZone string      // of the server
	Safety   feed.Safety // of the connection
	State    string      // tells the database from others
	Tables   []Table
	// Grants are the statements that would give what is missing of rights.
	Grants []string
	// Hidden are tables that do not exist or may not be read, HiddenColumns such
	// columns, behind their tables and a dot. HiddenGrants are the statements
	// that would allow it.
	Hidden        []string
	HiddenColumns []string
	HiddenGrants  []string
	Opened        time.Time     // when the transaction was
	Open          time.Duration // for how long it was, at the end

	// Wire is how many bytes come in a second, measured with some that are made up.
	// Only Look tells it.
	Wire int64
}

// Table is a table that is read.
type Table struct {
	Name        string
	Rows, Bytes int64 // as the server estimates; -1 if it does not know
	Denied      bool  // it may not be read, or not all that is needed of it
}

// Unseen says what to do about what is hidden; "" if nothing is.
func (i Info) Unseen() string {
	var what []string
	if len(i.Hidden) > 0 {
		what = append(what, "tables "+strings.Join(i.Hidden, ", "))
	}
	if len(i.HiddenColumns) > 0 {
		what = append(what, "columns "+strings.Join(i.HiddenColumns, ", "))
	}
	if what == nil {
		return ""
	}
	return fmt.Sprintf("The %s do not exist, or %s may not read them: if they do, allow it with %s", strings.Join(what, " and the "), i.User, strings.Join(i.HiddenGrants, " "))
}

// Bytes is about how many bytes the tables have.
func (i Info) Bytes() int64 {
	var n int64
	for _, t := range i.Tables {
		n += max(0, t.Bytes)
	}
	return n
}

// Look connects, checks that everything can be read, and reads no row but the few
// that few takes, such as those of builds. Marks are the tables by which Confluence is
// recognised. The Info is filled as far as it goes, also with an error.
func Look(ctx context.Context, o Options, want Wanted, marks []string, few feed.Sink) (Info, error) {
	d, tables, info, err := reach(ctx, o, want, marks)
	defer d.close()
	if err != nil {
		return info, err
	}
	for _, r := range tables {
		if err := d.copy(ctx, r, few); err != nil {
			return info, err
		}
	}
	info.Wire, err = d.measure(ctx)
	return info, err
}

// reach connects, and finds the tables and the rights on them. What it returns is filled
// as far as it goes, also with an error.
func reach(ctx context.Context, o Options, want Wanted, marks []string) (d *database, tables []relation, info Info, err error) {
	if d, err = connect(ctx, o); err != nil {
		return nil, nil, Info{}, err
	}
	if info, err = d.open(ctx); err == nil {
		tables, err = d.prepare(ctx, &info, want, marks)
	}
	return d, tables, info, err
}

// prepare finds the tables and checks the rights on them.
func (d *database) prepare(ctx context.Context, info *Info, want Wanted, marks []string) ([]relation, error) {
	tables, err := d.relations(ctx, want)
	if err != nil {
		return nil, err
	}
	r, err := d.find(ctx, tables, want)
	if err != nil {
		return nil, err
	}
	for _, t := range tables {
		info.Tables = append(info.Tables, Table{t.name, t.rows, t.bytes, contains(r.denied, t.name)})
	}
	for _, name := range r.denied {
		if !contains(names(tables), name) {
			info.Tables = append(info.Tables, Table{name, -1, -1, true})
		}
	}
	info.Grants, info.Hidden, info.HiddenGrants = d.grants(r.denied), r.hidden, d.grants(r.hidden)
	for _, c := range r.unseen {
		info.HiddenColumns = append(info.HiddenColumns, c.table+"."+c.name)
		info.HiddenGrants = append(info.HiddenGrants, fmt.Sprintf("GRANT SELECT (%s) ON %s.%s TO %s;", quote(c.name), quote(d.name), quote(c.table), d.user))
	}
	return tables, d.check(r, marks)
}

func names(tables []relation) []string {
	var all []string
	for _, t := range tables {
		all = append(all, t.name)
	}
	return all
}

// estimate reads a number of the server; -1 stands for none.
func estimate(s string) int64 {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return -1
	}
	return n
}

// measured is how many bytes are asked for to measure the way: less than any
// server's max_allowed_packet.
const measured = 512 << 10

// measure has the server send some bytes of nothing, and tells those that came in
// a second.
func (d *database) measure(ctx context.Context) (int64, error) {
	began := time.Now()
	rows, err := d.query(ctx, fmt.Sprintf("SELECT REPEAT('x', %d)", measured))
	if err != nil {
		return 0, err
	}
	return int64(float64(len(rows[0][0])) / max(time.Since(began), time.Microsecond).Seconds()), nil
}
