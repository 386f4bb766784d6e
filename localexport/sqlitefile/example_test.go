package sqlitefile_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"sluice/localexport/sqlitefile"
	"sluice/localexport/sqlread"
)

// Pages and their bodies, merged: both in the order of the pages' ids, cut into
// ranges that could be read by as many goroutines.
func Example() {
	path, remove := wiki()
	defer remove()
	f, err := sqlitefile.Open(path, sqlitefile.Options{})
	if err != nil {
		log.Fatal(err) // or let SQLite read it: errors.Is(err, sqlitefile.ErrUnsupported)
	}
	defer f.Close()
	if err := printPages(context.Background(), f); err != nil {
		log.Fatal(err)
	}
	// Output:
	// 1 Home: Welcome
	// 2 Plans: To do
	// 5 News: (no body)
}

func printPages(ctx context.Context, f *sqlitefile.File) error {
	content, err := f.Table("content")
	if err != nil {
		return err
	}
	bodies, err := f.Table("bodycontent")
	if err != nil {
		return err
	}
	byContent, err := f.Index(bodies, "contentid")
	if err != nil {
		return err
	}
	ranges, err := f.Split(ctx, content, 4)
	if err != nil {
		return err
	}
	for _, rg := range ranges {
		err := f.Read(ctx, func(r *sqlitefile.Reader) error {
			pages, err := r.Cursor(content, "title")
			if err != nil {
				return err
			}
			body, err := r.Cursor(bodies, "body")
			if err != nil {
				return err
			}
			pages.Range(rg)
			entries := r.IndexCursor(byContent)
			entries.Range(rg)
			return merge(pages, entries, body)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// merge steps through the index in lockstep with the pages.
func merge(pages *sqlitefile.Cursor, entries *sqlitefile.IndexCursor, body *sqlitefile.Cursor) error {
	more, err := entries.Next()
	for {
		ok, err2 := pages.Next()
		if err2 != nil || !ok {
			return err2
		}
		for err == nil && more && entries.Int(0) < pages.Rowid() {
			more, err = entries.Next()
		}
		text := []byte("(no body)")
		if err == nil && more && entries.Int(0) == pages.Rowid() {
			if text, err = bodyOf(body, entries.Rowid()); err != nil {
				return err
			}
		}
		if err != nil {
			return err
		}
		title, err := pages.Bytes(0)
		if err != nil {
			return err
		}
		fmt.Printf("%d %s: %s\n", pages.Rowid(), title, text)
	}
}

func bodyOf(body *sqlitefile.Cursor, rowid int64) ([]byte, error) {
	found, err := body.Find(rowid)
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, fmt.Errorf("the index has an entry for body %d, which does not exist", rowid)
	}
	return body.Bytes(0)
}

// wiki makes a small database.
func wiki() (path string, remove func()) {
	dir, err := os.MkdirTemp("", "example")
	if err != nil {
		log.Fatal(err)
	}
	path = filepath.Join(dir, "wiki.db")
	conn, err := sqlread.Open(context.Background(), path, sqlread.OpenOptions{Write: true, Create: true})
	if err != nil {
		log.Fatal(err)
	}
	defer conn.Close()
	err = conn.Exec(`
		CREATE TABLE content (contentid INTEGER PRIMARY KEY, title TEXT);
		CREATE TABLE bodycontent (bodycontentid INTEGER PRIMARY KEY, body TEXT, contentid BIGINT);
		CREATE INDEX body_content_idx ON bodycontent (contentid);
		INSERT INTO content VALUES (1, 'Home'), (2, 'Plans'), (5, 'News');
		INSERT INTO bodycontent VALUES (10, 'To do', 2), (11, 'Welcome', 1), (12, 'Nobody''s', NULL);`)
	if err != nil {
		log.Fatal(err)
	}
	return path, func() { os.RemoveAll(dir) }
}
