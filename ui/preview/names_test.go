package preview

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"sluice/columns"
)

// usersOf reads the rows of a users file.
func usersOf(t *testing.T, text string) (rows []userRow, err error) {
	t.Helper()
	r, err := rowsOf[userRow](strings.NewReader(text), usersFile)
	for err == nil {
		var row any
		if row, err = r.Read(); err == nil {
			rows = append(rows, row.(userRow))
		}
	}
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return rows, err
}

// TestRowsOfUsersAreRead: by what the columns hold, wherever they stand, and as far as
// there is anything to read.
func TestRowsOfUsersAreRead(t *testing.T) {
	const header = "instance_url,user_id,user_name,user_fullname,user_email\r\n"
	ana := userRow{ID: "ff01", UserName: "ana", FullName: "Ana Lima", Email: "ana@example.com"}
	for name, c := range map[string]struct {
		text string
		want []userRow
	}{
		"as it is written":        {header + "u,ff01,ana,Ana Lima,ana@example.com\r\n", []userRow{ana}},
		"with a mark":             {byteOrderMark + "user_id" + "\nff01\n", []userRow{{ID: "ff01"}}},
		"in another order":        {"user_email,user_fullname,user_name,user_id\nana@example.com,Ana Lima,ana,ff01\n", []userRow{ana}},
		"quoted, with a break":    {header + "u,ff01,ana,\"Ana\nLima\",\n", []userRow{{ID: "ff01", UserName: "ana", FullName: "Ana\nLima"}}},
		"a quote out of place":    {header + "u,ff01,ana,Ana \"A\" Lima,\n", []userRow{{ID: "ff01", UserName: "ana", FullName: "Ana \"A\" Lima"}}},
		"rows of other lengths":   {header + "u,ff01\nu,ff02,bot,,,,,more\n", []userRow{{ID: "ff01"}, {ID: "ff02", UserName: "bot"}}},
		"a column twice":          {"user_id,user_id\nff01,ff02\n", []userRow{{ID: "ff02"}}},
		"without the key":         {"user_name\nana\n", nil},
		"words of the tags":       {"user id,full name\nff01,Ana\n", nil},
		"a header alone":          {header, nil},
		"nothing":                 {"", nil},
		"a mark and nothing more": {byteOrderMark, nil},
	} {
		if got, err := usersOf(t, c.text); err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %+v, %v; want %+v", name, got, err, c.want)
		}
	}
}

// TestTagsOfNamesAreWhatColumnsHold: each tag is said of a column of its file.
func TestTagsOfNamesAreWhatColumnsHold(t *testing.T) {
	for _, c := range []struct {
		row  any
		kind columns.File
	}{{userRow{}, usersFile}, {spaceRow{}, spacesFile}} {
		for _, f := range reflect.VisibleFields(reflect.TypeOf(c.row)) {
			if tag := f.Tag.Get("csv"); tag == "" || c.kind.Holding(columns.Holds(tag)).Name == "" {
				t.Errorf("%s of %T: no column of %s holds %q", f.Name, c.row, c.kind.Name, tag)
			}
		}
	}
}

// TestNamesAreBounded: of a huge file the first names are kept, and reading ends with
// the window.
func TestNamesAreBounded(t *testing.T) {
	dir := t.TempDir()
	var text strings.Builder
	text.WriteString("user_id,user_fullname\n")
	for i := range maxNames + 100 {
		fmt.Fprintf(&text, "%d,n\n", i)
	}
	if err := os.WriteFile(filepath.Join(dir, "users_job7_1.csv"), []byte(text.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	pages := filepath.Join(dir, "pages_job7_1.csv")
	n, err := LoadNames(t.Context(), pages)
	if err != nil {
		t.Fatal(err)
	}
	if got := len(n.(*fileNames).users); got != maxNames {
		t.Errorf("%d names", got)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := LoadNames(ctx, pages); !errors.Is(err, context.Canceled) {
		t.Errorf("of a window that is closed: %v", err)
	}
	long := strings.Repeat("ä", cellLimit)
	if got := kept("x" + long); len(got) > cellLimit || !strings.HasPrefix("x"+long, got) || strings.ToValidUTF8(got, "") != got {
		t.Errorf("a long name is kept as %d bytes", len(got))
	}
}
