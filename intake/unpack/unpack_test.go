package unpack

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
	"github.com/pierrec/lz4/v4"
	"github.com/ulikunitz/xz"
)

var text = strings.Repeat("One row of a dump, packed.\n", 3)

// bzip2OfText is what bzip2 1.0.8 makes of text: Go only unpacks it.
const bzip2OfText = "425a68393141592653599f437af500000d5580001040050000af0bd2802000419ffaaa3d464d184f50a69918989890b28951e34f5dac855d21961a652d2894b8d9855f8bb9229c28484fa1bd7a80"

// packedForms are text, packed in each form.
func packedForms(t testing.TB) map[Form][]byte {
	t.Helper()
	all := map[Form][]byte{}
	for form, pack := range map[Form]func(io.Writer) io.WriteCloser{
		Gzip: func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) },
		Zlib: func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) },
		LZ4:  func(w io.Writer) io.WriteCloser { return lz4.NewWriter(w) },
		Zstd: func(w io.Writer) io.WriteCloser {
			z, err := zstd.NewWriter(w)
			if err != nil {
				t.Fatal(err)
			}
			return z
		},
	} {
		var b bytes.Buffer
		z := pack(&b)
		if _, err := io.WriteString(z, text); err != nil {
			t.Fatal(err)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		all[form] = b.Bytes()
	}
	all[XZ] = xzOf(t, text)
	b, err := hex.DecodeString(bzip2OfText)
	if err != nil {
		t.Fatal(err)
	}
	all[Bzip2] = b
	return all
}

// xzOf is a text packed with xz.
func xzOf(t testing.TB, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	z, err := xz.NewWriter(&b)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(z, text); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func allOf(r io.Reader, form Form) (string, error) {
	u, err := Reader(r, form)
	if err != nil {
		return "", err
	}
	defer u.Close()
	b, err := io.ReadAll(u)
	return string(b), err
}

func TestEachFormIsUnpacked(t *testing.T) {
	for form, b := range packedForms(t) {
		if got, err := allOf(iotest.OneByteReader(bytes.NewReader(b)), form); err != nil || got != text {
			t.Errorf("%s: %q, %v", form, got, err)
		}
		// cat a.gz b.gz is both, as the programs of these forms say.
		if got, err := allOf(bytes.NewReader(append(bytes.Clone(b), b...)), form); form != Zlib && (err != nil || got != text+text) {
			t.Errorf("two of %s: %q, %v", form, got, err)
		}
		if form == Zlib { // has no magic
			continue
		}
		r, told, end, err := Auto(iotest.HalfReader(bytes.NewReader(b)))
		if err != nil || told != form {
			t.Fatalf("%s is told to be %q, %v", form, told, err)
		}
		if got, err := io.ReadAll(r); err != nil || string(got) != text {
			t.Errorf("%s by itself: %q, %v", form, got, err)
		}
		end.Close()
	}
}

func TestWhatIsNotPacked(t *testing.T) {
	for _, plain := range []string{"", "B", "BZ", "-- a dump", "\x1f", "\x28\xb5\x2f"} {
		r, form, end, err := Auto(strings.NewReader(plain))
		if err != nil || form != None {
			t.Fatalf("%q is told to be %q, %v", plain, form, err)
		}
		if got, err := io.ReadAll(r); err != nil || string(got) != plain {
			t.Errorf("%q became %q, %v", plain, got, err)
		}
		end.Close()
	}
	if got, err := allOf(strings.NewReader("as it is"), None); err != nil || got != "as it is" {
		t.Errorf("%q, %v", got, err)
	}
}

// TestCutAndChanged: whatever is missing or changed is an error, or does no harm; rows
// never lack, or differ, without a word.
func TestCutAndChanged(t *testing.T) {
	for form, whole := range packedForms(t) {
		for n := range whole {
			empty := n == 0 && (form == LZ4 || form == Zstd) // no frame, which holds nothing
			if _, err := allOf(bytes.NewReader(whole[:n]), form); !empty && !errors.Is(err, ErrDamaged) {
				t.Errorf("%s cut at %d of %d: %v", form, n, len(whole), err)
			}
			changed := bytes.Clone(whole)
			changed[n] ^= 0x10
			got, err := allOf(bytes.NewReader(changed), form)
			ofTheSource(t, err)
			if err == nil && got != text {
				t.Errorf("%s changed at %d: %q without a word", form, n, got)
			}
		}
		_, err := allOf(bytes.NewReader(whole[:len(whole)/2]), form)
		damagedSaying(t, err, fmt.Sprintf("the %s data end too early", form))
		if _, err := allOf(bytes.NewReader(append(bytes.Clone(whole), "and more, which is packed in no way"...)), form); form != Zlib {
			damagedSaying(t, err, fmt.Sprintf("the %s data are damaged", form))
		}
	}
}

// TestWhatEndsTheReading is said as it is: the data that came are not damaged.
func TestWhatEndsTheReading(t *testing.T) {
	broken := errors.New("the disk broke")
	for form, whole := range packedForms(t) {
		for _, n := range []int{0, 3, len(whole) / 2, len(whole) - 1} {
			_, err := allOf(io.MultiReader(bytes.NewReader(whole[:n]), iotest.ErrReader(broken)), form)
			if !errors.Is(err, broken) || errors.Is(err, ErrDamaged) {
				t.Errorf("%s, broken at %d: %v", form, n, err)
			}
		}
	}
	if _, _, _, err := Auto(iotest.ErrReader(broken)); !errors.Is(err, broken) {
		t.Errorf("broken at once: %v", err)
	}
}

// FuzzAuto: anything gives bytes, or an error of the source.
func FuzzAuto(f *testing.F) {
	for _, b := range packedForms(f) {
		f.Add(b)
		f.Add(append([]byte("x"), b...))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		r, form, end, err := Auto(bytes.NewReader(b))
		ofTheSource(t, err)
		if err != nil {
			return
		}
		defer end.Close()
		got, err := io.ReadAll(io.LimitReader(r, 8<<20))
		ofTheSource(t, err)
		if form == None && !bytes.Equal(got, b) {
			t.Errorf("%q became %q", b, got)
		}
	})
}

