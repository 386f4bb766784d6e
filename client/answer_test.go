package client

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
	"unicode/utf8"

	"sluice/pipeline"
	"sluice/secret"
	"sluice/visible"
)

func TestServerMessage(t *testing.T) {
	for _, tt := range []struct{ body, want string }{
		{`{"message":"Not possible."}`, "Not possible."},
		{`{"errorMessages":["First.","Second."]}`, "First."},
		{`{"errors":[{"key":"a","message":"From a key."}]}`, "From a key."},
		{`{"errors":{"field":"other form"},"message":"Kept."}`, "Kept."},
		{`{"message":"two\nlines\tand\u0000more"}`, "two lines and‹NUL›more"},
		{`{"message":` + `"` + strings.Repeat("x", 1000) + `"}`, strings.Repeat("x", longestMessage) + "… (800 more characters)"},
		{`<html>XSRF check failed</html>`, "XSRF check failed"},
		{`{"message":5,"errors":["As a text."]}`, "As a text."},
		{`{"errorMessages":[],"errors":{"fromDate":"Lies in the future."}}`, "fromDate: Lies in the future."},
		{`{"error":{"code":7,"message":"Nested."}}`, "Nested."},
		{`{"title":"Short.","detail":"Long."}`, "Long."},
		{`<!doctype html><html><head><title lang="en">Oops, you&#39;ve found  a dead link.</title></head><body>secret</body></html>`, "Oops, you've found a dead link."},
		{"\xef\xbb\xbfNot enough\r\ndisk space.", "Not enough disk space."},
		{`<html>secret</html>`, ""}, {`plain text`, "plain text"}, {``, ""}, {`[]`, ""}, {`{"message":5}`, ""},
		{"\x00\x01binary", ""}, {`"text"`, ""}, {`{"broken`, ""}, {`17`, ""},
	} {
		if got := oneLine(serverMessage([]byte(tt.body))); got != tt.want {
			t.Errorf("serverMessage(%.60s) = %q, want %q", tt.body, got, tt.want)
		}
	}
}

// FuzzAnswer checks that no answer, whatever is in it, panics or gets into an
// error with more than one short line.
func FuzzAnswer(f *testing.F) {
	f.Add(200, "application/json", []byte(runningBody))
	f.Add(500, "text/html", []byte("<html>"))
	f.Add(403, "", []byte(`{"message":"a\nb"}`))
	f.Add(200, "", []byte(`{"jobId":1,"nodeId":"`+testToken+`","x":{"\u0041":["%41`+testToken+`"]}}`))
	f.Add(409, "x", []byte(`{"jobId":1e400,"startTime":"2020-11-01T06-35-41-577+11"}`))
	c, err := New(Options{BaseURL: "https://example.com", Token: secret.Of(testToken)})
	if err != nil {
		f.Fatal(err)
	}
	k := call{op: "read", method: http.MethodGet, expect: []int{200}}
	f.Fuzz(func(t *testing.T, status int, media string, body []byte) {
		a := answer{status: status, header: http.Header{"Content-Type": {media}}, body: body}
		err := error(nil)
		if e := c.check(k, a); e != nil {
			err = e
		} else {
			var job pipeline.Job
			if err = c.decode(k, a, &job); err == nil {
				if b, _ := json.Marshal(job); bytes.Contains(b, []byte(testToken)) {
					t.Errorf("the token is in the job %s", b)
				}
			}
		}
		var e *Error
		if err == nil || !errors.As(err, &e) {
			return
		}
		text := e.Error()
		if len([]rune(text)) > 2500 || !utf8.ValidString(text) || strings.ContainsFunc(text, visible.Hidden) || strings.Contains(text, testToken) {
			t.Errorf("the error is %q", text)
		}
	})
}
