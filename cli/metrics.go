package cli

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"

	"github.com/prometheus/client_golang/prometheus"

	"sluice/metrics"
	"sluice/schedule/runner"
)

// metricsFlags say where Prometheus finds how things stand.
type metricsFlags struct {
	Metrics            string `empty:"" placeholder:"HOST:PORT" help:"Answer Prometheus at /metrics of this address, such as 127.0.0.1:9188. Default: no."`
	MetricsAllowRemote bool   `help:"Allow --metrics at an address that other computers reach. The answer is not encrypted, and names schedules and sources."`
}

// serve answers scrapes until ctx ends, if that is asked for.
func (f metricsFlags) serve(ctx context.Context, log *slog.Logger, g prometheus.Gatherer) error {
	switch {
	case f.Metrics == "" && f.MetricsAllowRemote:
		return usageError{errors.New("--metrics-allow-remote is about --metrics: name an address")}
	case f.Metrics == "":
		return nil
	}
	l, err := metrics.Listen(f.Metrics, f.MetricsAllowRemote)
	if errors.Is(err, metrics.ErrOptions) {
		return usageError{err}
	}
	if err != nil {
		return err
	}
	log.Info("answers Prometheus", "at", "http://"+l.Addr().String()+"/metrics")
	go metrics.Serve(ctx, l, g, log)
	return nil
}

// metrics begins to tell how the schedules stand, and has the runner say what changes. What
// it returns waits, once ctx has ended, until the last of it is told.
func (x *runCommand) metrics(ctx context.Context, c *call, folder string, o *runner.Options) (told func(), err error) {
	told = func() {}
	if x.MetricsFile != "" && !strings.HasSuffix(x.MetricsFile, ".prom") {
		return told, usageError{errors.New("--metrics-file: node_exporter reads files whose names end in .prom")}
	}
	if x.Metrics == "" && x.MetricsFile == "" {
		return told, x.serve(ctx, o.Logger, nil)
	}
	board := metrics.OfSchedules(folder, c.program.Clock)
	registry := metrics.Registry(c.program.Version, board)
	if err := x.serve(ctx, o.Logger, registry); err != nil {
		return told, err
	}
	changed := make(chan struct{}, 1)
	o.Changed = func(string) {
		board.Observe()
		select {
		case changed <- struct{}{}:
		default:
		}
	}
	if x.MetricsFile != "" {
		var writing sync.WaitGroup
		writing.Go(func() { metrics.Write(ctx, x.MetricsFile, registry, changed, o.Logger) })
		told = writing.Wait
	}
	return told, nil
}

// nameOfSnapshot is what metrics call a snapshot: its path may say more than it should.
func nameOfSnapshot(path string) string {
	name := filepath.Base(path)
	return strings.TrimSuffix(name, filepath.Ext(name))
}
