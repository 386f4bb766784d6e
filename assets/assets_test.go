package assets

import (
	"bytes"
	"encoding/xml"
	"errors"
	"image/png"
	"io"
	"os"
	"strings"
	"testing"
)

// wellFormed reports what is wrong with an XML document.
func wellFormed(b []byte) error {
	d := xml.NewDecoder(bytes.NewReader(b))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

func TestIcons(t *testing.T) {
	names := IconNames()
	if len(names) < 30 {
		t.Fatalf("only %d icons", len(names))
	}
	for _, name := range names {
		svg := Icon(name)
		if err := wellFormed(svg); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if !strings.Contains(string(svg), "currentColor") {
			t.Errorf("%s has no colour that can be changed", name)
		}
	}
}

func TestIconPanicsOnAMistake(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a name that does not exist gave an icon")
		}
	}()
	Icon("no-such-icon")
}

func TestStatusIcons(t *testing.T) {
	seen := map[string]bool{}
	for _, state := range []string{"fine", "running", "caution", "token", "failed"} {
		svg := StatusIcon(state)
		if err := wellFormed(svg); err != nil || seen[string(svg)] {
			t.Errorf("%s: %v, as another: %v", state, err, seen[string(svg)])
		}
		seen[string(svg)] = true
	}
}

// TestAppIcon: packages and window show the same picture, once as PNG and once
// as SVG.
func TestAppIcon(t *testing.T) {
	if err := wellFormed(AppIcon); err != nil {
		t.Error(err)
	}
	f, err := os.Open("icon.png")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	if b := img.Bounds(); b.Dx() != 512 || b.Dy() != 512 {
		t.Errorf("icon.png is %v", b)
	}
	if r, g, b, _ := img.At(60, 256).RGBA(); r>>8 != 0x2B || g>>8 != 0x5F || b>>8 != 0xD9 {
		t.Errorf("the ground of icon.png is %x %x %x", r>>8, g>>8, b>>8)
	}
}
