// Package localexport runs data pipeline exports over a snapshot of a
// Confluence database, on this computer: it is the pipeline.Exporter that needs
// no server.
//
//	e, err := localexport.Open(ctx, localexport.Options{Home: "home", Snapshot: "confluence.db"})
//	job, err := e.Start(ctx, pipeline.Request{})
//	job, err = e.Wait(ctx)
//	err = e.Close(ctx)
//
// # The home
//
// Everything is kept below <home>/data-pipeline, which only its owner can read:
//
//	jobs.db                       ids, history and verdicts (package jobstore)
//	export.lock                   locked by the process whose job runs
//	export/<job-id>/*.csv         the five files (package jobfiles)
//	export/<job-id>/manifest.json written last: rows, bytes and SHA-256 of each
//	temp/                         work files of the running export
//
// Any number of processes may open one home. One of them at a time runs an
// export; the others see its job and its progress and can cancel it.
//
// # The life of a job
//
// A job is STARTED from the moment its id is given out: while the indexes of the
// snapshot are checked, while the files are written and while they are synced to
// disk. The moment in which manifest.json gets its name decides: before it a
// cancellation ends in CANCELLED, after it the job is COMPLETED. A job whose
// process died is recognised by its lock, which died with the process; whoever
// looks next marks it CANCELLED, with a diagnostic and the counts it had reached,
// or COMPLETED if its manifest was already in place. Nobody has to clear a lock.
//
// Files carry their final names once they are complete and synced; everything
// else ends in ".partial". A cancelled or failed job leaves what it has written,
// as the vendor's does: partial files under their partial names.
//
// The keys of the diagnostics are listed in diagnostics.go.
package localexport
