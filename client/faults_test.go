package client

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"sluice/pipeline"
	"sluice/secret"
)

var discardLog = log.New(io.Discard, "", 0)

const (
	testToken    = "MDM0s3cr3tTOKENvalue9876543210"
	testPassword = "correct-horse-battery"

	runningBody = `{"startTime":"2020-11-01T06-35-41-577+11","nodeId":"node1","jobId":125,"status":"STARTED","config":{"exportFrom":"2020-03-03T12:08:24.036+11:00","forcedExport":false}}`
	loginPage   = `<!DOCTYPE html><html><head><title>Log in</title></head><body>` + testToken + `</body></html>`
)

// faults is a scripted server: each request takes the next script, the last
// one again and again.
type faults struct {
	mu       sync.Mutex
	scripts  []http.HandlerFunc
	requests []*http.Request
}

func script(hs ...http.HandlerFunc) *faults { return &faults{scripts: hs} }

func (f *faults) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	f.requests = append(f.requests, r)
	h := f.scripts[0]
	if len(f.scripts) > 1 {
		f.scripts = f.scripts[1:]
	}
	f.mu.Unlock()
	h(w, r)
}

func (f *faults) count() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.requests)
}

// reply answers with a status and a body; the media type follows the body.
func reply(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		media := "application/json"
		if strings.HasPrefix(body, "<") {
			media = "text/html;charset=UTF-8"
		}
		w.Header().Set("Content-Type", media)
		w.WriteHeader(status)
		io.WriteString(w, body)
	}
}

// echoCredentials refuses a request and repeats what came with it.
func echoCredentials(w http.ResponseWriter, r *http.Request) {
	_, credentials, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	_, password, _ := r.BasicAuth()
	reply(401, fmt.Sprintf(`{"message":"not accepted: %s %s"}`, credentials, password))(w, r)
}

// replyAfter asks for a pause.
func replyAfter(status int, pause string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Retry-After", pause)
		reply(status, `{"message":"slow down"}`)(w, r)
	}
}

func redirectTo(status int, to string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", to)
		w.WriteHeader(status)
	}
}

// delayed answers after a time.
func delayed(d time.Duration, h http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body) // or the server does not notice that the client leaves
		select {
		case <-time.After(d):
			h(w, r)
		case <-r.Context().Done():
		}
	}
}

// resetBefore closes the connection without an answer.
func resetBefore(w http.ResponseWriter, _ *http.Request) { hijack(w).Close() }

// resetMidBody closes the connection in the middle of an answer.
func resetMidBody(w http.ResponseWriter, _ *http.Request) {
	c := hijack(w)
	fmt.Fprintf(c, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", len(runningBody), runningBody[:40])
	c.Close()
}

// truncatedChunk breaks a chunked answer off.
func truncatedChunk(w http.ResponseWriter, _ *http.Request) {
	c := hijack(w)
	fmt.Fprintf(c, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n%s", runningBody[:40])
	c.Close()
}

// notHTTP answers something else.
func notHTTP(w http.ResponseWriter, _ *http.Request) {
	c := hijack(w)
	io.WriteString(c, "SSH-2.0-OpenSSH_9.2p1\r\n")
	c.Close()
}

// oversized never stops writing.
func oversized(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	io.WriteString(w, `{"nodeId":"`)
	block := bytes.Repeat([]byte("x"), 64<<10)
	for r.Context().Err() == nil {
		if _, err := w.Write(block); err != nil {
			return
		}
	}
}

// bomb is small on the wire and huge when decompressed.
func bomb(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Encoding", "gzip")
	w.Write(bombBody())
}

var bombBody = sync.OnceValue(func() []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write(bytes.Repeat([]byte(" "), 2*DefaultMaxBody))
	z.Close()
	return b.Bytes()
})

// compressed answers with gzip, as a proxy may.
func compressed(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Encoding", "gzip")
	z := gzip.NewWriter(w)
	io.WriteString(z, runningBody)
	z.Close()
}

// badGzip says gzip and is not.
func badGzip(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Encoding", "gzip")
	w.Header().Set("Content-Length", strconv.Itoa(len(runningBody)))
	io.WriteString(w, runningBody)
}

// trickle sends one byte a second.
func trickle(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	flush := http.NewResponseController(w)
	for _, b := range []byte(runningBody) {
		if _, err := w.Write([]byte{b}); err != nil || flush.Flush() != nil {
			return
		}
		select {
		case <-time.After(time.Second):
		case <-r.Context().Done():
			return
		}
	}
}

func hijack(w http.ResponseWriter) net.Conn {
	c, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(err)
	}
	return c
}

