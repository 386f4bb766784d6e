package pipeline

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// oddDocuments are documents in which one member is written otherwise than the API
// documents: what it is read as in Sluice's own form, and what the note tells of it.
var oddDocuments = []struct {
	name, in, out string
	notes         []string
}{
	{"id as text", `{"jobId":" 124 ","status":"STARTED"}`, `{"jobId":124,"status":"STARTED","config":{"forcedExport":false}}`, []string{`jobId is " 124 ": taken for the number 124.`}},
	{"id as float", `{"jobId":1.24e2}`, `{"jobId":124,"config":{"forcedExport":false}}`, []string{"taken for the number 124"}},
	{"id that is none", `{"jobId":"x-7","status":"STARTED"}`, `{"status":"STARTED","config":{"forcedExport":false},"jobId":"x-7"}`, []string{`jobId is "x-7", which is no whole number`}},
	{"id beyond all numbers", `{"jobId":1e400}`, `{"config":{"forcedExport":false},"jobId":1e400}`, []string{"no whole number"}},
	{"milliseconds", `{"jobId":1,"startTime":1604172941577}`, `{"startTime":"2020-10-31T19:35:41.577Z","jobId":1,"config":{"forcedExport":false}}`, []string{"as milliseconds since 1970"}},
	{"milliseconds as text", `{"jobId":1,"startTime":"1604172941577"}`, `{"startTime":"2020-10-31T19:35:41.577Z","jobId":1,"config":{"forcedExport":false}}`, []string{"as milliseconds since 1970"}},
	{"seconds with a fraction", `{"jobId":1,"startTime":1604172941.577}`, `{"startTime":"2020-10-31T19:35:41.577Z","jobId":1,"config":{"forcedExport":false}}`, []string{"as seconds since 1970"}},
	{"offset and zone", `{"jobId":1,"startTime":"2020-11-01T06:35:41.577+11:00[Australia/Sydney]"}`, `{"startTime":"2020-11-01T06:35:41.577+11:00","jobId":1,"config":{"forcedExport":false}}`, []string{"by its offset"}},
	{"zone alone", `{"jobId":1,"startTime":"2020-11-01T06:35:41[Australia/Sydney]"}`, `{"startTime":"2020-11-01T06:35:41.000+11:00","jobId":1,"config":{"forcedExport":false}}`, []string{"in the zone that it names"}},
	{"no such zone", `{"jobId":1,"startTime":"2020-11-01T06:35:41[Mars/Olympus]"}`, `{"jobId":1,"config":{"forcedExport":false},"startTime":"2020-11-01T06:35:41[Mars/Olympus]"}`, []string{"no time that can be read"}},
	{"no zone", `{"jobId":1,"startTime":"2020-11-01 06:35:41.5"}`, `{"startTime":"2020-11-01T06:35:41.500Z","jobId":1,"config":{"forcedExport":false}}`, []string{"names no time zone"}},
	{"time as object", `{"jobId":1,"startTime":{"s":1}}`, `{"jobId":1,"config":{"forcedExport":false},"startTime":{"s":1}}`, []string{"startTime is an object"}},
	{"empty time", `{"jobId":1,"startTime":""}`, `{"jobId":1,"config":{"forcedExport":false}}`, nil},
	{"odd part of config", `{"jobId":1,"config":{"exportFrom":"soon","forcedExport":"TRUE"}}`, `{"jobId":1,"config":{"exportFrom":"soon","forcedExport":"TRUE"}}`, []string{`config.exportFrom is "soon"`, "config.forcedExport"}},
	{"odd part of statistics", `{"jobId":1,"statistics":{"exportedEntities":"23","writtenRows":1.5}}`, `{"jobId":1,"config":{"forcedExport":false},"statistics":{"exportedEntities":"23","writtenRows":1.5}}`, []string{"statistics.exportedEntities", "statistics.writtenRows is 1.5"}},
	{"errors as texts", `{"jobId":1,"errors":["a",{"key":"k","message":"b"},null,5]}`, `{"jobId":1,"config":{"forcedExport":false},"errors":[{"key":"","message":"a"},{"key":"k","message":"b"},{"key":"","message":"5"}]}`, []string{"errors[0] is a text", "errors[3] is 5"}},
	{"errors as one", `{"jobId":1,"errors":{"key":"k","message":"b"}}`, `{"jobId":1,"config":{"forcedExport":false},"errors":[{"key":"k","message":"b"}]}`, []string{"the only one of a list"}},
	{"an error of another form", `{"jobId":1,"errors":[{"code":7}]}`, `{"jobId":1,"config":{"forcedExport":false},"errors":[{"key":"","message":"{\"code\":7}"}]}`, []string{"shown as it came"}},
	{"version as text", `{"jobId":1,"schema":{"version":"2","status":"ACTIVE"}}`, `{"jobId":1,"config":{"forcedExport":false},"schema":{"version":2,"status":"ACTIVE"}}`, []string{"schema.version"}},
	{"version that is none", `{"jobId":1,"schema":{"version":"v2","status":"ACTIVE"}}`, `{"jobId":1,"config":{"forcedExport":false},"schema":{"version":"v2","status":"ACTIVE"}}`, []string{`schema.version is "v2"`}},
	{"status in other letters", `{"jobId":1,"status":" Completed"}`, `{"jobId":1,"status":"COMPLETED","config":{"forcedExport":false}}`, []string{"taken for COMPLETED"}},
	{"twice", `{"jobId":1,"jobId":2,"status":"STARTED","status":null}`, `{"jobId":2,"status":"STARTED","config":{"forcedExport":false}}`, []string{"jobId stands there twice", "status stands there twice"}},
	{"other letters", `{"JobID":1}`, `{"jobId":1,"config":{"forcedExport":false}}`, []string{"jobId is written JobID"}},
	{"nulls", `{"jobId":1,"startTime":null,"config":{"exportFrom":null},"errors":[null],"optedOutEntities":[null,{"type":null}],"later":null}`, `{"jobId":1,"config":{"forcedExport":false},"optedOutEntities":[{"type":"","identifiers":null}],"later":null}`, nil},
	{"node as number", `{"jobId":1,"nodeId":3}`, `{"nodeId":"3","jobId":1,"config":{"forcedExport":false}}`, []string{"nodeId is 3"}},
	{"opted out by words", `{"jobId":1,"optedOutEntities":["HR",{"type":"SPACE","identifiers":[7]}],"optedOutFiles":"users"}`, `{"jobId":1,"config":{"forcedExport":false},"optedOutFiles":["users"],"optedOutEntities":["HR",{"type":"SPACE","identifiers":[7]}]}`, []string{"optedOutEntities[0]", "identifiers[0]", "optedOutFiles"}},
}

