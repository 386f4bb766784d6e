package charset

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"
	"unicode/utf8"
)

func encode(s string, order binary.ByteOrder) (b []byte) {
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, 0, 0)
		order.PutUint16(b[len(b)-2:], u)
	}
	return b
}

func encode32(s string, order binary.ByteOrder) (b []byte) {
	for _, r := range s {
		b = append(b, 0, 0, 0, 0)
		order.PutUint32(b[len(b)-4:], uint32(r))
	}
	return b
}

// inAll are texts of Unicode in each of its wide forms.
func inAll(text string) map[Encoding][]byte {
	return map[Encoding][]byte{
		UTF16LE: encode(text, binary.LittleEndian), UTF16BE: encode(text, binary.BigEndian),
		UTF32LE: encode32(text, binary.LittleEndian), UTF32BE: encode32(text, binary.BigEndian),
	}
}

func TestReader(t *testing.T) {
	text := "\ufeffid,name\n1,größer 漢字 🙂 \ufffd\n" + strings.Repeat("🙂x", 50_000)
	for want, b := range inAll(text) {
		if g := Of(b); g.Encoding != want || !g.Marked {
			t.Fatalf("guessed %v, want %s", g, want.Name)
		}
		for _, src := range []io.Reader{bytes.NewReader(b), iotest.OneByteReader(bytes.NewReader(b)), iotest.DataErrReader(bytes.NewReader(b))} {
			r := NewReader(src, want)
			got, err := io.ReadAll(r)
			if n, _ := r.Replaced(); err != nil || string(got) != text || n != 0 {
				t.Fatalf("%d bytes, want %d, %d replaced, %v", len(got), len(text), n, err)
			}
		}
	}
}

func TestReaderBroken(t *testing.T) {
	for _, c := range []struct {
		e        Encoding
		in, want string
	}{
		{UTF16LE, "\x3d\xd8a\x00", "\ufffda"}, // high half alone
		{UTF16LE, "\x3d\xd8", "\ufffd"},       // at the end
		{UTF16LE, "a\x00b", "a\ufffd"},        // half a unit
		{UTF32LE, "a\x00\x00\x00\x00\xd8\x00\x00b\x00\x00\x00", "a\ufffdb"},
		{UTF32LE, "a\x00\x00\x00b\x00", "a\ufffd"},
		{mustLookup("shift_jis"), "\x8f\x88\x85", "処\ufffd"},
		{mustLookup("iso-8859-8"), "a\xa1b", "a\ufffdb"},
	} {
		for _, src := range []io.Reader{strings.NewReader(c.in), iotest.OneByteReader(strings.NewReader(c.in))} {
			r := NewReader(src, c.e)
			got, err := io.ReadAll(r)
			if err != nil || string(got) != c.want {
				t.Errorf("%q in %s gives %q, %v, want %q", c.in, c.e.Name, got, err, c.want)
			}
			if n, first := r.Replaced(); n != 1 || first != int64(strings.Index(c.want, "\ufffd")) {
				t.Errorf("%q: %d replaced, the first at %d", c.in, n, first)
			}
		}
	}
	failed := errors.New("the disk is gone")
	if _, err := io.ReadAll(NewReader(io.MultiReader(strings.NewReader("a\x00b"), iotest.ErrReader(failed)), UTF16LE)); !errors.Is(err, failed) {
		t.Errorf("an error of reading came as %v", err)
	}
}

func TestGuess(t *testing.T) {
	for _, text := range []string{"id,name\r\n1,Zoë\r\n", "id;名前\n1;日本語の長い名前です\n2;別の名前\n", "x,🙂\n",
		"题目,正文\n" + strings.Repeat("这是一个很长的中文段落没有任何拉丁字母", 30) + ",第二列\n章," + strings.Repeat("它继续下去", 30) + "\n"} { // with few zeros
		for want, b := range inAll(text) {
			if g := Of(b); g.Encoding != want || g.Marked || g.Told {
				t.Errorf("%q in %s is taken for %+v", text, want.Name, g)
			}
		}
	}
	for _, text := range []string{"", "a", "id,name\n", "id\x00name\x00\x00", "a\x00b,c,d,e,f,g,h,i,j,k,l,m\n", "日本", "a\x00\x01\x00", "\x7fELF\x02\x01\x01\x00\x00\x00",
		"a\x00\x00\xd8a\x00", string(encode("\u2603\u2603", binary.LittleEndian)), "\x00\n", "a\x00b\x00\n\x00",
		"sep=;\na;b\n1;2;3\n\n\x00;x\n\xff;y\nz \"q\" z;1\n\"open;",
		"K\xf6ln\n\xe4\x00\xe4\x00\xe4\x00\xe4\x00" + strings.Repeat("\xe4\xf6", 60) + "\n"} {
		if g := Of([]byte(text)); g.units() > 1 {
			t.Errorf("%q is taken for %s", text, g.Name)
		}
	}
	for _, c := range []struct {
		text, want string
		told       bool
		fits       string // one of them
	}{
		{"id,name\n1,Zoe\n", "UTF-8", true, ""},
		{"id,name\n1,Zoë\n", "UTF-8", true, ""},
		{"id,name\n1,Zoë\n2,K\xf6ln\n", "UTF-8", true, ""}, // one of each: not all of it may be lost
		{"id,name\n1,Zo\xc3", "UTF-8", true, ""},           // cut
		{"id;city\r\n1;K\xf6ln\r\n2;M\xe1laga\r\n", "Windows-1252", false, ""},
		{"\x8f\x88\x97\x9d\x8b\xe6\x95\xaa,\x8c\x8f\x90\x94\r\n1,2\r\n", "Windows-1252", false, "Shift_JIS"},
		{"\xcf\xf0\xe8\xe2\xe5\xf2,1\n", "Windows-1252", false, "Windows-1251"},
	} {
		g := Of([]byte(c.text))
		if g.Name != c.want || g.Told != c.told || (c.fits == "") != (g.Fits == nil) || c.fits != "" && !slices.Contains(g.Fits, c.fits) {
			t.Errorf("%q: %+v", c.text, g)
		}
	}
}

