package sites

import "net/http"

// starting answers starts, and says nothing in the status: the answer to the start has
// to be enough.
func starting(answer http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			answer(w, r)
			return
		}
		JSON(200, "{}")(w, r)
	}
}

// starts are starts that are refused, by what the body says.
func starts() []Site {
	refused := func(name, kind string, exit int, job int64, status int, body string, says ...string) Site {
		h := JSON(status, body)
		if body == "" || body[0] != '{' {
			h = Reply(status, "text/plain", body, nil)
		}
		return Site{Name: name, Row: RowStart, Asks: Start, Handler: always(starting(h)), Kind: kind, Exit: exit, Job: job, Says: says}
	}
	never := func(s Site) Site { s.Never = []string{"or force"}; return s }
	return []Site{
		refused("422 of the index", IsIndex, Inconsistent, 56, 422, index, "Inconsistent index", "force"),
		never(refused("422 for disk space", "failed", Failed, 9, 422,
			`{"jobId":9,"status":"FAILED","errors":[{"key":"export.disk.space.low","message":"Usable disk space is below 5GB."}]}`, "Usable disk space is below 5GB")),
		never(refused("422 for a future date", "failed", Failed, 0, 422, `{"errorMessages":["fromDate must not be in the future"]}`, "fromDate must not be in the future")),
		never(refused("422 as plain text", "failed", Failed, 0, 422, "Export path /mnt/x is not writable.", "Export path /mnt/x is not writable")),
		never(refused("422 without a word", "failed", Failed, 0, 422, "", "does not say why")),
		refused("409 with the job", IsRunning, Running, lastKnownJob, 409, started, "job 125 is already running on node1", "cancel"),
		refused("409 with a job forced over an index", IsRunning, Running, 7, 409,
			`{"jobId":7,"status":"STARTED","config":{"forcedExport":true},"warnings":[{"key":"export.pre.validation.failed","message":"x"}]}`, "job 7 is already running"),
		never(refused("409 with other words", "conflict", Failed, 0, 409, `{"message":"A reindex is in progress, exports are paused."}`, "A reindex is in progress")),
		{Name: "409 of a cancellation with other words", Row: RowStart, Asks: Cancel, Handler: always(JSON(409, `{"message":"The export runs on node2, cancel it there."}`)),
			Kind: IsIdle, Exit: NothingToCancel, Says: []string{"The export runs on node2"}},
		refused("409 without a word", IsRunning, Running, 0, 409, "", "already running"),
	}
}
