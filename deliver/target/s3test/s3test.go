// Package s3test is storage of the S3 kind for tests: as much of the API as putting, getting
// and removing objects of one part needs, over a folder.
package s3test

import (
	"bufio"
	"crypto/md5"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The keys of the storage, and its only bucket.
const (
	Key    = "key-of-a-test"
	Secret = "secret-of-a-test"
	Bucket = "exports"
)

// Start starts storage over a folder, in which the bucket is made, and lets its keys be
// found. It returns its address.
func Start(t *testing.T, dir string) (endpoint string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Join(dir, Bucket), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("AWS_ACCESS_KEY_ID", Key)
	t.Setenv("AWS_SECRET_ACCESS_KEY", Secret)
	server := httptest.NewServer(storage{dir})
	t.Cleanup(server.Close)
	return server.URL
}

// storage keeps each object as a file. It refuses content that does not have its checksum,
// as real ones do, and an object is there whole or as it was.
type storage struct{ dir string }

func (s storage) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !strings.Contains(r.Header.Get("Authorization"), "Credential="+Key+"/") {
		refuse(w, http.StatusForbidden, "InvalidAccessKeyId")
		return
	}
	bucket, key, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	path := filepath.Join(s.dir, Bucket, filepath.FromSlash(key))
	switch {
	case bucket != Bucket:
		refuse(w, http.StatusNotFound, "NoSuchBucket")
	case key == "" && r.Method == http.MethodGet: // where it is
		fmt.Fprint(w, `<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/"/>`)
	case key == "":
	case r.Method == http.MethodPut:
		s.put(w, r, path)
	case r.Method == http.MethodDelete:
		_ = os.Remove(path)
		w.WriteHeader(http.StatusNoContent)
	default:
		get(w, r, path)
	}
}

func get(w http.ResponseWriter, r *http.Request, path string) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		refuse(w, http.StatusNotFound, "NoSuchKey")
		return
	}
	if err != nil {
		refuse(w, http.StatusInternalServerError, "InternalError")
		return
	}
	defer f.Close()
	w.Header().Set("ETag", `"0"`)
	info, err := f.Stat()
	if err != nil {
		refuse(w, http.StatusInternalServerError, "InternalError")
		return
	}
	http.ServeContent(w, r, "", info.ModTime(), f)
}

func (s storage) put(w http.ResponseWriter, r *http.Request, path string) {
	body, err := content(r)
	sum := md5.Sum(body)
	if err != nil || base64.StdEncoding.EncodeToString(sum[:]) != r.Header.Get("Content-Md5") {
		refuse(w, http.StatusBadRequest, "BadDigest")
		return
	}
	f, err := os.CreateTemp(s.dir, "put-*") // beside the bucket
	if err == nil {
		_, err = f.Write(body)
		err = errors.Join(err, f.Close(), os.MkdirAll(filepath.Dir(path), 0o700))
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		refuse(w, http.StatusInternalServerError, "InternalError")
		return
	}
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
