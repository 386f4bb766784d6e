package server

import (
	"context"
	"errors"
	"log/slog"
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
	if !job.ReadUpTo.IsZero() {
		w.Header().Set(pipeline.HeaderReadUpTo, job.ReadUpTo.UTC().Format(time.RFC3339Nano))
	}
	answer(w, http.StatusOK, job)
}

// start answers POST /export (spec/rest-api.md §3). A check of the index that
// lasts longer than a caller waits goes on behind a 202: what becomes of it is
// then in the status.
func (h *handler) start(w http.ResponseWriter, r *http.Request) {
	if problem, ok := emptyBody(r); !ok {
		refuse(w, problem)
		return
	}
	request, problem, ok := parseStart(r.URL, h.options.Now())
	if !ok {
		refuse(w, problem)
		return
	}
	noteRequest(r, request)
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
		h.answerJob(w, r, http.StatusAccepted, s.job)
	case errors.As(s.err, &running):
		h.answerJob(w, r, http.StatusConflict, running.Job)
	case errors.As(s.err, &invalid):
		h.answerJob(w, r, http.StatusUnprocessableEntity, invalid.Job)
	case s.job.Exists() && s.job.Status == pipeline.Failed:
		// It failed before it wrote anything, as for too little space: the job tells
		// why, and used up its id.
		h.options.Logger.ErrorContext(r.Context(), "cannot start the export", "error", s.err)
		h.answerJob(w, r, http.StatusUnprocessableEntity, s.job)
	default:
		h.failed(w, r, "start the export", s.err)
	}
}

// answerJob answers with a job as the vendor's servers do, and names it in the log.
func (h *handler) answerJob(w http.ResponseWriter, r *http.Request, status int, job pipeline.Job) {
	note(r, slog.Int64("job", job.ID))
	job.Errors, job.Warnings = pipeline.Plain(job.Errors), pipeline.Plain(job.Warnings)
	answer(w, status, job)
}

// noteRequest puts into the log what an export was asked for.
func noteRequest(r *http.Request, request pipeline.Request) {
	facts := []slog.Attr{slog.Bool("forced", request.Forced)}
	if !request.FromDate.IsZero() {
		facts = append(facts, slog.String("fromDate", pipeline.FormatFromDate(request.FromDate)))
	}
	note(r, facts...)
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
		h.answerJob(w, r, http.StatusAccepted, job)
	}
}

// cancel answers DELETE /export (spec/rest-api.md §8).
func (h *handler) cancel(w http.ResponseWriter, r *http.Request) {
	if problem, ok := emptyBody(r); !ok {
		refuse(w, problem)
		return
	}
	if problem, ok := noParameters(r.URL); !ok {
		refuse(w, problem)
		return
	}
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
