package chart

import (
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"sluice/csvfile/grouptext"
	"sluice/ui/look"
)

func tableOf(keys, asked string, rows ...string) Table {
	header := []string{"space", "when", "size"}
	by, err := grouptext.Parse(keys, asked, header)
	if err != nil {
		panic(err)
	}
	t := Table{By: by, Header: by.Header(header), Count: int64(len(rows)), Empty: "(empty)"}
	for _, r := range rows {
		t.Rows = append(t.Rows, strings.Split(r, ","))
	}
	return t
}

func TestBars(t *testing.T) {
	var rows []string
	for i := range 30 {
		rows = append(rows, fmt.Sprintf("S%d,x,%d", i, 90-i))
	}
	rows[1] = ",x,"
	table := tableOf("space", "max(when),sum(size)", rows...)
	m, ok := Build(table)
	if !ok || m.Lines || m.Value != "sum(size)" || m.By != "space" || len(m.Labels) != MostBars || m.Others != 10 || m.Labels[1] != "(empty)" || !math.IsNaN(m.Series[0].Values[1]) {
		t.Fatalf("%+v", m)
	}
	if w := m.Words(); w != "sum(size) by space: S0 90; (empty) –; S2 88; S3 87; S4 86. 10 more groups are in the table." {
		t.Errorf("in words %q", w)
	}
	p := PlanOf(m, 400, 520, func(s string) float32 { return 6 * float32(len(s)) })
	for i := range m.Labels {
		bar := p.Bar(m, i)
		if bar.X+bar.W > 400 || bar.Y+bar.H > 520 || i > 1 && bar.W >= p.Bar(m, 0).W {
			t.Errorf("bar %d is %+v", i, bar)
		}
		if got := p.Hit(m, 50, bar.Y+bar.H/2); got != i {
			t.Errorf("at bar %d is group %d", i, got)
		}
	}
	if p.Hit(m, 5, 900) != -1 || p.Hit(m, 5, -1) != -1 {
		t.Error("there is a group where nothing is drawn")
	}
}

func TestNothingToDraw(t *testing.T) {
	for _, table := range []Table{tableOf("space", "max(when)", "a,x", "b,y"), tableOf("space", "count"), tableOf("month(when)", "count", "(no time),4", ",5")} {
		if m, ok := Build(table); ok {
			t.Errorf("%+v", m)
		}
	}
}

// TestLines: spans without a group are 0 where something is counted, and a gap otherwise.
func TestLines(t *testing.T) {
	m, ok := Build(tableOf("month(when)", "count", "2025-11,5", "2026-02,7", "(no time),1", ",2"))
	if !ok || !m.Lines || !slices.Equal(m.Labels, []string{"2025-11", "2025-12", "2026-01", "2026-02"}) || m.NoTime != 2 ||
		!slices.Equal(m.Series[0].Values, []float64{5, 0, 0, 7}) || !slices.Equal(m.Series[0].Rows, []int{0, -1, -1, 1}) {
		t.Fatalf("%+v", m)
	}
	if w := m.Words(); w != "count by month(when), from 2025-11 to 2026-02: at least 0 in 2025-12, at most 7 in 2026-02. 2 groups without a time are not drawn." {
		t.Errorf("in words %q", w)
	}
	wide := func(s string) float32 { return 6 * float32(len(s)) }
	p := PlanOf(m, 300, 200, wide)
	for _, i := range p.Marks(m, wide) {
		if half := wide(m.Labels[i]) / 2; p.At(m, i) < half || p.At(m, i)+half > 300 {
			t.Errorf("%s is cut: its middle is at %v of 300", m.Labels[i], p.At(m, i))
		}
	}
	x, y, _ := p.Point(m, 0, 3)
	if got := p.Hit(m, x-3, y+3); got != 1 {
		t.Errorf("at the last point is group %d", got)
	}
	if marks := p.Marks(m, func(string) float32 { return 100 }); !slices.Equal(marks, []int{0, 2}) {
		t.Errorf("marks %v", marks)
	}
	m, _ = Build(tableOf("day(when)", "mean(size)", "2026-01-31,1.5", "2026-02-02,2"))
	if len(m.Labels) != 3 || !math.IsNaN(m.Series[0].Values[1]) {
		t.Errorf("%+v", m)
	}
	m, _ = Build(tableOf("day(when)", "count", "0001-01-01,1", "2026-02-02,2"))
	if len(m.Labels) != 2 {
		t.Errorf("%d days", len(m.Labels))
	}
}

