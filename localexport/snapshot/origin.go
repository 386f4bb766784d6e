package snapshot

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"

	"sluice/formats"
	"sluice/localexport/sqlread"
	"sluice/wording"
)

// OriginTable is the table in which a snapshot that Sluice took says where it
// comes from: rows of a key and a value, both text.
const OriginTable = "sluice_snapshot"

// RangesTable is the table in which it keeps sums of the versions of rows, by which
// what changed since is found.
const RangesTable = "sluice_ranges"

// Keys of OriginTable. The rows of each table are counted under OriginRows and
// its name.
const (
	OriginFormat   = "format" // as in formats.Snapshot
	OriginKind     = "kind"
	OriginPlace    = "place"
	OriginTool     = "tool"
	OriginTimeZone = "database_time_zone"
	OriginTaken    = "taken"
	OriginSluice   = "sluice"
	OriginLacks    = "lacks"    // sentences, one a line
	OriginDoubts   = "warnings" // the same
	OriginNotes    = "notes"    // the same
	OriginRows     = "rows."
	// OriginState is what the database told of its state, by which what changed
	// since is found.
	OriginState = "state"
	// OriginOdd begins the keys under which is counted how many values of a table are
	// not what they should be.
	OriginOdd = "odd."
)

// Origin is where a snapshot comes from that Sluice took of a database or dump.
type Origin struct {
	Kind string `json:"kind"`
	// Place is the file or the address, without a password.
	Place string `json:"source"`
	Tool  string `json:"tool,omitempty"` // version of the server or dump program
	// TimeZone is that of the database's session, which says nothing about the
	// zone of Confluence's times.
	TimeZone string           `json:"databaseTimeZone,omitempty"`
	Taken    string           `json:"taken"` // RFC 3339
	Sluice   string           `json:"sluiceVersion,omitempty"`
	Rows     map[string]int64 `json:"rows,omitempty"` // by table
	// Partial says, in sentences, what a source of this kind lacks.
	Partial []string `json:"partial,omitempty"`
	// Doubts say, in sentences, what may be missing or wrong, and Notes what else
	// was worth knowing when the snapshot was taken.
	Doubts []string `json:"warnings,omitempty"`
	Notes  []string `json:"notes,omitempty"`
}

// Tables are the names of the tables whose rows were counted, in their order.
func (o *Origin) Tables() []string { return slices.Sorted(maps.Keys(o.Rows)) }

// Origin tells where the snapshot comes from; nil if Sluice did not take it.
func (s *Snapshot) Origin(ctx context.Context) (*Origin, error) {
	t := s.Table(OriginTable)
	if t == nil {
		return nil, nil
	}
	c, err := s.Conn(ctx)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	o := &Origin{Rows: map[string]int64{}}
	err = c.Each("SELECT "+t.Select("key", "value")+" FROM "+t.From("t"), func(r *sqlread.Stmt) error {
		o.set(string(r.Bytes(0)), string(r.Bytes(1)))
		return nil
	})
	if err != nil {
		return nil, wording.Errorf("read table %s: %w", t.Name, err)
	}
	return o, nil
}

// checkFormat refuses a snapshot that a newer Sluice took: what its tables hold may mean
// something else.
func (s *Snapshot) checkFormat(c *sqlread.Conn) error {
	t := s.Table(OriginTable)
	if t == nil {
		return nil
	}
	var wrong error
	err := c.Each("SELECT "+t.Select("value")+" FROM "+t.From("t")+" WHERE CAST("+t.Select("key")+" AS TEXT) = ?1", func(r *sqlread.Stmt) error {
		wrong = formats.Snapshot.CheckValue(r.Bytes(0))
		return nil
	}, OriginFormat)
	if wrong != nil {
		return wording.Errorf("%s: %w", s.path, wrong)
	}
	if err != nil {
		return s.damaged(err)
	}
	return nil
}

// set takes a row of OriginTable; what is not known is left out.
func (o *Origin) set(key, value string) {
	switch key {
	case OriginKind:
		o.Kind = value
	case OriginPlace:
		o.Place = value
	case OriginTool:
		o.Tool = value
	case OriginTimeZone:
		o.TimeZone = value
	case OriginTaken:
		o.Taken = value
	case OriginSluice:
		o.Sluice = value
	case OriginLacks:
		o.Partial = strings.Split(value, "\n")
	case OriginDoubts:
		o.Doubts = strings.Split(value, "\n")
	case OriginNotes:
		o.Notes = strings.Split(value, "\n")
	default:
		if table, ok := strings.CutPrefix(key, OriginRows); ok {
			if n, err := strconv.ParseInt(value, 10, 64); err == nil {
				o.Rows[table] = n
			}
		}
	}
}
