package csvfile

import (
	"fmt"
	"strings"
	"testing"
)

// TestEncodingByFurtherParts: where the start of a file is nothing but ASCII, its further parts
// tell its encoding, also where characters are cut by what is looked at of them.
func TestEncodingByFurtherParts(t *testing.T) {
	var plain, accents strings.Builder
	for i := range 9000 {
		fmt.Fprintf(&plain, "%d,page of a space\n", i)
		fmt.Fprintf(&accents, "%d,Müller für Köln, Straße\n", i)
	}
	head := "id,title\n" + plain.String()
	for _, c := range []struct{ name, content, encoding, says string }{
		{"Windows-1252 behind it", head + encoded(t, accents.String()), "windows-1252", "encoding-guessed"},
		{"its last line", head + encoded(t, "1,Köln\n"), "windows-1252", "encoding-guessed"},
		{"UTF-8 behind it", head + accents.String(), "utf-8", ""},
		{"Japanese behind it", head + strings.Repeat("1,日本語のページ\n", 20000), "utf-8", ""},
		{"one line without an end", head + strings.Repeat("日", 100_000), "utf-8", ""},
		{"ASCII", head, "utf-8", ""},
	} {
		f := openContent(t, c.content, WithCacheDir(t.TempDir()))
		said := ""
		for _, fi := range f.Info().Findings {
			if fi.Kind == EncodingGuessed {
				said = string(fi.Kind)
			}
		}
		if d := f.Dialect(); d.Encoding != c.encoding || said != c.says {
			t.Errorf("%s: %+v, %q", c.name, d, said)
		}
	}
}
