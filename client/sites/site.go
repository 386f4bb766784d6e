package sites

import (
	"crypto/tls"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
)

// What is asked of a site.
const (
	Status = "status"
	Start  = "start"
	Cancel = "cancel"
	Follow = "follow" // the status, until the job has ended
)

// How a site is asked.
const (
	WithToken    = ""         // with a personal access token
	WithPassword = "password" // with HTTP Basic
	WithNothing  = "nothing"
)

// Token and Password are what the callers of sites send. No output may hold them.
const (
	Token    = "MDM0c3R0ZXN0LXRva2VuLW9mLXNpdGVz"
	User     = "admin"
	Password = "correct-horse-battery"
)

// The exit codes of the command line that sites lead to.
const (
	Done            = 0
	Failed          = 1
	Running         = 3
	Inconsistent    = 4
	NothingToCancel = 5
	NotAuthorised   = 6
	Unreachable     = 7
	JobFailed       = 8
	JobCancelled    = 9
	GaveUp          = 10
)

// The kinds of refusals that are not those of client.Error.
const (
	IsRunning = "running" // *pipeline.RunningError
	IsIndex   = "index"   // *pipeline.ValidationError
	IsIdle    = "idle"    // pipeline.ErrNotRunning
)

// Site is one situation.
type Site struct {
	Name string
	Row  string // what it is an example of
	Asks string // Status, Start, Cancel or Follow
	Auth string // WithToken, WithPassword or WithNothing

	// Header is sent with every request, as --header-file does; nil: none.
	Header http.Header
	// Certificate: the caller has the certificate of Certificates.
	Certificate bool
	// TLS is how the server speaks TLS; nil: it does not.
	TLS *tls.Config
	// Handler returns the server's script from its beginning.
	Handler func() http.Handler

	Kind  string   // client.Kind of the failure, IsRunning or IsIndex; "": none
	Exit  int      // of the command line
	Job   int64    // the job that is told; 0: none
	Says  []string // what people read, in a status or an error
	Never []string // what they must not read
}

// Start runs the site on the loopback until the test ends.
func (s Site) Start(t testing.TB) *httptest.Server {
	t.Helper()
	server := httptest.NewUnstartedServer(s.Handler())
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // refused handshakes
	if s.TLS != nil {
		server.TLS = s.TLS.Clone()
		server.StartTLS()
	} else {
		server.Start()
	}
	t.Cleanup(server.Close)
	return server
}

// Script is a server whose requests take one answer after the other, the last one
// again and again.
func Script(answers ...http.HandlerFunc) http.Handler {
	var mu sync.Mutex
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		next := answers[0]
		if len(answers) > 1 {
			answers = answers[1:]
		}
		mu.Unlock()
		next(w, r)
	})
}

// always is a site whose every answer is the same.
func always(h http.HandlerFunc) func() http.Handler {
	return func() http.Handler { return h }
}

// series is a site that runs through answers.
func series(answers ...http.HandlerFunc) func() http.Handler {
	return func() http.Handler { return Script(answers...) }
}

// JSON answers with a JSON body.
func JSON(status int, body string) http.HandlerFunc {
	return Reply(status, "application/json", body, nil)
}

// Page answers with a web page.
func Page(status int, body string) http.HandlerFunc {
	return Reply(status, "text/html;charset=UTF-8", body, nil)
}

// Reply answers with a status, a media type, a body and more headers, names and
// values in turn.
func Reply(status int, media, body string, headers []string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", media)
		for i := 0; i+1 < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body) // the caller may be gone
	}
}

// To redirects.
func To(status int, place string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", place)
		w.WriteHeader(status)
	}
}

// times repeats an answer.
func times(n int, h http.HandlerFunc) []http.HandlerFunc {
	list := make([]http.HandlerFunc, n)
	for i := range list {
		list[i] = h
	}
	return list
}
