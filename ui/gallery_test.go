package ui

import (
	"flag"
	"fmt"
	"html/template"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2/driver/software"

	"sluice/ui/look"
	"sluice/ui/texts"
)

// The gallery shows every screen of the layout tests in light and dark, and those of some
// tabs in every language: make gallery.
var (
	galleryOut   = flag.String("gallery", "", "draw every screen into this folder")
	galleryOnly  = flag.String("gallery-only", "", "of these screens: those whose name begins with one of these, with ; between")
	gallerySizes = flag.String("gallery-size", "1280x800@1", "of the window: pixels and scale; several with commas between")
	galleryPart  = flag.String("gallery-part", "1/1", "which part of how many is drawn by this process; the page shows all")
	galleryMore  = flag.Bool("gallery-more", false, "go on: what is in the folder already is not drawn again")
)

// inLanguages are how the names of the screens begin that are drawn in every language.
var inLanguages = []string{"export", "files", "preview", "schedule", "board"}

// gallery is the page of all pictures.
type gallery struct {
	t      *testing.T
	folder string
	sizes  []viewSize
	part   [2]int // the part that is drawn, from 1, of how many
	met    int    // screens, in whatever language
	drawn  int    // pictures; the others were there
	Shots  []*shot
}

// shot is a screen with its pictures.
type shot struct {
	Name     string
	Pictures []picture
}

// picture is one of them, by its name in the folder.
type picture struct {
	File, Says string
	size       viewSize
	mode       look.Mode
}

// TestGallery draws the gallery, with -gallery into a folder to be looked at. Else it draws
// one screen, which must show something else in each picture.
func TestGallery(t *testing.T) {
	g := &gallery{t: t, folder: *galleryOut}
	only := *galleryOnly
	if g.folder == "" {
		g.folder, only = t.TempDir(), "export, not started"
	}
	for _, size := range strings.Split(*gallerySizes, ",") {
		var v viewSize
		if _, err := fmt.Sscanf(size, "%fx%f@%f", &v.width, &v.height, &v.scale); err != nil {
			t.Fatalf("the size %q: %v", size, err)
		}
		g.sizes = append(g.sizes, v)
	}
	if _, err := fmt.Sscanf(*galleryPart, "%d/%d", &g.part[0], &g.part[1]); err != nil {
		t.Fatalf("the part %q: %v", *galleryPart, err)
	}
	defer func() { texts.T = texts.English() }()
	for _, l := range texts.Languages() {
		g.draw(l, only)
	}
	g.index()
	if *galleryOut != "" {
		t.Logf("%d screens, %d pictures drawn: %s", len(g.Shots), g.drawn, filepath.Join(g.folder, "index.html"))
		return
	}
	seen := map[string]string{}
	for _, p := range g.Shots[0].Pictures {
		b, err := os.ReadFile(filepath.Join(g.folder, p.File))
		if err != nil {
			t.Fatal(err)
		}
		if other, same := seen[string(b)]; same {
			t.Errorf("%s shows what %s shows", p.File, other)
		}
		seen[string(b)] = p.File
	}
	if want := 2 * len(texts.Languages()); len(seen) != want || len(g.Shots) != 1 {
		t.Errorf("%d pictures of %d screens, want %d of one", len(seen), len(g.Shots), want)
	}
}

// draw draws the screens in a language.
func (g *gallery) draw(l texts.Language, only string) {
	if _, err := texts.UseLanguage(l.Tag); err != nil {
		g.t.Fatal(err)
	}
	var x *tongue
	if l.Tag != "en" {
		x = newTongue()
	}
	begins := func(name string, words []string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(name, w) })
	}
	for _, sc := range screens() {
		if !begins(sc.name, strings.Split(only, ";")) || x != nil && !begins(sc.name, inLanguages) {
			continue
		}
		g.met++
		if g.of(sc.name).has(g.pictures(sc.name, l), g.folder) || g.met%g.part[1] != g.part[0]%g.part[1] {
			continue
		}
		g.t.Run(l.Tag+"/"+sc.name, func(t *testing.T) {
			s := stagedAt(t, x, sc, &g.sizes[0])
			for _, p := range g.pictures(sc.name, l) {
				s.app.Settings().SetTheme(look.NewTheme(p.mode))
				s.w.window.Canvas().(software.WindowlessCanvas).SetScale(p.size.scale)
				s.w.window.Resize(p.size.logical())
				s.drain()
				s.save(filepath.Join(g.folder, p.File))
				g.drawn++
			}
		})
	}
}

// pictures are those of a screen in a language.
func (g *gallery) pictures(name string, l texts.Language) (list []picture) {
	for _, v := range g.sizes {
		for _, mode := range []look.Mode{look.Light, look.Dark} {
			of := fmt.Sprintf("%.0fx%.0f@%g", v.width, v.height, v.scale)
			list = append(list, picture{File: fmt.Sprintf("%s-%s-%s-%s.png", fileName(name), l.Tag, of, mode), Says: l.Name + ", " + of + ", " + string(mode), size: v, mode: mode})
		}
	}
	return list
}

// has notes the pictures of a screen, and reports whether all are there already, where they
// are not to be drawn again.
func (s *shot) has(list []picture, folder string) bool {
	s.Pictures = append(s.Pictures, list...)
	return *galleryMore && !slices.ContainsFunc(list, func(p picture) bool {
		_, err := os.Stat(filepath.Join(folder, p.File))
		return err != nil
	})
}

// of is the entry of a screen.
func (g *gallery) of(name string) *shot {
	for _, s := range g.Shots {
		if s.Name == name {
			return s
		}
	}
	g.Shots = append(g.Shots, &shot{Name: name})
	return g.Shots[len(g.Shots)-1]
}

// fileName is a name of letters, digits and hyphens.
func fileName(name string) string {
	return strings.Trim(strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		case r >= 'A' && r <= 'Z':
			return r - 'A' + 'a'
		case r == ' ':
			return '-'
		}
		return -1
	}, name), "-")
}

// save writes what the window shows.
func (s *stage) save(path string) {
	s.t.Helper()
	f, err := os.Create(path)
	if err != nil {
		s.t.Fatal(err)
	}
	defer f.Close()
	if err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(f, s.w.window.Canvas().Capture()); err != nil {
		s.t.Fatal(err)
	}
}

var galleryPage = template.Must(template.New("").Parse(`<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Sluice: every screen</title>
<style>body{font:14px sans-serif;margin:24px;background:#888}h2{margin:28px 0 8px}a,h1,h2{color:#fff}nav{columns:4}
figure{display:inline-block;margin:0 12px 12px 0}img{width:46vw;display:block}figcaption{color:#fff;padding-top:4px}</style></head>
<body><h1>Every screen</h1><nav>{{range $i, $s := .Shots}}<a href="#s{{$i}}">{{$s.Name}}</a><br>{{end}}</nav>
{{range $i, $s := .Shots}}<h2 id="s{{$i}}">{{$s.Name}}</h2>{{range $s.Pictures}}<figure><a href="{{.File}}"><img src="{{.File}}" loading="lazy" alt=""></a><figcaption>{{.Says}}</figcaption></figure>{{end}}{{end}}
</body></html>
`))

// index writes the page that shows all.
func (g *gallery) index() {
	f, err := os.Create(filepath.Join(g.folder, "index.html"))
	if err != nil {
		g.t.Fatal(err)
	}
	defer f.Close()
	if err := galleryPage.Execute(f, g); err != nil {
		g.t.Fatal(err)
	}
}
