// Package feedtest has what tests of readers need: a sink that remembers, and holds
// the reader to what feed asks of it.
package feedtest

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"sluice/takes/feed"
)

// Memory is a Sink that remembers what it is given.
type Memory struct {
	// Lines are the rows: table|value|value, "-" for null.
	Lines []string
	// Pieces are the tables in the order in which they began, each time with its columns
	// and how many rows came: "a.label(labelid,name) 2".
	Pieces []string
	// Notes are the sentences; those that are a doubt begin with "? ".
	Notes []string
	// Without names tables that are not wanted.
	Without []string

	open *rows
}

// Wants implements feed.Sink.
func (m *Memory) Wants(_, name string) bool {
	for _, w := range m.Without {
		if w == name {
			return false
		}
	}
	return true
}

// Note implements feed.Sink.
func (m *Memory) Note(n feed.Note) {
	if n.Doubt {
		n.Text = "? " + n.Text
	}
	m.Notes = append(m.Notes, n.Text)
}

// Table implements feed.Sink. A reader ends one piece before it begins another.
func (m *Memory) Table(t feed.Table) (feed.Rows, error) {
	if m.open != nil {
		return nil, fmt.Errorf("table %s begins within %s", t, m.open.table)
	}
	if !m.Wants(t.Schema, t.Name) {
		return nil, nil
	}
	m.open = &rows{memory: m, table: t}
	return m.open, nil
}

// Text are the lines, each ended by a line feed.
func (m *Memory) Text() string { return strings.Join(append(m.Lines, ""), "\n") }

// rows is a piece of a table.
type rows struct {
	memory *Memory
	table  feed.Table
	n      int
}

func (r *rows) Needs(int) bool { return true }

func (r *rows) Row(values []feed.Value) error {
	if r.memory.open != r || len(values) != len(r.table.Columns) {
		return fmt.Errorf("a row of %d values, for %d columns of %s", len(values), len(r.table.Columns), r.table)
	}
	r.n++
	r.memory.Lines = append(r.memory.Lines, r.table.String()+"|"+Line(values))
	return nil
}

// Line are the values of a row: value|value, "-" for null.
func Line(values []feed.Value) string {
	row := make([]string, len(values))
	for i, v := range values {
		if row[i] = "-"; v.Valid {
			row[i] = string(v.Text)
		}
	}
	return strings.Join(row, "|")
}

func (r *rows) End(int64) error {
	if r.memory.open != r {
		return fmt.Errorf("table %s ends twice", r.table)
	}
	r.memory.open = nil
	r.memory.Pieces = append(r.memory.Pieces, fmt.Sprintf("%s(%s) %d", r.table, strings.Join(r.table.Columns, ","), r.n))
	return nil
}

// Damaged fails unless the error is one about the source, and says so much.
func Damaged(t *testing.T, err error, says string) {
	t.Helper()
	if !errors.Is(err, feed.ErrDamaged) || !strings.Contains(err.Error(), says) {
		t.Errorf("error %v, want one about the source with %q", err, says)
	}
}

// OfTheSource fails for an error that is not about the source.
func OfTheSource(t *testing.T, err error) {
	t.Helper()
	if err != nil && !errors.Is(err, feed.ErrDamaged) {
		t.Errorf("an error that is none of the source: %v", err)
	}
}
