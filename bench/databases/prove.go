package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"sluice/localexport/sqlread"
	"sluice/takes/shape"
)

// source is a source of a snapshot.
type source struct {
	name  string // what the program is given
	args  []string
	env   []string
	stdin io.Reader
	// kind is what the program has to call it.
	kind string
	// lacks are files of the export that a source of this kind cannot give.
	lacks []string
}

// inPart begins what is to be known of a source that cannot give all files.
const inPart = "In part: "

// taken is what the program says that it took.
type taken struct {
	Kind     string   `json:"kind"`
	Tool     string   `json:"tool"`
	TimeZone string   `json:"databaseTimeZone"`
	Partial  []string `json:"partial"`
	Warnings []string `json:"warnings"`
	Notes    []string `json:"notes"`
}

// take takes a snapshot.
func (w *workshop) take(ctx context.Context, s source, c call) (path string, t taken, e end, err error) {
	dir, err := w.folder("snapshot")
	if err != nil {
		return "", t, e, err
	}
	path = filepath.Join(dir, "wiki.db")
	c.args, c.env, c.stdin = append([]string{"snapshot", s.name, path, "--json"}, s.args...), append(c.env, s.env...), s.stdin
	e = w.run(ctx, c)
	if e.code == 0 {
		err = json.Unmarshal([]byte(e.out), &t)
	}
	return path, t, e, err
}

// prove takes a snapshot of a source, looks at it, and exports it with the time zone
// guessed and given.
func (w *workshop) prove(ctx context.Context, s source) (string, error) {
	path, t, e, err := w.take(ctx, s, call{})
	defer os.RemoveAll(filepath.Dir(path))
	switch {
	case err != nil:
		return "", err
	case e.code != 0:
		return "", fmt.Errorf("snapshot: %s", e)
	case t.Kind != s.kind:
		return "", fmt.Errorf("it is called %q, want %q", t.Kind, s.kind)
	case len(t.Warnings) > 0:
		return "", fmt.Errorf("warnings: %q", t.Warnings)
	case (len(t.Partial) > 0) != (len(s.lacks) > 0):
		return "", fmt.Errorf("partial: %q", t.Partial)
	}
	if err := w.sameExport(ctx, path, s.lacks); err != nil {
		return "", err
	}
	if len(s.lacks) > 0 {
		return inPart + "the same but " + strings.Join(s.lacks, ", ") + ", and with the time zone given only, which is found by them. " + strings.Join(t.Partial, " "), nil
	}
	if w.noServer {
		return "", nil
	}
	return "", w.private(ctx, path)
}

// sameExport exports a snapshot with the time zone guessed and given, and compares.
func (w *workshop) sameExport(ctx context.Context, path string, lacks []string) error {
	for _, zone := range []string{zone, ""} {
		if zone == "" && len(lacks) > 0 { // the zone is found by the events
			continue
		}
		got, rows, err := w.export(ctx, path, zone)
		if err != nil {
			return err
		}
		for _, name := range lacks {
			got[name] = w.right[name]
		}
		if names := different(got, w.right); len(names) > 0 {
			return fmt.Errorf("other bytes in %s (zone %q, %d rows instead of %d)", strings.Join(names, ", "), zone, rows, w.rows)
		}
	}
	return nil
}

// private looks for what a snapshot must not hold, and for what it must.
func (w *workshop) private(ctx context.Context, path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if mode := info.Mode().Perm(); mode != 0o600 {
		return fmt.Errorf("the snapshot has the mode %o", mode)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if at := bytes.Index(b, []byte(marker)); at >= 0 {
		return fmt.Errorf("the snapshot holds %q", b[at:min(len(b), at+60)])
	}
	for table, want := range map[string]int64{"content": w.content, "content_perm_set": restricted, "content_perm": restricted} {
		if n, err := count(ctx, path, table); err != nil || n != want {
			return fmt.Errorf("the snapshot holds %d rows of %s instead of %d (%v)", n, table, want, err)
		}
	}
	return columns(ctx, path)
}

// count is the number of rows of a table of a snapshot.
func count(ctx context.Context, path, table string) (int64, error) {
	c, err := sqlread.Open(ctx, path, sqlread.OpenOptions{})
	if err != nil {
		return 0, err
	}
	defer c.Close()
	n, _, err := c.Int("SELECT count(*) FROM " + sqlread.Quote(table))
	return n, err
}

// columns checks that of permissions it is known that they are there and nothing
// else.
func columns(ctx context.Context, path string) error {
	c, err := sqlread.Open(ctx, path, sqlread.OpenOptions{})
	if err != nil {
		return err
	}
	defer c.Close()
	for table, want := range map[string]string{"content_perm_set": "id cont_perm_type content_id", "content_perm": "id cps_id"} {
		got, _, err := c.Text("SELECT group_concat(name, ' ') FROM pragma_table_info(?) WHERE name <> ?", table, shape.Mark)
		if err != nil || got != want {
			return fmt.Errorf("the snapshot has the columns %q of %s, not %q (%v)", got, table, want, err)
		}
	}
	text, _, err := c.Text("SELECT group_concat(cont_perm_type || content_id, ' ') FROM (SELECT * FROM content_perm_set ORDER BY id)")
	if err == nil && (!strings.HasPrefix(text, "View") || !strings.Contains(text, " Edit")) {
		err = fmt.Errorf("the restrictions are %q", text)
	}
	return err
}
