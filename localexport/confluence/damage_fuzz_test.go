package confluence

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"sluice/localexport/snapshot"
)

// FuzzDamage changes bytes of a snapshot. Whatever they are, both ways to read
// it end without a panic; and if the indexes are consistent and both ways export
// it without a complaint, they write the same files.
func FuzzDamage(f *testing.F) { fuzzDamage(f, edge(f)) }

// FuzzDamageWithoutKeys is FuzzDamage for a snapshot whose keys are sorted.
func FuzzDamageWithoutKeys(f *testing.F) {
	fuzzDamage(f, convert(f, edge(f), form{types: forms[1].types}))
}

func fuzzDamage(f *testing.F, path string) {
	whole, err := os.ReadFile(path)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(uint32(4096), byte(13), uint32(8192), byte(5))
	f.Add(uint32(5000), byte(0xff), uint32(5001), byte(0xff))
	f.Add(uint32(40000), byte(0), uint32(60000), byte(0x7f))
	f.Fuzz(func(t *testing.T, at1 uint32, value1 byte, at2 uint32, value2 byte) {
		compareDamaged(t, whole, at1, value1, at2, value2)
	})
}

// compareDamaged changes two bytes of a snapshot and exports it in both ways.
func compareDamaged(t *testing.T, whole []byte, at1 uint32, value1 byte, at2 uint32, value2 byte) {
	b := append([]byte(nil), whole...)
	b[at1%uint32(len(b))], b[at2%uint32(len(b))] = value1, value2
	path := filepath.Join(t.TempDir(), "d.db")
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	sound := true
	var files [2]memory
	for i, sqliteOnly := range []bool{false, true} {
		s, err := snapshot.Open(t.Context(), path) // anew: keys that were sorted are kept with it
		if err != nil {
			return
		}
		v, err := Validate(t.Context(), s, Options{Workers: 1, SQLiteOnly: sqliteOnly}, nil)
		sound = sound && err == nil && v.Consistent
		o := Options{Workers: 2, SQLiteOnly: sqliteOnly, From: time.Unix(0, 0), Location: berlin, BaseURL: "https://wiki.example.com"}
		r, err := Export(t.Context(), s, o, files[i].open, nil)
		sound = sound && err == nil
		for _, d := range r.Warnings {
			sound = sound && d.Key != KeyBodyUnreadable && d.Key != KeyDoubtful
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range FileNames {
		if sound && files[0].files[name].String() != files[1].files[name].String() {
			t.Errorf("%s differs: %s", name, firstDifference(files[0].files[name].Bytes(), files[1].files[name].Bytes()))
		}
	}
}
