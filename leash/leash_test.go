package leash

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
)

func TestReader(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	r := Reader(ctx, strings.NewReader("abcdef"))
	b := make([]byte, 3)
	if n, err := r.Read(b); n != 3 || err != nil || string(b) != "abc" {
		t.Errorf("%d, %v, %q", n, err, b)
	}
	stop()
	if n, err := r.Read(b); n != 0 || !errors.Is(err, context.Canceled) {
		t.Errorf("after the end: %d, %v", n, err)
	}
	if all, err := io.ReadAll(Reader(t.Context(), strings.NewReader("x"))); err != nil || string(all) != "x" {
		t.Errorf("%q, %v", all, err)
	}
}
