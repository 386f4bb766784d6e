package ui

import (
	"fmt"
	"os"
	"runtime/debug"
	"testing"

	"sluice/ui/layouttest"
)

// TestMain brings the letters of every language that the window speaks: texts are measured
// with those that it shows.
func TestMain(m *testing.M) {
	if err := layouttest.BringLetters(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	keepRenderers()
	debug.SetGCPercent(400) // hundreds of windows come and go
	os.Exit(m.Run())
}