func TestSeveralLines(t *testing.T) {
	var rows []string
	for i := range 8 {
		for y := 2020; y < 2024; y++ {
			rows = append(rows, fmt.Sprintf("S%d,%d,%d", i, y, 10*i+y-2020))
		}
	}
	m, ok := Build(tableOf("space,year(when)", "count", rows...))
	if !ok || len(m.Series) != 5 || m.Series[0].Name != "S7" || m.Series[4].Name != "S3" || m.OtherSeries != 3 || m.By != "year(when)" {
		t.Fatalf("%+v", m)
	}
	if w := m.Words(); !strings.HasPrefix(w, "count by year(when), from 2020 to 2023: S7 at most 73 in 2023; S6 ") || !strings.HasSuffix(w, "3 smaller lines are not drawn.") {
		t.Errorf("in words %q", w)
	}
}

func TestScale(t *testing.T) {
	for _, c := range []struct {
		lo, hi float64
		want   string
	}{
		{0, 7, "[0 2 4 6 8]"}, {0, 100, "[0 20 40 60 80 100]"}, {0, 0, "[0 0.2 0.4 0.6 0.8 1]"}, {-3, 5, "[-4 -2 0 2 4 6]"}, {0, 1_234_567, "[0 500 k 1 M 1.5 M]"}, {0, 0.03, "[0 0.01 0.02 0.03]"},
	} {
		s := scaleOf(c.lo, c.hi)
		var texts []string
		for _, k := range s.Ticks {
			texts = append(texts, k.Text)
		}
		if got := fmt.Sprint(texts); got != c.want || s.From > c.lo || s.To < c.hi {
			t.Errorf("%v to %v: %s, from %v to %v, want %s", c.lo, c.hi, got, s.From, s.To, c.want)
		}
	}
	for v, want := range map[float64]string{0: "0", 9999: "9,999", 12345: "12.35 k", 2.5e9: "2.5 G", -1.5e6: "-1.5 M", 0.125: "0.125"} {
		if got := Short(v); got != want {
			t.Errorf("%v is %q, want %q", v, got, want)
		}
	}
}

// TestStrokes: a line is drawn where its values are, not where there are none, and a value
// without neighbours is a dot.
func TestStrokes(t *testing.T) {
	m := Model{Lines: true, Series: []Series{{Values: make([]float64, 100), Rows: make([]int, 100)}}, Scale: scaleOf(0, 10)}
	for i := range 100 {
		m.Labels = append(m.Labels, fmt.Sprint(2000+i))
		m.Series[0].Values[i] = 5
		if i > 39 && i != 70 {
			m.Series[0].Values[i] = math.NaN()
		}
	}
	plan := PlanOf(m, 200, 100, func(string) float32 { return 20 })
	img := strokes(m, plan, 400, 200, 200, []color.Color{color.Black})
	painted := func(i int, dy float32) bool {
		_, _, _, a := img.At(int(2*plan.At(m, i)), int(2*(plan.Y(m, 5)+dy))).RGBA()
		return a > 0
	}
	for i, want := range map[int]bool{2: true, 20: true, 39: true, 45: false, 60: false, 70: true, 80: false} {
		if painted(i, 0) != want {
			t.Errorf("at value %d something is drawn: %v", i, !want)
		}
	}
	if painted(20, 2) || !painted(70, 2) {
		t.Error("a point within a line is drawn, or one by itself is not")
	}
	if b := strokes(m, plan, 1, 1, 0, nil).Bounds(); b.Dx() != 1 {
		t.Errorf("a drawing without room has %v", b)
	}
}

