package server

import (
	"crypto/sha256"
	"crypto/subtle"
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// hostAllowed reports whether a Host header names this server. A page that
// points its own name at this computer (DNS rebinding) still sends that name;
// an IP address cannot be rebound.
func (h *handler) hostAllowed(host string) bool {
	name := host
	if n, _, err := net.SplitHostPort(host); err == nil {
		name = n
	}
	name = strings.TrimSuffix(strings.TrimPrefix(name, "["), "]")
	if _, err := netip.ParseAddr(name); err == nil {
		return true
	}
	return h.hosts[strings.ToLower(strings.TrimSuffix(name, "."))]
}

// permitted checks the token, and for writes the header that no foreign web
// page can send without asking first (spec/rest-api.md §1).
func (h *handler) permitted(r *http.Request) (problem, bool) {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") || h.options.Token == "" || !h.token.matches(strings.TrimSpace(token)) {
		return unauthorized, false
	}
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		return problem{}, true
	}
	switch strings.ToLower(r.Header.Get("X-Atlassian-Token")) {
	case "no-check", "nocheck": // the second is the older spelling
		return problem{}, true
	}
	return xsrf, false
}

// digest compares tokens in a time that tells nothing of their content or
// length.
type digest [sha256.Size]byte

func digestOf(token string) digest { return sha256.Sum256([]byte(token)) }

func (d digest) matches(token string) bool {
	other := digestOf(token)
	return subtle.ConstantTimeCompare(d[:], other[:]) == 1
}
