package localexport

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"runtime"
	"slices"

	sqlitelib "modernc.org/sqlite/lib"

	"sluice/localexport/jobfiles"
	"sluice/localexport/product"
	"sluice/pipeline"
	"sluice/rules"
	"sluice/wording"
)

// resumeOptions are the options of the old job, and of the new one what leaves no
// trace in the files.
func (l leftover) resumeOptions(table rules.Table, o product.Options) (product.Options, error) {
	kept := l.record.Options
	r := product.Options{Workers: o.Workers, CPUShare: o.CPUShare, TempDir: o.TempDir, SQLiteOnly: o.SQLiteOnly, MapFile: o.MapFile,
		FullContent: kept.FullContent, PreserveLineBreaks: kept.PreserveLineBreaks, LineBreakEscape: kept.LineBreakEscape, ByteOrderMark: kept.ByteOrderMark}
	var err error
	r.Rules, err = table.FromRecord(kept.Rules)
	if err == nil {
		r.Formats, err = product.ParseFormats(kept.Format)
	}
	if err == nil {
		r.Plan = &product.Plan{}
		err = json.Unmarshal(l.record.Plan, r.Plan)
	}
	if err != nil {
		return r, notResumable(l.job.ID, err, "job %d cannot be resumed: its record is damaged (%v); start a new export", l.job.ID, err)
	}
	return r, nil
}

// verifyKept reads what the old job has left of its files. What is not as it was
// recorded is not gone on with, nor is what comes behind it.
func (r *run) verifyKept() error {
	if r.left == nil {
		return nil
	}
	var total int64
	files := r.left.record.Files
	for _, k := range files {
		total += k.Bytes
	}
	r.checks.Store(true)
	r.counters.Checked.Store(0)
	r.counters.CheckTotal.Store(total)
	for i := range files {
		err := files[i].Verify(r.ctx, r.left.dir, func(n int64) { r.counters.Checked.Add(n) })
		if r.ctx.Err() != nil {
			return err
		}
		if err == nil {
			continue
		}
		damage := new(jobfiles.DamageError)
		if !errors.As(err, &damage) && !errors.Is(err, fs.ErrNotExist) {
			return wording.Errorf("read what is left of job %d: %w", r.left.job.ID, err)
		}
		if i == 0 {
			return notResumable(r.left.job.ID, err, "job %d cannot be resumed: %v; start a new export", r.left.job.ID, err)
		}
		r.left.record.Files = files[:i]
		return r.update(func(j *pipeline.Job) {
			j.Warnings = append(j.Warnings, pipeline.Say(KeyRewritten,
				"Of job %d only what comes before %s could be gone on with, the rest was written anew: %v.", r.left.job.ID, files[i].Name, err))
		})
	}
	return nil
}

// resumeRecord is what is recorded to go on with this job later.
func (r *run) resumeRecord() (*jobfiles.Resume, error) {
	plan, err := json.Marshal(r.plan)
	if err != nil {
		return nil, wording.Errorf("record how the export is done: %w", err)
	}
	var record jobfiles.Resume
	if r.left != nil {
		var before []string
		for _, job := range r.left.before {
			before = append(before, r.exporter.home.folder(job))
		}
		record = r.left.record.From(r.left.dir, before...)
		record.Files = wholeInEach(record.Files, r.options.Formats)
	}
	record.JobID, record.Started = r.id, r.recorded.StartTime
	record.Request = jobfiles.Request{FromDate: pipeline.At(r.request.FromDate), Forced: r.request.Forced}
	record.Snapshot = r.engine.Identity()
	record.Options = manifestOptions(r.exporter.product.Rules(), r.options, product.Result{From: r.plan.From, Location: r.plan.Location, BaseURL: r.plan.BaseURL})
	record.Plan, record.Versions = plan, r.versions()
	record.Redaction = redactedBy(r.redact, r.options.Redaction)
	return &record, nil
}

// wholeInEach are the files that can be gone on with. What is written in several formats
// at once, or in one that has its table of contents at the end, must be whole.
func wholeInEach(kept []jobfiles.KeptFile, formats []product.Format) []jobfiles.KeptFile {
	if product.FormatWord(formats) == string(product.CSV) {
		return kept
	}
	whole := map[string]int{}
	for _, k := range kept {
		if name, _ := product.SplitName(k.Name); k.Whole {
			whole[name]++
		}
	}
	return slices.DeleteFunc(slices.Clone(kept), func(k jobfiles.KeptFile) bool {
		name, _ := product.SplitName(k.Name)
		return whole[name] < len(formats)
	})
}

func (r *run) versions() jobfiles.Versions {
	return jobfiles.Versions{Sluice: r.exporter.options.Version, SQLite: sqlitelib.SQLITE_VERSION, Go: runtime.Version()}
}

// taken is called when the files of the old job are those of this one.
func (r *run) taken() {
	if r.left == nil {
		return
	}
	as := r.id
	for _, job := range append([]pipeline.Job{r.left.job}, r.left.before...) {
		if job.ResumedAs != 0 { // else the job before was killed in the moment in which it took over
			break
		}
		err := r.exporter.store.Amend(context.WithoutCancel(r.ctx), job.ID, func(j *pipeline.Job) { j.ResumedAs = as })
		if err != nil {
			r.exporter.log.Warn("cannot note that the job was resumed", "job", job.ID, "as", as, "error", err)
		}
		as = job.ID
	}
}

// keeper is a file of the job as the engine writes it: its states are kept as long
// as the snapshot is the one that was opened.
type keeper struct {
	*jobfiles.Writer
	run  *run
	from *product.State
}

var _ product.Keeper = keeper{}

// From is where the old job was.
func (k keeper) From() *product.State { return k.from }

// Keep implements product.Keeper.
func (k keeper) Keep(s product.State) {
	state, err := json.Marshal(s)
	if err == nil {
		err = k.run.engine.Unchanged()
	}
	if err != nil {
		k.run.exporter.once.say(k.run.exporter.log, "how far the file is cannot be kept", err, "job", k.run.id)
		state = nil
	}
	switch {
	case s.Done:
		k.Whole(state)
	case state != nil:
		k.Writer.Keep(state)
	}
}

// keep makes a file one whose states are kept.
func (r *run) keep(w *jobfiles.Writer) (product.Output, error) {
	k := keeper{Writer: w, run: r}
	if state := w.From(); state != nil {
		k.from = &product.State{}
		if err := json.Unmarshal(state, k.from); err != nil {
			return nil, wording.Errorf("go on with the files of job %d: their record is damaged: %w", r.left.job.ID, err)
		}
	}
	return k, nil
}
