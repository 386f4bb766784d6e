package ui

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"sluice/pipeline"
	"sluice/ui/palette"
	"sluice/ui/present"
	"sluice/ui/preview"
	"sluice/ui/texts"
	"sluice/ui/view"
)

// showPalette shows everything that can be done or gone to.
func (w *Window) showPalette() {
	items := w.paletteItems()
	v := view.NewPalette(w.window.Canvas().Size())
	v.OnQuery = func(query string) []palette.Item { return palette.Find(items, query, w.prefs.Used) }
	hide := w.pop(v.Object)
	v.OnDo = func(item palette.Item) {
		hide()
		w.prefs.Used = palette.Used(w.prefs.Used, item.ID)
		w.save()
		item.Do()
	}
	v.Search()
	w.window.Canvas().Focus(v.Query)
}

// paletteItems are all items, as the window is now.
func (w *Window) paletteItems() (items []palette.Item) {
	for _, c := range commands() {
		if c.id == "palette" {
			continue
		}
		items = append(items, palette.Item{ID: c.id, Icon: c.icon, Name: c.name, Words: found(c.words, c.commands), Keys: keysOf(c), Off: !c.possible(w), Do: func() { c.do(w) }})
	}
	return slices.Concat(items, w.pageItems(), w.boardItems(), w.previewItems(), w.sourceItems(), w.fileItems(), w.jobItems(), w.settingItems())
}

// found are the words by which something is found besides its name: its own, and commands.
func found(words string, commands []string) string {
	return strings.Join(append([]string{words}, commands...), " ")
}

// keysOf are the shortcuts of a command, as people read them.
func keysOf(c command) string {
	if len(c.strokes) == 0 {
		return ""
	}
	return c.strokes[0].String()
}

// boardItems are what can be done with all sources, while they are in sight.
func (w *Window) boardItems() (items []palette.Item) {
	if !w.board.shown {
		return nil
	}
	for _, a := range w.board.head().Actions {
		items = append(items, palette.Item{ID: "board:" + a.Text, Icon: "more", Name: a.Text, Detail: texts.T.Board.All, Do: a.Do})
	}
	return items
}

// previewItems are what can be done with the table in sight.
func (w *Window) previewItems() (items []palette.Item) {
	p, ok := w.previewInSight()
	if !ok || p.Footer() == "" {
		return nil
	}
	for _, b := range preview.Keys() {
		items = append(items, palette.Item{ID: "table:" + b.Does, Icon: "file", Name: b.Does, Detail: texts.T.Keys.Preview, Keys: b.Strokes[0].String(), Do: func() { p.Press(b.Strokes[0]) }})
	}
	return items
}

// sourceItems are the sources to go to.
func (w *Window) sourceItems() (items []palette.Item) {
	for _, e := range w.entries {
		m := e.member()
		items = append(items, palette.Item{ID: "source:" + e.source.ID, Icon: m.Icon, Name: e.source.Name, Detail: e.word(), Words: texts.T.Palette.Source + " " + e.source.Server.URL, Do: func() { w.choose(e) }})
	}
	return items
}

// fileItems are the files of the job in sight, and those that were opened last.
func (w *Window) fileItems() (items []palette.Item) {
	t := texts.T.Palette
	if p := w.openPage(); p != nil {
		for _, f := range p.files.files {
			items = append(items, palette.Item{ID: "file:" + f.Path, Icon: "file", Name: f.Name, Detail: fmt.Sprintf(t.File, p.files.job.ID), Words: filepath.Base(f.Path), Do: func() {
				p.view.Choose(view.FilesTab)
				p.files.choose(f.Path)
			}})
		}
	}
	for _, path := range w.recent() {
		items = append(items, palette.Item{ID: "recent:" + path, Icon: "file", Name: filepath.Base(path), Detail: path, Words: t.Recent, Do: func() { w.openRecent(path) }})
	}
	return items
}

// jobItems are the jobs of the chosen source, then those of the others: their files where
// these can be opened, else what is known of them.
func (w *Window) jobItems() (items []palette.Item) {
	now, chosen := w.o.Now(), w.chosen
	of := func(e *entry) {
		for _, j := range e.past.jobs {
			sign := present.SignOfJob(j)
			when, where := "", ""
			if !j.StartTime.IsZero() {
				when = present.Clock(j.StartTime.Time, now)
			}
			if e != chosen {
				where = e.source.Name
			}
			items = append(items, palette.Item{ID: fmt.Sprintf("job:%s:%d", e.source.ID, j.ID), Icon: sign.Icon, Name: fmt.Sprintf(texts.T.Status.Job, j.ID), Detail: present.Joined(sign.Word, when, where), Words: e.source.Name, Do: func() {
				if w.chosen != e {
					w.choose(e)
				}
				e.page.showJob(j)
			}})
		}
	}
	if chosen != nil {
		of(chosen)
	}
	for _, e := range w.entries {
		if e != chosen {
			of(e)
		}
	}
	return items
}

// showJob shows the files of a job, or its details where it has none here.
func (p *page) showJob(j pipeline.Job) {
	if p.files.possible() {
		p.files.load(j.ID)
		p.view.Choose(view.FilesTab)
		return
	}
	p.view.Choose(view.HistoryTab)
	p.jobs.details(j.ID)
}
