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
	galleryOut  = flag.String("gallery", "", "draw every screen into this folder")
	galleryOnly = flag.String("gallery-only", "", "of these screens: those whose name begins with one of these, with ; between")
	gallerySize = flag.String("gallery-size", "1280x800@1", "of the window: pixels and scale")
)

// inLanguages are how the names of the screens begin that are drawn in every language.
var inLanguages = []string{"export", "files", "preview", "schedule", "board"}

// gallery is the page of all pictures.
type gallery struct {
	t      *testing.T
	folder string
	size   viewSize
	Shots  []*shot
}

// shot is a screen with its pictures.
type shot struct {
	Name     string
	Pictures []picture
}

// picture is one of them, by its name in the folder.
type picture struct{ File, Says string }

// TestGallery draws the gallery, with -gallery into a folder to be looked at. Else it draws
// one screen, which must show something else in each picture.
func TestGallery(t *testing.T) {
	g := &gallery{t: t, folder: *galleryOut}
	only := *galleryOnly
	if g.folder == "" {
		g.folder, only = t.TempDir(), "export, not started"
	}
	if _, err := fmt.Sscanf(*gallerySize, "%fx%f@%f", &g.size.width, &g.size.height, &g.size.scale); err != nil {
		t.Fatalf("the size %q: %v", *gallerySize, err)
	}
	defer func() { texts.T = texts.English() }()
	for _, l := range texts.Languages() {
		g.draw(l, only)
	}
	g.index()
	if *galleryOut != "" {
		t.Logf("%d screens: %s", len(g.Shots), filepath.Join(g.folder, "index.html"))
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
		g.t.Run(l.Tag+"/"+sc.name, func(t *testing.T) {
			shot := g.of(sc.name)
			s := stagedIn(t, x, sc)
			for _, mode := range []look.Mode{look.Light, look.Dark} {
				s.app.Settings().SetTheme(look.NewTheme(mode))
				s.w.window.Canvas().(software.WindowlessCanvas).SetScale(g.size.scale)
				s.w.window.Resize(g.size.logical())
				s.drain()
				p := picture{File: fmt.Sprintf("%s-%s-%s.png", fileName(sc.name), l.Tag, mode), Says: l.Name + ", " + string(mode)}
				shot.Pictures = append(shot.Pictures, p)
				s.save(filepath.Join(g.folder, p.File))
			}
		})
	}
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
