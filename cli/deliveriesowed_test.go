package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sluice/localexport/demo"
)

// TestForget: a job of a server whose files are gone for good is named as such, with what lets it
// be, and is owed no more once somebody has said so.
func TestForget(t *testing.T) {
	v := newVendor(t)
	share := t.TempDir()
	for _, args := range [][]string{
		{"sources", "add", "The Wiki", "--url", v.url, "--shared-home", v.home},
		{"deliveries", "add", "the share", share, "--source", "The Wiki"},
		{"schedule", "add", "nightly", "--source", "The Wiki", "--every", "daily 02:00"},
	} {
		code, _, errs := runRemote(t, args[0], args[1:]...)
		expect(t, fmt.Sprint(args), code, exitDone, errs, "")
	}
	v.tells(13, "COMPLETED")
	code, _, errs := runRemote(t, "schedule", "run", "nightly")
	if code != exitFailed || !strings.Contains(errs, "there is no folder 13 in data-pipeline/export") {
		t.Errorf("its files were removed: exit %d, %s", code, errs)
	}
	code, out, errs := runRemote(t, "deliveries")
	expect(t, "list", code, exitDone, errs, "")
	if want := `The files of job 13 are gone from its server: it cannot be delivered; "sluice deliveries forget 'the share' --job 13" lets it be.`; !strings.Contains(out, want) || strings.Contains(out, "owed") {
		t.Errorf("%s, want %s", out, want)
	}
	code, _, errs = runRemote(t, "deliveries", "retry", "the share")
	expect(t, "retry", code, exitFailed, errs, "it cannot be delivered; \"sluice deliveries forget 'the share' --job 13\"")
	v.tells(14, "COMPLETED")
	v.exports(t, 14)
	code, _, errs = runRemote(t, "schedule", "run", "nightly")
	if code != exitDone || !strings.Contains(errs, "job 13: ") {
		t.Errorf("the next one: exit %d, %s", code, errs)
	}
	one(t, filepath.Join(share, "job=14"), "_SUCCESS")
	for _, c := range []struct {
		args []string
		says string
	}{
		{[]string{"forget", "the share"}, "which job? The delivery the share owes 13: write --job 13"},
		{[]string{"forget", "the share", "--job", "14"}, "does not owe job 14, but 13"},
		{[]string{"forget", "a share", "--job", "13"}, "no delivery"},
		{[]string{"retry", "the share", "--job", "13"}, "retry takes no --job: forget does"},
		{[]string{"forget"}, "which delivery?"},
	} {
		code, _, errs := runRemote(t, "deliveries", c.args...)
		expect(t, fmt.Sprint(c.args), code, exitUsage, errs, c.says)
	}
	code, out, errs = runRemote(t, "deliveries", "forget", "the share", "--job", "13", "--json")
	expect(t, "forget", code, exitDone, errs, "")
	var done struct {
		Delivery  string
		Owed      int
		Forgotten []struct{ Job int64 }
	}
	if err := json.Unmarshal([]byte(out), &done); err != nil || done.Delivery != "the share" || done.Owed != 0 || len(done.Forgotten) != 1 || done.Forgotten[0].Job != 13 {
		t.Errorf("%s (%v)", out, err)
	}
	code, out, errs = runRemote(t, "deliveries")
	expect(t, "list", code, exitDone, errs, "")
	if !strings.Contains(out, "one job was forgotten, and not brought: 13") || strings.Contains(out, "gone") {
		t.Errorf("%s", out)
	}
	code, _, errs = runRemote(t, "deliveries", "forget", "the share", "--job", "13")
	expect(t, "twice", code, exitUsage, errs, "owes nothing")
}

// TestForgetHere: what lies here and is not wanted is forgotten, too, so that it may be removed.
func TestForgetHere(t *testing.T) {
	isolate(t)
	snapshot, _ := demoSnapshot(t, demo.Options{Pages: 20, Seed: 1})
	share := filepath.Join(t.TempDir(), "share")
	for _, args := range [][]string{
		{"sources", "add", "wiki", "--snapshot", snapshot}, {"schedule", "add", "nightly", "--source", "wiki", "--every", "daily 02:00"},
		{"deliveries", "add", "share", share, "--source", "wiki"}, {"schedule", "run", "nightly"}, {"schedule", "run", "nightly"},
	} {
		if code, _, errs := runProgram(t, args...); code != exitDone && args[1] != "run" {
			t.Fatalf("%q: exit %d, %s", args, code, errs)
		}
	}
	if code, _, errs := runProgram(t, "sources", "add", "prod", "--url", "https://prod.example.com", "--shared-home", t.TempDir()); code != exitDone {
		t.Fatal(errs)
	}
	if code, _, errs := runProgram(t, "deliveries", "add", "share", share, "--source", "prod"); code != exitUsage || !strings.Contains(errs, "of another source, which owes 2 jobs") {
		t.Errorf("what is owed would be brought with what is of another source: exit %d, %s", code, errs)
	}
	code, out, errs := runProgram(t, "deliveries", "forget", "share", "--job", "1")
	if code != exitDone || !strings.Contains(out, "Forgot job 1: share does not bring it any more.") || !strings.Contains(out, "share owes one job still.") {
		t.Errorf("exit %d, %s%s", code, out, errs)
	}
	list, err := sourceList()
	if err != nil {
		t.Fatal(err)
	}
	if code, _, errs := runProgram(t, "prune", "--job", "1", "--home", list[0].Home); code != exitDone {
		t.Errorf("exit %d, %s", code, errs)
	}
	folder := filepath.Join(list[0].Home, "data-pipeline", "export", "2")
	if err := errors.Join(os.Mkdir(share, 0o700), os.RemoveAll(folder)); err != nil {
		t.Fatal(err)
	}
	if code, _, errs := runProgram(t, "deliveries", "retry", "share"); code != exitFailed || !strings.Contains(errs, "no folder of a finished job") {
		t.Errorf("exit %d, %s", code, errs)
	}
	if code, out, _ := runProgram(t, "deliveries"); code != exitDone || !strings.Contains(out, "2 jobs were forgotten, and not brought: 1, 2") {
		t.Errorf("exit %d, %s", code, out)
	}
}
