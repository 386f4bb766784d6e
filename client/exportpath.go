package client

import (
	"context"
	"net/http"
	"strings"

	"sluice/pipeline"
	"sluice/wording"
)

var _ pipeline.ExportPather = (*Client)(nil)

// pathAdvice is what to do about a path that the server refuses.
const pathAdvice = "Give the absolute path of a directory that exists on the server, that it may write to and that every node sees"

// exportPath is the body of the export-path operations (spec/rest-api.md §9).
type exportPath struct {
	Path string `json:"path"`
}

// ExportPath is the directory that the server exports to
// (GET /config/export-path); empty if the server names none. Older products do
// not have the operation: the error then has KindNotFound or KindNotSupported.
func (c *Client) ExportPath(ctx context.Context) (string, error) {
	k := call{op: opPath, method: http.MethodGet, path: "/config/export-path",
		timeout: c.options.Timeout, expect: []int{http.StatusOK}, later: true}
	a, err := c.do(ctx, k)
	if err != nil {
		return "", err
	}
	var p exportPath
	if err := c.decode(k, a, &p); err != nil {
		return "", err
	}
	return c.mask.hide(p.Path), nil
}

// SetExportPath changes the directory, an absolute path on the server, and
// returns it as the server has understood it (PUT /config/export-path). The
// directory should exist and be visible to every node.
func (c *Client) SetExportPath(ctx context.Context, path string) (string, error) {
	if !isAbsolute(path) {
		return "", wording.Errorf("%w: it must be absolute, such as /mnt/exports, and is a directory on the server", pipeline.ErrExportPath)
	}
	k := call{op: opSetPath, method: http.MethodPut, path: "/config/export-path", body: exportPath{path},
		timeout: c.options.Timeout, expect: []int{http.StatusOK, http.StatusCreated, http.StatusNoContent}, later: true, mend: pathAdvice}
	a, err := c.do(ctx, k)
	if err != nil {
		return "", err
	}
	// The documentation prints no real answer: one that cannot be read does
	// not turn a success into a failure.
	var p exportPath
	if c.decode(k, a, &p) != nil || p.Path == "" {
		return path, nil
	}
	return c.mask.hide(p.Path), nil
}

// ResetExportPath goes back to the default directory, the home directory
// (DELETE /config/export-path).
func (c *Client) ResetExportPath(ctx context.Context) error {
	_, err := c.do(ctx, call{op: opResetPath, method: http.MethodDelete, path: "/config/export-path",
		timeout: c.options.Timeout, expect: []int{http.StatusOK, http.StatusAccepted, http.StatusNoContent}, later: true})
	return err
}

// isAbsolute reports whether a path is absolute on a server of either kind:
// "/mnt/exports", "C:\exports", "\\server\share". The server's system need not
// be this computer's.
func isAbsolute(p string) bool {
	if strings.HasPrefix(p, "/") || strings.HasPrefix(p, `\\`) {
		return true
	}
	return len(p) >= 3 && p[1] == ':' && (p[2] == '\\' || p[2] == '/') &&
		(p[0] >= 'A' && p[0] <= 'Z' || p[0] >= 'a' && p[0] <= 'z')
}
