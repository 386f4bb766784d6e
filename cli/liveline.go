package cli

import (
	"fmt"
	"io"
	"os"

	"golang.org/x/term"

	"sluice/visible"
)

// wipeLine goes to the beginning of the line and wipes it. It is ours, and goes to
// the terminal past the writers that show such things.
const wipeLine = "\r\x1b[K"

// behind is the writer that w wraps, however often.
func behind(w io.Writer) io.Writer {
	for {
		wrapped, ok := w.(interface{ Unwrap() io.Writer })
		if !ok {
			return w
		}
		w = wrapped.Unwrap()
	}
}

// isTerminal reports whether w, or the writer that it wraps, is a terminal, and
// how wide it is.
func isTerminal(w io.Writer) (width int, ok bool) {
	f, isFile := behind(w).(*os.File)
	if !isFile || !term.IsTerminal(int(f.Fd())) {
		return 0, false
	}
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil || width <= 0 {
		width = 80
	}
	return width, true
}

// liveLine is a line on a terminal that is drawn over and over; without a terminal
// it is nothing.
type liveLine struct {
	w     io.Writer // nil without a terminal
	width int
	drawn bool
}

func newLiveLine(w io.Writer) *liveLine {
	width, ok := isTerminal(w)
	if !ok {
		return &liveLine{}
	}
	return &liveLine{w: behind(w), width: width}
}

// live reports whether there is a terminal to draw on.
func (l *liveLine) live() bool { return l.w != nil }

func (l *liveLine) draw(text string) {
	if l.w == nil {
		return
	}
	fmt.Fprint(l.w, wipeLine+cut(visible.Line(text), l.width-1))
	l.drawn = true
}

func (l *liveLine) wipe() {
	if l.drawn {
		fmt.Fprint(l.w, wipeLine)
		l.drawn = false
	}
}

// cut shortens s to at most width columns, counting each character as one.
func cut(s string, width int) string {
	runes := []rune(s)
	if len(runes) <= width || width < 1 {
		return s
	}
	return string(runes[:width-1]) + "…"
}
