package wallclock

import (
	"testing"
	"time"
	_ "time/tzdata"
)

func TestParse(t *testing.T) {
	const want = 1704161045 // 2024-01-02T02:04:05 as a wall clock
	tests := []struct {
		in    string
		nanos int32
	}{
		{"2024-01-02 02:04:05", 0},
		{"2024-01-02T02:04:05", 0},
		{"2024-01-02T02:04:05.678000", 678e6},
		{"2024-01-02 02:04:05.678", 678e6},
		{"2024-01-02 02:04:05.678+00:00", 678e6},
		{"2024-01-02 02:04:05+00", 0},
		{"2024-01-02 02:04:05.1 +0530", 100e6},
		{"2024-01-02T02:04:05.123456789Z", 123456789},
	}
	for _, tt := range tests {
		r, err := Parse([]byte(tt.in))
		if err != nil || r != (Reading{Seconds: want, Nanos: tt.nanos}) {
			t.Errorf("Parse(%q) = %+v, %v", tt.in, r, err)
		}
	}
	for in, want := range map[string]Reading{
		"2024-02-29":          {Seconds: 1709164800},
		"1704161045":          {Seconds: 1704161045, Absolute: true},
		"1704161045678":       {Seconds: 1704161045, Nanos: 678e6, Absolute: true},
		"-1704161045678":      {Seconds: -1704161046, Nanos: 322e6, Absolute: true},
		"1969-12-31 23:59:59": {Seconds: -1},
		"0":                   {Absolute: true},
	} {
		if r, err := Parse([]byte(in)); err != nil || r != want {
			t.Errorf("Parse(%q) = %+v, %v", in, r, err)
		}
	}
	for _, in := range []string{"", "never", "2024-13-01", "2023-02-29 00:00:00", "2024-01-02 25:00:00", "2024-01-02 02:04",
		"2024-01-02 02:04:05.", "2024-01-02 02:04:05 CET", "2024-01-02 02:04:05+1", "02.01.2024 02:04:05", "12", "2024-01-0x 02:04:05", "99x9-01-01 00:00:00", "x999-01-01", "2024-01-02 0x:04:05", "2024-01-02 02:04:5x"} {
		if r, err := Parse([]byte(in)); err == nil {
			t.Errorf("Parse(%q) = %+v, want an error", in, r)
		}
	}
}

func TestZeros(t *testing.T) {
	for _, in := range []string{"0000-00-00", "0000-00-00 00:00:00", "0000-00-00T00:00:00.000000Z"} {
		if r, err := Parse([]byte(in)); err != ErrZeros {
			t.Errorf("Parse(%q) = %+v, %v, want %v", in, r, err, ErrZeros)
		}
	}
	for _, in := range []string{"0000-00-01", "0000-01-00", "2024-00-00", "-0"} {
		if r, err := Parse([]byte(in)); err != ErrNoTime {
			t.Errorf("Parse(%q) = %+v, %v, want %v", in, r, err, ErrNoTime)
		}
	}
}

func TestFloatEpoch(t *testing.T) {
	for f, want := range map[float64]Reading{
		1704161045.5:    {Seconds: 1704161045, Nanos: 500e6, Absolute: true},
		1704161045678.0: {Seconds: 1704161045, Nanos: 678e6, Absolute: true},
	} {
		if r, err := FromFloat(f); err != nil || r != want {
			t.Errorf("FromFloat(%v) = %+v, %v", f, r, err)
		}
	}
	if _, err := FromFloat(1e300); err == nil {
		t.Error("1e300 is a time")
	}
}

func utc(t *testing.T, zone, wall string) string {
	t.Helper()
	loc, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	r, err := Parse([]byte(wall))
	if err != nil {
		t.Fatal(err)
	}
	return string(AppendUTC(nil, NewClock(NewZone(loc)).Unix(r), r.Nanos, false))
}

