package pglive

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"sluice/takes/feed"
	"sluice/wording"
)

// state is what tells one state of a database from a later one of the same.
//
// A row version of PostgreSQL that a transaction did not see and a later one sees
// was written by a transaction that had not ended when the first one looked: its
// number is XMin of the first or higher, and below XMax of the second (PostgreSQL
// documentation, "System Information Functions", txid_current_snapshot). This holds
// as long as transactions count on from where they were. They do not when another
// cluster has taken the place of this one, or the same one was restored to an
// earlier time, which begins a new time line; a copy of the files that is started
// elsewhere keeps all of these, and goes its own way from there. So what is kept of
// before is compared whatever the count: the numbers of the rows' transactions, with
// the lengths of bodies, in sums over ranges of keys as long as the server was not
// started anew; after that the values of the rows as well.
type state struct {
	System   string `json:"system"`   // identifier of the cluster
	Timeline string `json:"timeline"` // of its write-ahead log
	Database string `json:"database"` // oid
	Tables   string `json:"tables"`   // oids, by name
	Standby  bool   `json:"standby"`
	Started  string `json:"started"` // when the server was
	XMin     uint64 `json:"xmin"`    // of the transaction's snapshot, with the epoch
	XMax     uint64 `json:"xmax"`
}

// functions tell the state. Some servers keep them from ordinary users.
var functions = []string{"pg_control_system()", "pg_control_checkpoint()", "pg_control_recovery()", "pg_current_wal_lsn()", "pg_walfile_name(pg_lsn)"}

// state is that of the transaction; nil if the server does not tell it.
func (d *database) state(ctx context.Context, tables []relation) (*state, error) {
	var can []string
	for _, f := range functions {
		can = append(can, "coalesce(pg_catalog.has_function_privilege(pg_catalog.to_regprocedure('pg_catalog."+f+"'), 'EXECUTE'), false)")
	}
	allowed, err := d.query(ctx, "SELECT "+strings.Join(can, " AND "))
	if err != nil || string(allowed[0][0]) != "t" {
		return nil, err
	}
	r, err := d.query(ctx, `SELECT (SELECT system_identifier FROM pg_catalog.pg_control_system()),
		CASE WHEN pg_catalog.pg_is_in_recovery()
			THEN (SELECT greatest(c.timeline_id, r.min_recovery_end_timeline)::text FROM pg_catalog.pg_control_checkpoint() c, pg_catalog.pg_control_recovery() r)
			ELSE pg_catalog.substr(pg_catalog.pg_walfile_name(pg_catalog.pg_current_wal_lsn()), 1, 8) END,
		(SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database()), pg_catalog.pg_is_in_recovery(),
		pg_catalog.txid_snapshot_xmin(pg_catalog.txid_current_snapshot()), pg_catalog.txid_snapshot_xmax(pg_catalog.txid_current_snapshot()),
		extract(epoch FROM pg_catalog.pg_postmaster_start_time())`)
	if err != nil {
		return nil, err
	}
	s := &state{System: string(r[0][0]), Timeline: string(r[0][1]), Database: string(r[0][2]), Standby: string(r[0][3]) == "t", Started: string(r[0][6])}
	if s.XMin, err = strconv.ParseUint(string(r[0][4]), 10, 64); err == nil {
		s.XMax, err = strconv.ParseUint(string(r[0][5]), 10, 64)
	}
	if err != nil {
		return nil, wording.Errorf("numbers of transactions: %w", err)
	}
	s.Tables, err = d.oids(ctx, tables)
	return s, err
}

// oids are those of the tables, by name.
func (d *database) oids(ctx context.Context, tables []relation) (string, error) {
	var all []string
	for _, t := range tables {
		r, err := d.query(ctx, fmt.Sprintf("SELECT pg_catalog.to_regclass(%s)::oid", literal(quote(t.schema)+"."+quote(t.name))))
		if err != nil {
			return "", err
		}
		all = append(all, fmt.Sprintf("%s.%s %s", t.schema, t.name, r[0][0]))
	}
	slices.Sort(all)
	return strings.Join(all, ", "), nil
}

// text is the state as it is kept; "" for none.
func (s *state) text() string {
	if s == nil {
		return ""
	}
	b, err := json.Marshal(s)
	if err != nil {
		return "" // texts and numbers can always be marshalled
	}
	return string(b)
}

// ago is how many transactions may lie between two states: above that the numbers
// of rows, which have 32 bits, come again.
const ago = 1 << 31

const tooLong = "more than two billion transactions lie between"

// since says why nothing follows from the marks of a state of before; "" if it does.
func (s *state) since(before string) (was state, why string) {
	err := json.Unmarshal([]byte(before), &was)
	switch {
	case s == nil:
		return was, wording.Of("the server does not tell what is needed to know what has changed: let the user execute %s", strings.Join(functions, ", ")).String()
	case err != nil || was.System == "":
		return was, feed.StateUntold
	case was.System != s.System, was.Database != s.Database:
		return was, "it is of another database"
	case was.Timeline != s.Timeline:
		return was, "the server was restored, or a standby took its place, after it was taken"
	case was.Standby != s.Standby:
		return was, "a standby and its primary need not tell the same"
	case was.Tables != s.Tables:
		return was, "the tables are not those of then: some came, went or were made anew"
	case s.XMin < was.XMin, s.XMax < was.XMax:
		return was, "the server is in an earlier state than it was then"
	case s.XMax-was.XMin >= ago:
		return was, tooLong
	}
	return was, ""
}

// window is which numbers of transactions the rows have that may have come since.
type window struct{ from, length uint32 }

func (s *state) window(was state) window {
	return window{uint32(was.XMin), uint32(s.XMax - was.XMin)}
}

// holds reports whether a mark is within.
func (w window) holds(mark []byte) bool {
	number, _, _ := strings.Cut(string(mark), ".")
	n, err := strconv.ParseUint(number, 10, 32)
	return err != nil || uint32(n)-w.from < w.length
}

// sql is the same as a condition.
func (w window) sql() string {
	return fmt.Sprintf("(xmin::text::int8 - %d + 4294967296) %% 4294967296 < %d", w.from, w.length)
}