var faultTable = []struct {
	name   string
	script []http.HandlerFunc
	kind   Kind // empty: the read succeeds
	says   string
	reads  int // requests that reach the server
}{
	{"good", []http.HandlerFunc{reply(200, runningBody)}, "", "", 1},
	{"gzip", []http.HandlerFunc{compressed}, "", "", 1},
	{"byte order mark", []http.HandlerFunc{reply(200, "\xef\xbb\xbf"+runningBody)}, "", "", 1},
	{"wrong media type", []http.HandlerFunc{func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, runningBody) }}, "", "", 1},
	{"reset once", []http.HandlerFunc{resetBefore, reply(200, runningBody)}, "", "", 2},
	{"503 twice", []http.HandlerFunc{reply(503, ""), reply(503, ""), reply(200, runningBody)}, "", "", 3},
	{"503 with a pause", []http.HandlerFunc{replyAfter(503, "7"), reply(200, runningBody)}, "", "", 2},
	{"delay", []http.HandlerFunc{delayed(20*time.Second, reply(200, runningBody))}, "", "", 1},

	{"never answers", []http.HandlerFunc{delayed(time.Hour, reply(200, runningBody))}, KindTimeout, "did not answer completely in time", 1},
	{"slow trickle", []http.HandlerFunc{trickle}, KindTimeout, "did not answer completely in time", 1},
	{"reset before", []http.HandlerFunc{resetBefore}, KindConnectionLost, "broke before the answer was complete", 3},
	{"reset mid-body", []http.HandlerFunc{resetMidBody}, KindConnectionLost, "broke before the answer was complete", 3},
	{"truncated chunk", []http.HandlerFunc{truncatedChunk}, KindConnectionLost, "broke before", 3},
	{"not HTTP", []http.HandlerFunc{notHTTP}, KindConnectionLost, "broke before", 3},
	{"bad gzip", []http.HandlerFunc{badGzip}, KindConnectionLost, "broke before", 3},
	{"oversized", []http.HandlerFunc{oversized}, KindTooLarge, "far larger", 1},
	{"gzip bomb", []http.HandlerFunc{bomb}, KindTooLarge, "far larger", 1},
	{"empty", []http.HandlerFunc{reply(200, "")}, KindMalformed, "it is empty", 1},
	{"truncated JSON", []http.HandlerFunc{reply(200, runningBody[:60])}, KindMalformed, "ends too early, after 60 bytes", 1},
	{"broken JSON", []http.HandlerFunc{reply(200, `{"jobId":125,,}`)}, KindMalformed, "wrong syntax at byte 14", 1},
	{"an object too early", []http.HandlerFunc{reply(200, `{"jobId":125,"startTime":{`)}, KindMalformed, "ends too early", 1},
	{"an array", []http.HandlerFunc{reply(200, `[]`)}, KindMalformed, "not the JSON", 1},
	{"null", []http.HandlerFunc{reply(200, `null`)}, KindMalformed, "not the JSON", 1},
	{"login page", []http.HandlerFunc{reply(200, loginPage)}, KindLoginPage, "answers with a login page", 1},
	{"page without type", []http.HandlerFunc{func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		io.WriteString(w, "\n <HTML>"+testToken)
	}}, KindLoginPage, "answers with a login page", 1},
	{"302 to a login page elsewhere", []http.HandlerFunc{redirectTo(302, "https://sso.example/adfs/login?secret="+testToken)}, KindLoginPage, "https://sso.example/adfs/login", 1},
	{"302 to a login page here", []http.HandlerFunc{redirectTo(302, "/confluence/login.action?os_destination="+testToken), reply(200, loginPage)}, KindLoginPage, "answers with a login page", 2},
	{"301 to another host", []http.HandlerFunc{redirectTo(301, "https://new.example/confluence/rest?x="+testToken)}, KindRedirect, "https://new.example/confluence/rest", 1},
	{"redirect loop", []http.HandlerFunc{redirectTo(302, "/confluence/again")}, KindRedirect, "redirects", 5},
	{"400", []http.HandlerFunc{reply(400, `{"message":"The fromDate is not valid."}`)}, KindBadRequest, `the server says "The fromDate is not valid"`, 1},
	{"401", []http.HandlerFunc{echoCredentials}, KindUnauthorized, "does not accept the token or password", 1},
	{"401 CAPTCHA", []http.HandlerFunc{func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Seraph-LoginReason", "AUTHENTICATION_DENIED")
		reply(401, "")(w, r)
	}}, KindCaptcha, "Log in once with a browser", 1},
	{"401 page", []http.HandlerFunc{reply(401, loginPage)}, KindUnauthorized, "does not accept", 1},
	{"403", []http.HandlerFunc{reply(403, `{"errorMessages":["No permission."]}`)}, KindForbidden, `says "No permission"`, 1},
	{"403 XSRF", []http.HandlerFunc{reply(403, "XSRF check failed")}, KindXSRF, "by its XSRF check", 1},
	{"404", []http.HandlerFunc{reply(404, loginPage)}, KindNotFound, "no data pipeline at this address", 1},
	{"405", []http.HandlerFunc{reply(405, "")}, KindNotSupported, "does not offer this operation", 1},
	{"407", []http.HandlerFunc{reply(407, "")}, KindProxy, "proxy", 1},
	{"418", []http.HandlerFunc{reply(418, "")}, KindUnexpected, "HTTP 418", 1},
	{"429", []http.HandlerFunc{reply(429, "")}, KindRateLimited, "limits how often", 3},
	{"429 for long", []http.HandlerFunc{replyAfter(429, "120")}, KindRateLimited, "asks to wait 2 min", 1},
	{"500", []http.HandlerFunc{reply(500, `{"errors":[{"key":"x","message":"out of cheese"}]}`)}, KindServer, "out of cheese", 3},
	{"502 page", []http.HandlerFunc{reply(502, loginPage)}, KindGateway, "HTTP 502", 3},
	{"503", []http.HandlerFunc{reply(503, loginPage)}, KindUnavailable, "not available at the moment", 3},
}

