package xmlbackup

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"sluice/takes/feed"
)

func TestEncodings(t *testing.T) {
	text := whole(object("Label", `<id name="id">3</id><property name="name">Größe</property>`))
	bom, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(strings.Replace(text, "UTF-8", "UTF-16", 1))
	if err != nil {
		t.Fatal(err)
	}
	big, err := unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	latin, err := charmap.ISO8859_1.NewEncoder().String(strings.Replace(text, "UTF-8", "ISO-8859-1", 1))
	if err != nil {
		t.Fatal(err)
	}
	for name, in := range map[string]string{"UTF-8": text, "UTF-8 with a mark": "\xef\xbb\xbf" + text, "UTF-16LE with a mark": bom, "UTF-16BE": big, "Latin 1": latin} {
		if !IsXML([]byte(in[:min(len(in), 500)])) {
			t.Errorf("%s: not recognised", name)
		}
		m, _ := read(t, in)
		if !slices.Equal(m.lines, []string{"label|3|Größe|-"}) {
			t.Errorf("%s: %q", name, m.lines)
		}
	}
	_, err = Read(strings.NewReader(strings.Replace(text, "UTF-8", "EBCDIC-X", 1)), Descriptor{}, &memory{})
	if !errors.Is(err, feed.ErrDamaged) || !strings.Contains(err.Error(), `"EBCDIC-X"`) {
		t.Errorf("an encoding that nobody knows: %v", err)
	}
}
