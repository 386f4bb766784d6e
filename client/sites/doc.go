// Package sites rebuilds situations of real sites as scripted servers: what stands in
// front of a product, what it answers while it restarts, whom it refuses and in which
// words. Each is known from the trackers of tools for the same products.
//
// The tests of the client, of the command line and of the watcher meet every one of
// them: a Site tells what is asked of it, and what has to come of that.
//
//	for _, s := range sites.All() {
//		server := s.Start(t)
//		// ask server.URL for s.Asks, expect s.Kind, s.Exit and s.Says
//	}
package sites
