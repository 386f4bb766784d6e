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
// it without a complaint, they write the same files, and what plain SELECTs give.
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
	f.Add(uint32(4096), byte(13), uint32(8192), byte(5), uint16(0))
	f.Add(uint32(5000), byte(0xff), uint32(5001), byte(0xff), uint16(0))
	f.Add(uint32(40000), byte(0), uint32(60000), byte(0x7f), uint16(0))
	f.Add(uint32(0), whole[0], uint32(0), whole[0], uint16(0x0708))
	f.Fuzz(func(t *testing.T, at1 uint32, value1 byte, at2 uint32, value2 byte, pages uint16) {
		compareDamaged(t, damaged(whole, at1, value1, at2, value2, pages))
	})
}

// damaged changes two bytes of a snapshot; two of its pages change places, or, if
// the first has the higher number, both become the second.
func damaged(whole []byte, at1 uint32, value1 byte, at2 uint32, value2 byte, pages uint16) []byte {
	b := append([]byte(nil), whole...)
	b[at1%uint32(len(b))], b[at2%uint32(len(b))] = value1, value2
	page := func(i int) []byte { return b[i%(len(b)/4096)*4096:][:4096] }
	first, second := int(pages>>8), int(pages&0xff)
	was := append([]byte(nil), page(first)...)
	copy(page(first), page(second))
	if first < second {
		copy(page(second), was)
	}
	return b
}

// compareDamaged exports a damaged snapshot in both ways.
func compareDamaged(t *testing.T, b []byte) {
	path := filepath.Join(t.TempDir(), "d.db")
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	sound, leftOut := true, false
	var files [2]memory
	for i, sqliteOnly := range []bool{false, true} {
		s, err := snapshot.Open(t.Context(), path) // anew: keys that were sorted are kept with it
		if err != nil {
			return
		}
		v, err := Validate(t.Context(), s, Options{Workers: 1, SQLiteOnly: sqliteOnly}, nil)
		sound = sound && err == nil && v.Consistent
		o := Options{Workers: 2, SQLiteOnly: sqliteOnly, From: time.Unix(0, 0), Location: berlin, BaseURL: "https://wiki.example.com",
			FullContent: true, PreserveLineBreaks: true, IgnoreOptOuts: true}
		r, err := Export(t.Context(), s, o, files[i].open, nil)
		sound = sound && err == nil
		for _, d := range r.Warnings {
			sound = sound && d.Key != KeyBodyUnreadable && d.Key != KeyDoubtful && d.Key != KeyBodyTooLong
			leftOut = leftOut || d.Key == KeyDuplicate
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
	if sound {
		checkSelected(t, path, files[0].files["pages"].String(), leftOut)
	}
}
