// Package fileuri writes the path of a database file as the URI that SQLite
// wants, so that any character may be in the path, and options can go along.
//
//	/home/me/a b.db        file:///home/me/a%20b.db
//	C:\exports\jobs.db     file:///C:/exports/jobs.db
//	\\server\share\x.db    file:////server/share/x.db
//
// SQLite accepts no host but localhost between the second and the third slash
// (https://www.sqlite.org/uri.html), which is why a drive must not stand there.
package fileuri

import (
	"net/url"
	"runtime"
	"strings"
)

// Of returns the URI of a path of this computer, relative or not. The query, if
// not empty, is added as it is: "mode=ro&immutable=1".
func Of(path, query string) string { return of(path, query, runtime.GOOS == "windows") }

func of(path, query string, windows bool) string {
	if windows {
		path = windowsPath(path)
	}
	u := "file:" + (&url.URL{Path: path}).EscapedPath()
	if strings.HasPrefix(path, "/") {
		u = "file://" + (&url.URL{Path: path}).EscapedPath()
	}
	if query != "" {
		u += "?" + query
	}
	return u
}

// windowsPath is a path of Windows with slashes, and one before the drive.
func windowsPath(path string) string {
	if rest, ok := strings.CutPrefix(path, `\\?\`); ok { // the long form of a path
		path = rest
		if share, ok := strings.CutPrefix(rest, `UNC\`); ok {
			path = `\\` + share
		}
	}
	path = strings.ReplaceAll(path, `\`, "/")
	if len(path) > 1 && path[1] == ':' {
		path = "/" + path
	}
	return path
}