// damagedSaying holds that an error is one of the source, and what it says.
func damagedSaying(t *testing.T, err error, says string) {
	t.Helper()
	if !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), says) {
		t.Errorf("error %v, want one of the source that says %q", err, says)
	}
}

// ofTheSource holds that an error, if there is one, is of the source.
func ofTheSource(t *testing.T, err error) {
	t.Helper()
	if err != nil && !errors.Is(err, ErrDamaged) {
		t.Errorf("error %v is not one of the source", err)
	}
}

// TestSalvage: what stands before a cut or a fault is given out, however large.
func TestSalvage(t *testing.T) {
	var long strings.Builder
	for i := range 60_000 {
		fmt.Fprintf(&long, "%d,row %d of a table\n", i, i*7919%100_003)
	}
	for form, pack := range map[Form]func(testing.TB, string) []byte{Gzip: func(t testing.TB, s string) []byte { return []byte(member(t, s)) }, XZ: xzOf, LZ4: lz4Of, Zstd: zstdOf} {
		whole := pack(t, long.String())
		for name, packed := range map[string][]byte{"whole": whole, "cut": whole[:len(whole)*3/4], "twice": append(bytes.Clone(whole), whole...)} {
			r, err := Salvage(bytes.NewReader(packed), form)
			if err != nil {
				t.Fatal(form, name, err)
			}
			got, err := io.ReadAll(r)
			r.Close()
			want := long.String()
			if name == "twice" {
				want += want
			}
			var damage *Error
			switch {
			case !strings.HasPrefix(want, string(got)) || len(got) < len(want)/2:
				t.Errorf("%s, %s: %d bytes of %d", form, name, len(got), len(want))
			case name == "cut" && (!errors.As(err, &damage) || damage.Reason != reasonCut):
				t.Errorf("%s, cut: %v", form, err)
			case name != "cut" && (err != nil || len(got) != len(want)):
				t.Errorf("%s, %s: %d bytes of %d, %v", form, name, len(got), len(want), err)
			}
		}
	}
}

func lz4Of(t testing.TB, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := lz4.NewWriter(&b)
	if err := z.Apply(lz4.BlockSizeOption(lz4.Block256Kb)); err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(z, text); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func zstdOf(t testing.TB, text string) []byte {
	t.Helper()
	z, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	return z.EncodeAll([]byte(text), nil)
}

// TestZerosBehind: zeros behind the last frame are passed over, but of Zstandard, which is read
// ahead and calls them damage; what stands behind them is not passed over.
func TestZerosBehind(t *testing.T) {
	for form, packed := range packedForms(t) {
		if form == Zlib || form == Zstd {
			continue
		}
		for _, zeros := range []int{4, 700, 100_000} {
			padded := append(bytes.Clone(packed), make([]byte, zeros)...)
			for behind, whole := range map[string]bool{"": true, "x": false} {
				r, err := Salvage(strings.NewReader(string(padded)+behind), form)
				if err != nil {
					t.Fatal(err)
				}
				got, err := io.ReadAll(r)
				if r.Close(); string(got) != text || (err == nil) != whole {
					t.Errorf("%s with %d zeros and %q: %d bytes, %v", form, zeros, behind, len(got), err)
				}
			}
		}
	}
}

func TestDetect(t *testing.T) {
	for head, want := range map[string]Form{
		"BZh9,name\n1,x\n": None, "BZh91AY&SY": Bzip2, "BZh9\x17\x72\x45\x38\x50\x90": Bzip2, "BZh": None, "\xfd7zXZ\x00": XZ,
		"\x50\x2a\x4d\x18\x00": Zstd, "id,name": None,
	} {
		if got := Detect([]byte(head)); got != want {
			t.Errorf("%q is %q, not %q", head, got, want)
		}
	}
}
