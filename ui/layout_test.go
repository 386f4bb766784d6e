package ui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/software"

	"sluice/source"
	"sluice/ui/layouttest"
)

// view sizes: a window of so many pixels of the screen at a scale. The least window
// is 900 × 600 at scale 1, and as many times that at others.
type viewSize struct{ width, height, scale float32 }

// viewSizes are those that differ in units of the window: where things lie depends on
// nothing else, which TestScaleMovesNothing holds.
var viewSizes = []viewSize{
	{900, 600, 1}, {1024, 700, 1}, {1280, 800, 1}, {1920, 1080, 1}, {3840, 2160, 1},
	{1280, 800, 0.8}, {1280, 800, 1.25}, {1920, 1080, 1.5},
}

// TestScaleMovesNothing: on a screen of another scale everything lies in the same place, in
// units of the window.
func TestScaleMovesNothing(t *testing.T) {
	for i, sc := range screens() {
		if i%10 > 0 { // of each kind of screen some
			continue
		}
		t.Run(sc.name, func(t *testing.T) {
			s := staged(t, sc)
			s.at(viewSize{900, 600, 1})
			want := s.places()
			for _, v := range []viewSize{{720, 480, 0.8}, {1125, 750, 1.25}, {1350, 900, 1.5}, {1800, 1200, 2}} {
				if s.at(v); s.places() != want {
					t.Errorf("at %v other things lie elsewhere", v)
				}
			}
		})
	}
}

// places is where everything lies that can be seen.
func (s *stage) places() string {
	var b strings.Builder
	for _, o := range s.visibleObjects() {
		fmt.Fprintf(&b, "%T %v %v\n", o, o.Position(), o.Size())
	}
	return b.String()
}

// least is the least size of the window, which nothing in it may exceed.
var least = fyne.NewSize(900, 600)

func (v viewSize) String() string { return fmt.Sprintf("%.0f×%.0f@%g", v.width, v.height, v.scale) }

func (v viewSize) logical() fyne.Size { return fyne.NewSize(v.width/v.scale, v.height/v.scale) }

// screen is a state of the window and how to get there.
type screen struct {
	name    string
	prepare func(s *stage) // before the window is made; may be nil
	sources []source.Source
	play    func(s *stage)
}

// TestLayout walks every screen at every size and scale: nothing lies over anything
// else, sticks out of its card or is cut, and the least window has room for all.
// With -v it prints the table.
func TestLayout(t *testing.T) {
	table := []string{fmt.Sprintf("%-34s %s", "screen (overlaps/cuts)", strings.Join(headings(), " "))}
	faults := 0
	for _, sc := range screens() {
		t.Run(sc.name, func(t *testing.T) {
			s := staged(t, sc)
			cells := make([]string, len(viewSizes))
			said := map[string]string{} // fault → the sizes at which it is
			for i, v := range viewSizes {
				r := s.at(v)
				faults += r.Faults()
				cells[i] = fmt.Sprintf("%*s", len(headings()[i]), fmt.Sprintf("%d/%d", len(r.Overlaps), len(r.Cuts)))
				for _, f := range append(r.Overlaps, r.Cuts...) {
					said[f] += " " + v.String()
				}
			}
			for f, sizes := range said {
				t.Errorf("%s\n\tat%s", f, sizes)
			}
			table = append(table, fmt.Sprintf("%-34s %s", sc.name, strings.Join(cells, " ")))
		})
	}
	t.Logf("%d screens at %d sizes: %d faults\n%s", len(table)-1, len(viewSizes), faults, strings.Join(table, "\n"))
}

func headings() []string {
	var list []string
	for _, v := range viewSizes {
		list = append(list, v.String())
	}
	return list
}

// staged brings a new window to a screen.
func staged(t *testing.T, sc screen) *stage {
	t.Helper()
	return stagedIn(t, nil, sc)
}

// stagedIn does so in a language.
func stagedIn(t *testing.T, x *tongue, sc screen) *stage {
	t.Helper()
	return stagedAt(t, x, sc, nil)
}

// stagedAt does so in a window of a size; nil: that of the first start.
func stagedAt(t *testing.T, x *tongue, sc screen, size *viewSize) *stage {
	t.Helper()
	s := newStageWith(t, func(s *stage) {
		s.tongue, s.sized = x, size
		s.engine.wake = make(chan struct{}, 100) // as many sources are closed
		if sc.prepare != nil {
			sc.prepare(s)
		}
	}, sc.sources...)
	if size != nil {
		s.w.window.Resize(size.logical())
	}
	sc.play(s)
	s.patient(time.Millisecond)
	return s
}

// shrink gives the window its least size, which what pops up then takes for its own: it must
// have room there. A picture is drawn of the size that it is to have.
func (s *stage) shrink() {
	if s.sized == nil {
		s.w.window.Resize(least)
	}
}

// drain runs what has been dispatched.
func (s *stage) drain() {
	for {
		select {
		case f := <-s.queue:
			f()
		default:
			return
		}
	}
}

// at gives the window a size and looks at it.
func (s *stage) at(v viewSize) layouttest.Report {
	c := s.w.window.Canvas()
	c.(software.WindowlessCanvas).SetScale(v.scale)
	s.w.window.Resize(v.logical())
	s.drain()
	r := layouttest.Check(c)
	if m := c.Content().MinSize(); m.Width > least.Width || m.Height > least.Height {
		r.Cuts = append(r.Cuts, fmt.Sprintf("the window needs %v", m))
	}
	return r
}
