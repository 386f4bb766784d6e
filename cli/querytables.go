package cli

import (
	"cmp"
	"fmt"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/alecthomas/kong"

	"sluice/changes"
	"sluice/csvfile"
	"sluice/intake/web"
	"sluice/takes"
)

// tableInput is a table of a query, before it is opened.
type tableInput struct{ name, path string }

// tablesOf are the tables that arguments name: files, what is read as one, and folders of jobs.
func tablesOf(args []string) (all []tableInput, err error) {
	for _, arg := range args {
		some, err := tablesOfOne(arg)
		if err != nil {
			return nil, usageError{err}
		}
		all = append(all, some...)
	}
	taken := map[string]string{}
	for _, in := range all {
		key := strings.ToLower(in.name)
		if other, twice := taken[key]; twice {
			return nil, usageError{fmt.Errorf("two tables are called %s, %s and %s: give one another name, as in other=FILE", in.name, inputName(other), inputName(in.path))}
		}
		taken[key] = in.path
	}
	return all, nil
}

func tablesOfOne(arg string) ([]tableInput, error) {
	name := ""
	if before, behind, ok := strings.Cut(arg, "="); ok && before != "" && !strings.ContainsAny(before, `/\:?`) && !exists(arg) {
		name, arg = before, behind
	}
	switch {
	case arg == "":
		return nil, errEmptyPath
	case arg == csvfile.StandardInput:
		return []tableInput{{cmp.Or(name, "stdin"), arg}}, nil
	case web.IsAddress(arg):
		if err := web.Check(arg); err != nil {
			return nil, err
		}
		u, _ := url.Parse(arg) // which Check has done
		return []tableInput{{cmp.Or(name, tableName(path.Base(u.Path))), arg}}, nil
	case takes.MeantAsAddress(arg):
		return nil, errDatabaseURL
	case anyURL.MatchString(arg):
		return nil, errURL
	}
	arg = kong.ExpandPath(arg)
	st, err := os.Stat(arg)
	if err != nil || csvfile.IsStream(st) { // which opening tells of, and which is read once
		return []tableInput{{cmp.Or(name, tableName(filepath.Base(arg))), arg}}, nil
	}
	set, err := changes.OpenPath(arg)
	switch {
	case err != nil:
		return nil, err
	case !st.IsDir():
		return []tableInput{{cmp.Or(name, tableName(set.Files[0].Name)), arg}}, nil
	case name != "":
		return nil, fmt.Errorf("%s is a folder, whose tables have names of their own: leave out %s=", arg, name)
	}
	var all []tableInput
	for _, f := range set.Files {
		if f.Partial {
			return nil, fmt.Errorf("%s is not complete: name it itself to read what there is of it", f.Path)
		}
		all = append(all, tableInput{tableName(f.Name), f.Path})
	}
	return all, nil
}

// tableName is what a table is called by the name of its file: up to the first dot.
func tableName(file string) string {
	if name, _, _ := strings.Cut(file, "."); name != "" && name != "/" {
		return name
	}
	return "data"
}
