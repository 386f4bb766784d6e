package csv

import (
	"bytes"
	"strings"
	"testing"
)

// TestVectorEqualsScalar compares the two ways to encode long fields, with
// special bytes at every place around the steps of 32 bytes.
func TestVectorEqualsScalar(t *testing.T) {
	if !hasVector {
		t.Skip("this processor or build has no vector instructions")
	}
	for length := 1; length < 140; length++ {
		for at := range length {
			for _, special := range []string{`"`, ",", "\r", "\n", "\r\n", `""`, "\n\r", "\x00", "\x00\n", "x"} {
				b := []byte(strings.Repeat("a", at) + special + strings.Repeat("b", length-at-1))
				compareVector(t, b)
			}
		}
	}
	for _, length := range []int{vectorChunk - 1, vectorChunk, vectorChunk + 1, 3 * vectorChunk} {
		for _, special := range []string{`"`, "\r\n", "\n", ",", "\x00"} {
			compareVector(t, []byte(strings.Repeat("a", length)+special+strings.Repeat("b", 50)))
			compareVector(t, []byte(strings.Repeat(special, length)))
		}
	}
}

func FuzzVector(f *testing.F) {
	for _, s := range []string{"", "a", strings.Repeat("ab\"\r\n,", 30), strings.Repeat("x", 63) + "\r\n", "\r", strings.Repeat("0123456\x00", 20)} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if hasVector {
			compareVector(t, b)
		}
	})
}

func compareVector(t *testing.T, b []byte) {
	t.Helper()
	for _, o := range []Options{{}, {PreserveLineBreaks: true}, {Escape: `,"`}, {Escape: "<br>", KeepNUL: true}, {Escape: " "}} {
		e := &encoder{settings: &New(o).settings}
		want := e.enclose([]byte("before"), b, false)
		// What is written behind the end of the buffer shows.
		room := len("before\"\"") + 2*len(b) + bytes.Count(b, []byte{0})
		memory := bytes.Repeat([]byte{0xee}, room+64)
		got := e.enclose(append(memory[:0:room], "before"...), b, true)
		if !bytes.Equal(got, want) {
			t.Fatalf("%q becomes\n%q, want\n%q", b, got, want)
		}
		if !bytes.Equal(memory[room:], bytes.Repeat([]byte{0xee}, 64)) {
			t.Fatalf("%q: wrote behind the buffer", b)
		}
	}
}

func BenchmarkBody(b *testing.B) {
	body := []byte(strings.Repeat("<p class=\"note\">Numbers without a date are worth nothing, so write down when you measured them.</p>\n", 33))
	for name, encode := range map[string]func(*encoder, []byte, []byte) []byte{"scalar": (*encoder).appendScalar, "vector": (*encoder).appendVector} {
		b.Run(name, func(b *testing.B) {
			if name == "vector" && !hasVector {
				b.Skip("this processor or build has no vector instructions")
			}
			e := encoderOf(New(Options{}))
			dst := make([]byte, 0, 2*len(body))
			b.SetBytes(int64(len(body)))
			b.ReportAllocs()
			for b.Loop() {
				dst = encode(e, dst[:0], body)
			}
		})
	}
}
