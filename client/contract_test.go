package client_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"sluice/client"
	"sluice/localexport"
	"sluice/localexport/demo"
	"sluice/pipeline"
	"sluice/pipeline/contracttest"
	"sluice/server"
)

const contractToken = "contract-token-0123456789"

// TestContract runs the contract of pipeline.Exporter on this client, over HTTP
// on a server in front of an exporter in memory.
func TestContract(t *testing.T) {
	contracttest.Run(t, func(t *testing.T) contracttest.Fixture {
		m := &memory{}
		return contracttest.Fixture{
			Exporter: remote(t, m),
			Hold:     m.hold,
			Break: func() {
				m.mu.Lock()
				defer m.mu.Unlock()
				m.broken = true
			},
			Crash: func(*testing.T) int64 { return m.die() },
		}
	})
}

// TestContractWithSnapshot runs the contract through client and server on the
// local exporter with a demo snapshot.
func TestContractWithSnapshot(t *testing.T) {
	if raceDetector {
		t.Skip("SQLite in Go is some 30 times slower under the race detector, too slow for the patience of the suite; TestContract runs")
	}
	good, bad := snapshot(t, false), snapshot(t, true)
	contracttest.Run(t, func(t *testing.T) contracttest.Fixture {
		dir := t.TempDir()
		file := filepath.Join(dir, "snapshot.db")
		replace(t, good, file)
		home, g := filepath.Join(dir, "home"), &gates{}
		return contracttest.Fixture{
			Exporter: remote(t, openLocal(t, home, file, g.beforePhase)),
			Hold:     g.hold,
			Break:    func() { replace(t, bad, file) },
			Crash:    func(t *testing.T) int64 { return crash(t, home, file) },
		}
	})
}

// remote puts an exporter behind HTTP, and returns the client of its server.
func remote(t *testing.T, e pipeline.Exporter) *client.Client {
	t.Helper()
	s := httptest.NewServer(server.Handler(e, server.Options{Token: contractToken}))
	t.Cleanup(s.Close)
	c, err := client.New(client.Options{BaseURL: s.URL, Token: contractToken})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.CloseIdleConnections)
	return c
}

// snapshot writes a small demo snapshot.
func snapshot(t *testing.T, inconsistent bool) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "demo.db")
	if _, err := demo.Write(t.Context(), file, demo.Options{Pages: 5, Seed: 1, Inconsistent: inconsistent}); err != nil {
		t.Fatal(err)
	}
	return file
}

// replace puts a copy of a snapshot in the place of another, at once.
func replace(t *testing.T, from, to string) {
	t.Helper()
	content, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to+".new", content, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(to+".new", to); err != nil {
		t.Fatal(err)
	}
}

func openLocal(t *testing.T, home, file string, before localexport.BeforePhase) *localexport.Exporter {
	t.Helper()
	e, err := localexport.Open(t.Context(), localexport.Options{
		Home: home, Snapshot: file, MinFreeSpace: -1, Logger: slog.New(slog.DiscardHandler), Node: "node1",
		PollInterval: time.Millisecond, ReportInterval: time.Millisecond, BeforePhase: before,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := e.Close(ctx); err != nil {
			t.Error(err)
		}
	})
	return e
}

// gates hold jobs back before a phase.
type gates struct {
	mu               sync.Mutex
	phase            pipeline.Phase
	reached, release chan struct{}
}

func (g *gates) hold(phase pipeline.Phase) (<-chan struct{}, func()) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.phase, g.reached, g.release = phase, make(chan struct{}, 100), make(chan struct{})
	release := g.release
	return g.reached, sync.OnceFunc(func() { close(release) })
}

func (g *gates) beforePhase(ctx context.Context, _ pipeline.Job, phase pipeline.Phase) error {
	g.mu.Lock()
	here, reached, release := g.phase == phase, g.reached, g.release
	g.mu.Unlock()
	if !here {
		return nil
	}
	reached <- struct{}{}
	select {
	case <-release:
	case <-ctx.Done():
	}
	return nil
}

const crashEnv = "SLUICE_TEST_CRASH_IN"

// crash lets another process start an export in the home, kills it in the midst
// and returns the id of its job.
func crash(t *testing.T, home, file string) int64 {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), program, "-test.run=^TestCrashHelper$")
	cmd.Env = append(os.Environ(), crashEnv+"="+home+"|"+file)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}()
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		var id int64
		if _, err := fmt.Sscanf(lines.Text(), "holding job %d", &id); err == nil {
			return id
		}
	}
	t.Fatal("the other process has started no job")
	return 0
}

// TestCrashHelper is the other process of crash, and nothing else.
func TestCrashHelper(t *testing.T) {
	home, file, ok := strings.Cut(os.Getenv(crashEnv), "|")
	if !ok {
		t.Skip("only a part of TestContract, in a process of its own")
	}
	holding := make(chan struct{})
	e := openLocal(t, home, file, func(ctx context.Context, _ pipeline.Job, phase pipeline.Phase) error {
		if phase == pipeline.PhaseExporting {
			close(holding)
			<-ctx.Done()
		}
		return nil
	})
	job, err := e.Start(t.Context(), pipeline.Request{})
	if err != nil {
		t.Fatal(err)
	}
	<-holding
	fmt.Printf("holding job %d\n", job.ID)
	io.Copy(io.Discard, os.Stdin)
	select {} // until it is killed
}
