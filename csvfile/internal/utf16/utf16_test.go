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
		got, err := io.ReadAll(NewReader(iotest.OneByteReader(strings.NewReader(in)), binary.LittleEndian))
		if err != nil || string(got) != want {
			t.Errorf("%q gives %q, %v, want %q", in, got, err, want)
		}
	}
	if _, ok := OrderOf([]byte("id")); ok {
		t.Error("plain text has a byte order")
	}
}
