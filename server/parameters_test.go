package server

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"
	"time"

	"sluice/pipeline"
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
		{"something=else", pipeline.Request{}},
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
		if ok && r.FromDate.After(testNow) {
			t.Fatalf("%q: from date %s", q, r.FromDate)
		}
		if !ok && (p.Message == "" || len(p.Message) > 600) {
			t.Fatalf("%q: message %q", q, p.Message)
		}
	})
}