// TestFaults reads the status from servers with every fault: each has its own
// kind and sentence, reads are repeated where that can help, and nothing that
// the server sends shows unasked.
func TestFaults(t *testing.T) {
	for _, tt := range faultTable {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				server := script(tt.script...)
				c := pipeServer(t, server, Options{Token: secret.Of(testToken)})
				job, err := c.Status(t.Context())
				if n := server.count(); n != tt.reads {
					t.Errorf("%d requests, want %d", n, tt.reads)
				}
				if tt.kind == "" {
					if err != nil || job.ID != 125 || job.Status != pipeline.Started {
						t.Fatalf("Status = %+v, %v", job, err)
					}
					return
				}
				var e *Error
				if !errors.As(err, &e) {
					t.Fatalf("the error is %v, want *Error", err)
				}
				if e.Kind != tt.kind || !strings.Contains(e.Error(), tt.says) {
					t.Errorf("%s: %s\nwant %s and %q", e.Kind, e, tt.kind, tt.says)
				}
				if e.Advice() == "" || !strings.HasSuffix(e.Summary(), ".") {
					t.Errorf("summary %q, advice %q", e.Summary(), e.Advice())
				}
				checkNoSecret(t, err)
			})
		})
	}
}

// TestNoCredentials checks that a 401 does not blame a token that nobody gave.
func TestNoCredentials(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, err := pipeServer(t, script(reply(401, "")), Options{}).Status(t.Context())
		if err == nil || !strings.Contains(err.Error(), "wants a token or a password, and none was sent") || !errors.Is(err, pipeline.ErrNotAuthorised) {
			t.Errorf("the error is %v", err)
		}
	})
}

// checkNoSecret looks for the secrets in every text of an error and its causes
// but those of the JSON decoder, which are not printed.
func checkNoSecret(t *testing.T, err error) {
	t.Helper()
	for _, text := range []string{err.Error(), fmt.Sprintf("%v %+v %q", err, err, err)} {
		for _, s := range []string{testToken, testPassword, "Bearer ", "Basic "} {
			if strings.Contains(text, s) {
				t.Errorf("an error shows a secret: %s", text)
			}
		}
	}
}

// TestKindsHaveTheirOwnWords checks that no two kinds of failures read alike.
func TestKindsHaveTheirOwnWords(t *testing.T) {
	seen := map[string]Kind{}
	for kind := range texts {
		e := &Error{Kind: kind, Op: "read", Server: "https://example.com"}
		if other, ok := seen[e.Summary()]; ok {
			t.Errorf("%s and %s say the same: %s", kind, other, e.Summary())
		}
		seen[e.Summary()] = kind
		if !strings.Contains(e.Summary(), "example.com") || strings.Contains(e.Error(), "%!") {
			t.Errorf("%s: %s", kind, e)
		}
	}
	if len(texts) != 33 {
		t.Errorf("%d kinds have texts, want 33: is one of them new?", len(texts))
	}
}
