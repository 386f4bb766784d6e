package ui

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sluice/doctor"
	"sluice/rules"
	"sluice/source"
	"sluice/ui/chooser"
	"sluice/ui/look"
	"sluice/ui/preview"
	"sluice/ui/statusicon"
	"sluice/ui/texts"
	"sluice/ui/view"
)

// Options are what a Window works with.
type Options struct {
	App        fyne.App
	Backend    Backend
	Store      *source.Store
	Homes      string                  // folder in which each snapshot gets a home of its own
	Snapshot   string                  // a snapshot to open at once; or ""
	Take       string                  // a dump or backup to take a snapshot of at once; or ""
	Home       string                  // the home that was named for Snapshot; "" if none was
	File       string                  // a CSV file to show at once; or ""
	Rules      rules.Table             // that an export of a snapshot can have
	CheckRules func(word string) error // says what is wrong with rules of redaction; nil: nobody knows
	Version    string
	Warnings   []string         // about files that hold secrets, or may
	Logger     *slog.Logger     // nil: slog.Default()
	Dispatch   func(func())     // nil: fyne.Do
	Now        func() time.Time // nil: time.Now
	Tick       time.Duration    // between redraws of ages and elapsed times; 0: 1 s
	Gather     time.Duration    // how long news of a source waits for more, to be drawn with it; 0: not at all
	// Schedules are those that the window shows, and runs while it is open; none if empty.
	Schedules Schedules
	// Notify tells the desktop something, and is called on the UI goroutine; nil: the App's.
	Notify func(title, text string)
	// Settings is the folder with the lists of deliveries and hooks; "": there are none.
	Settings string
	Picker   Picker // the system's own dialog for files; nil: ours
	// Doctor looks for what on this computer keeps Sluice from working well; LogFile is where
	// the log lies, "" if none is kept, and LogLevel what is kept in it; SetHome makes a folder
	// the home of exports from the next start on. nil: not here.
	Doctor   func(context.Context) []doctor.Finding
	LogFile  string
	LogLevel *slog.LevelVar
	SetHome  func(path string) error
	// Every is how often servers are asked for their status, 0 if that is nobody's business
	// here, and SetEvery keeps another time; nil: it is given.
	Every    time.Duration
	SetEvery func(time.Duration) error
	Tour     bool        // the first start has a tour
	Trace    bool        // log where buttons are, for scripts that click
	Hidden   func() bool // nobody can see the window now; nil: never. Called on the UI goroutine
	// StatusIcon puts an icon into the panel of the desktop; nil: there is none. Reveal brings
	// the window to the front, on the UI goroutine; nil: as the toolkit does.
	StatusIcon func(context.Context, statusicon.Options) statusicon.Icon
	Reveal     func()
}

// Window is the window at work.
type Window struct {
	o      Options
	ctx    context.Context
	cancel context.CancelFunc
	window fyne.Window
	prefs  source.Prefs
	keeper *keeper // of prefs

	rail    *view.Rail
	tips    *look.Tips
	frame   *view.Frame
	welcome *view.Welcome
	entries []*entry
	chosen  *entry // nil: the page for adding a source, or a CSV file
	csv     *csvPage
	board   *board
	sizes   *sizes
	layouts preview.Store
	popped  *widget.PopUp // what lies above the window; nil: nothing
	// unpopped is called once that is closed; nil: nobody waits for it.
	unpopped func()
	asking   chan struct{}   // has room for the one who asks for a secret
	file     *chooser.Dialog // what asks for a file; nil: nothing
	unfile   func()          // closes it
	picking  func()          // takes the dialog of the system back; nil: none was asked for
	// poppedOn and fileOn are these two on the canvas.
	poppedOn, fileOn fyne.CanvasObject
	escape           wayOut
	making           bool // the demo is being written
	title            string
	bar              *menuBar
	settings         *settingsPage // as they were shown last; nil: never
	titles           settingTitles
	nextHome         string         // the home of exports from the next start on; "": the same
	unreadable       string         // why the list of sources cannot be read again; "": it can
	trace            *tracer        // nil: no trace
	takings          sync.WaitGroup // snapshots that are being taken
	schedules        *scheduler     // nil: there are none
	clock            clock
	tray             tray
	notices          notices

	// stopped is set when the program quits: what the toolkit still runs from
	// then on would run beside its end, on any goroutine.
	stopped atomic.Bool
}

