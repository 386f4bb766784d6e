package server

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"sluice/pipeline"
	"sluice/visible"
)

// TestStartParameters checks the parameters that start an export.
func TestStartParameters(t *testing.T) {
	at := func(s string) time.Time {
		d, err := pipeline.ParseTime(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, tt := range []struct {
		query string
		want  pipeline.Request
	}{
		{"", pipeline.Request{}},
		{"fromDate=2020-10-22T01:30:11Z", pipeline.Request{FromDate: at("2020-10-22T01:30:11Z")}},
		{"fromDate=2020-12-30T22%3A03%2B01%3A00", pipeline.Request{FromDate: at("2020-12-30T22:03+01:00")}},
		{"fromDate=2020-12-30T23%3A01Z&forceExport=true", pipeline.Request{FromDate: at("2020-12-30T23:01Z"), Forced: true}},
		{"forceExport=TRUE", pipeline.Request{Forced: true}},
		{"forceExport=false", pipeline.Request{}},
		{"forceExport=", pipeline.Request{}},
		{"os_authType=basic&_=1606000000", pipeline.Request{}},
	} {
		e := &scripted{}
		w := send(t, testHandler(e), "POST", exportAt+"?"+tt.query)
		got := e.seen()
		if w.Code != 202 || len(got) != 1 || !got[0].FromDate.Equal(tt.want.FromDate) || got[0].Forced != tt.want.Forced {
			t.Errorf("%s: %d %s, %+v", tt.query, w.Code, w.Body, got)
		}
	}
}

// TestBadParameters checks that each mistake has its own clear sentence, and
// starts nothing.
func TestBadParameters(t *testing.T) {
	for _, tt := range []struct{ query, key, says string }{
		{"fromDate=", "from.date.invalid", "is empty"},
		{"fromDate=2020-12-30T22:01", "from.date.invalid", "no time zone"},
		{"fromDate=2020-12-30", "from.date.invalid", "no time zone"},
		{"fromDate=2020-12-30T22:01+01:00", "from.date.invalid", "write %2B"},
		{"fromDate=yesterday", "from.date.invalid", "not in the form 2020-12-30T23:01Z"},
		{"fromDate=2020-02-30T00:00Z", "from.date.invalid", "not in the form"},
		{"fromDate=2026-11-24T12:00:01Z", "from.date.invalid", "lies in the future"},
		{"fromDate=" + strings.Repeat("9", 5000), "from.date.invalid", "not a time"},
		{"fromDate=2020-12-30T22:01Z&fromDate=2020-12-30T22:01Z", "parameter.repeated", "given 2 times"},
		{"fromdate=2020-12-30T22:01Z", "parameter.unknown", "write fromDate"},
		{"FORCEEXPORT=true", "parameter.unknown", "write forceExport"},
		{"forceExport=yes", "force.export.invalid", "must be true or false"},
		{"forceExport=1", "force.export.invalid", "must be true or false"},
		{"from=2020-12-30T22:01Z", "parameter.unknown", "write fromDate"},
		{"from_date=2020-12-30T22:01Z", "parameter.unknown", "write fromDate"},
		{"fromDate%20=2020-12-30T22:01Z", "parameter.unknown", "write fromDate"},
		{"force=true", "parameter.unknown", "write forceExport"},
		{"something=else", "parameter.unknown", "there are fromDate and forceExport"},
		{"%1b%5d52=x", "parameter.unknown", `"‹001B›]52" is not a parameter`},
		{"fromDate=%zz", "query.invalid", "cannot be decoded"},
		{"a;b", "query.invalid", "cannot be decoded"},
	} {
		e := &scripted{}
		w := send(t, testHandler(e), "POST", exportAt+"?"+tt.query)
		var p problem
		if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil {
			t.Fatalf("%s: %v in %s", tt.query, err, w.Body)
		}
		if w.Code != 400 || p.StatusCode != 400 || p.Key != tt.key || !strings.Contains(p.Message, tt.says) {
			t.Errorf("%.60s: %d %+v\nwant %s, %q", tt.query, w.Code, p, tt.key, tt.says)
		}
		if len(p.Message) > 300 || strings.HasSuffix(p.Message, "..") {
			t.Errorf("%.60s: message %q", tt.query, p.Message)
		}
		if len(e.seen()) != 0 {
			t.Errorf("%.60s: an export started", tt.query)
		}
	}
}

// TestBodies checks that a body that says something starts and cancels nothing: a
// from date in it would be ignored.
func TestBodies(t *testing.T) {
	const form, object = "application/x-www-form-urlencoded", "application/json"
	for _, tt := range []struct {
		method, body, kind string
		code               int
		key, says          string
	}{
		{"POST", "", form, 202, "", ""},
		{"POST", "{}", object, 202, "", ""},
		{"POST", "\ufeff { }\r\n", object, 202, "", ""},
		{"POST", "fromDate=2020-12-30T23%3A01Z", form, 400, "body.not.empty", "write ?fromDate=…"},
		{"POST", `{"fromDate":"2020-12-30T23:01Z"}`, object, 400, "body.not.empty", "write ?fromDate=…"},
		{"POST", "force=true", form, 400, "body.not.empty", "write ?forceExport=…"},
		{"POST", `{"config":{"forcedExport":true}}`, object, 400, "body.not.empty", "send no body"},
		{"POST", "null", object, 400, "body.not.empty", "send no body"},
		{"POST", "[]", object, 400, "body.not.empty", "send no body"},
		{"POST", "hello", "text/plain", 400, "body.not.empty", "send no body"},
		{"POST", "\x00\x1b\xff%zz", "", 400, "body.not.empty", "send no body"},
		{"DELETE", "", "", 409, "", ""},
		{"DELETE", "{}", object, 409, "", ""},
		{"DELETE", `{"jobId":7}`, object, 400, "body.not.empty", "send no body"},
	} {
		e := &scripted{}
		w := send(t, testHandler(e), tt.method, exportAt, says(tt.body, tt.kind))
		if w.Code != tt.code || !strings.Contains(w.Body.String(), tt.key) || !strings.Contains(w.Body.String(), tt.says) {
			t.Errorf("%s %q: %d %s", tt.method, tt.body, w.Code, w.Body)
		}
		if started := len(e.seen()) > 0; started != (tt.code == 202) {
			t.Errorf("%s %q: started is %t", tt.method, tt.body, started)
		}
	}
	w := send(t, testHandler(&scripted{}), "POST", exportAt, body(maxRequestBody+1), func(r *http.Request) { r.ContentLength = -1 })
	if w.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("a large body of unknown length: %d %s", w.Code, w.Body)
	}
	if w := send(t, testHandler(&scripted{}), "DELETE", exportAt+"?jobId=7"); w.Code != 400 || !strings.Contains(w.Body.String(), "jobId") {
		t.Errorf("a job to cancel: %d %s", w.Code, w.Body)
	}
}

// FuzzBody checks that only a body that says nothing passes.
func FuzzBody(f *testing.F) {
	for _, b := range []string{"", "{}", " {\n} ", "fromDate=x", `{"fromDate":1}`, "[]", "null", "%", "{}{}", "{", "\ufeff{}"} {
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b string) {
		p, ok := emptyBody(&http.Request{Body: io.NopCloser(strings.NewReader(b))})
		if ok == (p != problem{}) || !ok && (p.StatusCode != 400 || len(p.Message) > 300) {
			t.Fatalf("%q: %t with %+v", b, ok, p)
		}
		plain := strings.Map(func(r rune) rune {
			if strings.ContainsRune(jsonSpace, r) {
				return -1
			}
			return r
		}, strings.TrimPrefix(b, "\ufeff"))
		if ok != (plain == "" || plain == "{}") {
			t.Fatalf("%q: %t", b, ok)
		}
	})
}

