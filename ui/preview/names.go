package preview

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"

	"sluice/columns"
	"sluice/csvfile"
	"sluice/ui/texts"
)

// columnChoices are the names of columns to choose from: each can be seen, and no
// two look alike.
func columnChoices(header []string) []string {
	seen := map[string]bool{}
	out := make([]string, len(header))
	for i, name := range header {
		shown := shorten(name, shownRunes)
		if seen[shown] {
			shown = fmt.Sprintf(texts.T.Preview.Columns.Numbered, shown, i+1)
		}
		seen[shown] = true
		out[i] = shown
	}
	return out
}

// maxNames bounds how many users and spaces are kept in memory, about 40 MB at
// most; the ids of the others show as they are.
const maxNames = 250_000

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
	of := func(f columns.File, holds ...columns.Holds) []string {
		list := []string{f.Key().Name}
		for _, h := range holds {
			list = append(list, f.Holding(h).Name)
		}
		return list
	}
	err := eachRow(ctx, users, of(usersFile, columns.HoldsFullName, columns.HoldsUserName, columns.HoldsEmail), func(v []string) bool {
		p := person{name: v[1], more: v[3]}
		if p.name == "" {
			p.name = v[2]
		}
		if p.more == "" {
			p.more = v[2]
		}
		if p.name != "" {
			names.users[v[0]] = p
		}
		return len(names.users) < maxNames
	})
	if err != nil {
		return names, fmt.Errorf("read the names of users: %w", err)
	}
	err = eachRow(ctx, spaces, of(spacesFile, columns.HoldsSpaceName), func(v []string) bool {
		names.spaces[v[0]] = v[1]
		return len(names.spaces) < maxNames
	})
	if err != nil {
		return names, fmt.Errorf("read the names of spaces: %w", err)
	}
	return names, nil
}

// eachRow calls fn with the named columns of each row of the newest file that
// matches pattern, until it returns false. A file without the first column is skipped.
func eachRow(ctx context.Context, pattern string, columns []string, fn func([]string) bool) error {
	found, err := filepath.Glob(pattern)
	if err != nil || len(found) == 0 {
		return err
	}
	f, err := csvfile.Open(ctx, slices.Max(found), csvfile.WithCellLimit(cellLimit))
	if err != nil {
		return err
	}
	defer f.Close()
	at := make([]int, len(columns))
	for i, c := range columns {
		at[i] = slices.Index(f.Header(), c)
	}
	if at[0] < 0 {
		return nil
	}
	f.StartIndex(ctx)
	const step = 1000
	values := make([]string, len(columns))
	for from := int64(0); ; from += step {
		if err := f.WaitRow(ctx, from+step); err != nil {
			return err
		}
		rows, err := f.Rows(ctx, from, step)
		if err != nil {
			return err
		}
		for _, r := range rows {
			for i, c := range at {
				values[i] = ""
				if c >= 0 && c < len(r.Fields) {
					values[i] = r.Fields[c]
				}
			}
			if !fn(values) {
				return nil
			}
		}
		if len(rows) < step {
			return nil
		}
	}
}
