package cli

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

// TestOneMemberOfAName: a server that puts members of our own into its answer does not
// make them stand there twice, where each reader would take another one.
func TestOneMemberOfAName(t *testing.T) {
	const body = `{"jobId":5,"status":"FAILED","error":{"kind":"theirs"},"files":[1],"errors":[{"key":"k","message":"No room."}]}`
	code, out, errs := serveScript(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusUnprocessableEntity)
		_, _ = w.Write([]byte(body))
	}), "start", "--json")
	if code != exitFailed || strings.Count(out, `"error":`) != 1 {
		t.Errorf("exit code %d, %s, %s", code, out, errs)
	}
	var told struct{ Error problem }
	if err := json.Unmarshal([]byte(out), &told); err != nil || told.Error.Kind != "failed" {
		t.Errorf("%v: %+v", err, told)
	}
}

// TestWithMember keeps the order of the members and every value as it stands.
func TestWithMember(t *testing.T) {
	for _, c := range []struct{ object, want string }{
		{`{}`, `{"error":1}`},
		{`{"b":1.0,"a":[ 2]}`, `{"b":1.0,"a":[2],"error":1}`},
		{`{"error":{"x":[]},"a":"\u2028"}`, `{"a":"\u2028","error":1}`},
		{`{"a":1,"error":2,"error":3}`, `{"a":1,"error":1}`},
	} {
		got, err := withMember(json.RawMessage(c.object), "error", 1)
		if err != nil || string(got) != c.want {
			t.Errorf("%s: %s, %v, want %s", c.object, got, err, c.want)
		}
	}
}
