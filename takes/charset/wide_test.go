package charset

import (
	"strings"
	"testing"
	"testing/iotest"

	"golang.org/x/text/transform"
)

// TestWide: as PostgreSQL 15 decodes, also where a character has a backslash in it.
func TestWide(t *testing.T) {
	for _, c := range []struct {
		set, in, want string
		lost          int64
	}{
		{"SJIS", "a\\n\x95\x5c\x5cn \xb1\x83\x5c\t\x81\x60\n", "a\\n表\\n ｱソ\t～\n", 0},
		{"shift_jis", "\x95", "\ufffd", 1},
		{"EUC_JP", "\xc9\xbd\\n\x8e\xb1\x8f\xb0\xa1\x8f\xa2\xc3\x8f\xf4\xfe\x8f\xf4\xa9\x8f\xf3\xf3", "表\\nｱ丂￤黑＇ⅰ", 0},
		{"EUC_KR", "\xb0\xa1\xa2\xe8", "가㉾", 0},
		{"UHC", "\x81\x41\xc9\xa1\x5c", "갂\ufffd\\", 1}, // a character of somebody's own
		{"EUC_CN", "\xd6\xd0\xa1\xa4\xa1\xaa", "中・―", 0},
		{"GBK", "\x81\x5c\\.\xd6\xd0", "乗\\.中", 0},
		{"GB18030", "\x95\x32\x82\x36\x81\x5c0\xa3\xa0\xd6\xd0", "𠀀乗0\ue5e5中", 0},
		{"GBK", "\xd6\nline\xd6\t\xff\xff", "\ufffd\nline\ufffd\t\ufffd", 3}, // a line ends where it does
		{"GB18030", "\x81\x30\x81\n", "\ufffd0\ufffd\n", 2},
	} {
		set, ok := FindWide(c.set)
		if !ok {
			t.Errorf("%s is not known", c.set)
			continue
		}
		d := set.NewDecoder()
		var out strings.Builder
		r := transform.NewReader(iotest.OneByteReader(strings.NewReader(c.in)), d)
		for b := make([]byte, 3); ; {
			n, err := r.Read(b)
			out.Write(b[:n])
			if err != nil {
				break
			}
		}
		if out.String() != c.want || d.Lost != c.lost {
			t.Errorf("%s: %q is %q with %d lost, want %q with %d", c.set, c.in, out.String(), d.Lost, c.want, c.lost)
		}
	}
	for _, name := range []string{"BIG5", "JOHAB", "EUC_TW", "EUC_JIS_2004", "SHIFT_JIS_2004", "MULE_INTERNAL"} {
		if _, ok := FindWide(name); ok {
			t.Errorf("%s is decoded otherwise than PostgreSQL does", name)
		}
	}
}
