package cli

import (
	"strings"
	"testing"
)

// TestASourceThatMoves: with another address a server keeps its schedules and deliveries, and of one
// that is removed it is said what does nothing any more.
func TestASourceThatMoves(t *testing.T) {
	isolate(t)
	share := t.TempDir()
	for _, args := range [][]string{
		{"sources", "add", "prod", "--url", "https://old.example.com", "--shared-home", share},
		{"schedule", "add", "every night", "--source", "prod", "--every", "daily 02:00"},
		{"deliveries", "add", "share", share, "--source", "prod"},
		{"sources", "edit", "prod", "--url", "https://new.example.com"},
	} {
		if code, _, errs := runProgram(t, args...); code != exitDone {
			t.Fatalf("%q: exit %d, %s", args, code, errs)
		}
	}
	if _, out, _ := runProgram(t, "schedule"); !strings.HasPrefix(out, "every night: prod, ") {
		t.Errorf("%s", out)
	}
	if _, out, _ := runProgram(t, "deliveries"); !strings.HasPrefix(out, "share: exports of prod go to ") {
		t.Errorf("%s", out)
	}
	code, _, errs := runProgram(t, "sources", "remove", "prod")
	if code != exitDone || !strings.Contains(errs, "the schedule every night has no source any more") || !strings.Contains(errs, "sluice schedule remove 'every night'") || !strings.Contains(errs, "the delivery share has no source any more") {
		t.Errorf("exit %d, %s", code, errs)
	}
}

// TestScheduleSuits: what a server cannot do with its files is no setting of its schedules.
func TestScheduleSuits(t *testing.T) {
	isolate(t)
	if code, _, errs := runProgram(t, "sources", "add", "prod", "--url", "https://prod.example.com"); code != exitDone {
		t.Fatal(errs)
	}
	add := []string{"schedule", "add", "nightly", "--source", "prod", "--every", "daily 02:00"}
	for _, more := range [][]string{{"--redact", "gdpr"}, {"--format", "parquet"}} {
		if code, _, errs := runProgram(t, append(add, more...)...); code != exitUsage || !strings.Contains(errs, more[0]) || !strings.Contains(errs, `the server "prod" writes the files itself`) {
			t.Errorf("%q: exit %d, %s", more, code, errs)
		}
	}
	if code, _, errs := runProgram(t, add...); code != exitDone {
		t.Fatal(errs)
	}
	if code, _, errs := runProgram(t, "schedule", "edit", "nightly", "--redact", "gdpr"); code != exitUsage {
		t.Errorf("exit %d, %s", code, errs)
	}
}
