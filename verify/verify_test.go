package verify

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sluice/pipeline"
)

// written is a file with its true size and checksum.
func written(t *testing.T, name, content string) pipeline.File {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256([]byte(content))
	return pipeline.File{Name: name, Path: path, Bytes: int64(len(content)), SHA256: hex.EncodeToString(sum[:])}
}

func TestFiles(t *testing.T) {
	good := written(t, "users", "user_id\r\n1\r\n")
	good.SHA256 = strings.ToUpper(good.SHA256)
	changed := written(t, "pages", "page_id\r\n1\r\n")
	if err := os.WriteFile(changed.Path, []byte("page_id\r\n2\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	longer := written(t, "spaces", "a\r\n")
	longer.Bytes = 2
	missing := pipeline.File{Name: "comments", Path: filepath.Join(t.TempDir(), "comments"), Bytes: 7, SHA256: "00"}
	folder := pipeline.File{Name: "folder", Path: t.TempDir(), Bytes: 7, SHA256: "00"}
	unknown := written(t, "events", "e\r\n")
	unknown.SHA256 = ""
	empty := written(t, "empty", "")

	var last Progress
	files := []pipeline.File{good, changed, longer, missing, folder, unknown, empty}
	got, err := Files(t.Context(), files, func(p Progress) { last = p })
	if err != nil {
		t.Fatal(err)
	}
	want := []State{Verified, Differs, Differs, Missing, Unreadable, NoChecksum, Verified}
	for i, s := range want {
		if got[i].State != s {
			t.Errorf("%s: state %d, want %d (%+v)", files[i].Name, got[i].State, s, got[i])
		}
	}
	if got[2].Size != 3 || got[4].Err == nil {
		t.Errorf("sizes and reasons are missing: %+v", got)
	}
	if last.Done != last.Total || last.Total == 0 {
		t.Errorf("the last progress is %d of %d", last.Done, last.Total)
	}
}

// TestCancel stops in the middle of a file: what is not finished is not verified.
func TestCancel(t *testing.T) {
	first := written(t, "first", "a")
	large := written(t, "large", strings.Repeat("x", 5*blockSize))
	ctx, cancel := context.WithCancel(t.Context())
	clock := time.Time{}
	slow := func() time.Time { clock = clock.Add(tellEvery); return clock } // each block takes as long as a sample
	var last Progress
	got, err := verify(ctx, []pipeline.File{first, large}, func(p Progress) {
		if last = p; p.Done == 1+2*blockSize {
			cancel()
		}
	}, slow)
	if !errors.Is(err, context.Canceled) || got[0].State != Verified || got[1].State != NotVerified {
		t.Errorf("%v, %+v", err, got)
	}
	if last.Current != 1 || last.Done != 1+2*blockSize {
		t.Errorf("it went on after the cancellation, to %d bytes", last.Done)
	}
	if got, err = Files(ctx, []pipeline.File{first}, func(Progress) {}); !errors.Is(err, context.Canceled) || got[0].State != NotVerified {
		t.Errorf("cancelled before it began: %v, %+v", err, got)
	}
}
