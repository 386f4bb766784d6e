package main

import (
	"bytes"
	"fmt"
	"io"
	"log"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"time"
)

// wireFault is what happens to one request on its way to a server or back.
type wireFault struct {
	name string
	// before is true if the server never sees the request.
	before bool
	// answer writes what the client gets instead of the raw answer, and whether
	// the connection is reset then, not closed.
	answer func(w io.Writer, raw []byte) (reset bool)
	wait   time.Duration // before the answer
}

// cutAnswer ends the answer after a part.
func cutAnswer(part float64, reset bool) wireFault {
	return wireFault{name: fmt.Sprintf("cut after %.0f %% of the answer, reset %v", part*100, reset), answer: func(w io.Writer, raw []byte) bool {
		w.Write(raw[:int(part*float64(len(raw)))])
		return reset
	}}
}

// drop loses the request, or the whole answer.
func drop(before, reset bool) wireFault {
	return wireFault{name: fmt.Sprintf("dropped, before the server saw it %v, reset %v", before, reset), before: before,
		answer: func(io.Writer, []byte) bool { return reset }}
}

// instead answers with a page of something between.
func instead(before bool, status int, header, body string) wireFault {
	return wireFault{name: fmt.Sprintf("%d instead, before the server saw it %v", status, before), before: before, answer: func(w io.Writer, _ []byte) bool {
		fmt.Fprintf(w, "HTTP/1.1 %d %s\r\n%sContent-Length: %d\r\nConnection: close\r\n\r\n%s", status, http.StatusText(status), header, len(body), body)
		return false
	}}
}

// changed changes the raw answer.
func changed(name string, change func(raw []byte) []byte) wireFault {
	return wireFault{name: name, answer: func(w io.Writer, raw []byte) bool {
		w.Write(change(raw))
		return false
	}}
}

// slowly writes the answer in pieces.
func slowly(pieces int, pause time.Duration) wireFault {
	return wireFault{name: fmt.Sprintf("in %d pieces, %s apart", pieces, pause), answer: func(w io.Writer, raw []byte) bool {
		for i := range pieces {
			if _, err := w.Write(raw[i*len(raw)/pieces : (i+1)*len(raw)/pieces]); err != nil {
				return false
			}
			time.Sleep(pause)
		}
		return false
	}}
}

// parts are the first line of a raw answer and its body.
func parts(raw []byte) (status, body string) {
	head, body, _ := strings.Cut(string(raw), "\r\n\r\n")
	status, _, _ = strings.Cut(head, "\r\n")
	return status + "\r\n", body
}

const page = "<html><head><title>Error</title></head><body>The server is busy.</body></html>"

// randomFault draws one.
func randomFault(r *rand.Rand) wireFault {
	before := r.IntN(2) == 0
	switch r.IntN(16) {
	case 0, 1, 2:
		return cutAnswer(r.Float64(), r.IntN(2) == 0)
	case 3, 4:
		return drop(before, r.IntN(2) == 0)
	case 5:
		return instead(before, []int{500, 502, 503, 504}[r.IntN(4)], "Content-Type: text/html\r\n", page)
	case 6: // a limit is kept before the server, a 503 may come after it has begun
		if r.IntN(2) == 0 {
			return instead(true, 429, "Retry-After: 1\r\n", "")
		}
		return instead(before, 503, "Retry-After: 1\r\n", "")
	case 7: // whoever asks for a login does not let the request through
		return instead(true, 200, "Content-Type: text/html\r\n", page)
	case 8:
		return instead(true, 302, "Location: https://login.example.com/?next=x\r\n", "")
	case 9:
		cut := r.Float64()
		return changed("half a document, complete by its length", func(raw []byte) []byte {
			status, body := parts(raw)
			body = body[:int(cut*float64(max(len(body)-1, 0)))]
			return fmt.Appendf(nil, "%sContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s", status, len(body), body)
		})
	case 10:
		less := r.IntN(2) == 0
		return changed(fmt.Sprintf("a wrong length, too small %v", less), func(raw []byte) []byte {
			status, body := parts(raw)
			length := len(body) + 7
			if less {
				length = len(body) / 2
			}
			return fmt.Appendf(nil, "%sContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s", status, length, body)
		})
	case 11:
		at, with := r.Float64(), byte(r.Uint32())
		return changed("a wrong byte in the head", func(raw []byte) []byte {
			head := bytes.Index(raw, []byte("\r\n\r\n")) // 0 and more: there is a status line
			raw = bytes.Clone(raw)
			raw[int(at*float64(head))] = with
			return raw
		})
	case 12:
		return changed("a broken chunk", func(raw []byte) []byte {
			status, body := parts(raw)
			return fmt.Appendf(nil, "%sContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%sxx\r\n", status, len(body), body)
		})
	case 13:
		return changed("not HTTP", func([]byte) []byte { return []byte("SSH-2.0-OpenSSH_9.2p1\r\n") })
	case 14:
		return slowly(2+r.IntN(5), time.Duration(r.IntN(120))*time.Millisecond)
	}
	f := drop(before, false)
	f.name, f.wait = "late, then dropped", time.Duration(r.IntN(700))*time.Millisecond
	return f
}

// line is a connection to an honest server on which the first requests meet
// faults.
type line struct {
	honest http.Handler
	faults []wireFault
	mu     sync.Mutex
	met    int
}

// take is the fault of the next request, if there is one.
func (l *line) take() (wireFault, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.met >= len(l.faults) {
		return wireFault{}, false
	}
	l.met++
	return l.faults[l.met-1], true
}

// ServeHTTP implements http.Handler.
func (l *line) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f, faulty := l.take()
	if !faulty {
		l.honest.ServeHTTP(w, r)
		return
	}
	var raw bytes.Buffer
	if !f.before {
		// The server does its work whether the client still waits or not.
		answer := httptest.NewRecorder()
		l.honest.ServeHTTP(answer, r)
		if err := answer.Result().Write(&raw); err != nil {
			panic(err)
		}
	}
	time.Sleep(f.wait)
	c, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return // the client is gone
	}
	defer c.Close()
	if f.answer(c, raw.Bytes()) {
		if tcp, ok := c.(*net.TCPConn); ok {
			_ = tcp.SetLinger(0) // a reset in place of an end
		}
	}
}

// serve serves a line on a port of its own, until stop is called.
func (l *line) serve() (url string, stop func(), err error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	s := &http.Server{Handler: l, ErrorLog: log.New(io.Discard, "", 0)}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = s.Serve(listener) // always ends with ErrServerClosed
	}()
	return "http://" + listener.Addr().String(), func() {
		_ = s.Close()
		<-done
	}, nil
}
