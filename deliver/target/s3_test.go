package target

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"sluice/deliver/target/s3test"
	"sluice/takes/feed"
)

// s3 is the address of storage with a bucket "exports", and lets its keys be found: that of
// tests or, where SLUICE_TEST_S3 names it, real storage.
func s3(t *testing.T) string {
	t.Helper()
	if endpoint := os.Getenv("SLUICE_TEST_S3"); endpoint != "" {
		return endpoint
	}
	return s3test.Start(t, t.TempDir())
}

// inBucket is a place in a bucket that nothing was put to yet.
func inBucket(bucket string) *url.URL {
	return &url.URL{Scheme: "s3", Host: bucket, Path: fmt.Sprintf("/from/sluice-%d", time.Now().UnixNano())}
}

func TestS3(t *testing.T) {
	endpoint := s3(t)
	at := inBucket("exports")
	p, err := S3(t.Context(), at, S3Options{Endpoint: endpoint, Region: "us-east-1"})
	if err != nil {
		t.Fatal(err)
	}
	if !p.Proves() || p.String() != at.String() {
		t.Errorf("%s", p)
	}
	keeps(t, p)
	if _, err := S3(t.Context(), inBucket("no-such-bucket"), S3Options{Endpoint: endpoint, Region: "us-east-1"}); err == nil || !strings.Contains(err.Error(), "there is no bucket no-such-bucket") {
		t.Errorf("no such bucket: %v", err)
	}
}

// TestStorageThatIsRefused names what is missing, and shows no key.
func TestStorageThatIsRefused(t *testing.T) {
	endpoint := s3(t)
	t.Setenv("AWS_ACCESS_KEY_ID", "another-key")
	_, err := S3(t.Context(), inBucket("exports"), S3Options{Endpoint: endpoint, Region: "us-east-1"})
	if !errors.Is(err, feed.ErrDenied) || strings.Contains(err.Error(), "another-key") {
		t.Errorf("wrong keys: %v", err)
	}
	for _, bad := range []string{"nonsense", "ftp://x", "http://key:secret@x"} {
		if _, err := S3(t.Context(), inBucket("exports"), S3Options{Endpoint: bad}); err == nil || !strings.Contains(err.Error(), "no URL such as") || strings.Contains(err.Error(), "secret@") {
			t.Errorf("%s: %v", bad, err)
		}
	}
	if _, err := S3(t.Context(), inBucket("exports"), S3Options{Endpoint: "http://127.0.0.1:1", Region: "us-east-1"}); !errors.Is(err, feed.ErrUnreachable) {
		t.Errorf("nothing there: %v", err)
	}
	t.Setenv("AWS_ACCESS_KEY_ID", "")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "")
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", t.TempDir()+"/none")
	if _, err := S3(t.Context(), inBucket("exports"), S3Options{Endpoint: endpoint}); !errors.Is(err, feed.ErrDenied) || !strings.Contains(err.Error(), "there are no keys") {
		t.Errorf("no keys: %v", err)
	}
}
