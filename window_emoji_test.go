//go:build !headless

package main

import (
	"io"
	"log"
	"runtime"
	"testing"

	"fyne.io/fyne/v2/theme"
	"github.com/go-text/typesetting/fontscan"
	"github.com/go-text/typesetting/language"
)

// TestEmojiAreReadWhenTheyAreDrawn: what the toolkit reads for each style of text has
// no big font any more, and emoji are found where the fonts of the system lie.
func TestEmojiAreReadWhenTheyAreDrawn(t *testing.T) {
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		t.Skip("this system brings its fonts")
	}
	emoji := emojiOf(theme.DefaultEmojiFont())
	if emoji == nil {
		t.Fatal("the toolkit brings its emoji otherwise: are they still read for each style of text?")
	}
	whole := emoji.StaticContent
	t.Cleanup(func() { emoji.StaticContent = whole })
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	t.Setenv("XDG_DATA_DIRS", "/nonexistent")
	t.Setenv("HOME", t.TempDir())
	for start := range 2 { // the first unpacks
		emoji.StaticContent = whole
		if err := offerFonts(); err != nil {
			t.Fatal(err)
		}
		if size := len(theme.DefaultEmojiFont().Content()); size == 0 || size > 100_000 {
			t.Errorf("start %d: the toolkit reads %d bytes of emoji for each style of text", start, size)
		}
	}
	found := fontscan.NewFontMap(log.New(io.Discard, "", 0))
	if err := found.UseSystemFonts(t.TempDir()); err != nil {
		t.Fatal(err)
	}
	found.SetQuery(fontscan.Query{Families: []string{fontscan.SansSerif}})
	for _, r := range "😀🚀👩💻🎉✅❤🔒" {
		found.SetScript(language.LookupScript(r))
		if _, ok := found.ResolveFace(r).NominalGlyph(r); !ok {
			t.Errorf("nothing has %q (%U)", r, r)
		}
	}
}
