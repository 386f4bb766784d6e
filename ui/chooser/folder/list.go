package folder

import (
	"cmp"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"
)

// Entry is a file or a folder in a folder.
type Entry struct {
	Name    string
	Folder  bool // or a link to one
	Bytes   int64
	Changed time.Time
}

// Hidden reports whether the entry is one that systems do not show by custom.
func (e Entry) Hidden() bool { return strings.HasPrefix(e.Name, ".") }

// Most is how many entries of a folder are listed.
const Most = 20_000

// batch is how many entries are read at once: ctx is asked between.
const batch = 500

// Read lists a folder in no order, at most Most entries; more tells that there are others.
// It ends with ctx.
func Read(ctx context.Context, path string) (entries []Entry, more bool, err error) {
	return read(ctx, path, Most)
}

func read(ctx context.Context, path string, most int) (entries []Entry, more bool, err error) {
	dir, err := os.Open(path)
	if err != nil {
		return nil, false, err
	}
	defer dir.Close()
	for {
		if ctx.Err() != nil {
			return nil, false, ctx.Err()
		}
		some, err := dir.ReadDir(batch)
		for _, d := range some {
			if len(entries) == most {
				return entries, true, nil
			}
			if e, ok := entryOf(path, d); ok {
				entries = append(entries, e)
			}
		}
		if errors.Is(err, io.EOF) {
			return entries, false, nil
		}
		if err != nil {
			return nil, false, err
		}
	}
}

// entryOf is an entry as it is; one that goes away meanwhile is none. A link is what it
// leads to, and a file where that is gone.
func entryOf(dir string, d fs.DirEntry) (Entry, bool) {
	info, err := d.Info()
	if err != nil {
		return Entry{}, false
	}
	if info.Mode()&fs.ModeSymlink != 0 {
		if to, err := os.Stat(filepath.Join(dir, d.Name())); err == nil {
			info = to
		}
	}
	return Entry{Name: d.Name(), Folder: info.IsDir(), Bytes: info.Size(), Changed: info.ModTime()}, true
}

// Order is by what entries are sorted.
type Order struct {
	By      Column
	Upwards bool // the smallest, the oldest, A first
}

// Column is a property of entries.
type Column int

// The columns.
const (
	ByName Column = iota
	BySize
	ByChanged
)

// Sort sorts entries, folders first, and what is alike by name.
func Sort(entries []Entry, o Order) {
	slices.SortStableFunc(entries, func(a, b Entry) int {
		if a.Folder != b.Folder {
			if a.Folder {
				return -1
			}
			return 1
		}
		way := 0
		switch o.By {
		case BySize:
			way = cmp.Compare(a.Bytes, b.Bytes)
		case ByChanged:
			way = a.Changed.Compare(b.Changed)
		default:
			way = byName(a.Name, b.Name)
		}
		if !o.Upwards {
			way = -way
		}
		return cmp.Or(way, byName(a.Name, b.Name))
	})
}

// byName compares names as people sort them: letters whatever their case, and numbers by
// their value.
func byName(a, b string) int {
	x, y := strings.ToLower(a), strings.ToLower(b)
	for x != "" && y != "" {
		m, n := digits(x), digits(y)
		if m > 0 && n > 0 {
			u, v := strings.TrimLeft(x[:m], "0"), strings.TrimLeft(y[:n], "0")
			if way := cmp.Or(cmp.Compare(len(u), len(v)), cmp.Compare(u, v)); way != 0 {
				return way
			}
			x, y = x[m:], y[n:]
			continue
		}
		if x[0] != y[0] {
			return cmp.Compare(x[0], y[0])
		}
		x, y = x[1:], y[1:]
	}
	return cmp.Or(cmp.Compare(len(x), len(y)), cmp.Compare(a, b))
}

func digits(s string) (n int) {
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}

// Filter is which entries are shown.
type Filter struct {
	Endings []string // of files; nil: all
	Hidden  bool
	Folders bool   // no files
	Part    string // of the name, whatever its case
}

// Of are the entries that are shown.
func (f Filter) Of(entries []Entry) (shown []Entry) {
	part := strings.ToLower(f.Part)
	for _, e := range entries {
		name := strings.ToLower(e.Name)
		switch {
		case e.Hidden() && !f.Hidden && !strings.HasPrefix(part, "."):
		case !e.Folder && (f.Folders || !f.ends(name)):
		case part != "" && !strings.Contains(name, part):
		default:
			shown = append(shown, e)
		}
	}
	return shown
}

func (f Filter) ends(name string) bool {
	return f.Endings == nil || slices.ContainsFunc(f.Endings, func(e string) bool { return strings.HasSuffix(name, e) })
}

// Roots are the folders that are in no other: "/", or the drives.
func Roots() (list []string) {
	if runtime.GOOS != "windows" {
		return []string{"/"}
	}
	for drive := 'C'; drive <= 'Z'; drive++ {
		if path := string(drive) + `:\`; isFolder(path) {
			list = append(list, path)
		}
	}
	return list
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}
