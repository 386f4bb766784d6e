package utf16

import (
	"bytes"
	"encoding/binary"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"
)

func encode(s string, order binary.ByteOrder) (b []byte) {
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, 0, 0)
		order.PutUint16(b[len(b)-2:], u)
	}
	return b
}

func TestReader(t *testing.T) {
	text := "\ufeffid,name\n1,größer 漢字 🙂\n" + strings.Repeat("🙂x", 50_000)
	for _, want := range []binary.ByteOrder{binary.LittleEndian, binary.BigEndian} {
		b := encode(text, want)
		order, ok := OrderOf(b)
		if !ok || order != want {
			t.Fatalf("order is %v, %v", order, ok)
		}
		for _, src := range []io.Reader{bytes.NewReader(b), iotest.OneByteReader(bytes.NewReader(b)), iotest.DataErrReader(bytes.NewReader(b))} {
			got, err := io.ReadAll(NewReader(src, order))
			if err != nil || string(got) != text {
				t.Fatalf("%d bytes, want %d, %v", len(got), len(text), err)
			}
		}
	}
}

func TestReaderBrokenPairs(t *testing.T) {
	for in, want := range map[string]string{
		"\x3d\xd8a\x00": "\ufffda", // high half alone
		"\x3d\xd8":      "\ufffd",  // at the end
		"a\x00b":        "a\ufffd", // half a unit
	} {
		r := NewReader(iotest.OneByteReader(strings.NewReader(in)), binary.LittleEndian)
		got, err := io.ReadAll(r)
		if err != nil || string(got) != want {
			t.Errorf("%q gives %q, %v, want %q", in, got, err, want)
		}
		if n, first := r.Replaced(); n != 1 || first != int64(strings.Index(want, "\ufffd")) {
			t.Errorf("%q: %d replaced, the first at %d", in, n, first)
		}
	}
	r := NewReader(bytes.NewReader(encode("a\ufffd🙂", binary.BigEndian)), binary.BigEndian)
	if got, err := io.ReadAll(r); err != nil || string(got) != "a\ufffd🙂" {
		t.Errorf("%q, %v", got, err)
	}
	if n, _ := r.Replaced(); n != 0 {
		t.Errorf("%d replaced of a text that has U+FFFD", n)
	}
	if _, ok := OrderOf([]byte("id")); ok {
		t.Error("plain text has a byte order")
	}
}

func TestGuess(t *testing.T) {
	for _, text := range []string{"id,name\r\n1,Zoë\r\n", "id;名前\n1;日本語の長い名前です\n2;別の名前\n", "x,🙂\n"} {
		for _, want := range []binary.ByteOrder{binary.LittleEndian, binary.BigEndian} {
			if order, ok := Guess(encode(text, want)); !ok || order != want {
				t.Errorf("%q in %v: %v, %v", text, want, order, ok)
			}
		}
	}
	for _, text := range []string{"", "a", "id,name\n", "id\x00name\x00\x00", "a\x00b,c,d,e,f,g,h,i,j,k,l,m\n", "日本", "a\x00\x01\x00", "\x7fELF\x02\x01\x01\x00\x00\x00",
		"a\x00\x00\xd8a\x00", string(encode("\u2603\u2603", binary.LittleEndian)), "\x00\n", "a\x00b\x00\n\x00"} {
		if order, ok := Guess([]byte(text)); ok {
			t.Errorf("%q is taken for UTF-16 in %v", text, order)
		}
	}
}

// FuzzReader holds that what is decoded is what the standard library makes of it, in
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
		var src io.Reader = bytes.NewReader(b)
		if step%2 == 1 {
			src = iotest.OneByteReader(src)
		}
		r := NewReader(src, binary.LittleEndian)
		got, err := io.ReadAll(r)
		if err != nil || string(got) != string(runes) {
			t.Fatalf("%q, %v, want %q", got, err, string(runes))
		}
		honest := int64(0) // U+FFFD that stands in the text
		for _, u := range units {
			if u == 0xfffd {
				honest++
			}
		}
		if n, _ := r.Replaced(); n+honest != int64(strings.Count(string(runes), "\ufffd")) {
			t.Fatalf("%d replaced in %q", n, got)
		}
		Guess(b)
	})
}
