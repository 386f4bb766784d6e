package formats

import (
	"errors"
	"testing"
)

// TestCheck goes through what can stand for the version of each kind.
func TestCheck(t *testing.T) {
	for _, k := range []Kind{Home, ExportPath, Jobs, Manifest, Leftover, Snapshot, Config, Sources, Schedules, ScheduleStates, Window, Journal} {
		for version := range k.Known + 1 { // 0: absent
			if err := k.Check(version); err != nil {
				t.Errorf("%s, version %d: %v", k.What, version, err)
			}
		}
		var newer *NewerError
		if err := k.Check(k.Known + 1); !errors.As(err, &newer) || newer.Has != k.Known+1 {
			t.Errorf("%s, a newer one: %v", k.What, err)
		}
		var none *NoVersionError
		if err := k.Check(-1); !errors.As(err, &none) {
			t.Errorf("%s, version -1: %v", k.What, err)
		}
	}
}

func TestCheckJSON(t *testing.T) {
	k := Kind{"home", ", or another home", 2}
	const newer = "this home was written by a newer Sluice (format 3; this one knows up to 2): use that version, or another home"
	none := func(has string) string {
		return "this home says " + has + " for the version of its format, which is none: it is damaged, or was changed by another program"
	}
	for text, want := range map[string]string{
		`{}`:                                   "",
		`{"version": 1}`:                       "",
		"\ufeff{\"version\": 2}":               "",
		`{"version": 3}`:                       newer,
		`{"version": 3, "jobs": {"of": "no"}}`: newer,
		`{"version": 0}`:                       none("0"),
		`{"version": -2}`:                      none("-2"),
		`{"version": 1.5}`:                     none("1.5"),
		`{"version": "two"}`:                   none(`"two"`),
		`{"version": null}`:                    none("null"),
		`{"version": 99999999999999999999}`:    none("99999999999999999999"),
		`{"version": `:                         "", // who reads it says what is wrong with it
		`[3]`:                                  "",
		``:                                     "",
	} {
		err := k.CheckJSON([]byte(text))
		if got := says(err); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
	if got := (&NewerError{Manifest, 9}).Error(); got != "this manifest was written by a newer Sluice (format 9; this one knows up to 1): use that version" {
		t.Error(got)
	}
}

func says(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// FuzzCheckJSON: nothing that stands in a file brings the check down, and what it
// refuses is refused as one of two kinds.
func FuzzCheckJSON(f *testing.F) {
	for _, seed := range []string{`{"version": 3}`, `{"version": "x"}`, `{"Version": 1e9}`, `nonsense`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		err := Home.CheckJSON(b)
		if err != nil && !Refused(err) {
			t.Errorf("%v", err)
		}
	})
}
