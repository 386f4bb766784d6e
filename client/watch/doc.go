// Package watch follows the jobs of a pipeline.Exporter.
//
// A Watcher reads the status over and over: often after an action and at the
// start of a run, seldom in a long run or when nothing runs, ever more seldom
// while the server cannot be reached, and not at all while nobody looks. What
// was known last stays known, with its age. It notices when the computer slept.
//
//	w := watch.New(exporter, watch.Options{})
//	go w.Run(ctx)
//	states, stop := w.Subscribe()
//	defer stop()
//	for s := range states { show(s) }
package watch
