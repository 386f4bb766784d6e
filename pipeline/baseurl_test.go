package pipeline

import (
	"errors"
	"strings"
	"testing"
)

// TestParseBaseURL: what would be written into every file holds no secret and can
// have a path behind it. No error repeats a password.
func TestParseBaseURL(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "  ": "", " https://wiki.example.com/ ": "https://wiki.example.com",
		"http://10.0.0.1:8090/confluence": "http://10.0.0.1:8090/confluence", "https://wiki.example.com/~a@b": "https://wiki.example.com/~a@b",
	} {
		if got, err := ParseBaseURL(in); err != nil || got != want {
			t.Errorf("%q: %q, %v, want %q", in, got, err, want)
		}
	}
	for in, userinfo := range map[string]bool{
		"https://bob:hush@wiki.example.com": true, "https://hush@wiki.example.com/x": true, "postgres://bob:hush@db/x": true,
		"bob:hush@wiki.example.com/x": true, "https://bob:hush%@wiki.example.com": true, "https://wiki.example.com?token=hush": false,
		"https://wiki.example.com/#hush": false, "wiki": false, "ftp://wiki.example.com": false, "https://": false,
	} {
		got, err := ParseBaseURL(in)
		if err == nil || errors.Is(err, ErrUserinfo) != userinfo || strings.Contains(err.Error(), "hush") || strings.Contains(err.Error(), "\n") {
			t.Errorf("%q: %q, %v", in, got, err)
		}
	}
}
