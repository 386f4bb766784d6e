// Package watch follows the jobs of a pipeline.Exporter.
//
// A Watcher reads the status over and over: often after an action and at the
// start of a run, seldom in a long run or when nothing runs, ever more seldom
// while the server cannot be reached, and not at all while nobody looks. What
// was known last stays known, with its age. It notices when the computer slept.
//
// An answer that cannot be what became of the job that is known is doubted, and the
// job stays as it was: no job, an older one, an earlier state, as a node tells that
// lags behind or a server that is being restored. A Watcher believes it after the
// patience; Follow, which waits for the end of one job, never does.
//
//	w := watch.New(exporter, watch.Options{})
//	go w.Run(ctx)
//	states, stop := w.Subscribe()
//	defer stop()
//	for s := range states { show(s) }
package watch
