package cli

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sluice/localexport/demo"
	"sluice/localexport/snapshot"
	"sluice/pipeline"
)

// TestStartFromDate starts on a server with each form, on a clock of the test, and
// looks at what is sent and what people are told.
func TestStartFromDate(t *testing.T) {
	now := time.Date(2026, 11, 30, 23, 30, 0, 0, time.UTC)
	completed := `{"jobId":7,"status":"COMPLETED","startTime":"2026-11-20T08:00:59.123Z"}`
	for _, c := range []struct {
		name, job string
		args      []string
		sent      string
		code      int
		says      string
	}{
		{"a time", "{}", []string{"--from-date", "2026-11-01T08:00+01:00"}, "2026-11-01T08:00+01:00", exitDone, ""},
		{"days", "{}", []string{"--from-date", "-7d", "--time-zone", "Europe/Berlin"}, "2026-11-24T00:00+01:00", exitDone,
			"From date -7d is 2026-11-24T00:00+01:00: counted back from now, in Europe/Berlin, as --time-zone says.\n"},
		{"months", "{}", []string{"--from-date=-12mo", "--time-zone", "UTC"}, "2025-11-30T00:00Z", exitDone, "From date -12mo is 2025-11-30T00:00Z: "},
		{"yesterday", "{}", []string{"--from-date", "yesterday", "--time-zone", "+10:00"}, "2026-11-30T00:00+10:00", exitDone, "From date yesterday is "},
		{"a day", "{}", []string{"--from-date", "2025-01-01", "--time-zone", "America/New_York"}, "2025-01-01T00:00-05:00", exitDone,
			"From date 2025-01-01 is 2025-01-01T00:00-05:00: in America/New_York, as --time-zone says.\n"},
		{"the last one", completed, []string{"--from-date", "last-success", "--time-zone", "UTC"}, "2026-11-20T08:00Z", exitDone, "up to the start of job 7"},
		{"everything", "{}", []string{"--from-date", "everything"}, "1970-01-01T00:00Z", exitDone, "From date everything is 1970-01-01T00:00Z"},
		{"no last one", "{}", []string{"--from-date", "last-success"}, "", exitFailed, "the server knows of no export"},
		{"the last one failed", strings.Replace(completed, "COMPLETED", "FAILED", 1), []string{"--from-date", "last-success"}, "", exitFailed, "job 7, Failed"},
		{"a time without a zone", "{}", []string{"--from-date", "2026-11-01T08:00"}, "", exitUsage, "no time zone"},
		{"a time with a zone beside it", "{}", []string{"--from-date", "2026-11-01T08:00", "--time-zone", "Europe/Berlin"}, "2026-11-01T08:00+01:00", exitDone, "as --time-zone says"},
		{"no zone", "{}", []string{"--from-date", "-7d", "--time-zone", "Mars/Base"}, "", exitUsage, "--time-zone"},
		{"nonsense", "{}", []string{"--from-date", "soon"}, "", exitUsage, `--from-date: "soon" is no from date`},
	} {
		t.Run(c.name, func(t *testing.T) {
			alone(t)
			sent := ""
			s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.Method == http.MethodGet {
					fmt.Fprint(w, c.job)
					return
				}
				sent = r.URL.Query().Get("fromDate")
				w.WriteHeader(http.StatusAccepted)
				fmt.Fprint(w, `{"jobId":8,"status":"STARTED","startTime":"2026-11-30T23:30:00Z"}`)
			}))
			defer s.Close()
			var out, errs strings.Builder
			p := Program{Out: &out, Err: &errs, Now: func() time.Time { return now }}
			code := p.Run(t.Context(), append([]string{"start", "--url", s.URL}, c.args...))
			expect(t, "start", code, c.code, errs.String(), c.says)
			if sent != c.sent {
				t.Errorf("sent %q, want %q", sent, c.sent)
			}
		})
	}
}

