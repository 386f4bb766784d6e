package ui

import (
	"fmt"
	"log/slog"
	"path/filepath"

	"sluice/ui/logtail"
	"sluice/ui/present"
	"sluice/ui/texts"
	"sluice/ui/view"
)

// logPage is the tab with the log at work.
type logPage struct {
	w     *Window
	view  *view.LogPage
	lines []logtail.Line // the newest first
	shown []logtail.Line
	cut   bool
	err   error
}

func newLogPage(w *Window) *logPage {
	l := &logPage{w: w, view: view.NewLogPage()}
	l.view.OnFilter, l.view.OnRead = l.render, l.read
	l.view.OnCopy = func() { w.copy(logtail.Text(l.shown)) }
	l.view.OnFolder = func() { w.openFolder(filepath.Dir(w.o.LogFile)) }
	return l
}

// read reads the end of the log in the background.
func (l *logPage) read() {
	if l.w.o.LogFile == "" {
		l.render()
		return
	}
	go func() {
		lines, cut, err := logtail.Read(l.w.o.LogFile)
		l.w.later(func() {
			l.lines, l.cut, l.err = lines, cut, err
			l.render()
		})
	}()
}

func (l *logPage) render() {
	t := texts.T.Settings
	least, text := l.view.Filter()
	l.shown = logtail.Filter(l.lines, least, text)
	note, empty := present.Joined(l.w.o.LogFile, fmt.Sprintf(t.LogLines, present.Count(int64(len(l.shown))), present.Count(int64(len(l.lines))))), t.NoLines
	if l.cut {
		note = present.Joined(note, t.LogCut)
	}
	switch {
	case l.w.o.LogFile == "":
		note, empty = "", t.NoLog
	case l.err != nil:
		empty = texts.Error(l.err)
	}
	l.view.Render(l.shown, note, empty, l.w.o.LogFile != "")
}

// levels are what the log can keep.
func (s *settingsPage) levels() (list []view.Option) {
	t, w := texts.T.Settings, s.w
	for i, level := range []slog.Level{slog.LevelWarn, slog.LevelInfo, slog.LevelDebug} {
		list = append(list, view.Option{Name: []string{t.LevelWarn, t.LevelInfo, t.LevelDebug}[i], Chosen: w.o.LogLevel.Level() == level, Do: func() {
			w.o.LogLevel.Set(level)
			w.prefs.LogLevel = level.String()
			w.save()
		}})
	}
	return list
}

// useLogLevel puts the remembered level of the log into force.
func (w *Window) useLogLevel() {
	var level slog.Level
	if w.o.LogLevel != nil && w.prefs.LogLevel != "" && level.UnmarshalText([]byte(w.prefs.LogLevel)) == nil {
		w.o.LogLevel.Set(level)
	}
}
