package localexport

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"sluice/pipeline"
)

func TestLowSpaceBeforeTheStart(t *testing.T) {
	f, free := newFake(), int64(DefaultMinFreeSpace-1)
	o := testOptions(t)
	o.Product = f
	e, err := open(t.Context(), o, func(string) (int64, error) { return free, nil })
	if err != nil {
		t.Fatal(err)
	}
	defer closeExporter(t, e)
	job, err := e.Start(t.Context(), pipeline.Request{})
	if err == nil || job.Status != pipeline.Failed || job.ID != 1 {
		t.Fatalf("Start = %+v, %v, want job 1 failed", job, err)
	}
	d, found := job.Diagnostic(KeyLowSpace)
	if !found || !strings.HasPrefix(d.Message, "Only 4,999,999,999 bytes are free on the disk of ") || !strings.Contains(err.Error(), "are to stay free") {
		t.Errorf("diagnostic = %+v, error %v", d, err)
	}
	if f.validated != 0 {
		t.Error("the snapshot was checked all the same")
	}
	free++
	if job := runToEnd(t, e, pipeline.Request{}); job.Status != pipeline.Completed {
		t.Errorf("with enough space: %s", job.Status)
	}
}

func TestLowSpaceDuringTheExport(t *testing.T) {
	f, o := newFake(), testOptions(t)
	low := make(chan struct{})
	o.MinFreeSpace = 1000
	f.during = func(ctx context.Context, name string, w io.Writer) error {
		if name == "comments" {
			close(low)
			<-ctx.Done()
			return ctx.Err()
		}
		return nil
	}
	o.Product = f
	e, err := open(t.Context(), o, func(string) (int64, error) {
		select {
		case <-low:
			return 999, nil
		default:
			return 1000, nil
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	defer closeExporter(t, e)
	job := runToEnd(t, e, pipeline.Request{})
	if _, found := job.Diagnostic(KeyLowSpace); !found || job.Status != pipeline.Failed || !job.CancelledTime.IsZero() {
		t.Errorf("job = %+v", job)
	}
	if job.Statistics.WrittenRows != 12 {
		t.Errorf("statistics = %+v, want 12 rows", *job.Statistics)
	}
	files, err := e.Files(t.Context(), job.ID)
	if err != nil || len(files) != 4 || files[3].Complete || !strings.HasSuffix(files[3].Path, ".partial") {
		t.Errorf("files = %+v, %v, want a partial one at the end", files, err)
	}
}

func TestSpaceCheckCanBeOff(t *testing.T) {
	o := testOptions(t)
	o.MinFreeSpace = -1
	o.Product = newFake()
	e, err := open(t.Context(), o, func(string) (int64, error) { return 0, nil })
	if err != nil {
		t.Fatal(err)
	}
	defer closeExporter(t, e)
	if job := runToEnd(t, e, pipeline.Request{}); job.Status != pipeline.Completed {
		t.Errorf("status = %s", job.Status)
	}
}

func TestUnmeasurableSpaceIsNoReason(t *testing.T) {
	o := testOptions(t)
	o.Product = newFake()
	e, err := open(t.Context(), o, func(string) (int64, error) { return 0, errors.New("no such call") })
	if err != nil {
		t.Fatal(err)
	}
	defer closeExporter(t, e)
	if job := runToEnd(t, e, pipeline.Request{}); job.Status != pipeline.Completed {
		t.Errorf("status = %s", job.Status)
	}
}

func TestFreeSpaceOfTheHome(t *testing.T) {
	o := testOptions(t)
	o.Product = newFake()
	e, err := open(t.Context(), o, func(path string) (int64, error) {
		if !strings.HasPrefix(path, o.Home) {
			return 0, fmt.Errorf("%s is not in the home", path)
		}
		return 412e9, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	defer closeExporter(t, e)
	if n, err := e.FreeSpace(); err != nil || n != 412e9 {
		t.Errorf("FreeSpace = %d, %v", n, err)
	}
}
