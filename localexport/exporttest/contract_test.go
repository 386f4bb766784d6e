package exporttest

import (
	"testing"

	"sluice/pipeline/contracttest"
)

// TestContract runs the suite on real exports of demo snapshots.
func TestContract(t *testing.T) {
	contracttest.Run(t, Fixture)
}
