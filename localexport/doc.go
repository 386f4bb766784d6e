// Package localexport runs data pipeline exports over a snapshot of a
// Confluence database, on this computer: it is the pipeline.Exporter that needs
// no server.
//
//	e, err := localexport.Open(ctx, localexport.Options{Product: confluence.Product{}, Home: "home", Snapshot: "wiki.db"})
//	job, err := e.Start(ctx, pipeline.Request{})
//	job, err = e.Wait(ctx)
//	err = e.Close(ctx)
//
// # The home
//
// Everything is kept below <home>/data-pipeline, which only its owner can read:
//
//	home.json                     the version of the form of all this (package formats)
//	jobs.db                       ids, history and verdicts (package jobstore)
//	export.lock                   locked by the process whose job runs
//	export/<job-id>/*.csv         the files of the product (package jobfiles)
//	export/<job-id>/manifest.json written last: rows, bytes and SHA-256 of each
//	export/<job-id>/resume.json   until then: how much of each is on disk for sure
//	export-path.json              another place of export/, if one was set
//	temp/                         work files of the running export
//
// The folder of exports can be set to lie elsewhere (SetExportPath): the jobs that start
// from then on have their folders there, and carry the path as their rootExportPath.
// Earlier jobs are found where they are.
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
// # Going on with a job
//
// While a job writes, it brings its files to disk every 64 MB or two seconds, at the
// end of a range of keys, and records there (resume.json) how many bytes hold, their
// checksum, and what the engine needs to go on. Resume starts a new job from that of
// one that ended too early: the same time range, the same options, the same version
// of Sluice and a snapshot of the same content (size, change counter, digest of
// blocks), so the files become those of an export without an interruption. What was
// kept is read again before it is trusted, cut to what was recorded, and moved into
// the folder of the new job; the record goes along, so that it is always clear who
// owns the files. Of pages, comments and events whatever was recorded is gone on
// with; users and spaces, which are small and read in one piece, are begun anew
// unless they were whole.
//
// The keys of the diagnostics are listed in diagnostics.go.
package localexport
