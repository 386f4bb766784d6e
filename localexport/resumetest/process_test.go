package resumetest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
	"testing"
	"time"

	"sluice/localexport"
	"sluice/localexport/confluence"
	"sluice/localexport/jobfiles"
	"sluice/localexport/product"
	"sluice/pipeline"
	"sluice/redact"
	"sluice/rules"
)

// orderEnv makes the test program another process that carries out the order in
// the variable.
const orderEnv = "SLUICE_TEST_RESUME_ORDER"

func TestMain(m *testing.M) {
	if order := os.Getenv(orderEnv); order != "" {
		if err := carryOut(order); err != nil {
			fmt.Println("error:", err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// order is what one process does: an export, or to resume the last one.
type order struct {
	Home, Snapshot string
	Resume         bool
	Workers        int
	SQLiteOnly     bool
	Formats        []product.Format
	KillAt         int64 // the change of the disk at which the process kills itself; 0: none
	CPUShare       float64
	Redact, Key    string // the rules, and a file with the key that the home gets
}

func (o order) options() localexport.Options {
	if key, err := os.ReadFile(o.Key); o.Key != "" && err == nil {
		if err := errors.Join(os.MkdirAll(o.Home, 0o700), os.WriteFile(redact.KeyFile(o.Home), key, 0o600)); err != nil {
			panic(err)
		}
	}
	return localexport.Options{
		Redact: o.Redact, Home: o.Home, Snapshot: o.Snapshot, Node: "node1", Version: "test", MinFreeSpace: -1, Workers: o.Workers,
		CPUShare: o.CPUShare, KeepEvery: jobfiles.Interval{Bytes: 200_000, Time: time.Hour},
		Logger: slog.New(slog.DiscardHandler), PollInterval: time.Millisecond, ReportInterval: 10 * time.Millisecond,
		Product: confluence.Product{}, Formats: o.Formats, SQLiteOnly: o.SQLiteOnly, Rules: rules.Chosen{"skip-bad-rows": rules.On},
	}
}

// begin starts what was ordered.
func (o order) begin(ctx context.Context, e *localexport.Exporter) (pipeline.Job, error) {
	if o.Resume {
		return e.Resume(ctx, 0)
	}
	return e.Start(ctx, pipeline.Request{})
}

// carryOut exports as a program does: SIGTERM closes it.
func carryOut(text string) error {
	var o order
	if err := json.Unmarshal([]byte(text), &o); err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	options := o.options()
	if o.KillAt > 0 {
		options.Disk = stumblingAt(o.KillAt, func() error {
			self, err := os.FindProcess(os.Getpid())
			if err == nil {
				err = self.Kill()
			}
			if err != nil {
				return err
			}
			select {}
		})
	}
	e, err := localexport.Open(ctx, options)
	if err != nil {
		return err
	}
	fmt.Println("begun")
	_, err = o.begin(ctx, e)
	if err == nil {
		_, err = e.Wait(ctx)
	}
	if ctx.Err() != nil {
		err = nil
	}
	return errors.Join(err, e.Close(context.Background()))
}

// process starts a process with an order.
func process(t *testing.T, o order) *exec.Cmd {
	t.Helper()
	text, err := json.Marshal(o)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), orderEnv+"="+string(text), "GORACE=atexit_sleep_ms=0")
	return cmd
}