func TestZones(t *testing.T) {
	tests := []struct{ name, zone, wall, want string }{
		{"winter", "Europe/Berlin", "2024-01-02 12:00:00", "2024-01-02T11:00:00Z"},
		{"summer", "Europe/Berlin", "2024-07-02 12:00:00", "2024-07-02T10:00:00Z"},
		{"before the gap", "Europe/Berlin", "2024-03-31 01:59:59", "2024-03-31T00:59:59Z"},
		{"in the gap", "Europe/Berlin", "2024-03-31 02:30:00", "2024-03-31T01:30:00Z"},
		{"behind the gap", "Europe/Berlin", "2024-03-31 03:30:00", "2024-03-31T01:30:00Z"},
		{"overlap is the earlier", "Europe/Berlin", "2024-10-27 02:30:00", "2024-10-27T00:30:00Z"},
		{"behind the overlap", "Europe/Berlin", "2024-10-27 03:00:00", "2024-10-27T02:00:00Z"},
		{"half hour", "Asia/Kolkata", "2024-07-02 12:00:00", "2024-07-02T06:30:00Z"},
		{"west", "America/New_York", "2024-11-03 01:30:00", "2024-11-03T05:30:00Z"},
		{"south", "Australia/Lord_Howe", "2024-04-07 01:45:00", "2024-04-06T14:45:00Z"},
		{"far future", "Europe/Berlin", "2120-07-02 12:00:00", "2120-07-02T10:00:00Z"},
		{"epoch", "UTC", "1970-01-01 00:00:00", "1970-01-01T00:00:00Z"},
		{"early", "UTC", "1901-03-01 00:00:00.999", "1901-03-01T00:00:00Z"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := utc(t, tt.zone, tt.wall); got != tt.want {
				t.Errorf("%s in %s is %s, want %s", tt.wall, tt.zone, got, tt.want)
			}
		})
	}
}

// TestEveryHour compares with the standard library wherever a wall-clock time
// is neither skipped nor repeated.
func TestEveryHour(t *testing.T) {
	for _, name := range []string{"Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Asia/Tehran", "America/Sao_Paulo"} {
		loc, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		clock := NewClock(NewZone(loc))
		for unix := int64(1000000000); unix < 1800000000; unix += 3600 * 3 {
			local := time.Unix(unix, 0).In(loc)
			_, offset := local.Zone()
			before, after := local.Add(-3*time.Hour), local.Add(3*time.Hour)
			_, o1 := before.Zone()
			_, o2 := after.Zone()
			if o1 != offset || o2 != offset {
				continue
			}
			if got := clock.Unix(Reading{Seconds: unix + int64(offset)}); got != unix {
				t.Fatalf("%s: %v is %d, want %d", name, local, got, unix)
			}
		}
	}
}

func TestDatesMatchTheStandardLibrary(t *testing.T) {
	for days := int64(-800000); days < 2900000; days += 13 {
		want := time.Unix(days*86400, 0).UTC()
		year, month, day := civilFromDays(days)
		if year != want.Year() || month != int(want.Month()) || day != want.Day() {
			t.Fatalf("day %d is %d-%d-%d, want %v", days, year, month, day, want)
		}
		if back := daysFromCivil(year, month, day); back != days {
			t.Fatalf("%v is day %d, want %d", want, back, days)
		}
	}
	if got := string(AppendUTC(nil, 1614312878, 678e6, true)); got != "2021-02-26T04:14:38.678Z" {
		t.Error(got)
	}
}

// FuzzParse compares with the standard library: what Parse takes for a wall-clock
// time is one there, too, and a time that Go writes is read back.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"2024-01-02 02:04:05.678+00:00", "1704161045678", "0000-00-00 00:00:00", "0", "9999-12-31 23:59:59", "infinity", "-1", "10000-01-01 00:00:00"} {
		f.Add(s, int64(0), uint32(0))
	}
	f.Add("", int64(253402300799), uint32(999999999))
	f.Fuzz(func(t *testing.T, s string, unix int64, nanos uint32) {
		r, err := Parse([]byte(s))
		if err != nil && (err != ErrNoTime && err != ErrZeros || r != Reading{}) {
			t.Errorf("Parse(%q) = %+v, %v", s, r, err)
		}
		if r.Nanos < 0 || r.Nanos >= 1e9 {
			t.Errorf("Parse(%q): %d nanoseconds", s, r.Nanos)
		}
		if err == nil && !r.Absolute && len(s) >= 19 {
			want, err := time.Parse("2006-01-02 15:04:05", s[:10]+" "+s[11:19])
			if err != nil || want.Unix() != r.Seconds {
				t.Errorf("Parse(%q) = %d, want %v, %v", s, r.Seconds, want, err)
			}
		}
		at := time.Unix(unix%(1<<38), int64(nanos%1e9)).UTC()
		if at.Year() < 0 || at.Year() > 9999 {
			return
		}
		text := at.Format("2006-01-02 15:04:05.999999999")
		if r, err := Parse([]byte(text)); err != nil || r.Seconds != at.Unix() || int(r.Nanos) != at.Nanosecond() {
			t.Errorf("Parse(%q) = %+v, %v", text, r, err)
		}
		if got, want := string(AppendUTC(nil, at.Unix(), int32(at.Nanosecond()), true)), at.Format("2006-01-02T15:04:05.000Z"); got != want {
			t.Errorf("AppendUTC(%v) = %s", at, got)
		}
	})
}
