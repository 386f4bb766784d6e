package client

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
)

// TestHTTP2 checks that failures of HTTP/2, which has errors of its own, are
// told apart as well.
func TestHTTP2(t *testing.T) {
	for _, tt := range []struct {
		name string
		h    http.HandlerFunc
		want Kind
	}{
		{"good", reply(200, runningBody), ""},
		{"reset before", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, KindConnectionLost},
		{"reset mid-body", func(w http.ResponseWriter, _ *http.Request) {
			io.WriteString(w, runningBody[:40])
			if err := http.NewResponseController(w).Flush(); err != nil {
				t.Error(err)
			}
			panic(http.ErrAbortHandler)
		}, KindConnectionLost},
		{"oversized", oversized, KindTooLarge},
	} {
		t.Run(tt.name, func(t *testing.T) {
			major := 0
			s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				major = r.ProtoMajor
				tt.h(w, r)
			}))
			s.EnableHTTP2 = true
			s.Config.ErrorLog = discardLog
			s.StartTLS()
			defer s.Close()
			c := mustNew(t, Options{BaseURL: s.URL, Insecure: true, Retries: -1})
			if k := kind(t, c); k != tt.want || major != 2 {
				t.Errorf("kind %q, want %q, over HTTP/%s", k, tt.want, fmt.Sprint(major))
			}
		})
	}
}
