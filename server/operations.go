package server

import (
	"context"
	"errors"
	"net/http"
	"time"

	"sluice/pipeline"
)

// status answers GET /export (spec/rest-api.md §4).
func (h *handler) status(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), h.options.Timeout)
	defer cancel()
	job, err := h.exporter.Status(ctx)
	if err != nil {
		h.failed(w, r, "read the status", err)
		return
	}
	answer(w, http.StatusOK, job)
}

// start answers POST /export (spec/rest-api.md §3).
func (h *handler) start(w http.ResponseWriter, r *http.Request) {
	request, problem, ok := parseStart(r.URL, h.options.Now())
	if !ok {
		refuse(w, problem)
		return
	}
	// The vendor's server goes on with a start when the caller goes away, so a
	// caller that lost its connection learns by GET what became of it.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), h.options.StartTimeout)
	defer cancel()
	defer context.AfterFunc(h.options.lifetime, cancel)()
	extendDeadline(w, h.options.StartTimeout)
	job, err := h.exporter.Start(ctx, request)
	var running *pipeline.RunningError
	var invalid *pipeline.ValidationError
	switch {
	case err == nil:
		answer(w, http.StatusAccepted, job)
	case errors.As(err, &running):
		answer(w, http.StatusConflict, running.Job)
	case errors.As(err, &invalid):
		answer(w, http.StatusUnprocessableEntity, invalid.Job)
	default:
		h.failed(w, r, "start the export", err)
	}
}

// cancel answers DELETE /export (spec/rest-api.md §8).
func (h *handler) cancel(w http.ResponseWriter, r *http.Request) {
	ctx, stop := context.WithTimeout(context.WithoutCancel(r.Context()), h.options.Timeout)
	defer stop()
	cancellation, err := h.exporter.Cancel(ctx)
	switch {
	case errors.Is(err, pipeline.ErrNotRunning):
		answer(w, http.StatusConflict, pipeline.CancellationDiscarded)
	case err != nil:
		h.failed(w, r, "cancel the export", err)
	default:
		answer(w, http.StatusOK, cancellation)
	}
}

// exportPath answers GET /config/export-path (spec/rest-api.md §9).
func (h *handler) exportPath(w http.ResponseWriter, _ *http.Request) {
	answer(w, http.StatusOK, struct {
		Path string `json:"path"`
	}{h.options.ExportPath})
}

// fixedPath answers PUT and DELETE /config/export-path: the directory follows
// from the home that the server was started with.
func (h *handler) fixedPath(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Allow", "GET, HEAD")
	refuse(w, pathIsFixed)
}

// failed answers an error of the exporter.
func (h *handler) failed(w http.ResponseWriter, r *http.Request, what string, err error) {
	h.options.Logger.ErrorContext(r.Context(), "cannot "+what, "error", err)
	switch {
	case errors.Is(err, pipeline.ErrNotAuthorised):
		refuse(w, upstreamRefused)
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		w.Header().Set("Retry-After", "5")
		refuse(w, problem{http.StatusServiceUnavailable, "export.unavailable",
			"Could not " + what + " in time: the exporter is busy or shutting down. Read the status and try again."})
	default:
		refuse(w, problem{http.StatusInternalServerError, "export.error", "Could not " + what + ": " + err.Error()})
	}
}

// extendDeadline lets an answer take longer than the server's usual limit.
func extendDeadline(w http.ResponseWriter, d time.Duration) {
	// A writer without deadlines has no limit to extend.
	_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(d + 10*time.Second))
}
