package target

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// parts is storage that takes objects in parts, but never completes one.
type parts struct {
	mu      sync.Mutex
	uploads map[string]time.Time // begun and neither completed nor removed, by key
	removed []string
	slow    string        // the key of one whose last part has just come
	second  chan struct{} // is closed when the second part comes, which hangs
}

func (p *parts) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	q, key := r.URL.Query(), strings.TrimPrefix(r.URL.Path, "/exports/")
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case r.Method == http.MethodGet && q.Has("uploads"):
		fmt.Fprint(w, "<ListMultipartUploadsResult><Bucket>exports</Bucket>")
		for key, at := range p.uploads {
			if strings.HasPrefix(key, q.Get("prefix")) {
				fmt.Fprintf(w, "<Upload><Key>%s</Key><UploadId>of-%s</UploadId><Initiated>%s</Initiated></Upload>", key, key, at.UTC().Format(time.RFC3339))
			}
		}
		fmt.Fprint(w, "</ListMultipartUploadsResult>")
	case r.Method == http.MethodGet && q.Has("uploadId"):
		at := p.uploads[key]
		if key == p.slow {
			at = time.Now()
		}
		fmt.Fprintf(w, "<ListPartsResult><Part><PartNumber>1</PartNumber><LastModified>%s</LastModified></Part></ListPartsResult>", at.UTC().Format(time.RFC3339))
	case r.Method == http.MethodPost && q.Has("uploads"):
		p.uploads[key] = time.Now()
		fmt.Fprintf(w, "<InitiateMultipartUploadResult><Bucket>exports</Bucket><Key>%s</Key><UploadId>of-%s</UploadId></InitiateMultipartUploadResult>", key, key)
	case r.Method == http.MethodPut && q.Get("partNumber") == "2":
		p.mu.Unlock()
		_, _ = io.Copy(io.Discard, r.Body) // only then it is noticed that the other has gone
		close(p.second)
		<-r.Context().Done()
		p.mu.Lock()
	case r.Method == http.MethodPut:
		_, _ = io.Copy(io.Discard, r.Body)
		w.Header().Set("ETag", `"1"`)
	case r.Method == http.MethodDelete && q.Has("uploadId"):
		delete(p.uploads, key)
		p.removed = append(p.removed, key)
		w.WriteHeader(http.StatusNoContent)
	}
}

// TestPartsDoNotStay: what is put in parts and is cancelled leaves none, nor does an earlier
// run that was killed. Those of others stay, and those that may still come to their end.
func TestPartsDoNotStay(t *testing.T) {
	t.Setenv("AWS_ACCESS_KEY_ID", "key")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "secret")
	const name = "job=12/pages_job12_2026.csv"
	long := time.Now().Add(-30 * time.Hour)
	store := &parts{second: make(chan struct{}), slow: "nightly/job=10/users_job10_2026.csv", uploads: map[string]time.Time{
		"nightly/" + name: time.Now().Add(-time.Minute), "nightly/job=9/users_job9_2026.csv.gz": long,
		"nightly/job=11/users_job11_2026.csv": time.Now(), "nightly/job=10/users_job10_2026.csv": long, "nightly/video.mp4": long, "others/job=9/users_job9_2026.csv": long}}
	s := httptest.NewServer(store)
	defer s.Close()
	p, err := S3(t.Context(), &url.URL{Scheme: "s3", Host: "exports", Path: "/nightly"}, S3Options{Endpoint: s.URL, Region: "us-east-1"})
	if err != nil {
		t.Fatal(err)
	}
	const part = 5 << 20 // the least there is
	p.(*bucket).parts = part
	ctx, cancel := context.WithCancel(t.Context())
	go func() { <-store.second; cancel() }()
	if err := p.Put(ctx, name, strings.NewReader(strings.Repeat("x", 2*part)), 2*part); err == nil {
		t.Error("it was put")
	}
	store.mu.Lock()
	defer store.mu.Unlock()
	var left []string
	for key := range store.uploads {
		left = append(left, key)
	}
	slices.Sort(left)
	if want := []string{"nightly/job=10/users_job10_2026.csv", "nightly/job=11/users_job11_2026.csv", "nightly/video.mp4", "others/job=9/users_job9_2026.csv"}; !slices.Equal(left, want) {
		t.Errorf("there are %q left, and %q removed", left, store.removed)
	}
	if n := len(store.removed); n < 3 || store.removed[0] != "nightly/job=9/users_job9_2026.csv.gz" {
		t.Errorf("removed are %q", store.removed)
	}
}
