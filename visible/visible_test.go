package visible_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"sluice/visible"
)

func TestLine(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"plain", "Größe Ωμέγα 中文 ½", "Größe Ωμέγα 中文 ½"},
		{"empty", "", ""},
		{"colour", "\x1b[31mred\x1b[0m", "‹001B›[31mred‹001B›[0m"},
		{"clipboard", "\x1b]52;c;cm0gLXJm\x07", "‹001B›]52;c;cm0gLXJm‹0007›"},
		{"C1 as UTF-8", "a\u009b31mb", "a‹009B›31mb"},
		{"C1 as a byte", "a\x9b31mb", "a‹9B›31mb"},
		{"DEL, backspace, bell", "a\x7f\b\a", "a‹007F›‹0008›‹0007›"},
		{"line breaks", "a\r\nb\nc\rd", "a¶b¶c¶d"},
		{"next line, separators", "a\u0085b\u2028c\u2029d", "a‹0085›b‹2028›c‹2029›d"},
		{"NUL and tab", "a\x00b\tc", "a‹NUL›b‹TAB›c"},
		{"bidi", "a\u202eb\u2066c\u200ed\u061ce", "a‹202E›b‹2066›c‹200E›d‹061C›e"},
		{"zero width", "pay\u200bpal\u2060\ufeff\u00ad", "pay‹200B›pal‹2060›‹FEFF›‹00AD›"},
		{"fillers", "a\u3164\u115f\u034f", "a‹3164›‹115F›‹034F›"},
		{"tags", "a\U000e0041", "a‹E0041›"},
		{"private use, no characters", "\ue000\uffff", "‹E000›‹FFFF›"},
		{"invalid UTF-8", "a\xff\xfe\xc3", "a‹FF›‹FE›‹C3›"},
		{"encoded surrogate", "\xed\xa0\x80", "‹ED›‹A0›‹80›"},
		{"a real replacement character", "a\ufffdb", "a\ufffdb"},
		{"emoji joined", "👩\u200d💻 ❤\ufe0f\u200d🔥 1\ufe0f\u20e3", "👩\u200d💻 ❤\ufe0f\u200d🔥 1\ufe0f\u20e3"},
		{"a joiner in a word of Persian", "می\u200cخواهم", "می\u200cخواهم"},
		{"joiners in Latin", "ad\u200dmin\u200c", "ad‹200D›min‹200C›"},
		{"joiners and selectors in a row", "👩\u200d\u200d💻 ❤\ufe0f\ufe0f", "👩‹200D›‹200D›💻 ❤\ufe0f‹FE0F›"},
		{"a selector first", "\ufe0fa", "‹FE0F›a"},
		{"Arabic sign of a number", "\u0600", "\u0600"},
	} {
		if got := visible.Line(c.in); got != c.want {
			t.Errorf("%s: Line(%q) = %q, want %q", c.name, c.in, got, c.want)
		}
	}
}

func TestCut(t *testing.T) {
	for _, c := range []struct {
		in   string
		n    int
		want string
	}{
		{"abc", 3, "abc"},
		{"abcd", 3, "abc… (1 more character)"},
		{"Ωμέγα", 2, "Ωμ… (3 more characters)"},
		{"\x00\x00\x00", 2, "‹NUL›‹NUL›… (1 more character)"},
		{strings.Repeat("x", 100_003), 3, "xxx… (100,000 more characters)"},
	} {
		if got := visible.Cut(c.in, c.n); got != c.want {
			t.Errorf("Cut(%.10q, %d) = %q, want %q", c.in, c.n, got, c.want)
		}
	}
	if got, want := visible.CutText("a\nb\tc\x1bd", 5), "a\nb\tc… (2 more characters)"; got != want {
		t.Errorf("CutText gives %q, want %q", got, want)
	}
	if got := visible.First("abcdef", 3); got != "abc" {
		t.Errorf("First gives %q", got)
	}
}

func TestText(t *testing.T) {
	if got, want := visible.Text("a\r\nb\rc\n\td\x1b[2J"), "a\nb\nc\n\td‹001B›[2J"; got != want {
		t.Errorf("Text gives %q, want %q", got, want)
	}
}

type named string

func TestFprintfKeepsValuesOnTheirLine(t *testing.T) {
	var b bytes.Buffer
	n, err := visible.Fprintf(&b, "%s\t%v %-4s %d %q\n", "a\nb\tc", errors.New("d\x1be"), named("f\rg"), 7, "\u202e")
	if want := "a¶b‹TAB›c\td‹001B›e f¶g  7 \"‹202E›\"\n"; b.String() != want || err != nil || n != len(want) {
		t.Errorf("it wrote %q (%d, %v), want %q", b.String(), n, err, want)
	}
}