// TestExportFromDate exports a snapshot with each form: days count from its newest
// change, in its zone, and the last export of the home is gone on from.
func TestExportFromDate(t *testing.T) {
	isolate(t)
	path, _ := demoSnapshot(t, demo.Options{Pages: 40, Seed: 1})
	found, err := snapshot.Inspect(t.Context(), path, snapshot.InspectOptions{})
	if err != nil || found.TimeZone == "" {
		t.Fatal(found.TimeZone, err)
	}
	zone, err := time.LoadLocation(found.TimeZone)
	if err != nil {
		t.Fatal(err)
	}
	home := filepath.Join(t.TempDir(), "home")
	export := func(from string, more ...string) (code int, at time.Time, errs string) {
		t.Helper()
		code, out, errs := runProgram(t, append([]string{"export", "--json", "--snapshot", path, "--home", home, "--min-free-space", "-1", "--from-date", from}, more...)...)
		return code, jobOf(t, out).Config.ExportFrom.Time, errs
	}
	if code, _, errs := export("last-success"); code != exitFailed || !strings.Contains(errs, "there is no completed export to go on from (the home has none)") {
		t.Errorf("exit code %d, %s", code, errs)
	}
	code, at, errs := export("-7d")
	if want := pipeline.DaysBack(found.Newest.In(zone), 7); code != exitDone || !at.Equal(want) || !strings.Contains(errs, "counted back from the newest change of the snapshot, of ") ||
		!strings.Contains(errs, "in "+found.TimeZone+", the zone of the snapshot") {
		t.Errorf("exit code %d, from %s, want %s; %s", code, at, want, errs)
	}
	code, at, errs = export("last-success")
	if want := found.Newest.Truncate(time.Minute); code != exitDone || !at.Equal(want) || !strings.Contains(errs, "up to then job 1 of this home has everything") {
		t.Errorf("exit code %d, from %s, want %s; %s", code, at, want, errs)
	}
	code, _, errs = export("last-success", "--base-url", "https://other.example.com")
	if code != exitFailed || !strings.Contains(errs, "no completed export to go on from (those of this home are of "+found.BaseURL+", and the snapshot is of https://other.example.com)") {
		t.Errorf("after exports of another site: exit code %d, %s", code, errs)
	}
	code, at, errs = export("2025-01-01", "--time-zone", "America/New_York")
	if want := time.Date(2025, 1, 1, 5, 0, 0, 0, time.UTC); code != exitDone || !at.Equal(want) || !strings.Contains(errs, "as --time-zone says") {
		t.Errorf("exit code %d, from %s, want %s; %s", code, at, want, errs)
	}
	if code, _, errs := export("yesterday", "--resume"); code != exitUsage || !strings.Contains(errs, "leave the flag out") {
		t.Errorf("exit code %d, %s", code, errs)
	}
	if code, _, errs := export("2025-01-01T00:00"); code != exitUsage || !strings.Contains(errs, "or give --time-zone") {
		t.Errorf("exit code %d, %s", code, errs)
	}
}

// TestConfigRelativeFromDate: the config file takes the same forms.
func TestConfigRelativeFromDate(t *testing.T) {
	path := configure(t, `{"from-date": "-30d", "min-free-space": "-1", "time-zone": "UTC", "json": true}`)
	snapshot, _ := demoSnapshot(t, demo.Options{Pages: 20, Seed: 1})
	code, out, errs := runProgram(t, "export", "--snapshot", snapshot, "--home", t.TempDir())
	if code != exitDone || jobOf(t, out).Config.ExportFrom.UTC().Format("15:04:05") != "00:00:00" || !strings.Contains(errs, "From date -30d is ") {
		t.Errorf("exit code %d, %s, %s", code, out, errs)
	}
	configure(t, `{"from-date": "30d"}`)
	code, _, errs = runProgram(t, "export", "--snapshot", snapshot, "--home", t.TempDir())
	if code != exitUsage || !strings.Contains(errs, `"30d" is no from date`) || !strings.Contains(errs, "the config file") || path == "" {
		t.Errorf("exit code %d, %s", code, errs)
	}
}
