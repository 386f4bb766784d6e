package cli

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/user"
	"path/filepath"
	"runtime"
	"strings"

	"sluice/doctor"
	"sluice/doctor/bundle"
	"sluice/figures"
	"sluice/localexport"
	"sluice/pipeline"
	"sluice/places"
	"sluice/secret"
	"sluice/visible"
	"sluice/wholefile"
)

// doctorCommand looks on this computer for what keeps Sluice from working well.
type doctorCommand struct {
	Home   string `env:"SLUICE_HOME" default:"${home}" type:"path" placeholder:"DIR" help:"The home of exports to look at (${default})."`
	Bundle string `type:"path" placeholder:"FILE" help:"Write an archive (zip) for a report of a fault, too: versions, settings, the log and the states of jobs, without data, names, addresses, paths or secrets."`
	JSON   bool   `name:"json" help:"Print JSON."`
}

// examined is what doctor prints as JSON.
type examined struct {
	Version  string           `json:"version"`
	Result   doctor.Result    `json:"result"` // the worst of all
	Findings []doctor.Finding `json:"findings"`
	Bundle   string           `json:"bundle,omitempty"`
}

func (x *doctorCommand) Run(c *call) error {
	o := x.options(c)
	found := doctor.Look(c.ctx, o)
	if err := c.ctx.Err(); err != nil {
		return errSignal
	}
	if x.Bundle != "" {
		if err := x.write(c, o, found); err != nil {
			return err
		}
	}
	worst := doctor.Worst(found)
	var bad error
	if worst == doctor.Bad {
		bad = errors.New("something keeps Sluice from working: see what is bad among the findings")
	}
	if x.JSON {
		return c.document(examined{c.program.whole(), worst, found, x.Bundle}, bad)
	}
	describeChecks(c.program.Out, found)
	if x.Bundle != "" {
		visible.Fprintf(c.program.Out, "\nWritten: %s. Look into it before you send it: it is text.\n", x.Bundle)
	}
	return bad
}

// options say where to look: at what this build has.
func (x *doctorCommand) options(c *call) doctor.Options {
	o := doctor.Options{Home: x.Home, Keep: localexport.DefaultMinFreeSpace, OpenGL: c.program.OpenGL, Fonts: c.program.Fonts, Tray: c.program.Tray,
		Keyring: func(ctx context.Context) error { return secret.New(secret.Service, keyringTimeout).Available(ctx) }}
	// Without a place in the environment there is nothing to look at.
	o.Config, _ = places.Config()
	o.Cache, _ = places.Cache()
	return o
}

// describeChecks tells people each finding, with what to do about it.
func describeChecks(w io.Writer, found []doctor.Finding) {
	n := map[doctor.Result]int64{}
	for _, f := range found {
		n[f.Result]++
		visible.Fprintf(w, "%-8s %-9s %s\n", f.Result, f.Check, f.Says)
		if f.Do != "" {
			visible.Fprintf(w, "%18s %s\n", "", f.Do)
		}
	}
	fmt.Fprintf(w, "\n%s, %s, %d ok.\n", figures.Some(n[doctor.Bad], "1 is bad", "%d are bad"), figures.Some(n[doctor.Warning], "1 warning", "%d warnings"), n[doctor.OK])
}

// lastJobs is how many jobs of the home are in a bundle.
const lastJobs = 50

// write writes the bundle, whole or not at all, for its owner alone.
func (x *doctorCommand) write(c *call, o doctor.Options, found []doctor.Finding) error {
	if err := replaceable(x.Bundle, "support archive", bundle.Begins); err != nil {
		return err
	}
	jobs, err := x.jobs(c)
	if err != nil {
		c.logger.Warn("the support archive has no jobs", "error", err)
	}
	contents := bundle.Contents{Version: c.system(), Findings: found, Jobs: jobs, Config: o.Config, Names: ownNames(), At: c.program.Now.now()}
	if o.Cache != "" {
		contents.Log = filepath.Join(o.Cache, logName)
	}
	var archive bytes.Buffer
	if err := bundle.Write(&archive, contents); err != nil {
		return err
	}
	return wholefile.Write(x.Bundle, archive.Bytes())
}

// jobs are the states of the last jobs of the home, as the history keeps them.
func (x *doctorCommand) jobs(c *call) (jobs []any, err error) {
	if checkExports(x.Home) != nil {
		return nil, nil
	}
	exporter, err := openHome(c, x.Home)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, exporter.Close(context.WithoutCancel(c.ctx))) }()
	list, err := exporter.Jobs(c.ctx, lastJobs)
	for _, job := range list {
		b, encodeErr := json.Marshal(pipeline.Kept(job))
		var kept any
		if err = errors.Join(err, encodeErr, json.Unmarshal(b, &kept)); err == nil {
			jobs = append(jobs, kept)
		}
	}
	return jobs, err
}

// system is what is running, and on what: nothing of it is of a person.
func (c *call) system() any {
	r := c.program.Release
	set := []string{}
	for _, name := range []string{"DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "SLUICE_HOME", "SLUICE_URL", "SLUICE_TOKEN", "HTTPS_PROXY", "https_proxy", "NO_PROXY", "SSL_CERT_FILE", "TMPDIR", "FYNE_SCALE", "GOMEMLIMIT", "GOMAXPROCS"} {
		if os.Getenv(name) != "" {
			set = append(set, name)
		}
	}
	return struct {
		Version   string   `json:"version"`
		Commit    string   `json:"commit"`
		Date      string   `json:"date"`
		Go        string   `json:"go"`
		System    string   `json:"system"`
		Window    bool     `json:"window"` // this build has one
		Cores     int      `json:"cores"`
		Variables []string `json:"variablesSet"` // their names alone
	}{c.program.Version, r.Commit, r.Date, cmp.Or(r.Go, runtime.Version()), runtime.GOOS + "/" + runtime.GOARCH, c.program.Window != nil, runtime.NumCPU(), set}
}

// ownNames are the names of who uses this computer, and its own.
func ownNames() (names []string) {
	if u, err := user.Current(); err == nil {
		names = append(names, u.Username, u.Name)
		names = append(names, strings.Fields(u.Name)...)
	}
	if host, err := os.Hostname(); err == nil {
		names = append(names, host)
	}
	if home, err := os.UserHomeDir(); err == nil {
		names = append(names, filepath.Base(home))
	}
	return names
}
