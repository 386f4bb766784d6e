package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sluice/deliver"
	"sluice/localexport/demo"
	"sluice/places"
)

func TestDeliveries(t *testing.T) {
	isolate(t)
	snapshot, _ := demoSnapshot(t, demo.Options{Pages: 20, Seed: 1})
	if code, _, errs := runProgram(t, "sources", "add", "wiki", "--snapshot", snapshot); code != exitDone {
		t.Fatal(errs)
	}
	share := t.TempDir()
	if code, out, _ := runProgram(t, "deliveries"); code != exitDone || !strings.Contains(out, "There is no delivery.") {
		t.Errorf("exit %d, %s", code, out)
	}
	if code, out, errs := runProgram(t, "deliveries", "add", "share", share, "--source", "wiki", "--pack", "gzip", "--redact", "no-people"); code != exitDone || !strings.Contains(out, "each export of wiki") {
		t.Fatalf("exit %d, %s%s", code, out, errs)
	}
	if code, out, _ := runProgram(t, "deliveries", "list"); code != exitDone || !strings.Contains(out, "share: exports of wiki go to "+share+", redacted by no-people") {
		t.Errorf("exit %d, %s", code, out)
	}
	if code, out, errs := runProgram(t, "deliveries", "test", "share"); code != exitDone || !strings.Contains(out, "can be reached") {
		t.Errorf("exit %d, %s%s", code, out, errs)
	}
	folder, err := places.Config()
	if err != nil {
		t.Fatal(err)
	}
	if list, err := deliver.NewFile(folder).Load(); err != nil || len(list) != 1 || list[0].Pack != deliver.PackGzip {
		t.Errorf("%+v, %v", list, err)
	}
	for _, c := range []struct {
		args []string
		says string
	}{
		{[]string{"add", "x"}, "what goes where?"},
		{[]string{"add", "x", share, "--source", "wiki"}, `the delivery "share" goes to the same place`},
		{[]string{"add"}, "which delivery?"},
		{[]string{"add", "x", share, "--source", "wikki"}, `"wiki"`},
		{[]string{"add", "x", "sftp://a:s3cret@h/x", "--source", "wiki"}, "with a password"},
		{[]string{"add", "x", share, "--source", "wiki", "--redact", "gdbr"}, "--redact"},
		{[]string{"remove", "shares"}, "no delivery"},
		{[]string{"test", "share", "--pack", "zstd"}, "takes no settings"},
		{[]string{"list", "share"}, "takes no name"},
	} {
		if code, out, errs := runProgram(t, append([]string{"deliveries"}, c.args...)...); code != exitUsage || !strings.Contains(errs, c.says) || strings.Contains(errs, "s3cret") {
			t.Errorf("%q: exit %d, %s%s", c.args, code, out, errs)
		}
	}
	// A run has another folder to work in than who has typed that.
	t.Chdir(t.TempDir())
	if code, out, errs := runProgram(t, "deliveries", "add", "here", "out", "--source", "wiki", "--json"); code != exitDone || strings.Contains(out, `"to": "out"`) {
		t.Errorf("exit %d, %s%s", code, out, errs)
	}
	// What is redacted by a schedule is not redacted again: each run would fail at the delivery.
	add := []string{"schedule", "add", "nightly", "--source", "wiki", "--every", "daily 02:00"}
	if code, out, errs := runProgram(t, append(add, "--redact", "gdpr")...); code != exitUsage || !strings.Contains(errs, `the schedule "nightly" and the delivery "share" both redact`) {
		t.Errorf("exit %d, %s%s", code, out, errs)
	}
	if code, out, errs := runProgram(t, add...); code != exitDone {
		t.Errorf("exit %d, %s%s", code, out, errs)
	}
	if code, out, errs := runProgram(t, "schedule", "edit", "nightly", "--redact", "gdpr"); code != exitUsage || !strings.Contains(errs, "both redact") {
		t.Errorf("exit %d, %s%s", code, out, errs)
	}
	if code, out, _ := runProgram(t, "deliveries", "remove", "share"); code != exitDone || !strings.Contains(out, "What was delivered stays.") {
		t.Errorf("exit %d, %s", code, out)
	}
}

