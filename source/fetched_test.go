package source

import (
	"path/filepath"
	"testing"
)

func TestMounted(t *testing.T) {
	for folder, want := range map[string]string{"": "", "/mnt/wiki": "/mnt/wiki", "sftp://me@host/srv": ""} {
		if got := (Server{Folder: folder}).Mounted(); got != want {
			t.Errorf("%q: %q, want %q", folder, got, want)
		}
	}
}

func TestFetchHome(t *testing.T) {
	s := NewServer("wiki", Server{URL: "https://wiki.example.com/confluence"})
	want := filepath.Join("/h", "fetched", "wiki-example-com-confluence-"+s.ID[:8])
	if got := s.FetchHome("/h"); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	s.Name = "renamed"
	if got := s.FetchHome("/h"); got != want {
		t.Errorf("after it was renamed: %s", got)
	}
	s.Home = "/own"
	if got := s.FetchHome("/h"); got != "/own" {
		t.Errorf("a home that was named: %s", got)
	}
}
