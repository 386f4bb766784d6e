package units

import (
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	_ "time/tzdata" // the zones of the tests, on every machine

	"go.yaml.in/yaml/v3"

	"sluice/schedule"
)

var update = flag.Bool("update", false, "write the golden files anew")

var options = Options{Program: "/usr/local/bin/sluice", Home: "/srv/sluice home", Image: "registry.example.com/sluice:1.0"}

func plan(t *testing.T, name, when string) schedule.Plan {
	t.Helper()
	p, err := schedule.Schedule{Name: name, Source: "a", When: when, Zone: "Europe/Berlin"}.Plan()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// plans have what is awkward: quotes and percent signs in a name, several times of day,
// days of the month.
func plans(t *testing.T) []schedule.Plan {
	t.Helper()
	late := plan(t, "Bob's 100% \"$HOME\"", "mon,thu 01:30,13:05")
	late.Missed = schedule.Run
	return []schedule.Plan{plan(t, "nightly", "weekdays 02:00"), late, plan(t, "often", "every 6 hours"), plan(t, "monthly", "monthly 1,15 03:00")}
}

// TestGolden holds what is written against files.
func TestGolden(t *testing.T) {
	for _, system := range Systems {
		got, err := Print(system, plans(t), options)
		if err != nil {
			t.Fatal(err)
		}
		golden := filepath.Join("testdata", system+".txt")
		if *update {
			if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s:\n%s", system, got)
		}
	}
}

// TestReadable: what is XML or YAML can be read as that.
func TestReadable(t *testing.T) {
	for _, system := range []string{"windows", "launchd"} {
		for _, p := range plans(t) {
			got, err := Print(system, []schedule.Plan{p}, options)
			if err != nil {
				t.Fatal(err)
			}
			said := false
			for d := xml.NewDecoder(strings.NewReader(got)); ; {
				token, err := d.Token()
				if errors.Is(err, io.EOF) {
					break
				}
				if err != nil {
					t.Fatalf("%s, %s: %v", system, p.Name, err)
				}
				if data, ok := token.(xml.CharData); ok && (string(data) == p.Name || strings.Contains(string(data), quotedWindows(p.Name))) {
					said = true
				}
			}
			if !said {
				t.Errorf("%s: the name %s is not there", system, p.Name)
			}
		}
	}
	got, err := Print("kubernetes", plans(t), options)
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for d := yaml.NewDecoder(strings.NewReader(got)); ; seen++ {
		var job struct {
			Kind string
			Spec struct {
				Schedule string
				TimeZone string `yaml:"timeZone"`
			}
		}
		if err := d.Decode(&job); errors.Is(err, io.EOF) {
			break
		} else if err != nil || job.Kind != "CronJob" || job.Spec.TimeZone != "Europe/Berlin" || len(strings.Fields(job.Spec.Schedule)) != 5 {
			t.Fatalf("%+v, %v", job, err)
		}
	}
	if seen != 5 {
		t.Errorf("%d CronJobs", seen)
	}
}

// TestSystemdVerifies has systemd look at the units, where it is on the machine.
func TestSystemdVerifies(t *testing.T) {
	analyze, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("there is no systemd-analyze here")
	}
	o := options
	if o.Program, err = os.Executable(); err != nil { // it must exist
		t.Fatal(err)
	}
	for _, p := range append(plans(t), plan(t, "last", "monthly last 03:00"), plan(t, "both", "*/15 2-4 1 * mon")) {
		got, err := Print("systemd", []schedule.Plan{p}, o)
		if err != nil {
			t.Fatal(err)
		}
		timer, service, ok := strings.Cut(got, "\n# "+fileName(p.Name)+".service")
		if !ok {
			t.Fatalf("no service in %s", got)
		}
		dir := t.TempDir()
		base := filepath.Join(dir, fileName(p.Name))
		for path, text := range map[string]string{base + ".timer": timer, base + ".service": "#" + service} {
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		out, err := exec.CommandContext(t.Context(), analyze, "verify", base+".timer", base+".service").CombinedOutput()
		if err != nil || strings.Contains(string(out), fileName(p.Name)) {
			t.Errorf("%s: %v\n%s\n%s", p.Name, err, out, got)
		}
		for _, line := range strings.Split(timer, "\n") {
			if expression, ok := strings.CutPrefix(line, "OnCalendar="); ok {
				if out, err := exec.CommandContext(t.Context(), analyze, "calendar", expression).CombinedOutput(); err != nil {
					t.Errorf("%s: %s", expression, out)
				}
			}
		}
	}
}

// TestWhatASystemCannot is said, and not written wrongly.
func TestWhatASystemCannot(t *testing.T) {
	for _, c := range []struct{ system, when, says string }{
		{"cron", "monthly last 03:00", "no last day"}, {"kubernetes", "monthly last 03:00", "no last day"}, {"launchd", "monthly last 03:00", "no days or times"},
		{"systemd", "0 2 * * 1#2", `"1#2" is understood by "sluice run" alone`}, {"windows", "0 2 1 * mon", "no days or times"}, {"windows", "0 2 * 6 *", "no days or times"},
		{"systmd", "daily 02:00", `the nearest is "systemd"`}, {"a calendar", "daily 02:00", "no system"},
	} {
		got, err := Print(c.system, []schedule.Plan{plan(t, "nightly", c.when)}, options)
		if err == nil || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), `is ""`) {
			t.Errorf("%s, %s: %q, %v", c.system, c.when, got, err)
		}
	}
}

func TestQuoting(t *testing.T) {
	for s, want := range map[string][3]string{
		"nightly": {"nightly", "nightly", "nightly"},
		"a b":     {`"a b"`, "'a b'", `"a b"`},
		"it's":    {`"it's"`, `'it'\''s'`, "it's"},
		`50% $x`:  {`"50%% $$x"`, `'50% $x'`, `"50% $x"`},
		`a\ "b"\`: {`"a\\ \"b\"\\"`, `'a\ "b"\'`, `"a\ \"b\"\\"`},
		"":        {`""`, "''", `""`},
	} {
		if got := [3]string{quotedSystemd(s), QuotedShell(s), quotedWindows(s)}; got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}

// TestOffsets: no system that goes by the zone of the schedule is given an offset, which it does
// not know, or takes for the opposite.
func TestOffsets(t *testing.T) {
	p, err := schedule.Schedule{Name: "nightly", Source: "a", When: "daily 02:00", Zone: "+02:00"}.Plan()
	if err != nil {
		t.Fatal(err)
	}
	for _, system := range []string{"systemd", "cron", "kubernetes"} {
		if text, err := Print(system, []schedule.Plan{p}, options); err == nil || !strings.Contains(err.Error(), "no offset such as +02:00") {
			t.Errorf("%s: %v\n%s", system, err, text)
		}
	}
}

// TestFileNames: no two schedules have units of the same name, of which one would take the place of
// the other, and each is short enough.
func TestFileNames(t *testing.T) {
	seen := map[string]string{}
	for _, name := range []string{"nightly", "Nightly", "nightly!", "every night", "every-night", "夜間", "日中", strings.Repeat("a", 59) + "b", strings.Repeat("a", 60), strings.Repeat("a", 36)} {
		file := fileName(name)
		if other, taken := seen[file]; taken || len(file) > 49 {
			t.Errorf("%s is called %s, as %q", name, file, other)
		}
		seen[file] = name
	}
	if got := fileName("nightly-2"); got != "sluice-nightly-2" {
		t.Error(got)
	}
}
