package query

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"modernc.org/sqlite"

	"sluice/wording"
)

// StatementError says what is wrong with a statement.
type StatementError struct {
	Reason string
	Err    error // what SQLite says
}

func (e *StatementError) Error() string { return e.Reason }

func (e *StatementError) Unwrap() error { return e.Err }

// ask compiles the statement over tables without rows, and learns by that which columns it
// asks for, or why it cannot be run.
func (r *run) ask(ctx context.Context, statement string) error {
	db, err := open(&sqlite.Driver{})
	if err != nil {
		return err
	}
	defer db.Close()
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	for _, t := range r.tables {
		if _, err := conn.ExecContext(ctx, fmt.Sprintf("CREATE TABLE %s (%s)", quoted(t.name), t.definition())); err != nil {
			return wording.Errorf("%s: %w", t.name, plain(err))
		}
	}
	a := asking{columns: map[string]map[string]bool{}}
	if err := guard(conn, a.permit); err != nil {
		return err
	}
	if err := compile(ctx, conn, statement); err != nil {
		return r.explain(err, &a)
	}
	// A second statement, and one that is none, cannot stand in brackets.
	if err := compile(ctx, conn, "SELECT * FROM (\n"+statement+"\n)"); err != nil {
		return &StatementError{Reason: "one statement is run, a SELECT: " + plain(err).Error(), Err: err}
	}
	joined := joins(statement)
	for _, t := range r.tables {
		read := a.columns[strings.ToLower(t.name)]
		t.use(func(name string) bool { return read[name] || joined(strings.ToLower(t.name), name) })
	}
	return nil
}

// joins tells which columns of a table, by their names in lower case, a statement may join by
// without asking to read them: JOIN x USING (name), and NATURAL JOIN x.
func joins(statement string) func(table, column string) bool {
	lower := strings.ReplaceAll(strings.ToLower(statement), `""`, `"`)
	natural, using := strings.Contains(lower, "natural"), strings.Contains(lower, "using")
	return func(table, column string) bool {
		return (natural || using && strings.Contains(lower, column)) && strings.Contains(lower, table)
	}
}

// use says which columns are asked for, by their names in lower case.
func (t *table) use(asked func(name string) bool) {
	t.used = []int{}
	for i, name := range t.columns {
		if asked(strings.ToLower(name)) {
			t.used = append(t.used, i)
		}
	}
}

func compile(ctx context.Context, conn *sql.Conn, statement string) error {
	stmt, err := conn.PrepareContext(ctx, statement)
	if err != nil {
		return err
	}
	return stmt.Close()
}

// asking is what is seen of a statement while it is compiled.
type asking struct {
	columns map[string]map[string]bool // those read of each table, in lower case
	refused string
}

// permit permits what only reads.
func (a *asking) permit(action sqlite.AuthorizerActionCode, arg1, arg2, _, _ string) sqlite.AuthorizerReturnCode {
	switch action {
	case sqlite.AuthRead:
		name := strings.ToLower(arg1)
		switch {
		case strings.HasPrefix(name, "pragma_"):
			a.refused = refusedActions[sqlite.AuthPragma]
			return sqlite.AuthorizerDeny
		case strings.HasPrefix(name, "sqlite_"):
			a.refused = arg1
			return sqlite.AuthorizerDeny
		}
		if a.columns[name] == nil {
			a.columns[name] = map[string]bool{}
		}
		a.columns[name][strings.ToLower(arg2)] = true
		return sqlite.AuthorizerOK
	case sqlite.AuthSelect, sqlite.AuthRecursive:
		return sqlite.AuthorizerOK
	case sqlite.AuthFunction:
		if !slices.Contains(refusedFunctions, strings.ToLower(arg2)) {
			return sqlite.AuthorizerOK
		}
		a.refused = arg2 + "()"
		return sqlite.AuthorizerDeny
	}
	if a.refused == "" {
		a.refused = refusedActions[action]
	}
	if a.refused == "" {
		a.refused = "what changes something"
	}
	return sqlite.AuthorizerDeny
}

// refusedFunctions reach what is no table of the statement.
var refusedFunctions = []string{"load_extension", "readfile", "writefile", "edit", "fts3_tokenizer"}

// refusedActions are what people are likely to try, by the action that comes first.
var refusedActions = map[sqlite.AuthorizerActionCode]string{
	sqlite.AuthAttach: "ATTACH", sqlite.AuthDetach: "DETACH", sqlite.AuthPragma: "PRAGMA", sqlite.AuthTransaction: "a transaction",
	sqlite.AuthInsert: "INSERT", sqlite.AuthUpdate: "UPDATE", sqlite.AuthDelete: "DELETE", sqlite.AuthAnalyze: "ANALYZE",
}

// explain makes a sentence of why a statement could not be compiled.
func (r *run) explain(err error, a *asking) error {
	var failed *sqlite.Error
	if !errors.As(err, &failed) {
		return err
	}
	if a.refused != "" {
		return &StatementError{Reason: wording.Of("a query only reads its tables: %s is refused", a.refused).String(), Err: err}
	}
	reason := plain(err).Error()
	switch {
	case strings.HasPrefix(reason, "no such table: "):
		var names []string
		for _, t := range r.tables {
			names = append(names, t.name)
		}
		reason = wording.Of("%s; there are %s", reason, strings.Join(names, ", ")).String()
	case strings.HasPrefix(reason, "no such column: ") && len(r.tables) == 1 && len(r.tables[0].columns) <= 40:
		reason = wording.Of("%s; there are %s", reason, strings.Join(r.tables[0].columns, ", ")).String()
	}
	return &StatementError{Reason: reason, Err: err}
}

// dressed is how the driver dresses what SQLite says.
var dressed = regexp.MustCompile(`(?s)^SQL logic error: (.*) \(\d+\)$`)

// plain is an error of SQLite in its own words.
func plain(err error) error {
	if m := dressed.FindStringSubmatch(err.Error()); m != nil {
		return errors.New(m[1])
	}
	return err
}
