package preview

import (
	"bufio"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gocarina/gocsv"

	"sluice/columns"
	"sluice/leash"
)

// What the names may take: of how many users and spaces they are kept, about 40 MB at
// most, and how much of a file is read for them. The ids of the others show as they are.
const (
	maxNames     = 250_000
	maxNameBytes = 64 << 20
)

// byteOrderMark begins files that were written with --bom.
const byteOrderMark = "\xef\xbb\xbf"

// userRow is a row of the users file, and spaceRow one of the spaces file. Their tags say
// what a column holds, in the words of package columns: its table knows the columns' names.
type (
	userRow struct {
		ID       string `csv:"user id"`
		FullName string `csv:"full name"`
		UserName string `csv:"user name"`
		Email    string `csv:"e-mail address"`
	}
	spaceRow struct {
		Key  string `csv:"space key"`
		Name string `csv:"space name"`
	}
)

type person struct{ name, more string }

// fileNames are the names out of a job's users and spaces files.
type fileNames struct {
	users  map[string]person
	spaces map[string]string
}

func (n *fileNames) User(id string) (name, more string, ok bool) {
	p, ok := n.users[id]
	return p.name, p.more, ok
}

func (n *fileNames) Space(key string) (string, bool) {
	s, ok := n.spaces[key]
	return s, ok
}

// LoadNames reads the names from the users and the spaces file of the job that the
// file at path belongs to, which lie beside it. Where there are none, it knows no names.
func LoadNames(ctx context.Context, path string) (Names, error) {
	names := &fileNames{users: map[string]person{}, spaces: map[string]string{}}
	users, spaces := siblings(path)
	err := eachRow(ctx, users, usersFile, func(u userRow) bool {
		p := person{name: kept(u.FullName), more: kept(u.Email)}
		if p.name == "" {
			p.name = kept(u.UserName)
		}
		if p.more == "" {
			p.more = kept(u.UserName)
		}
		if p.name != "" {
			names.users[strings.Clone(u.ID)] = p
		}
		return len(names.users) < maxNames
	})
	if err != nil {
		return names, fmt.Errorf("read the names of users: %w", err)
	}
	err = eachRow(ctx, spaces, spacesFile, func(s spaceRow) bool {
		names.spaces[strings.Clone(s.Key)] = kept(s.Name)
		return len(names.spaces) < maxNames
	})
	if err != nil {
		return names, fmt.Errorf("read the names of spaces: %w", err)
	}
	return names, nil
}

// kept is a name to keep: by itself, for the others of its row are in the same memory,
// and no longer than a cell of the table.
func kept(s string) string {
	if len(s) > cellLimit {
		s = strings.ToValidUTF8(s[:cellLimit], "")
	}
	return strings.Clone(s)
}

// eachRow calls fn with each row of the newest file that matches pattern, until it
// returns false. A file without the key of its kind is skipped. What lies in the folder
// of a job is comma and UTF-8; quotes that are out of place and rows of other lengths
// are taken as they are.
func eachRow[T any](ctx context.Context, pattern string, kind columns.File, fn func(T) bool) error {
	found, err := filepath.Glob(pattern)
	if err != nil || len(found) == 0 {
		return err
	}
	path := slices.Max(found)
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return err // a pipe would be waited for
	}
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	rows, err := rowsOf[T](io.LimitReader(leash.Reader(ctx, f), maxNameBytes), kind)
	for err == nil {
		var row any
		if row, err = rows.Read(); err == nil && !fn(row.(T)) {
			return nil
		}
	}
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// rowsOf reads a file into structs by what its columns hold. The error is io.EOF if
// nothing can be told apart there.
func rowsOf[T any](from io.Reader, kind columns.File) (*gocsv.Unmarshaller, error) {
	text := bufio.NewReader(from)
	if got, _ := text.Peek(len(byteOrderMark)); string(got) == byteOrderMark {
		text.Discard(len(byteOrderMark))
	}
	cells := csv.NewReader(text)
	cells.LazyQuotes, cells.FieldsPerRecord, cells.ReuseRecord = true, -1, true
	var row T
	rows, err := gocsv.NewUnmarshaller(cells, row)
	if err != nil {
		return nil, err
	}
	holds := func(header []string) []string {
		held := make([]string, len(header))
		for i, name := range header {
			held[i] = string(kind.Column(name).Holds)
		}
		return held
	}
	if err := rows.RenormalizeHeaders(holds); err != nil {
		return nil, err
	}
	if !slices.Contains(rows.Headers, string(kind.Key().Holds)) {
		return nil, io.EOF
	}
	return rows, nil
}
