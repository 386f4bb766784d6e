package unpack

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// member packs a text.
func member(t testing.TB, text string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestGzip(t *testing.T) {
	long := strings.Repeat("some text, and more\n", 50_000)
	one, two := member(t, long), member(t, "b")
	broken := []byte(one)
	broken[len(broken)/2] ^= 0xff
	wrongSum := []byte(one)
	wrongSum[len(wrongSum)-5] ^= 1
	for name, c := range map[string]struct {
		packed, text string
		damaged      string // part of the reason; "" for none
	}{
		"one":                        {one, long, ""},
		"two":                        {one + two, long + "b", ""},
		"empty members":              {member(t, "") + two + member(t, ""), "b", ""},
		"padded":                     {two + strings.Repeat("\x00", 5000), "b", ""},
		"cut":                        {one[:len(one)-20], "", "ends in the middle"},
		"cut in the checksum":        {one[:len(one)-3], long, "ends in the middle"},
		"cut in the second's header": {one + two[:4], long, "ends in the middle"},
		"broken":                     {string(broken), "", ""},
		"wrong checksum":             {string(wrongSum), long, "checksum"},
		"something behind":           {two + "hello", "b", "not packed"},
		"something behind zeros":     {two + "\x00\x00x", "b", "not packed"},
		"a member behind zeros":      {two + "\x00" + two, "b", "not packed"},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := newGzip(iotest.HalfReader(strings.NewReader(c.packed)))
			if err != nil {
				t.Fatal(err)
			}
			got, err := io.ReadAll(r)
			var damage *Error
			if errors.As(err, &damage) != (c.damaged != "" || name == "broken") || damage != nil && !strings.Contains(damage.Reason, c.damaged) {
				t.Errorf("error %v, want one with %q", err, c.damaged)
			}
			if c.text != "" && string(got) != c.text {
				t.Errorf("%d bytes of text, want %d", len(got), len(c.text))
			}
			if _, again := r.Read(make([]byte, 1)); again == nil {
				t.Error("it reads on behind the end")
			}
		})
	}
	for _, bad := range []string{"", "\x1f\x8b", "not packed at all"} {
		var damage *Error
		if _, err := newGzip(strings.NewReader(bad)); !errors.As(err, &damage) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// TestGzipOfAFailingDisk: an error of reading is not taken for damage, wherever it comes.
func TestGzipOfAFailingDisk(t *testing.T) {
	disk := errors.New("input/output error")
	packed := member(t, strings.Repeat("abc", 10)) + member(t, "d") + "\x00\x00"
	for n := range len(packed) + 1 {
		r, err := newGzip(io.MultiReader(strings.NewReader(packed[:n]), iotest.ErrReader(disk)))
		if err == nil {
			_, err = io.ReadAll(r)
		}
		if !errors.Is(err, disk) {
			t.Errorf("after %d bytes: %v", n, err)
		}
	}
}

// FuzzGzip compares with the standard library, which differs only in what
// follows the last member.
func FuzzGzip(f *testing.F) {
	f.Add([]byte(member(f, "abc")))
	f.Add([]byte(member(f, "abc") + member(f, "") + "\x00\x00"))
	f.Add([]byte(member(f, strings.Repeat("abc", 1000))[:30]))
	f.Add([]byte(member(f, "x") + "trailing"))
	f.Fuzz(func(t *testing.T, packed []byte) {
		const most = 1 << 20
		text, err := read(packed, most, func(r io.Reader) (io.Reader, error) { return newGzip(r) })
		want, wantErr := read(packed, most, func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) })
		if !bytes.Equal(text, want) {
			t.Fatalf("%d bytes of text, the library has %d", len(text), len(want))
		}
		padded := bytes.TrimRight(packed, "\x00")
		if (err == nil) != (wantErr == nil) && len(padded) == len(packed) {
			t.Fatalf("error %v, the library has %v", err, wantErr)
		}
		if err != nil && wantErr == nil {
			t.Fatalf("%v, the library has no error", err)
		}
	})
}

func read(packed []byte, most int64, open func(io.Reader) (io.Reader, error)) ([]byte, error) {
	r, err := open(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(io.LimitReader(r, most))
}
