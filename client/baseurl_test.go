package client

import (
	"net/url"
	"strings"
	"testing"
)

func TestNormalizeBaseURL(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"https://example.com", "https://example.com"},
		{"https://example.com/", "https://example.com"},
		{"  https://example.com/confluence/  ", "https://example.com/confluence"},
		{"https://example.com//confluence//", "https://example.com/confluence"},
		{"HTTPS://Example.COM/Confluence", "https://example.com/Confluence"},
		{"https://example.com:8443/jira", "https://example.com:8443/jira"},
		{"https://example.com:443/jira", "https://example.com/jira"},
		{"http://example.com:80", "http://example.com"},
		{"http://example.com:443", "http://example.com:443"},
		{"example.com/confluence", "https://example.com/confluence"},
		{"example.com:8443", "https://example.com:8443"},
		{"localhost:8642", "http://localhost:8642"},
		{"localhost", "http://localhost"},
		{"https://wiki", "https://wiki"},
		{"wiki/confluence", "https://wiki/confluence"},
		{"127.0.0.1:8642", "http://127.0.0.1:8642"},
		{"[::1]:8642", "http://[::1]:8642"},
		{"::1", "http://[::1]"},
		{"https://[2001:db8::1]:8443/wiki/", "https://[2001:db8::1]:8443/wiki"},
		{"https://[2001:DB8::1]", "https://[2001:db8::1]"},
		{"2001:db8::7", "https://[2001:db8::7]"},
		{"fe80::1%eth0", "https://[fe80::1%25eth0]"},
		{"https://example.com/jira/rest/datapipeline/latest/export?fromDate=2020-10-22T01:30:11Z", "https://example.com/jira"},
		{"https://example.com/rest/datapipeline/1.0/", "https://example.com"},
		{"https://example.com/rest/datapipeline", "https://example.com"},
		{"https://example.com/rest/datapipelines", "https://example.com/rest/datapipelines"},
		{"https://example.com/wiki?os_authType=basic#top", "https://example.com/wiki"},
		{"https://example.com/a/../confluence/.", "https://example.com/confluence"},
		{"https://bücher.example/wiki", "https://b%C3%BCcher.example/wiki"},
	} {
		got, err := NormalizeBaseURL(tt.in)
		if err != nil || got != tt.want {
			t.Errorf("NormalizeBaseURL(%q) = %q, %v; want %q", tt.in, got, err, tt.want)
		}
	}
}

func TestNormalizeBaseURLRefuses(t *testing.T) {
	for _, tt := range []struct{ in, says string }{
		{"", "empty"},
		{"   ", "empty"},
		{"https://", "names no host"},
		{"https:///confluence", "names no host"},
		{"ftp://example.com", "ftp"},
		{"nonsense", "one word, nonsense: if a server of the network has that name, write https://nonsense"},
		{"file:///etc/passwd", "file"},
		{"https://exa mple.com", "space"},
		{"https://example.com/\x00", "control character"},
		{"https://example.com:0", "from 1 to 65535"},
		{"https://example.com:65536", "from 1 to 65535"},
		{"https://example.com:http", "not a URL"},
		{"https://[::1", "not a URL"},
		{"https://exa;mple.com", "no host name has"},
		{"https://[fe80::1%25a!b]", "no host name has"},
		{"https://admin:hunter2@example.com", "user name or password"},
		{"admin:hunter2@example.com", "user name or password"},
		{"https://admin:hun%ter2@example.com", "not a URL"},
	} {
		got, err := NormalizeBaseURL(tt.in)
		if err == nil {
			t.Errorf("NormalizeBaseURL(%q) = %q, want an error", tt.in, got)
			continue
		}
		if !strings.Contains(err.Error(), tt.says) {
			t.Errorf("NormalizeBaseURL(%q): %v; want it to say %q", tt.in, err, tt.says)
		}
		if strings.Contains(err.Error(), "hun") {
			t.Errorf("NormalizeBaseURL(%q) repeats the password: %v", tt.in, err)
		}
	}
}

// FuzzNormalizeBaseURL checks that a normalised address stays as it is, is
// absolute, and has no part that could hide a secret.
func FuzzNormalizeBaseURL(f *testing.F) {
	for _, s := range []string{"https://example.com/confluence/", "::1", "a@b", "http://[::1%25x]:80/%2e%2e/a?b#c", "x:1", "//h/rest/datapipeline/rest/datapipeline"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once, err := NormalizeBaseURL(s)
		if err != nil {
			return
		}
		twice, err := NormalizeBaseURL(once)
		if err != nil || twice != once {
			t.Fatalf("%q → %q → %q, %v", s, once, twice, err)
		}
		u, err := url.Parse(once)
		if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" || strings.HasSuffix(u.Path, "/") {
			t.Fatalf("%q → %q: %v", s, once, err)
		}
	})
}
