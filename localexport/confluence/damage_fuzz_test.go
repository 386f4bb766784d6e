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
func FuzzDamage(f *testing.F) {
	whole, err := os.ReadFile(edge(f))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(uint32(4096), byte(13), uint32(8192), byte(5))
	f.Add(uint32(5000), byte(0xff), uint32(5001), byte(0xff))
	f.Add(uint32(40000), byte(0), uint32(60000), byte(0x7f))
	f.Fuzz(func(t *testing.T, at1 uint32, value1 byte, at2 uint32, value2 byte) {
		b := append([]byte(nil), whole...)
		b[at1%uint32(len(b))], b[at2%uint32(len(b))] = value1, value2
		path := filepath.Join(t.TempDir(), "d.db")
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := snapshot.Open(t.Context(), path)
		if err != nil {
			return
		}
		defer s.Close()
		v, err := Validate(t.Context(), s, Options{Workers: 1}, nil)
		sound := err == nil && v.Consistent
		var files [2]memory
		for i, sqliteOnly := range []bool{false, true} {
			o := Options{Workers: 2, SQLiteOnly: sqliteOnly, From: time.Unix(0, 0), Location: berlin, BaseURL: "https://wiki.example.com"}
			r, err := Export(t.Context(), s, o, files[i].open, nil)
			sound = sound && err == nil
			for _, d := range r.Warnings {
				sound = sound && d.Key != KeyBodyUnreadable
			}
		}
		for _, name := range FileNames {
			if sound && files[0].files[name].String() != files[1].files[name].String() {
				t.Errorf("%s differs: %s", name, firstDifference(files[0].files[name].Bytes(), files[1].files[name].Bytes()))
			}
		}
	})
}
