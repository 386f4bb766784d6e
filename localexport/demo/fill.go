package demo

import (
	"context"
	"strings"
	"time"

	"sluice/localexport/sqlread"
	"sluice/wording"
)

// fill writes the whole snapshot into the empty file at path.
func fill(ctx context.Context, path string, o Options, progress *progress) (summary Summary, err error) {
	conn, err := sqlread.Open(ctx, path, sqlread.OpenOptions{Write: true, Create: true})
	if err != nil {
		return Summary{}, err
	}
	defer func() {
		if closeErr := conn.Close(); closeErr != nil && err == nil {
			err = wording.Errorf("close: %w", closeErr)
		}
	}()
	if err := prepare(conn); err != nil {
		return Summary{}, err
	}
	w, err := prepareRows(conn)
	if err != nil {
		return Summary{}, err
	}
	defer w.close()
	s := newSite(o, w)
	if err := writeSite(ctx, conn, s, progress.report); err != nil {
		return Summary{}, err
	}
	if err := buildIndexes(conn, s.missing, progress); err != nil {
		return Summary{}, err
	}
	s.summary.IndexMissing = int64(len(s.missing))
	return s.summary, nil
}

// prepare sets the connection up for a file that nobody else reads and that is thrown away if anything fails, and
// creates the tables.
func prepare(conn *sqlread.Conn) error {
	for _, setting := range []string{ // each on its own: some are ignored inside a transaction
		"journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE", "temp_store = FILE", "cache_size = -8192",
	} {
		if err := conn.Exec("PRAGMA " + setting); err != nil {
			return wording.Errorf("prepare the file: set %s: %w", setting, err)
		}
	}
	if err := conn.Exec("BEGIN;" + tables + "COMMIT"); err != nil {
		return wording.Errorf("create the tables: %w", err)
	}
	return nil
}

// inTransactions runs f in a transaction; when f calls again, it goes on in a new one.
func inTransactions(conn *sqlread.Conn, f func(again func() error) error) error {
	begin := func() error { return execute(conn, "BEGIN", "begin a batch of rows") }
	commit := func() error { return execute(conn, "COMMIT", "write a batch of rows") }
	if err := begin(); err != nil {
		return err
	}
	again := func() error {
		if err := commit(); err != nil {
			return err
		}
		return begin()
	}
	if err := f(again); err != nil {
		return err // no rollback: the file is thrown away
	}
	return commit()
}

func execute(conn *sqlread.Conn, statement, doing string) error {
	if err := conn.Exec(statement); err != nil {
		return wording.Errorf("%s: %w", doing, err)
	}
	return nil
}

// buildIndexes creates the indexes; the one on bodies without the rows that are to be missing.
func buildIndexes(conn *sqlread.Conn, missing []int64, p *progress) error {
	statements := indexStatements()
	for i, statement := range statements {
		build := conn.Exec
		if len(missing) > 0 && strings.HasPrefix(statement, "CREATE INDEX "+bodyIndex+" ") {
			build = func(statement string) error { return createThinned(conn, statement, missing) }
		}
		if err := build(statement); err != nil {
			return wording.Errorf("build an index: %w", err)
		}
		p.report(p.pages + (p.total-p.pages)*int64(i+1)/int64(len(statements)))
	}
	return nil
}

// progress passes on how far the work is, not too often.
type progress struct {
	pages, total int64
	interval     time.Duration // the least between two reports
	tell         func(done, total int64)
	last         time.Time
}

func newProgress(o Options, interval time.Duration) *progress {
	n := int64(o.Pages)
	return &progress{pages: n, total: n + n/4 + 1, interval: interval, tell: o.Progress}
}

func (p *progress) report(done int64) {
	if p.tell == nil || done >= p.total || time.Since(p.last) < p.interval {
		return
	}
	p.last = time.Now()
	p.tell(done, p.total)
}

func (p *progress) finish() {
	if p.tell != nil {
		p.tell(p.total, p.total)
	}
}
