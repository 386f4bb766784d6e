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

// start answers POST /export (spec/rest-api.md §3). A check of the index that
// lasts longer than a caller waits goes on behind a 202: what becomes of it is
// then in the status.
func (h *handler) start(w http.ResponseWriter, r *http.Request) {
	request, problem, ok := parseStart(r.URL, h.options.Now())
	if !ok {
		refuse(w, problem)
		return
	}
	extendDeadline(w, h.options.StartTimeout+h.options.Timeout)
	patience := time.NewTimer(h.options.StartTimeout)
	defer patience.Stop()
	begun := h.begin(r.Context(), request)
	select {
	case s := <-begun:
		h.answerStart(w, r, s)
	case <-patience.C:
		h.answerUnchecked(w, r, begun)
	}
}

// outcome is what a start has come to.
type outcome struct {
	job pipeline.Job
	err error
}

// begin starts an export. As on the vendor's server it goes on when the caller
// goes away, who learns by GET what became of it; it ends when the server does.
func (h *handler) begin(caller context.Context, request pipeline.Request) <-chan outcome {
	ctx, cancel := context.WithCancel(context.WithoutCancel(caller))
	stop := context.AfterFunc(h.options.lifetime, cancel)
	done := make(chan outcome, 1)
	go func() {
		defer cancel()
		defer stop()
		job, err := h.exporter.Start(ctx, request)
		done <- outcome{job, err}
	}()
	return done
}

func (h *handler) answerStart(w http.ResponseWriter, r *http.Request, s outcome) {
	var running *pipeline.RunningError
	var invalid *pipeline.ValidationError
	switch {
	case s.err == nil:
		answer(w, http.StatusAccepted, s.job)
	case errors.As(s.err, &running):
		answer(w, http.StatusConflict, running.Job)
	case errors.As(s.err, &invalid):
		answer(w, http.StatusUnprocessableEntity, invalid.Job)
	default:
		h.failed(w, r, "start the export", s.err)
	}
}

// answerUnchecked answers a start whose job is still being checked.
func (h *handler) answerUnchecked(w http.ResponseWriter, r *http.Request, begun <-chan outcome) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), h.options.Timeout)
	defer cancel()
	job, err := h.exporter.Status(ctx)
	switch {
	case err != nil:
		h.failed(w, r, "start the export", err)
	case !job.Running():
		select {
		case s := <-begun: // just now
			h.answerStart(w, r, s)
		default: // it neither failed nor made a job: it waits for something else
			h.failed(w, r, "start the export", context.DeadlineExceeded)
		}
	default:
		answer(w, http.StatusAccepted, job)
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
