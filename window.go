//go:build !headless

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/lang"
	"github.com/go-text/typesetting/fontscan"

	"sluice/assets"
	"sluice/assets/fonts"
	"sluice/backend"
	"sluice/cli"
	"sluice/client/watch"
	"sluice/places"
	"sluice/schedule/runner"
	"sluice/schedule/steps"
	"sluice/schedule/work"
	"sluice/source"
	"sluice/ui"
	"sluice/ui/rest"
	"sluice/ui/session"
	"sluice/ui/statusicon"
)

// appID names the program to the desktop.
const appID = "app.sluice.console"

// closeTimeout is how long closing the window waits for a cancelled export to
// be marked.
const closeTimeout = 10 * time.Second

// gatherNews is how long news waits to be drawn together with what follows: too short
// to be noticed, and long enough for what follows from one event.
const gatherNews = 100 * time.Millisecond

// signalGrace is how long Fyne gets to quit by itself.
const signalGrace = 500 * time.Millisecond

// quitLate ends the program when the context has ended. Fyne quits by itself on
// the signals that end the context, and must not be told a second time while it
// takes its windows down.
func quitLate(a fyne.App, do func(func()), ended <-chan struct{}) {
	select {
	case <-ended:
	case <-time.After(signalGrace):
		do(a.Quit)
	}
}

// What the window wants of the rest of the program, the backend has.
var (
	_ ui.Servers          = (*backend.Backend)(nil)
	_ ui.Takes            = (*backend.Backend)(nil)
	_ ui.Manifests        = (*backend.Backend)(nil)
	_ ui.Comparer         = (*backend.Backend)(nil)
	_ ui.Deliverer        = (*backend.Backend)(nil)
	_ ui.HookCaller       = (*backend.Backend)(nil)
	_ ui.Paced            = (*backend.Backend)(nil)
	_ ui.Paced            = backend.Server{}
	_ ui.Pruner           = backend.Snapshot{}
	_ ui.Fetcher          = (*backend.Backend)(nil)
	_ session.SpaceTeller = backend.Snapshot{}
)

// runWindow shows the window until it is closed or ctx ends. Running exports are
// cancelled and marked before it returns.
func runWindow(ctx context.Context, o cli.WindowOptions) (err error) {
	if runtime.GOOS == "linux" && os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		return errors.New("the window needs a display, and neither DISPLAY nor WAYLAND_DISPLAY is set: start it in a desktop session, or " + wayOut)
	}
	said := &toolkitLog{logger: o.Logger}
	defer said.take()()
	shown := false
	defer func() {
		if r := recover(); r != nil {
			o.Logger.Info("panic", "cause", r, "stack", string(debug.Stack()))
			err = cannotOpen(said.whyNone(fmt.Sprint(r)))
			if shown {
				err = fmt.Errorf("the window came down by an error of its own (%v): the log has more", r)
			}
		}
	}()
	list, err := source.DefaultPath()
	if err != nil {
		return err
	}
	useFonts(o.Logger)
	prefs := remembered(list)
	useLanguage(prefs, o.Logger)
	ui.UseScale(prefs)
	a := app.NewWithID(appID)
	home, err := filepath.Abs(o.Home)
	if err != nil {
		return fmt.Errorf("home %s: %w", o.Home, err)
	}
	named := ""
	if o.Named {
		named = home
	}
	rester := newRester()
	var w *ui.Window
	w = ui.New(ctx, ui.Options{
		App: a, Backend: backend.New(backend.Options{Home: home, Version: o.Version, Logger: o.Logger, Every: o.Every}), Store: source.NewStore(list), Rules: backend.Rules(), CheckRules: backend.CheckRules,
		Homes: home, Home: named, Snapshot: o.Snapshot, Take: o.Take, File: o.File, Version: o.Version, Warnings: o.Warnings, Logger: o.Logger,
		Schedules: schedulesOf(home, filepath.Dir(list), o), Settings: filepath.Dir(list), Notify: notifier(ctx, a), Dispatch: rester.Do, Hidden: func() bool { return shown && hidden(w.Fyne()) },
		StatusIcon: statusicon.New, Reveal: func() { whileUnseen(o.Logger, func() { reveal(w.Fyne()) }) },
		Trace: os.Getenv("SLUICE_UI_TRACE") != "", Gather: gatherNews, Picker: pickerFor(func() fyne.Window { return w.Fyne() }),
		Doctor: doctorOf(home, filepath.Dir(list), func() fyne.Window { return w.Fyne() }), LogFile: o.LogFile, LogLevel: o.LogLevel, SetHome: o.SetHome, Every: o.Every, SetEvery: o.SetEvery, Tour: os.Getenv("SLUICE_UI_TRACE") != "1", // most scripts that click know the way
	})
	w.Fyne().SetMaster()
	whileUnseen(o.Logger, w.Fyne().Show)
	if err := checkShown(w.Fyne(), said); err != nil {
		return err
	}
	shown = true
	setIcon(a, w.Fyne())
	runUntil(ctx, a, rester)
	closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), closeTimeout)
	defer cancel()
	return w.Close(closing)
}

