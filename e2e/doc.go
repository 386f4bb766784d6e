// Package e2e drives the real program in a real window: with a mouse and a
// keyboard, on a virtual display.
//
//	SLUICE_BINARY=bin/sluice go test -tags e2e -parallel 40 ./e2e/...
//
// Tests go beside each other, each on a display of its own: three at a time, and besides them
// those that wait for a full minute of the clock. -parallel must leave room for all.
//
// It needs Xvfb, xdotool and openbox. The program is asked to trace where its
// buttons are and what its title and preview say (SLUICE_UI_TRACE), so that no
// test depends on pixels.
package e2e
