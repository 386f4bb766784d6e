package folder

import (
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// Expand is the path that somebody means who types or pastes it while a folder is shown:
// ~ is the folder of the person, quotes of a shell are left out, and so is file:// with what
// addresses write otherwise. What does not begin at the root is below the folder. It keeps
// no separator at the end.
func Expand(typed, folder, home string) string {
	path := strings.TrimSpace(typed)
	if len(path) > 1 && (path[0] == '"' || path[0] == '\'') && path[len(path)-1] == path[0] {
		path = path[1 : len(path)-1]
	}
	path = latest(path)
	if u, err := url.Parse(path); err == nil && u.Scheme == "file" && (u.Host == "" || u.Host == "localhost") {
		path = u.Path
		if runtime.GOOS == "windows" {
			path = strings.TrimPrefix(path, "/")
		}
	}
	switch {
	case path == "":
		return folder
	case path == "~":
		return home
	case strings.HasPrefix(path, "~/") || strings.HasPrefix(path, "~"+string(filepath.Separator)):
		return filepath.Join(home, path[2:])
	case !filepath.IsAbs(path):
		return filepath.Join(folder, path)
	}
	return filepath.Clean(path)
}

// latest is what was typed or pasted behind another path: a separator, or ~, behind one of
// those begins anew. The two at the beginning are those of a share of Windows.
func latest(path string) string {
	if strings.Contains(path, "://") {
		if i := strings.LastIndex(path, "file://"); i > 0 {
			return path[i:]
		}
		return path
	}
	for i := len(path) - 1; i > 1; i-- {
		if (path[i] == '~' || os.IsPathSeparator(path[i])) && os.IsPathSeparator(path[i-1]) && (path[i] != '~' || i+1 == len(path) || os.IsPathSeparator(path[i+1])) {
			return path[i:]
		}
	}
	return path
}

// Split takes apart what is typed: the folder whose entries are meant, and the beginning of
// a name in it. What ends with a separator names a folder wholly.
func Split(typed, folder, home string) (dir, part string) {
	full := Expand(typed, folder, home)
	if trimmed := strings.TrimSpace(typed); trimmed == "" || trimmed == "~" || EndsInSeparator(trimmed) {
		return full, ""
	}
	return filepath.Dir(full), filepath.Base(full)
}

// EndsInSeparator reports whether a path ends as one of a folder.
func EndsInSeparator(path string) bool {
	return path != "" && os.IsPathSeparator(path[len(path)-1])
}

// WithSeparator is the path of a folder as it is typed on.
func WithSeparator(dir string) string {
	if EndsInSeparator(dir) {
		return dir
	}
	return dir + string(filepath.Separator)
}

// Complete goes on with what is typed as far as the entries of its folder leave no choice:
// to a whole name if only one begins so, and behind a folder's name with a separator.
// choices is how many begin so.
func Complete(typed, folder, home string, entries []Entry) (completed string, choices int) {
	dir, part := Split(typed, folder, home)
	if part == "" {
		return typed, len(entries)
	}
	fits := beginning(entries, part, func(s string) string { return s })
	if len(fits) == 0 {
		fits = beginning(entries, part, strings.ToLower)
	}
	if len(fits) == 0 {
		return typed, 0
	}
	common := fits[0].Name
	for _, e := range fits[1:] {
		common = sharedBeginning(common, e.Name)
	}
	switch {
	case len(fits) == 1 && fits[0].Folder:
		return WithSeparator(filepath.Join(dir, common)), 1
	case len(common) < len(part):
		return typed, len(fits)
	}
	return filepath.Join(dir, common), len(fits)
}

func beginning(entries []Entry, part string, fold func(string) string) (fits []Entry) {
	for _, e := range entries {
		if strings.HasPrefix(fold(e.Name), fold(part)) {
			fits = append(fits, e)
		}
	}
	return fits
}

// sharedBeginning is what two names begin with alike, in whole letters.
func sharedBeginning(a, b string) string {
	x, y := []rune(a), []rune(b)
	n := 0
	for n < len(x) && n < len(y) && x[n] == y[n] {
		n++
	}
	return string(x[:n])
}