// New makes the window, opens the sources that are remembered, and returns
// without showing it.
func New(ctx context.Context, o Options) *Window {
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	if o.Dispatch == nil {
		o.Dispatch = fyne.Do
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Tick == 0 {
		o.Tick = time.Second
		if o.Trace {
			o.Tick = 200 * time.Millisecond
		}
	}
	w := &Window{o: o, asking: make(chan struct{}, 1)}
	w.ctx, w.cancel = context.WithCancel(ctx)
	w.keeper = &keeper{store: o.Store, failed: func(err error) {
		o.Logger.Error("remember the sources", "error", err)
		w.later(func() { w.problem(err) })
	}}
	w.window = o.App.NewWindow(texts.T.App.Name)
	w.window.SetPadded(false)
	if o.Trace {
		w.startTrace()
	}
	prefs, err := o.Store.Load()
	w.prefs, w.keeper.base = prefs, prefs.Clone().Sources
	o.App.Settings().SetTheme(look.NewTheme(look.Mode(prefs.Theme)))
	w.watchFront()
	w.useLogLevel()
	w.openLayouts()
	w.build()
	w.startTray()
	w.schedules = w.startSchedules()
	for _, s := range prefs.Sources {
		w.openKnown(s)
	}
	w.startMenu()
	w.offerTour() // before there is much that it takes room from
	w.first()
	if o.File != "" {
		w.openCSV(o.File)
	}
	if err != nil {
		w.problem(err)
	}
	w.plan()
	w.watchList()
	return w
}

// build makes the parts that every page shares.
func (w *Window) build() {
	w.tips = look.NewTips(w.after)
	w.rail = view.NewRail()
	w.rail.Tips = w.tips
	w.rail.OnFold, w.rail.OnMove, w.rail.OnMenu = w.fold, w.move, w.railMenu
	w.rail.OnChosen = w.chooseID
	w.rail.OnAdd = w.showWelcome
	w.rail.OnSettings = w.showSettings
	w.rail.OnShortcuts = w.showShortcuts
	w.frame = view.NewFrame(w.rail.Object)
	w.frame.OnShow = w.unfocusHidden
	w.frame.SetRail(view.RailWish(w.prefs.Rail))
	w.rail.OnNarrow = w.foldRail
	w.welcome = view.NewWelcome()
	w.welcome.OnServer = w.addServer
	w.welcome.OnTake = func() { w.showTakeForm(nil) }
	w.welcome.OnSnapshot = w.chooseSnapshot
	w.welcome.OnDemo = w.makeDemo
	w.welcome.OnRecent = w.openRecent
	w.board, w.sizes = newBoard(w), newSizes(w)
	w.window.SetContent(w.drawnAtItsSize(container.NewStack(w.frame.Object, w.tips.Object)))
	w.window.Resize(w.firstSize())
	w.window.SetOnDropped(func(_ fyne.Position, uris []fyne.URI) { w.dropped(uris) })
	w.window.SetCloseIntercept(w.closeAsked)
	w.registerKeys()
}

// first decides what the window shows at first: the snapshot it was asked for,
// the source that was chosen last, or the page for adding one.
func (w *Window) first() {
	switch i := w.prefs.Sources.Find(w.prefs.Chosen); {
	case w.o.Snapshot != "":
		if e := w.add(w.given()); e.fresh && len(w.entries) > 1 {
			e.before = w.entries[max(i, 0)]
		}
	case i >= 0:
		w.choose(w.entries[i])
		w.chosen.page.view.Choose(w.firstTab())
	case w.prefs.Chosen == boardID && len(w.entries) > 0:
		w.showBoard()
	case len(w.entries) > 0:
		w.choose(w.entries[0])
	default:
		w.showWelcome()
	}
	if w.o.Take != "" {
		w.takeGiven()
	}
}

// Fyne is the window of the toolkit.
func (w *Window) Fyne() fyne.Window { return w.window }

// Close gives everything up: it cancels the jobs that run in this process, waits
// for their end as long as ctx allows, and ends what runs in the background.
func (w *Window) Close(ctx context.Context) error {
	w.noteSize()
	w.stopped.Store(true)
	first := w.schedules.close(ctx)
	if err := w.endTakings(ctx); err != nil && first == nil {
		first = fmt.Errorf("cancel a snapshot: %w", err)
	}
	for _, e := range w.entries {
		if e.page != nil {
			e.page.close()
		}
		if engine := e.detach(); engine != nil {
			if err := engine.Close(ctx); err != nil && first == nil {
				first = fmt.Errorf("close %s: %w", e.source.Name, err)
			}
		}
	}
	if w.csv != nil {
		w.csv.close()
	}
	if err := w.keeper.wait(ctx); err != nil && first == nil {
		first = fmt.Errorf("remember the sources: %w", err)
	}
	w.cancel()
	return first
}

// every runs f on the UI goroutine again and again until the window is closed, and
// tells it when that was asked for. While the UI goroutine is busy it is asked for
// no further run.
func (w *Window) every(period time.Duration, f func(asked time.Time)) {
	ticker := time.NewTicker(period)
	defer ticker.Stop()
	var waiting atomic.Bool
	for {
		select {
		case <-w.ctx.Done():
			return
		case <-ticker.C:
		}
		if waiting.CompareAndSwap(false, true) {
			asked := time.Now()
			w.later(func() {
				waiting.Store(false)
				f(asked)
			})
		}
	}
}

// later runs f on the UI goroutine, unless the window is closed by then, or the
// program quits.
func (w *Window) later(f func()) {
	w.o.Dispatch(func() {
		if w.ctx.Err() == nil && !w.stopped.Load() {
			f()
		}
	})
}

// render shows the rail and the chosen source as they are now.
func (w *Window) render() {
	w.renderRail()
	w.renderMenu()
	if w.chosen != nil {
		w.chosen.render()
	}
	w.board.render()
	w.renderTitle()
}

// longestTitle is how many characters a title of the window or of a notification
// shows: what shows them is no part of Sluice.
const longestTitle = 150

func (w *Window) renderTitle() {
	title := texts.T.App.Name
	if w.chosen != nil {
		title = texts.Cut(fmt.Sprintf(texts.T.App.WindowTitle, w.chosen.source.Name, w.titleWords(w.chosen)), longestTitle)
	} else if w.board.shown {
		title = fmt.Sprintf(texts.T.App.WindowTitle, texts.T.Board.All, w.board.all.Line.Word)
	} else if w.csv != nil && w.csv.shown {
		title = texts.Cut(fmt.Sprintf(texts.T.App.FileTitle, filepath.Base(w.csv.name)), longestTitle)
	}
	if title != w.title {
		w.title = title
		w.window.SetTitle(title)
		w.o.Logger.Debug("window", "title", title)
	}
}

// save writes down what the window remembers, in the background.
func (w *Window) save() {
	switch {
	case w.chosen != nil:
		w.prefs.Chosen = w.chosen.source.ID
	case w.board.shown:
		w.prefs.Chosen = boardID
	}
	w.keeper.keep(w.prefs)
}