// notifier tells the desktop of what the window says, one after the other and beside it: the
// toolkit waits for the answer of the desktop, which may be long in coming.
func notifier(ctx context.Context, a fyne.App) func(title, text string) {
	const most = 20 // that wait; what comes then is dropped
	queue := make(chan *fyne.Notification, most)
	go func() {
		for {
			select {
			case n := <-queue:
				a.SendNotification(n)
			case <-ctx.Done():
				return
			}
		}
	}()
	return func(title, text string) {
		select {
		case queue <- fyne.NewNotification(title, text):
		default:
		}
	}
}

// schedulesOf are the schedules of the window, whose files are in a folder. While another
// process runs what is due the window does not.
func schedulesOf(home, folder string, o cli.WindowOptions) ui.Schedules {
	exports := backend.New(backend.Options{Home: home, Version: o.Version, Logger: o.Logger})
	follows := steps.All(steps.Options{Folder: folder, Version: o.Version, Open: exports.OpenHome, Fetch: exports.FetchFiles, FetchHome: exports.FetchHome, Logger: o.Logger})
	return ui.Schedules{Folder: folder, Runner: func(changed func(string)) *runner.Runner {
		return runner.New(runner.Options{Folder: folder, Sources: source.NewFileIn(folder), Work: work.New(work.Options{Backend: exports, Logger: o.Logger, Watch: watch.Options{Every: o.Every}}), Steps: follows, Logger: o.Logger,
			Yield: func() bool { return runner.Guarded(folder) != "" }, Changed: changed})
	}}
}

// runUntil runs the toolkit until its windows are closed or ctx ends.
func runUntil(ctx context.Context, a fyne.App, rester *rest.Rester) {
	ended := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		rester.Stop()
		quitLate(a, rester.Do, ended)
	})
	defer stop()
	rester.Start()
	a.Run()
	rester.Stop()
	close(ended)
}

// setIcon is called when the first frame is there: the icon is for lists of windows,
// and takes as long as many cards to draw.
func setIcon(a fyne.App, w fyne.Window) {
	icon := fyne.NewStaticResource("icon.svg", assets.AppIcon)
	a.SetIcon(icon)
	w.SetIcon(icon)
}

// remembered is what the window in a file remembers of how it looks. A file that cannot be
// read is told when the window reads it for itself.
func remembered(list string) source.Prefs {
	prefs, _ := source.NewStore(list).Window()
	return prefs
}

// useLanguage chooses the language.
func useLanguage(prefs source.Prefs, logger *slog.Logger) {
	if err := ui.UseLanguage(prefs, lang.SystemLocale().LanguageString()); err != nil {
		logger.Warn("language", "error", err)
	}
}

// useFonts offers the fonts for other scripts, and has the list of those of the system read
// beside the start of the window system: the toolkit would read it, and the whole of a font to
// see whether the list is good, when it has the first text to measure.
func useFonts(logger *slog.Logger) {
	if err := offerFonts(); err != nil {
		logger.Warn("letters of other scripts may be missing", "error", err)
	}
	go func() {
		if _, err := fontscan.SystemFonts(log.New(io.Discard, "", 0), ""); err != nil {
			logger.Debug("the fonts of the system", "error", err)
		}
	}()
}

func init() {
	trayHost = statusicon.Host
	letters = func() error {
		cache, err := places.Cache()
		if err != nil {
			return err
		}
		return fonts.Check(cache)
	}
}

// offerFonts lets the toolkit find our fonts for scripts that its own font lacks.
func offerFonts() error {
	cache, err := places.Cache()
	if err != nil {
		return err
	}
	offered, err := fonts.Offer(cache, toolkitEmoji()...)
	if offered {
		setEmojiAside()
	}
	return err
}