// TestOddMembers: each member is read by itself, what cannot be read stays as it came,
// and a second reading gives the same.
func TestOddMembers(t *testing.T) {
	for _, tt := range oddDocuments {
		t.Run(tt.name, func(t *testing.T) {
			var j, again Job
			if err := json.Unmarshal([]byte(tt.in), &j); err != nil {
				t.Fatal(err)
			}
			got, err := json.Marshal(j)
			if err != nil || string(got) != tt.out {
				t.Errorf("written %v\n%s\nwant\n%s", err, got, tt.out)
			}
			if len(j.Notes) != len(tt.notes) {
				t.Fatalf("noted: %+v\nwant %q", j.Notes, tt.notes)
			}
			for i, note := range j.Notes {
				if note.Key != KeyOddMember || !strings.Contains(note.Message, tt.notes[i]) {
					t.Errorf("noted: %+v\nwant %q", note, tt.notes[i])
				}
			}
			if err := json.Unmarshal(got, &again); err != nil {
				t.Fatal(err)
			}
			j.Notes, again.Notes = nil, nil
			if diff := cmp.Diff(document(t, j), document(t, again)); diff != "" {
				t.Errorf("a second reading differs (-first +second):\n%s", diff)
			}
		})
	}
}

func document(t *testing.T, j Job) string {
	t.Helper()
	b, err := json.Marshal(j)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestKeptNotes: the notes of a document that was kept are not made twice.
func TestKeptNotes(t *testing.T) {
	var j, again Kept
	if err := json.Unmarshal([]byte(`{"jobId":1,"startTime":"soon"}`), &j); err != nil {
		t.Fatal(err)
	}
	b, err := json.Marshal(j)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &again); err != nil || len(again.Notes) != 1 || cmp.Diff(j.Notes, again.Notes) != "" {
		t.Errorf("%v: %s gives %+v", err, b, again.Notes)
	}
}

// TestManyOddMembers: a document of oddities is noted within bounds.
func TestManyOddMembers(t *testing.T) {
	var j Job
	in := `{"jobId":1,"errors":[` + strings.Repeat(`"x",`, 999) + `"x"]}`
	if err := json.Unmarshal([]byte(in), &j); err != nil || len(j.Errors) != 1000 || len(j.Notes) != mostOdd+1 || !strings.Contains(j.Notes[mostOdd].Message, "980 more") {
		t.Errorf("%v: %d errors, %d notes", err, len(j.Errors), len(j.Notes))
	}
}

// FuzzJob: no document panics, and what was read once is read the same again.
func FuzzJob(f *testing.F) {
	for _, tt := range oddDocuments {
		f.Add([]byte(tt.in))
	}
	for _, s := range samples {
		f.Add([]byte(s.in))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		var j Job
		if json.Unmarshal(in, &j) != nil {
			return
		}
		first, err := json.Marshal(j)
		if err != nil {
			t.Fatalf("read and cannot be written: %v", err)
		}
		var again Job
		if err := json.Unmarshal(first, &again); err != nil {
			t.Fatalf("%s cannot be read again: %v", first, err)
		}
		if second, err := json.Marshal(again); err != nil || string(second) != string(first) {
			t.Errorf("%v: first\n%s\nthen\n%s", err, first, second)
		}
		if len(j.Notes) > mostOdd+1 {
			t.Errorf("%d notes", len(j.Notes))
		}
	})
}