// TestWordsOfLittle: a line without a value says so, one span stands in the middle, and
// what was not looked at is told.
func TestWordsOfLittle(t *testing.T) {
	table := tableOf("month(when)", "count", "2026-01,5")
	table.Count = 30_000
	m, ok := Build(table)
	p := PlanOf(m, 300, 200, func(string) float32 { return 20 })
	if x, _, has := p.Point(m, 0, 0); !ok || !has || x != p.Plot.X+p.Plot.W/2 {
		t.Errorf("the only span is at %v of %+v", x, p.Plot)
	}
	if w := m.Words(); !strings.HasSuffix(w, "Only the first 20,000 groups are drawn.") {
		t.Errorf("in words %q", w)
	}
	m.Series[0].Values[0] = math.NaN()
	if w := m.drawn(); w != "count by month(when): there is no value." {
		t.Errorf("in words %q", w)
	}
	if Height(m) < 100 || Height(Model{Labels: make([]string, 3)}) >= Height(Model{Labels: make([]string, 9)}) {
		t.Error("drawings are not as high as what is in them")
	}
}

// TestBelowZero: bars of what is less than zero go to the left, and those of nothing have
// no width.
func TestBelowZero(t *testing.T) {
	m, _ := Build(tableOf("space", "sum(size)", "a,-4", "b,0", "c,2", "d,"))
	p := PlanOf(m, 300, 100, func(string) float32 { return 20 })
	zero := p.x(m, 0)
	a, b, c, d := p.Bar(m, 0), p.Bar(m, 1), p.Bar(m, 2), p.Bar(m, 3)
	if a.X >= zero || a.X+a.W < zero || b.W != 0 || c.X != zero || c.W <= 0 || d.W != 0 || m.exactly(0, 3) != "–" {
		t.Errorf("%+v %+v %+v %+v from %v", a, b, c, d, zero)
	}
}

// TestDrawing: both kinds are drawn, in other colours when it is dark, and a tap is told.
func TestDrawing(t *testing.T) {
	app := test.NewTempApp(t)
	for name, table := range map[string]Table{"bars": tableOf("space", "count", "a,5", "b,3"), "lines": tableOf("space,year(when)", "count", "a,2020,5", "a,2021,3", "b,2020,1", "b,2021,9")} {
		var pictures []image.Image
		for _, mode := range []look.Mode{look.Light, look.Dark} {
			app.Settings().SetTheme(look.NewTheme(mode))
			m, _ := Build(table)
			pictures = append(pictures, Picture(m, name))
			path := filepath.Join(t.TempDir(), "chart.png")
			if err := WritePNG(path, pictures[len(pictures)-1]); err != nil {
				t.Fatal(err)
			}
			checkPNG(t, path)
			if err := WritePNG(filepath.Join(path, "below"), pictures[0]); err == nil {
				t.Error("a picture below a file is written")
			}
			c := New()
			c.Set(m)
			hit := -1
			c.OnTapped = func(row int) { hit = row }
			w := test.NewTempWindow(t, c)
			w.Resize(fyne.NewSize(400, 300))
			plan := c.plan()
			if m.Lines {
				x, y, _ := plan.Point(m, 0, 1)
				c.Tapped(&fyne.PointEvent{Position: fyne.NewPos(x, y)})
				if hit != 3 {
					t.Errorf("hit group %d", hit)
				}
				continue
			}
			bar := plan.Bar(m, 1)
			c.Tapped(&fyne.PointEvent{Position: fyne.NewPos(bar.X+1, bar.Y+3)})
			if hit != 1 {
				t.Errorf("hit group %d", hit)
			}
		}
		if pictures[0].At(2, 2) == pictures[1].At(2, 2) {
			t.Errorf("%s: light and dark have one background", name)
		}
	}
}

func checkPNG(t *testing.T, path string) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, err := png.Decode(f)
	if err != nil || img.Bounds().Dx() != 1800 || img.Bounds().Dy() < 150 {
		t.Fatalf("%v, %v", img.Bounds(), err)
	}
	if info, err := f.Stat(); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("its mode is %v, %v", info.Mode(), err)
	}
	colors := map[any]bool{}
	for x := range img.Bounds().Dx() {
		for y := 100; y < img.Bounds().Dy(); y += 10 {
			colors[img.At(x, y)] = true
		}
	}
	if len(colors) < 3 {
		t.Errorf("nothing is drawn: %d colours", len(colors))
	}
}
