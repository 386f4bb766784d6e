package target

import (
	"bufio"
	"bytes"
	"crypto/md5"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"sluice/takes/feed"
)

// storage is as much of the S3 API as putting, getting and removing objects of one part
// needs. It refuses content that does not have its checksum, as real ones do. Against
// real storage the same tests run where SLUICE_TEST_S3 names it.
type storage struct {
	mu      sync.Mutex
	objects map[string][]byte
}

func (s *storage) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !strings.Contains(r.Header.Get("Authorization"), "Credential=key-of-a-test/") {
		refuse(w, http.StatusForbidden, "InvalidAccessKeyId")
		return
	}
	bucket, key, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	object, exists := s.objects[key]
	switch {
	case bucket != "exports":
		refuse(w, http.StatusNotFound, "NoSuchBucket")
	case key == "" && r.Method == http.MethodGet: // where it is
		fmt.Fprint(w, `<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/"/>`)
	case key == "":
	case r.Method == http.MethodPut:
		s.put(w, r, key)
	case r.Method == http.MethodDelete:
		delete(s.objects, key)
		w.WriteHeader(http.StatusNoContent)
	case !exists:
		refuse(w, http.StatusNotFound, "NoSuchKey")
	default:
		w.Header().Set("ETag", `"0"`)
		http.ServeContent(w, r, "", time.Unix(1, 0), bytes.NewReader(object))
	}
}

func (s *storage) put(w http.ResponseWriter, r *http.Request, key string) {
	body, err := content(r)
	sum := md5.Sum(body)
	if err != nil || base64.StdEncoding.EncodeToString(sum[:]) != r.Header.Get("Content-Md5") {
		refuse(w, http.StatusBadRequest, "BadDigest")
		return
	}
	s.objects[key] = body
	w.Header().Set("ETag", `"0"`)
}

// content is the body of a request, whose pieces may each be signed.
func content(r *http.Request) ([]byte, error) {
	if !strings.HasPrefix(r.Header.Get("X-Amz-Content-Sha256"), "STREAMING-") {
		return io.ReadAll(r.Body)
	}
	var all []byte
	for in := bufio.NewReader(r.Body); ; {
		var n int
		line, err := in.ReadString('\n')
		if err == nil {
			_, err = fmt.Sscanf(line, "%x;", &n)
		}
		piece := make([]byte, n+2)
		if err == nil && n > 0 {
			_, err = io.ReadFull(in, piece)
		}
		if err != nil || n == 0 {
			return all, err
		}
		all = append(all, piece[:n]...)
	}
}

func refuse(w http.ResponseWriter, status int, code string) {
	w.WriteHeader(status)
	_ = xml.NewEncoder(w).Encode(struct {
		XMLName xml.Name `xml:"Error"`
		Code    string
	}{Code: code})
}

// s3 is the address of storage with a bucket "exports", and lets its keys be found.
func s3(t *testing.T) string {
	t.Helper()
	if endpoint := os.Getenv("SLUICE_TEST_S3"); endpoint != "" {
		return endpoint
	}
	t.Setenv("AWS_ACCESS_KEY_ID", "key-of-a-test")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "secret-of-a-test")
	server := httptest.NewServer(&storage{objects: map[string][]byte{}})
	t.Cleanup(server.Close)
	return server.URL
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
