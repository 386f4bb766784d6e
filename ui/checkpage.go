package ui

import (
	"fmt"
	"strings"

	"sluice/doctor"
	"sluice/ui/texts"
	"sluice/ui/view"
)

// checkPage is the tab that looks for problems at work.
type checkPage struct {
	w     *Window
	view  *view.CheckPage
	found []doctor.Finding
	busy  bool
}

func newCheckPage(w *Window) *checkPage {
	c := &checkPage{w: w, view: view.NewCheckPage()}
	c.view.OnAgain = c.look
	c.view.OnCopy = func() { w.copy(c.text()) }
	return c
}

// look makes the checks in the background: a keyring may take its time.
func (c *checkPage) look() {
	if c.busy || c.w.o.Doctor == nil {
		c.render()
		return
	}
	c.busy = true
	c.render()
	go func() {
		found := c.w.o.Doctor(c.w.ctx)
		c.w.later(func() {
			c.found, c.busy = found, false
			c.render()
		})
	}()
}

func (c *checkPage) render() {
	t := texts.T.Settings
	says, bad := t.AllWell, int64(0)
	for _, f := range c.found {
		if f.Result != doctor.OK {
			bad++
		}
	}
	switch {
	case c.busy:
		says = t.Checking
	case bad > 0:
		says = t.Problems.Of(bad)
	}
	c.view.Render(c.found, says, c.busy)
}

// text is what was found, for a colleague.
func (c *checkPage) text() string {
	var b strings.Builder
	b.WriteString("Sluice " + c.w.o.Version + "\n")
	for _, f := range c.found {
		fmt.Fprintf(&b, "%s\t%s\t%s %s\n", f.Result, f.Check, f.Says, f.Do)
	}
	return b.String()
}