func TestWriterAcrossWrites(t *testing.T) {
	for _, text := range []string{"plain\n\ttext", "Ωμέγα 中文 👩", "\x1b[31m\u009bx\u202e", "cut \xc3", "a\r\nb\r", "\xff\xc2", "a\xe2\x80"} {
		for cut := range len(text) + 1 {
			var b bytes.Buffer
			w := visible.NewWriter(&b)
			for _, part := range []string{text[:cut], text[cut:]} {
				if n, err := w.Write([]byte(part)); n != len(part) || err != nil {
					t.Fatalf("Write(%q) = %d, %v", part, n, err)
				}
			}
			if err := w.Flush(); err != nil {
				t.Fatal(err)
			}
			if got, want := b.String(), visible.Text(text); got != want {
				t.Errorf("%q, cut at %d, became %q, want %q", text, cut, got, want)
			}
		}
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space") }

func TestWriterTellsOfFailures(t *testing.T) {
	w := visible.NewWriter(full{})
	for _, text := range []string{"plain", "\x1b"} {
		if _, err := w.Write([]byte(text)); err == nil {
			t.Errorf("the failed write of %q was not told", text)
		}
	}
	if w.Unwrap() != (full{}) {
		t.Error("the writer behind cannot be reached")
	}
}

// unsafeIn reports the first rune or byte of a shown text that must not be there.
func unsafeIn(s string, allowed string) (string, bool) {
	for i, r := range s {
		if r == utf8.RuneError && !strings.HasPrefix(s[i:], "\ufffd") || visible.Hidden(r) && !strings.ContainsRune(allowed, r) {
			return fmt.Sprintf("%U at %d", r, i), true
		}
	}
	return "", false
}

// undo takes stand-ins back; it is right for texts without pointed brackets and
// pilcrows of their own.
func undo(s string) string {
	var b strings.Builder
	for s != "" {
		i := strings.IndexAny(s, "‹¶")
		if i < 0 {
			break
		}
		b.WriteString(s[:i])
		if strings.HasPrefix(s[i:], "¶") {
			b.WriteByte('\n')
			s = s[i+len("¶"):]
			continue
		}
		inner, rest, _ := strings.Cut(s[i+len("‹"):], "›")
		n, err := strconv.ParseUint(inner, 16, 32)
		switch {
		case inner == "NUL":
			b.WriteByte(0)
		case inner == "TAB":
			b.WriteByte('\t')
		case err == nil && len(inner) == 2:
			b.WriteByte(byte(n))
		default:
			b.WriteRune(rune(n))
		}
		s = rest
	}
	return b.String() + s
}

func FuzzVisible(f *testing.F) {
	for _, s := range []string{"", "plain", "\x1b]52;c;x\x07", "a\u009b\x9b\xff\u202e\u200d", "👩\u200d💻\ufe0f\ufe0f", "a\r\nb\tc", "\xed\xa0\x80", "\U000e0041\ufeff"} {
		f.Add(s, 5)
	}
	f.Fuzz(func(t *testing.T, s string, n int) {
		line, text := visible.Line(s), visible.Text(s)
		if bad, found := unsafeIn(line, ""); found {
			t.Fatalf("Line(%q) = %q holds %s", s, line, bad)
		}
		if bad, found := unsafeIn(text, "\n\t"); found {
			t.Fatalf("Text(%q) = %q holds %s", s, text, bad)
		}
		if again := visible.Line(line); again != line {
			t.Fatalf("Line(%q) = %q, again %q", s, line, again)
		}
		if again := visible.Text(text); again != text {
			t.Fatalf("Text(%q) = %q, again %q", s, text, again)
		}
		if !strings.ContainsAny(s, "‹›¶") {
			if got, want := undo(line), strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s); got != want {
				t.Fatalf("Line(%q) = %q lost something: it stands for %q", s, line, got)
			}
		}
		n = n & 0xff
		if first := visible.First(s, n); !strings.HasPrefix(line, first) && !strings.ContainsAny(s, "\u200c\u200d") {
			t.Fatalf("First(%q, %d) = %q is no beginning of %q", s, n, first, line)
		}
		checkJSON(t, s)
	})
}

// checkJSON holds that JSON keeps the value and that a Writer changes nothing of it.
func checkJSON(t *testing.T, s string) {
	t.Helper()
	var out, shown bytes.Buffer
	enc := json.NewEncoder(visible.JSON(&out))
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		t.Fatal(err)
	}
	var back string
	if err := json.Unmarshal(out.Bytes(), &back); err != nil || back != strings.ToValidUTF8(s, "\ufffd") && utf8.ValidString(s) {
		t.Fatalf("JSON of %q is %s, which reads as %q (%v)", s, out.Bytes(), back, err)
	}
	if bad, found := unsafeIn(out.String(), "\n"); found {
		t.Fatalf("JSON of %q holds %s", s, bad)
	}
	w := visible.NewWriter(&shown)
	if _, err := w.Write(out.Bytes()); err != nil || shown.String() != out.String() {
		t.Fatalf("the JSON %s became %s", out.Bytes(), shown.Bytes())
	}
}
