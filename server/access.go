package server

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"sluice/secret"
	"sluice/visible"
)

// longestPath is how many characters of a path that a caller made up are logged.
const longestPath = 200

// logged writes one record for each request: who, what, and what came of it. Writes
// and refusals are for the log of every day, reads that succeed for debugging:
// somebody watches, maybe every second. Headers, queries and bodies are not logged.
func (h *handler) logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		rec := &recorder{ResponseWriter: w}
		r = r.WithContext(context.WithValue(r.Context(), recorderKey{}, rec))
		defer func() {
			status := rec.status
			if status == 0 {
				status = http.StatusOK
			}
			level := slog.LevelInfo
			if status == http.StatusOK && (r.Method == http.MethodGet || r.Method == http.MethodHead) {
				level = slog.LevelDebug
			}
			attrs := []slog.Attr{slog.String("from", r.RemoteAddr), slog.String("method", visible.Cut(r.Method, 20)),
				slog.String("path", h.shownPath(r.URL.Path)), slog.Int("status", status)}
			attrs = append(attrs, rec.facts...)
			h.options.Logger.LogAttrs(r.Context(), level, "REST request", append(attrs, slog.Duration("took", time.Since(began)))...)
		}()
		next.ServeHTTP(rec, r)
	})
}

// shownPath is a path for the log, in which a caller may have put the token.
func (h *handler) shownPath(path string) string {
	if token := h.options.Token; !token.Empty() {
		path = strings.ReplaceAll(path, token.Reveal(), secret.Hidden)
	}
	return visible.Cut(path, longestPath)
}

// recorder remembers for the log what was answered.
type recorder struct {
	http.ResponseWriter
	status int
	facts  []slog.Attr
}

type recorderKey struct{}

// note adds facts to the record of a request.
func note(r *http.Request, facts ...slog.Attr) {
	if rec, ok := r.Context().Value(recorderKey{}).(*recorder); ok {
		rec.facts = append(rec.facts, facts...)
	}
}

func (r *recorder) WriteHeader(status int) {
	r.status = status
	r.ResponseWriter.WriteHeader(status)
}

// Unwrap lets http.ResponseController reach the connection.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }
