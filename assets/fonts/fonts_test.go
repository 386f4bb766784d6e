package fonts

import (
	"hash/crc32"
	"io"
	"log"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/go-text/typesetting/fontscan"
	"github.com/go-text/typesetting/language"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
)

// samples are words of the scripts that must be readable.
var samples = map[string]string{
	"Chinese": "产品路线图 會議記錄", "Japanese": "議事録テンプレート ひらがな", "Korean": "회의록 제품",
	"Arabic": "سياسة الإجازات", "Persian": "یادداشت\u200cهای جلسه", "Hebrew": "סיכום פגישה",
	"Hindi": "बैठक की कार्यवाही", "Bengali": "সভার কার্যবিবরণী", "Punjabi": "ਮੀਟਿੰਗ", "Gujarati": "બેઠક", "Tamil": "கூட்டக் குறிப்புகள்",
	"Telugu": "సమావేశం", "Kannada": "ಸಭೆ", "Malayalam": "യോഗം", "Sinhala": "රැස්වීම", "Thai": "บันทึกการประชุม", "Lao": "ກອງປະຊຸມ",
	"Khmer": "កំណត់ហេតុ", "Burmese": "အစည်းအဝေး", "Georgian": "შეხვედრა", "Armenian": "ժողով", "Amharic": "ስብሰባ", "signs": "→ ✓ ★ ① ∑ ≤ ■ ☎",
}

// TestEveryScriptHasItsLetters: one of the fonts has all letters of a word, and a space,
// with the line height of all others.
func TestEveryScriptHasItsLetters(t *testing.T) {
	fonts := unpacked(t)
	for script, text := range samples {
		for _, word := range strings.Fields(text) {
			whole := false
			for _, f := range fonts {
				whole = whole || hasAll(f, word+" \u00a0")
			}
			if !whole {
				t.Errorf("%s: no font has all of %q", script, word)
			}
		}
	}
}

// TestTheToolkitFindsTheFonts looks letters up as the toolkit does: in what it takes for
// the fonts of the system.
func TestTheToolkitFindsTheFonts(t *testing.T) {
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		t.Skip("this system brings its fonts")
	}
	t.Setenv("HOME", t.TempDir())
	t.Setenv(dataDirs, "")
	if _, err := Offer(t.TempDir()); err != nil {
		t.Fatal(err)
	}
	found := fontscan.NewFontMap(log.New(io.Discard, "", 0))
	if err := found.UseSystemFonts(t.TempDir()); err != nil {
		t.Fatal(err)
	}
	found.SetQuery(fontscan.Query{Families: []string{fontscan.SansSerif}})
	for script, text := range samples {
		for _, r := range strings.ReplaceAll(text, " ", "") {
			found.SetScript(language.LookupScript(r))
			face := found.ResolveFace(r)
			if _, ok := face.NominalGlyph(r); !ok {
				t.Errorf("%s: nothing has %q (%U)", script, r, r)
			}
		}
	}
}

func unpacked(t *testing.T) map[string]*sfnt.Font {
	t.Helper()
	dir, err := unpack(t.TempDir(), nil)
	if err != nil {
		t.Fatal(err)
	}
	paths, err := filepath.Glob(filepath.Join(dir, "fonts", "*.ttf"))
	if err != nil || len(paths) < 20 {
		t.Fatalf("there are %d fonts: %v", len(paths), err)
	}
	fonts := map[string]*sfnt.Font{}
	for _, path := range paths {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if fonts[path], err = opentype.Parse(b); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
	return fonts
}

func hasAll(f *sfnt.Font, word string) bool {
	var buf sfnt.Buffer
	for _, r := range word {
		if i, err := f.GlyphIndex(&buf, r); err != nil || i == 0 && r != '\u200c' {
			return false
		}
	}
	return true
}

// TestWhatIsForgottenIsStillThere: the pages that are given back are read again from
// the program.
func TestWhatIsForgottenIsStillThere(t *testing.T) {
	before := crc32.ChecksumIEEE(packed)
	for from := range 3 {
		forget(packed[from*1000:])
		forget(packed[:from*1000])
		if crc32.ChecksumIEEE(packed) != before {
			t.Fatal("the fonts in the program have changed")
		}
	}
}

func TestFontsAreUnpackedOnceAndOffered(t *testing.T) {
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		t.Skip("this system brings its fonts")
	}
	for given, want := range map[string]string{"": usualDirs + ":", "/opt/share": "/opt/share:"} {
		cache := t.TempDir()
		t.Setenv(dataDirs, given)
		if _, err := Offer(cache); err != nil {
			t.Fatal(err)
		}
		got := os.Getenv(dataDirs)
		dir := strings.TrimPrefix(got, want)
		if dir == got || !strings.HasPrefix(dir, cache) {
			t.Fatalf("%s is %q", dataDirs, got)
		}
		before, err := os.Stat(filepath.Join(dir, "fonts", "NotoSansArabic.ttf"))
		if err != nil || before.Mode().Perm() != 0o600 {
			t.Fatalf("%v, %v", before, err)
		}
		if again, err := unpack(cache, nil); err != nil || again != dir {
			t.Errorf("the second time: %s, %v", again, err)
		}
		after, err := os.Stat(filepath.Join(dir, "fonts", "NotoSansArabic.ttf"))
		if err != nil || !os.SameFile(before, after) {
			t.Error("the fonts were unpacked again")
		}
		if left, err := os.ReadDir(filepath.Join(cache, "fonts")); err != nil || len(left) != 1 {
			t.Errorf("beside the fonts lies something: %v, %v", left, err)
		}
	}
	if _, err := Offer(filepath.Join(os.DevNull, "no folder")); err == nil {
		t.Error("fonts that cannot be unpacked are not told")
	}
}

// TestCheck: nothing is wrong before the first start and after it; a font that is cut short
// or gone is told by its name.
func TestCheck(t *testing.T) {
	cache := t.TempDir()
	if err := Check(cache); err != nil {
		t.Errorf("before the first start: %v", err)
	}
	dir, err := unpack(cache, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := Check(cache); err != nil {
		t.Errorf("after it: %v", err)
	}
	files, err := filepath.Glob(filepath.Join(dir, "fonts", "*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%v, %v", files, err)
	}
	if err := os.Truncate(files[0], 7); err != nil {
		t.Fatal(err)
	}
	if err := Check(cache); err == nil || !strings.Contains(err.Error(), filepath.Base(files[0])) {
		t.Errorf("a font that is cut short: %v", err)
	}
}
