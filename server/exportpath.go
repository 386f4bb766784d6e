package server

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"slices"
	"strings"

	"sluice/pipeline"
	"sluice/visible"
	"sluice/wording"
)

// pathDocument is the body of the operations of config/export-path (spec/rest-api.md
// §9).
type pathDocument struct {
	Path string `json:"path"`
}

// The operations of config/export-path. A path that is set, or gone back from, is for
// the jobs that start from then on: the one that runs stays where it is.

func (h *handler) exportPath(w http.ResponseWriter, r *http.Request) {
	h.withPath(w, r, "read the export path", func(ctx context.Context, e pipeline.ExportPather) (string, error) {
		return e.ExportPath(ctx)
	})
}

func (h *handler) setExportPath(w http.ResponseWriter, r *http.Request) {
	path, p, ok := parsePath(r)
	if !ok {
		refuse(w, p)
		return
	}
	note(r, slog.String("exportPath", visible.Cut(path, longestPath)))
	h.withPath(w, r, "change the export path", func(ctx context.Context, e pipeline.ExportPather) (string, error) {
		return e.SetExportPath(ctx, path)
	})
}

// resetExportPath answers with the path that holds from then on; the documentation
// prints no body.
func (h *handler) resetExportPath(w http.ResponseWriter, r *http.Request) {
	if p, ok := emptyBody(r); !ok {
		refuse(w, p)
		return
	}
	h.withPath(w, r, "reset the export path", func(ctx context.Context, e pipeline.ExportPather) (string, error) {
		if err := e.ResetExportPath(ctx); err != nil {
			return "", err
		}
		return e.ExportPath(ctx)
	})
}

// withPath does something about the path and answers with what it is then.
func (h *handler) withPath(w http.ResponseWriter, r *http.Request, what string, do func(context.Context, pipeline.ExportPather) (string, error)) {
	if p, ok := noParametersBut(r.URL, "the path stands in the body, as {\"path\":\"/mnt/exports\"}"); !ok {
		refuse(w, p)
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), h.options.Timeout)
	defer cancel()
	path, err := do(ctx, h.exporter.(pipeline.ExportPather)) // or there is no route here
	switch {
	case errors.Is(err, pipeline.ErrExportPath):
		refuse(w, badRequest("export.path.invalid", visible.Line(sentence(err.Error()))))
	case err != nil:
		h.failed(w, r, what, err)
	default:
		answer(w, http.StatusOK, pathDocument{path})
	}
}

// parsePath reads the body of a PUT. A path under another name, or in another form, is
// refused: exports would go on to where nobody looks for them.
func parsePath(r *http.Request) (string, problem, bool) {
	const form = `send the JSON {"path":"/mnt/exports"} with an absolute path`
	b, err := io.ReadAll(r.Body)
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return "", bodyTooLarge, false
	case err != nil:
		return "", badRequest("body.unreadable", "The body of the request broke off: "+form+"."), false
	}
	var members map[string]json.RawMessage
	if json.Unmarshal(bytes.TrimPrefix(b, []byte("\xef\xbb\xbf")), &members) != nil {
		return "", badRequest("body.invalid", "The body is no JSON object: "+form+"."), false
	}
	var names []string
	for name := range members {
		if name != "path" {
			names = append(names, name)
		}
	}
	if len(names) > 0 {
		slices.Sort(names)
		return "", badRequest("body.member.unknown", fmt.Sprintf("%s is not a member of the body: %s.", quoted(names[0]), form)), false
	}
	var path string
	if json.Unmarshal(members["path"], &path) != nil || strings.TrimSpace(path) == "" {
		return "", badRequest("export.path.missing", "The body names no path: "+form+"."), false
	}
	return path, problem{}, true
}

// sentence begins with a capital letter and ends with a full stop.
func sentence(s string) string {
	return wording.Capital(strings.TrimSuffix(s, ".")) + "."
}
