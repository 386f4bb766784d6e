package pipeline

import (
	"encoding/json"
	"reflect"
	"testing"
)

// TestNotesStayOffTheWire checks that the REST document never has notes, that what
// is kept has them, and that both can be read as either.
func TestNotesStayOffTheWire(t *testing.T) {
	note := []Diagnostic{{Key: "export.snapshot.time.zone", Message: "The server seems to have run in Berlin."}}
	job := Job{ID: 3, Status: Completed, Notes: note, ResumedFrom: 2, ResumedAs: 4, StartedBy: BySchedule("nightly"), Extra: map[string]json.RawMessage{"later": []byte("1")}}
	wire, err := json.Marshal(job)
	if want := `{"jobId":3,"status":"COMPLETED","config":{"forcedExport":false},"later":1}`; err != nil || string(wire) != want {
		t.Errorf("the REST document is %s (%v), want %s", wire, err, want)
	}
	kept, err := json.Marshal(Kept(job))
	if want := `{"jobId":3,"status":"COMPLETED","config":{"forcedExport":false},"later":1,"notes":[{"key":"export.snapshot.time.zone","message":"The server seems to have run in Berlin."}],"resumedAs":4,"resumedFrom":2,"startedBy":"schedule nightly"}`; err != nil || string(kept) != want {
		t.Errorf("kept is %s (%v), want %s", kept, err, want)
	}
	var again Kept
	if err := json.Unmarshal(kept, &again); err != nil || !reflect.DeepEqual(Job(again), job) {
		t.Errorf("read again it is %+v (%v), want %+v", again, err, job)
	}
	for _, odd := range []string{`{"jobId":3,"notes":"text"}`, `{"jobId":3,"notes":[1]}`} {
		if err := json.Unmarshal([]byte(odd), &again); err != nil || again.Notes != nil || again.Extra["notes"] == nil {
			t.Errorf("%s: %+v, %v", odd, again, err)
		}
	}
	other := job.Clone()
	other.Notes[0].Key = "changed"
	if job.Notes[0].Key == "changed" {
		t.Error("a clone shares the notes")
	}
}
