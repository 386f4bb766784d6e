package ui

import (
	"context"
	"strings"

	"sluice/pipeline"
	"sluice/ui/present"
	"sluice/ui/view"
)

// exportPath is the card about where a server exports to, at work.
type exportPath struct {
	e    *entry
	view *view.PathCard
	m    present.ExportPath
	fit  func() // makes room for the card
}

func newExportPath(e *entry, fit func()) *exportPath {
	x := &exportPath{e: e, view: view.NewPathCard(), fit: fit}
	x.view.OnRetry = x.read
	x.view.OnChange = func(path string) {
		x.ask(true, func(ctx context.Context, p pipeline.ExportPather) (string, error) {
			return p.SetExportPath(ctx, strings.TrimSpace(path))
		})
	}
	x.view.OnReset = func() {
		x.ask(true, func(ctx context.Context, p pipeline.ExportPather) (string, error) {
			if err := p.ResetExportPath(ctx); err != nil {
				return "", err
			}
			now, _ := p.ExportPath(ctx) // that it was reset is the news
			return now, nil
		})
	}
	x.render()
	return x
}

// read asks the server.
func (x *exportPath) read() {
	x.ask(false, func(ctx context.Context, p pipeline.ExportPather) (string, error) { return p.ExportPath(ctx) })
}

// ask sends one request at a time in the background; change tells that it changes
// something.
func (x *exportPath) ask(change bool, do func(context.Context, pipeline.ExportPather) (string, error)) {
	paths, ok := x.e.engine.(pipeline.ExportPather)
	if !ok || x.m.Busy {
		return
	}
	x.m.Busy, x.m.Done, x.m.Err = true, false, nil
	x.render()
	background(x.e, func(ctx context.Context) (string, error) { return do(ctx, paths) }, func(path string, err error) {
		x.m.Busy, x.m.Err = false, err
		if err == nil {
			x.m.Path, x.m.Known, x.m.Done = path, true, change
		}
		x.render()
	})
}

func (x *exportPath) render() {
	x.view.Render(x.m)
	x.fit()
}