func TestLookup(t *testing.T) {
	for name, want := range map[string]string{
		"utf8": "UTF-8", "UTF-8": "UTF-8", "utf-16": "UTF-16LE", "utf16be": "UTF-16BE", "UTF-32": "UTF-32LE",
		"windows-1252": "Windows-1252", "cp1252": "Windows-1252", "latin1": "ISO-8859-1", "ISO-8859-15": "ISO-8859-15",
		"shift_jis": "Shift_JIS", "sjis": "Shift_JIS", "gb18030": "GB18030", "big5": "Big5", "koi8-r": "KOI8-R", "euc-kr": "EUC-KR",
	} {
		if e, err := Lookup(name, nil); err != nil || e.Name != want {
			t.Errorf("%q: %q, %v, want %q", name, e.Name, err, want)
		}
	}
	if e, err := Lookup("utf-16", []byte("\xfe\xff\x00a")); err != nil || e != UTF16BE {
		t.Errorf("the mark of UTF-16 is not heeded: %v, %v", e, err)
	}
	if _, err := Lookup("utf-9", nil); err == nil || !strings.Contains(err.Error(), "utf-9") {
		t.Errorf("utf-9: %v", err)
	}
	for _, name := range Names() {
		if e, err := Lookup(name, nil); err != nil || !strings.EqualFold(e.Name, name) {
			t.Errorf("the choice %q is %q, %v", name, e.Name, err)
		}
	}
}

// FuzzReader holds that UTF-16 is decoded to what the standard library makes of it, in
// pieces of any size, and that nothing is replaced uncounted.
func FuzzReader(f *testing.F) {
	f.Add([]byte("a\x00\x3d\xd8\x42\xdeb\x00c"), 1)
	f.Add([]byte("\x3d\xd8\x3d\xd8"), 3)
	f.Fuzz(func(t *testing.T, b []byte, step int) {
		var units []uint16
		for i := 0; i+1 < len(b); i += 2 {
			units = append(units, binary.LittleEndian.Uint16(b[i:]))
		}
		runes := utf16.Decode(units)
		if len(b)%2 == 1 {
			runes = append(runes, '\ufffd')
		}
		got, replaced := readAll(t, b, UTF16LE, step)
		if got != string(runes) {
			t.Fatalf("%q, want %q", got, string(runes))
		}
		honest := 0 // U+FFFD that stands in the text
		for _, u := range units {
			if u == 0xfffd {
				honest++
			}
		}
		if replaced+honest != strings.Count(string(runes), "\ufffd") {
			t.Fatalf("%d replaced in %q", replaced, got)
		}
		Of(b)
	})
}

// FuzzDecoders holds for every encoding that pieces decode to what the whole does,
// that the result is UTF-8, and that what was replaced is counted.
func FuzzDecoders(f *testing.F) {
	f.Add([]byte("id,\x8f\x88\n"), 1, 18)
	f.Add([]byte("\x84\x31\xa4\x37\x81"), 2, 21)
	f.Fuzz(func(t *testing.T, b []byte, step, which int) {
		names := Names()
		e := mustLookup(names[int(uint(which)%uint(len(names)))])
		if e.IsUTF8() {
			return
		}
		whole, _ := readAll(t, b, e, 0)
		got, replaced := readAll(t, b, e, 1+step)
		if got != whole || !utf8.ValidString(got) {
			t.Fatalf("%s: %q in pieces, %q whole", e.Name, got, whole)
		}
		if e.units() == 1 && replaced != strings.Count(got, "\ufffd") {
			t.Fatalf("%s: %d replaced in %q", e.Name, replaced, got)
		}
	})
}

func readAll(t *testing.T, b []byte, e Encoding, step int) (string, int) {
	t.Helper()
	var src io.Reader = bytes.NewReader(b)
	if step%2 == 1 {
		src = iotest.OneByteReader(src)
	}
	r := NewReader(src, e)
	got, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	n, _ := r.Replaced()
	return string(got), int(n)
}

func BenchmarkReader(b *testing.B) {
	text := strings.Repeat("1234567,2026-01-02T03:04:05Z,größer,漢字,confluence,some text here,1\n", 10_000)
	for name, in := range map[Encoding][]byte{UTF16LE: encode(text, binary.LittleEndian), Windows1252: []byte(strings.Repeat("1234567,gr\xf6\xdfer,some text\n", 10_000))} {
		b.Run(name.Name, func(b *testing.B) {
			b.SetBytes(int64(len(in)))
			for b.Loop() {
				if _, err := io.Copy(io.Discard, NewReader(bytes.NewReader(in), name)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
