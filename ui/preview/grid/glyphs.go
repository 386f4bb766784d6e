package grid

import (
	"image"
	"image/color"
	"sync"

	"fyne.io/fyne/v2"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// typeface draws runs of simple text into a picture. The toolkit makes a texture
// of every text it draws and keeps each for a minute: a table that is paged
// through makes thousands a second. Text that needs shaping, or letters that the
// font lacks, is left to the toolkit; see [typeface.simple].
type typeface struct {
	font  *sfnt.Font
	buf   sfnt.Buffer
	known map[rune]bool // whether the font can draw a rune as it stands

	size   float64 // pixels of the screen
	face   font.Face
	glyphs map[glyphKey]glyph
}

// steps is how many places within a pixel a glyph is drawn at.
const steps = 4

// maxGlyphs bounds the cache of drawn glyphs: about 1 MB.
const maxGlyphs = 4000

type glyphKey struct {
	r   rune
	sub uint8
}

// glyph is a drawn rune: its coverage, where that stands from the pen, and how
// far the pen moves.
type glyph struct {
	mask    []uint8
	box     image.Rectangle // from the pen's whole pixel on the baseline
	advance fixed.Int26_6
}

var (
	fontsMu sync.Mutex
	fonts   = map[string]*sfnt.Font{} // parsed, by the name of the resource
)

// newTypeface uses the theme's font for a style; nil if it can't be read, and
// then the toolkit draws everything.
func newTypeface(th fyne.Theme, style fyne.TextStyle) *typeface {
	res := th.Font(style)
	if res == nil {
		return nil
	}
	fontsMu.Lock()
	defer fontsMu.Unlock()
	f, ok := fonts[res.Name()]
	if !ok {
		var err error
		if f, err = opentype.Parse(res.Content()); err != nil {
			f = nil
		}
		fonts[res.Name()] = f
	}
	if f == nil {
		return nil
	}
	return &typeface{font: f, known: map[rune]bool{}}
}

// simple reports whether a text can be drawn rune by rune from left to right.
func (t *typeface) simple(s string) bool {
	if t == nil {
		return false
	}
	for _, r := range s {
		if r >= 0x20 && r < 0x7f {
			continue
		}
		ok, seen := t.known[r]
		if !seen {
			ok = standsAlone(r) && t.has(r)
			t.known[r] = ok
		}
		if !ok {
			return false
		}
	}
	return true
}

func (t *typeface) has(r rune) bool {
	i, err := t.font.GlyphIndex(&t.buf, r)
	return err == nil && i != 0
}

// standsAlone reports whether a rune neither changes its neighbours nor its place
// among them: Latin, Greek, Cyrillic and Armenian letters, and signs.
func standsAlone(r rune) bool {
	switch {
	case r < 0xa0:
		return false
	case r < 0x300, r >= 0x370 && r < 0x483, r >= 0x48a && r < 0x590:
		return true
	case r >= 0x1e00 && r < 0x200b, r >= 0x2010 && r < 0x2028, r >= 0x2030 && r < 0x2060, r >= 0x2070 && r < 0x20d0, r >= 0x2100 && r < 0x2190:
		return true
	}
	return false
}

// setSize chooses the size in pixels of the screen.
func (t *typeface) setSize(size float64) {
	if t.size == size && t.face != nil {
		return
	}
	face, err := opentype.NewFace(t.font, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		return
	}
	t.size, t.face, t.glyphs = size, face, map[glyphKey]glyph{}
}

// glyph is a rune drawn at a place within its pixel.
func (t *typeface) glyph(r rune, sub uint8) glyph {
	k := glyphKey{r, sub}
	g, ok := t.glyphs[k]
	if ok {
		return g
	}
	if len(t.glyphs) >= maxGlyphs {
		clear(t.glyphs)
	}
	dot := fixed.Point26_6{X: fixed.Int26_6(int(sub) * 64 / steps)}
	box, mask, at, advance, ok := t.face.Glyph(dot, r)
	g = glyph{advance: advance}
	if a, isAlpha := mask.(*image.Alpha); ok && isAlpha && !box.Empty() {
		g.box = box
		g.mask = make([]uint8, 0, box.Dx()*box.Dy())
		for y := range box.Dy() {
			from := a.PixOffset(at.X, at.Y+y)
			g.mask = append(g.mask, a.Pix[from:from+box.Dx()]...)
		}
	}
	t.glyphs[k] = g
	return g
}

// width is how far the pen moves over s.
func (t *typeface) width(s string) fixed.Int26_6 {
	w := fixed.Int26_6(0)
	for _, r := range s {
		w += t.glyph(r, 0).advance
	}
	return w
}

// draw writes s with its baseline's left end at x, y, inside clip.
func (t *typeface) draw(dst *image.RGBA, s string, x fixed.Int26_6, y int, c color.NRGBA, clip image.Rectangle) {
	clip = clip.Intersect(dst.Rect)
	for _, r := range s {
		if x.Floor() >= clip.Max.X {
			return
		}
		g := t.glyph(r, uint8((x&63)*steps/64))
		blend(dst, g, image.Pt(x.Floor(), y), c, clip)
		x += g.advance
	}
}

// blend lays a glyph over what is there. The picture has its colours multiplied
// by their opacity.
func blend(dst *image.RGBA, g glyph, pen image.Point, c color.NRGBA, clip image.Rectangle) {
	box := g.box.Add(pen)
	in := box.Intersect(clip)
	if in.Empty() || g.mask == nil {
		return
	}
	red, green, blue := uint32(c.R), uint32(c.G), uint32(c.B)
	for y := in.Min.Y; y < in.Max.Y; y++ {
		m := g.mask[(y-box.Min.Y)*box.Dx()+in.Min.X-box.Min.X:]
		p := dst.Pix[dst.PixOffset(in.Min.X, y):]
		for i := range in.Dx() {
			a := uint32(m[i]) * uint32(c.A) / 255
			if a == 0 {
				continue
			}
			q, rest := p[4*i:4*i+4:4*i+4], 255-a
			q[0] = uint8((red*a + uint32(q[0])*rest) / 255)
			q[1] = uint8((green*a + uint32(q[1])*rest) / 255)
			q[2] = uint8((blue*a + uint32(q[2])*rest) / 255)
			q[3] = uint8(a + uint32(q[3])*rest/255)
		}
	}
}
