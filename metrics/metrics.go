// Package metrics tells what Prometheus asks for: how schedules and the exports of a
// snapshot stand. Labels are the names that people gave to schedules and sources; nothing
// of the exported data is told.
package metrics

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// ErrOptions is wrapped by the errors of Listen for an address that is not permitted.
var ErrOptions = errors.New("cannot serve metrics")

// Registry is what is collected, with what says which program tells it. It is one of its
// own: nothing that a library registers for all is in it.
func Registry(version string, c prometheus.Collector) *prometheus.Registry {
	r := prometheus.NewRegistry()
	info := prometheus.NewGauge(prometheus.GaugeOpts{Name: "sluice_build_info", Help: "1, with the version of the program.", ConstLabels: prometheus.Labels{"version": version}})
	info.Set(1)
	r.MustRegister(info, c)
	return r
}

// Listen opens the address for scrapes, host:port. Other computers reach it only if remote
// permits that: the answer is not encrypted, and names schedules and sources.
func Listen(address string, remote bool) (net.Listener, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil || port == "" {
		return nil, fmt.Errorf("%w at %q: the address must have the form host:port, such as 127.0.0.1:9188", ErrOptions, address)
	}
	if !remote && !isLoopback(host) {
		return nil, fmt.Errorf("%w at %s: other computers could reach it. Listen at 127.0.0.1, or permit it with --metrics-allow-remote", ErrOptions, address)
	}
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("listen for metrics at %s: %w", address, err)
	}
	return l, nil
}

// isLoopback reports whether only this computer can reach the host; an empty one is all
// interfaces.
func isLoopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	addr, err := netip.ParseAddr(host)
	return err == nil && addr.Unmap().IsLoopback()
}

// Serve answers scrapes of /metrics until ctx ends.
func Serve(ctx context.Context, l net.Listener, g prometheus.Gatherer, logger *slog.Logger) {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(g, promhttp.HandlerOpts{MaxRequestsInFlight: 4, Timeout: 10 * time.Second}))
	s := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second, WriteTimeout: 30 * time.Second,
		IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 16 << 10, ErrorLog: slog.NewLogLogger(logger.Handler(), slog.LevelDebug)}
	stop := context.AfterFunc(ctx, func() { _ = s.Close() })
	defer stop()
	if err := s.Serve(l); err != nil && !errors.Is(err, http.ErrServerClosed) {
		logger.Error("metrics", "error", err)
	}
}

// everyFile is how often a file is written at least: what is overdue changes with the time.
const everyFile = time.Minute

// Write writes the file for the textfile collector of node_exporter, at once, with every
// change and every minute, and once more when ctx ends. The file is there whole, or as it was; everybody
// can read it, since node_exporter is somebody else. Its name must end in .prom. A failure
// is logged once.
func Write(ctx context.Context, file string, g prometheus.Gatherer, changed <-chan struct{}, logger *slog.Logger) {
	ticker := time.NewTicker(everyFile)
	defer ticker.Stop()
	removeStale(file)
	wrong := false
	for last := false; ; {
		err := prometheus.WriteToTextfile(file, g)
		if err != nil && !wrong {
			logger.Error("metrics file", "file", file, "error", err)
		}
		if wrong = err != nil; last {
			return
		}
		select {
		case <-changed:
		case <-ticker.C:
		case <-ctx.Done():
			last = true
		}
	}
}

// removeStale removes what a process that was killed has left of the file: until it is whole
// the library gives it a number behind its name. It only takes room.
func removeStale(file string) {
	entries, _ := os.ReadDir(filepath.Dir(file)) // the writing tells what is wrong with it
	for _, e := range entries {
		number, is := strings.CutPrefix(e.Name(), filepath.Base(file))
		if is && number != "" && strings.Trim(number, "0123456789") == "" {
			_ = os.Remove(filepath.Join(filepath.Dir(file), e.Name()))
		}
	}
}
