package csvfile

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"sluice/csvfile/internal/block"
)

// TestAllAtOnce does everything at the same time, while the file is still being
// indexed; it is for the race detector as much as for the results.
func TestAllAtOnce(t *testing.T) {
	ctx := context.Background()
	content := makeCSV("foreign", 30*block.Size, 41)
	rows := reference([]byte(content), ',')[1:]
	f := openContent(t, content, WithWorkers(2))
	var wg sync.WaitGroup
	try := func(work func() error) {
		wg.Go(func() {
			if err := work(); err != nil {
				t.Error(err)
			}
		})
	}
	f.StartIndex(ctx)
	f.StartCheck(ctx)
	for i := range 20 {
		try(func() error {
			n := int64(i * len(rows) / 20)
			if err := f.WaitRow(ctx, n); err != nil {
				return err
			}
			got, err := f.Rows(ctx, n, 1)
			if err == nil && got[0].Number != n {
				err = fmt.Errorf("row %d has number %d", n, got[0].Number)
			}
			f.Progress()
			f.Info()
			return err
		})
	}
	try(func() error {
		_, err := f.Tail(ctx, 5)
		return err
	})
	try(func() error {
		n, err := f.CountHits(ctx, Query{Text: "disk", Column: 1}, nil)
		if n == 0 {
			err = errors.Join(err, errors.New("no disk"))
		}
		return err
	})
	try(func() error {
		v, err := f.Filter(ctx, []Condition{{Column: 0, Op: OpContains, Text: "5"}})
		if err != nil {
			return err
		}
		defer v.Close()
		for final := false; !final; {
			n, done := v.Total()
			if _, err := v.Rows(ctx, n/2, 3); err != nil {
				var ne *NotIndexedError
				if !errors.As(err, &ne) {
					return err
				}
			}
			final = done
		}
		p, err := ProfileColumn(ctx, v, 0, nil)
		if n, _ := v.Total(); p.Rows != n {
			err = errors.Join(err, fmt.Errorf("profile of %d rows, view of %d", p.Rows, n))
		}
		return err
	})
	wg.Wait()
	if n := indexed(t, f); n != int64(len(rows)) {
		t.Fatalf("%d rows, want %d", n, len(rows))
	}
}

// TestCloseInTheMiddle: closing ends everything and nothing hangs.
func TestCloseInTheMiddle(t *testing.T) {
	ctx := context.Background()
	f := openContent(t, makeCSV("quoted", 40*block.Size, 1))
	f.StartCheck(ctx)
	if _, err := f.Filter(ctx, nil); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error)
	go func() {
		_, err := f.CountHits(ctx, Query{Text: "x", Column: AllColumns}, nil)
		ended <- err
	}()
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	<-ended // with or without an error, as the case may be
	if _, err := f.Rows(ctx, 0, 1); err != nil && !errors.Is(err, ErrClosed) {
		t.Fatalf("rows of a closed file: %v", err)
	}
	if _, err := f.Rows(ctx, 20_000, 1); !errors.Is(err, ErrClosed) {
		t.Fatalf("rows of a closed file: %v", err)
	}
}
