package server

import (
	"crypto/sha256"
	"crypto/subtle"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"time"
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
// page can send without asking first (spec/rest-api.md §1). The answer to a wrong
// token takes its time.
func (h *handler) permitted(w http.ResponseWriter, r *http.Request) (problem, bool) {
	token := credential(r)
	if token == "" {
		return unauthorized, false
	}
	if after, ok := h.options.attempts.admit(r.RemoteAddr); !ok {
		w.Header().Set("Retry-After", strconv.Itoa(int(after/time.Second)+1))
		return tooManyAttempts, false
	}
	if h.options.Token.Empty() || !h.token.matches(token) {
		h.options.attempts.wrong(r.Context(), r.RemoteAddr)
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

// credential is the token that a request carries: a bearer token, or the password
// of HTTP Basic, where older scripts put it; "" if there is none.
func credential(r *http.Request) string {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if strings.EqualFold(scheme, "Bearer") {
		return strings.TrimSpace(token)
	}
	_, password, _ := r.BasicAuth()
	return password
}

// digest compares tokens in a time that tells nothing of their content or
// length.
type digest [sha256.Size]byte

func digestOf(token string) digest { return sha256.Sum256([]byte(token)) }

func (d digest) matches(token string) bool {
	other := digestOf(token)
	return subtle.ConstantTimeCompare(d[:], other[:]) == 1
}
