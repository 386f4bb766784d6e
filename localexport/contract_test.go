package localexport

import (
	"testing"

	"sluice/pipeline/contracttest"
)

func TestContract(t *testing.T) {
	contracttest.Run(t, func(t *testing.T) contracttest.Fixture {
		f, g, o := newFake(), &contracttest.Gates{}, testOptions(t)
		o.BeforePhase = g.BeforePhase
		e := openFake(t, f, o)
		return contracttest.Fixture{
			Exporter: e,
			Hold:     g.Hold,
			Break:    func() { f.set(func() { f.consistent, f.id = false, "b" }) },
			Crash:    func(t *testing.T) int64 { return startHelper(t, o.Home).kill(t) },
		}
	})
}