// TestWhatFollowsARun: a schedule that is run exports, delivers, keeps to its bounds, and
// calls the hooks.
func TestWhatFollowsARun(t *testing.T) {
	isolate(t)
	snapshot, _ := demoSnapshot(t, demo.Options{Pages: 20, Seed: 1})
	share := t.TempDir()
	for _, args := range [][]string{
		{"sources", "add", "wiki", "--snapshot", snapshot},
		{"schedule", "add", "nightly", "--source", "wiki", "--every", "daily 02:00", "--keep", "1", "--redact", "gdpr"},
		{"deliveries", "add", "share", share, "--source", "wiki"},
		{"hooks", "add", "touch", "--on", "end", "--", "touch", filepath.Join(share, "told")},
		{"schedule", "run", "nightly"},
		{"schedule", "run", "nightly"},
	} {
		if code, out, errs := runProgram(t, args...); code != exitDone {
			t.Fatalf("%q: exit %d, %s%s", args, code, out, errs)
		}
	}
	for _, job := range []string{"job=1", "job=2"} {
		one(t, filepath.Join(share, job), "_SUCCESS")
	}
	one(t, share, "told")
	if b, err := os.ReadFile(one(t, filepath.Join(share, "job=1"), "users_*.csv")); err != nil || strings.Contains(string(b), "@") {
		t.Errorf("not redacted: %.300s, %v", b, err)
	}
	list, err := sourceList()
	if err != nil {
		t.Fatal(err)
	}
	if left, _ := filepath.Glob(filepath.Join(list[0].Home, "data-pipeline", "export", "1", "*.csv")); len(left) > 0 {
		t.Errorf("beyond the bound: %q", left)
	}
	one(t, filepath.Join(list[0].Home, "data-pipeline", "export", "2"), "users_*.csv")
}

// TestOwedDeliveries: the list says what a delivery owes and why, and retry brings it.
func TestOwedDeliveries(t *testing.T) {
	isolate(t)
	snapshot, _ := demoSnapshot(t, demo.Options{Pages: 20, Seed: 1})
	share := filepath.Join(t.TempDir(), "share")
	for _, args := range [][]string{
		{"sources", "add", "wiki", "--snapshot", snapshot},
		{"schedule", "add", "nightly", "--source", "wiki", "--every", "daily 02:00"},
		{"deliveries", "add", "share", share, "--source", "wiki", "--as", "parquet"},
	} {
		if code, out, errs := runProgram(t, args...); code != exitDone {
			t.Fatalf("%q: exit %d, %s%s", args, code, out, errs)
		}
	}
	if code, out, _ := runProgram(t, "deliveries", "retry", "share"); code != exitDone || !strings.Contains(out, "owes nothing") {
		t.Errorf("exit %d, %s", code, out)
	}
	if code, out, _ := runProgram(t, "schedule", "run", "nightly"); code == exitDone {
		t.Errorf("a run that was not delivered: %s", out)
	}
	if code, out, _ := runProgram(t, "deliveries"); code != exitDone || !strings.Contains(out, "one job is owed since 2") || !strings.Contains(out, "brings it. There is no folder") || !strings.Contains(out, ", as Parquet") {
		t.Errorf("exit %d, %s", code, out)
	}
	if code, _, errs := runProgram(t, "deliveries", "retry", "share"); code != exitFailed || !strings.Contains(errs, "there is no folder") {
		t.Errorf("exit %d, %s", code, errs)
	}
	list, err := sourceList()
	if err != nil {
		t.Fatal(err)
	}
	if code, out, errs := runProgram(t, "prune", "--job", "1", "--home", list[0].Home); code != exitFailed || !strings.Contains(errs, "a delivery has to bring them yet") || strings.Contains(out, "- job 1") {
		t.Errorf("what is owed was removed: exit %d, %s%s", code, out, errs)
	}
	if err := os.Mkdir(share, 0o700); err != nil {
		t.Fatal(err)
	}
	if code, out, errs := runProgram(t, "deliveries", "retry", "share", "--json"); code != exitDone || !strings.Contains(out, `"marker": "job=1/_SUCCESS"`) {
		t.Errorf("exit %d, %s%s", code, out, errs)
	}
	if code, out, _ := runProgram(t, "deliveries", "--json"); code != exitDone || !strings.Contains(out, `"owed": 0`) {
		t.Errorf("exit %d, %s", code, out)
	}
}

