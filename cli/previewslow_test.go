package cli

import (
	"context"
	"os"
	"strings"
	"testing"
)

// TestPreviewOfASlowPipe: the rows of what has not ended are printed as they come, before
// there are as many as are asked for, and the rest behind them.
func TestPreviewOfASlowPipe(t *testing.T) {
	isolate(t)
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	before := os.Stdin
	os.Stdin = r
	defer func() { os.Stdin = before; r.Close() }()
	out, errs := &screen{changed: make(chan struct{}, 1)}, &screen{changed: make(chan struct{}, 1)}
	code, done := -1, make(chan struct{})
	ctx, stop := context.WithCancel(t.Context())
	go func() {
		defer close(done)
		p := Program{Version: "test", Out: out, Err: errs}
		code = p.Run(ctx, []string{"preview", "-", "--rows", "5"})
	}()
	defer func() { stop(); w.Close(); <-done }()
	write := func(text string) {
		if _, err := w.WriteString(text); err != nil {
			t.Fatal(err)
		}
	}
	write("id,name\n1,first\n2,second\n")
	out.await(t, `(2  2   second\n)`)
	write("3,third of them\n")
	out.await(t, `(3  3   third.*\n)`)
	write("4,x\n5,y\n6,z\n")
	out.await(t, `(5  5   y\n)`)
	w.Close()
	<-done
	if got := out.String(); code != exitDone || strings.Contains(got, "6") || strings.Count(got, "row  id  name") != 1 {
		t.Errorf("exit code %d, %s, %s", code, got, errs)
	}
}
