// Package doctor looks on this computer for what keeps Sluice from working well: no
// OpenGL, no keyring, a full disk, a home that cannot be written, settings that others
// can read. It changes nothing but a file of its own that it writes and removes again, and
// asks no server.
//
// The window and the command line tell the same findings:
//
//	for _, f := range doctor.Look(ctx, doctor.Options{Home: home, Config: config, Cache: cache}) {
//		fmt.Println(f.Result, f.Check, f.Says, f.Do)
//	}
package doctor

import (
	"context"
	"time"

	"sluice/wording"
)

// Result is how a check came out.
type Result string

// The results, from good to bad.
const (
	OK      Result = "ok"
	Warning Result = "warning" // Sluice works, with something missing or open to others
	Bad     Result = "bad"     // something does not work until it is mended
)

// worse orders the results.
var worse = map[Result]int{OK: 0, Warning: 1, Bad: 2}

// The names of the checks, for programs; a check of several things has several findings.
const (
	OpenGL   = "opengl"
	Keyring  = "keyring"
	Fonts    = "fonts"
	Home     = "home"
	Disk     = "disk"
	Temp     = "temp"
	Log      = "log"
	Settings = "settings"
	Sources  = "sources"
	Tray     = "tray"
)

// Finding is what a check has found. Says holds paths of this computer, and no secret.
type Finding struct {
	Check  string `json:"check"`
	Result Result `json:"result"`
	Says   string `json:"says"`         // a sentence: what is so
	Do     string `json:"do,omitempty"` // a sentence: what to do about it; "" where there is nothing to do
	// Said is Says, for who says it in another language.
	Said wording.Text `json:"-"`
}

// Options say where to look. What is left empty is not looked at.
type Options struct {
	Home   string // of jobs and files; may not be there yet
	Config string // the folder for settings
	Cache  string // the folder of the log
	// Keep is how many bytes an export leaves free; 0: it does not look.
	Keep int64

	// Keyring tells whether the keyring can be used; the error is a sentence.
	Keyring func(context.Context) error
	// OpenGL names what the window is drawn with, or says why there can be none. It is
	// called on the goroutine of Look: in a window build only, and nil in others.
	OpenGL func() (driver string, err error)
	// Fonts says what is wrong with the letters that Sluice brings; nil in builds that
	// bring none.
	Fonts func() error
	// Tray tells whether a panel of the desktop shows the icon of the window; the error says
	// why nobody can tell. nil in builds without a window.
	Tray func(context.Context) (bool, error)
	// Free is how much may be written on the disk of a path; nil: what the system says.
	Free func(path string) (int64, error)
}

// patience bounds what asks others: a keyring may wait for a person.
const patience = 10 * time.Second

// Look makes all checks, one after the other, and returns what they found: first the
// window, then the services, then the files. When ctx ends, what is left is not looked at.
func Look(ctx context.Context, o Options) (found []Finding) {
	for _, check := range []func(context.Context) []Finding{o.openGL, o.fonts, o.tray, o.keyring, o.home, o.disk, o.temp, o.log, o.settings, o.sources} {
		if ctx.Err() != nil {
			return found
		}
		found = append(found, check(ctx)...)
	}
	return found
}

// Worst is the worst result of some findings; OK of none.
func Worst(found []Finding) Result {
	worst := OK
	for _, f := range found {
		if worse[f.Result] > worse[worst] {
			worst = f.Result
		}
	}
	return worst
}

func finding(check string, r Result, says wording.Text, do string) []Finding {
	return []Finding{{Check: check, Result: r, Says: says.String(), Do: do, Said: says}}
}

func ok(check string, says wording.Text) []Finding { return finding(check, OK, says, "") }

func warning(check string, says wording.Text, do string) []Finding {
	return finding(check, Warning, says, do)
}

func bad(check string, says wording.Text, do string) []Finding { return finding(check, Bad, says, do) }