// TestRemovedDeliveryOwesNothing: nobody brings what it owed, so its files need not stay for it,
// and another one of its name begins anew.
func TestRemovedDeliveryOwesNothing(t *testing.T) {
	isolate(t)
	snapshot, _ := demoSnapshot(t, demo.Options{Pages: 20, Seed: 1})
	share := filepath.Join(t.TempDir(), "share")
	for _, args := range [][]string{
		{"sources", "add", "wiki", "--snapshot", snapshot},
		{"schedule", "add", "nightly", "--source", "wiki", "--every", "daily 02:00"},
		{"deliveries", "add", "share", share, "--source", "wiki"},
		{"schedule", "run", "nightly"},
		{"deliveries", "remove", "share"},
		{"deliveries", "add", "share", share, "--source", "wiki"},
	} {
		if code, out, errs := runProgram(t, args...); code != exitDone && args[1] != "run" {
			t.Fatalf("%q: exit %d, %s%s", args, code, out, errs)
		}
	}
	if code, out, _ := runProgram(t, "deliveries", "--json"); code != exitDone || !strings.Contains(out, `"owed": 0`) {
		t.Errorf("exit %d, %s", code, out)
	}
}

// TestDeliveryRedactsOnce: one that would redact what a schedule has redacted is refused, and a
// key with a passphrase is kept with the file of it.
func TestDeliveryRedactsOnce(t *testing.T) {
	isolate(t)
	snapshot, _ := demoSnapshot(t, demo.Options{Pages: 20, Seed: 1})
	passphrase := filepath.Join(t.TempDir(), "passphrase")
	if err := os.WriteFile(passphrase, []byte("open sesame\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"sources", "add", "wiki", "--snapshot", snapshot}, {"sources", "add", "prod", "--url", "https://h.example.com", "--shared-home", "sftp://u@h.example.com/x", "--ssh-passphrase-file", passphrase},
		{"schedule", "add", "nightly", "--source", "wiki", "--every", "daily 02:00", "--redact", "gdpr"},
		{"deliveries", "add", "sftp", "sftp://u@h.example.com/x", "--source", "wiki", "--ssh-passphrase-file", passphrase},
	} {
		if code, out, errs := runProgram(t, args...); code != exitDone {
			t.Fatalf("%q: exit %d, %s%s", args, code, out, errs)
		}
	}
	if code, out, errs := runProgram(t, "deliveries", "add", "share", t.TempDir(), "--source", "wiki", "--redact", "no-people"); code != exitUsage || !strings.Contains(errs, "both redact") {
		t.Errorf("exit %d, %s%s", code, out, errs)
	}
	if code, out, errs := runProgram(t, "deliveries", "add", "x", "sftp://u@h.example.com/y", "--source", "wiki", "--ssh-passphrase-file", passphrase+"s"); code != exitFailed || !strings.Contains(errs, "--ssh-passphrase-file: there is no file") {
		t.Errorf("exit %d, %s%s", code, out, errs)
	}
	folder, err := places.Config()
	if err != nil {
		t.Fatal(err)
	}
	if list, err := deliver.NewFile(folder).Load(); err != nil || len(list) != 1 || list[0].SSHPassphrase != passphrase {
		t.Errorf("%+v, %v", list, err)
	}
	if list, err := sourceList(); err != nil || list[1].Server.SSHPassphrase != passphrase {
		t.Errorf("%+v, %v", list, err)
	}
}
