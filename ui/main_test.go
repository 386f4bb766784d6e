package ui

import (
	"fmt"
	"os"
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
	os.Exit(m.Run())
}