// FuzzParseStart checks that no query panics, and that what is accepted is a
// from date in the past.
func FuzzParseStart(f *testing.F) {
	for _, q := range []string{"", "fromDate=2020-12-30T22%3A03%2B01%3A00", "forceExport=true&fromDate=x", "fromDate=2020-11-01T06-35-41-577+11", "%"} {
		f.Add(q)
	}
	f.Fuzz(func(t *testing.T, q string) {
		r, p, ok := parseStart(&url.URL{RawQuery: q}, testNow)
		if ok == (p != problem{}) {
			t.Fatalf("%q: %t with %+v", q, ok, p)
		}
		if ok {
			values, err := url.ParseQuery(q)
			for name := range values {
				if !slices.Contains(startParameters, name) && !slices.Contains(passing, name) {
					t.Fatalf("%q: %q was ignored", q, name)
				}
			}
			if err != nil {
				t.Fatalf("%q: %v was ignored", q, err)
			}
		}
		if strings.ContainsFunc(p.Message, visible.Hidden) {
			t.Fatalf("%q: message %q", q, p.Message)
		}
		if ok && r.FromDate.After(testNow) {
			t.Fatalf("%q: from date %s", q, r.FromDate)
		}
		if !ok && (p.Message == "" || len(p.Message) > 600) {
			t.Fatalf("%q: message %q", q, p.Message)
		}
	})
}
