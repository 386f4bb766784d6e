//go:build e2e

package e2e

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// patience is how long a test waits for anything: on a busy machine an export of a second
// takes many.
const patience = 2 * time.Minute

// program is the window at work, as its trace tells.
type program struct {
	*desk
	cmd    *exec.Cmd
	window string
	home   string

	mu      sync.Mutex
	changed chan struct{} // closed at the next line of the trace
	targets map[string]target
	steady  bool      // no button has moved since the window drew itself last
	sent    time.Time // the last input
	ticks   int       // how often the window has come to rest since
	moves   int       // how often the trace has told what has the keyboard
	title   string
	focus   string            // what has the keyboard
	rows    string            // what the preview says it shows
	preview map[string]string // the last line about the preview
	stall   time.Duration     // the longest that the window let others wait since the test last set it to 0
	log     []string
	ended   chan error
}

// target is a button, by its number in the trace.
type target struct {
	text     string
	x, y     int
	disabled bool
}

// open starts the window in folders of its own.
func (d *desk) open(home string, args ...string) *program {
	d.t.Helper()
	return d.openWith(d.t.TempDir(), home, args...)
}

// openWith starts the window with a folder for what it remembers.
func (d *desk) openWith(config, home string, args ...string) *program {
	d.t.Helper()
	env := []string{"XDG_CONFIG_HOME=" + config, "XDG_CACHE_HOME=" + d.t.TempDir(), "FYNE_SCALE=1", "FYNE_THEME=light", "SLUICE_UI_TRACE=1",
		"DBUS_SESSION_BUS_ADDRESS=" + cmp.Or(d.bus, "unix:path=/nonexistent"), "LANG=C"}
	p := d.launch(env, append([]string{"window", "--home", home}, args...)...)
	p.home = home
	return p
}

// launch starts the window with more of the environment, and without what is empty there,
// and waits until it is there.
func (d *desk) launch(env []string, args ...string) *program {
	d.t.Helper()
	p := d.begin(env, args...)
	p.window = d.xdo("search", "--sync", "--onlyvisible", "--pid", strconv.Itoa(p.cmd.Process.Pid), "--name", "Sluice")
	if first, _, many := strings.Cut(p.window, "\n"); many {
		p.window = first
	}
	d.xdo("windowactivate", "--sync", p.window)
	return p
}

// begin is launch that does not wait for the window.
func (d *desk) begin(env []string, args ...string) *program {
	d.t.Helper()
	p := &program{desk: d, changed: make(chan struct{}), targets: map[string]target{}, ended: make(chan error, 1)}
	p.cmd = exec.Command(binary(d.t), append([]string{"--verbose"}, args...)...)
	p.cmd.Env = slices.DeleteFunc(d.env(env...), func(v string) bool {
		name, _, _ := strings.Cut(v, "=")
		return slices.Contains(env, name+"=")
	})
	trace, err := p.cmd.StderrPipe()
	if err != nil {
		d.t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		d.t.Fatal(err)
	}
	go p.follow(trace)
	d.t.Cleanup(func() {
		if d.t.Failed() {
			d.keepPicture(strings.ReplaceAll(d.t.Name(), "/", "-"))
			p.dump()
		}
		p.cmd.Process.Kill()
		<-p.ended
	})
	return p
}

// bare is what a title says besides the state of what is in sight: how far an export is, which
// changes while a test looks, and how the other sources stand.
var bare = regexp.MustCompile(` · \d+ (%|others? needs? a look)`)

var field = regexp.MustCompile(`(\w+)=("(?:[^"\\]|\\.)*"|\S*)`)

// follow reads the trace until the program has ended.
func (p *program) follow(trace io.Reader) {
	lines := bufio.NewScanner(trace)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		p.take(lines.Text())
	}
	p.ended <- p.cmd.Wait()
}

func (p *program) take(line string) {
	fields := map[string]string{}
	for _, m := range field.FindAllStringSubmatch(line, -1) {
		value := m[2]
		if s, err := strconv.Unquote(value); err == nil {
			value = s
		}
		fields[m[1]] = value
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	switch fields["msg"] {
	case "target":
		p.steady = false
		p.place(fields)
	case "window":
		p.steady = false
		p.title = bare.ReplaceAllString(fields["title"], "")
	case "focus":
		p.steady = false
		p.focus = fields["on"]
		p.moves++
	case "steady":
		p.steady = true
		if at, err := time.Parse(time.RFC3339, fields["time"]); err == nil && at.After(p.sent) {
			p.ticks++
		}
	case "preview":
		p.rows, p.preview = fields["rows"], fields
		if d, err := time.ParseDuration(fields["stall"]); err == nil {
			p.stall = max(p.stall, d)
		}
	default:
		p.log = append(p.log, line)
	}
	close(p.changed)
	p.changed = make(chan struct{})
}

func (p *program) place(fields map[string]string) {
	var t target
	at, disabled, _ := strings.Cut(fields["at"], " ")
	if _, err := fmt.Sscanf(at, "%d,%d", &t.x, &t.y); err != nil {
		delete(p.targets, fields["id"])
		return
	}
	t.text, t.disabled = fields["text"], disabled == "disabled"
	p.targets[fields["id"]] = t
}

// until waits for something to be true; it is asked after each line of the
// trace, with the lock held.
func (p *program) until(what string, ok func() bool) {
	p.t.Helper()
	deadline := time.After(patience)
	for {
		p.mu.Lock()
		done, changed := ok(), p.changed
		p.mu.Unlock()
		if done {
			return
		}
		select {
		case <-changed:
		case <-deadline:
			p.t.Fatalf("after %v it has not come to this: %s", patience, what)
		}
	}
}

// xdo is that of the desk. What is known of the window before an input is not what it shows
// after it.
func (p *program) xdo(args ...string) string {
	p.t.Helper()
	out := p.desk.xdo(args...)
	if slices.Contains([]string{"key", "type", "click"}, args[0]) {
		p.mu.Lock()
		p.sent, p.ticks = time.Now(), 0
		p.mu.Unlock()
	}
	return out
}

// settled reports whether the window shows what follows the last input: it has come to rest
// twice since, as it may have been about to tell of the first before the input came. The lock
// is held.
func (p *program) settled() bool { return p.steady && p.ticks >= 2 }

// find returns the topmost enabled button that says a text.
func (p *program) find(text string) (found target, ok bool) {
	for _, t := range p.targets {
		if t.text == text && !t.disabled && (!ok || t.y < found.y) {
			found, ok = t, true
		}
	}
	return found, ok
}

// await waits for a control that does not move any more.
func (p *program) await(text string) (t target) {
	p.t.Helper()
	p.until(fmt.Sprintf("%q can be used", text), func() bool {
		var ok bool
		t, ok = p.find(text)
		return ok && p.settled()
	})
	return t
}

// click waits for a button and clicks it with the mouse.
func (p *program) click(text string) {
	p.t.Helper()
	t := p.await(text)
	p.clickAt(t.x, t.y)
}

func (p *program) clickAt(x, y int) {
	p.t.Helper()
	p.xdo("mousemove", "--window", p.window, strconv.Itoa(x), strconv.Itoa(y))
	p.xdo("click", "1")
}

// fill clicks into a field and types over what it holds.
func (p *program) fill(x, y int, text string) {
	p.t.Helper()
	p.clickAt(x, y)
	p.key("ctrl+a")
	p.xdo("type", "--delay", "12", "--", text)
}

// key presses a key with the keyboard.
func (p *program) key(keys string) {
	p.t.Helper()
	p.xdo("key", "--window", p.window, keys)
}

// keyboardOn waits until something has the keyboard.
func (p *program) keyboardOn(what string) {
	p.t.Helper()
	p.until("the keyboard is on "+what, func() bool { return p.focus == what && p.settled() })
}

// gone waits until nothing says a text any more.
func (p *program) gone(text string) {
	p.t.Helper()
	p.until("nothing says "+text, func() bool { _, ok := p.find(text); return !ok })
}

// says waits for a title.
func (p *program) says(title string) {
	p.t.Helper()
	p.until("the title is "+title, func() bool { return p.title == title })
}

// logged waits for a line of the log that contains a text.
func (p *program) logged(text string) {
	p.t.Helper()
	p.until("the log says "+text, func() bool {
		return slices.ContainsFunc(p.log, func(line string) bool { return strings.Contains(line, text) })
	})
}

// interrupt sends SIGTERM and returns how the program ended.
func (p *program) interrupt() error {
	p.t.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		p.t.Fatal(err)
	}
	return p.end()
}

// end waits until the program has ended, and returns how.
func (p *program) end() error {
	p.t.Helper()
	select {
	case err := <-p.ended:
		p.ended <- err
		return err
	case <-time.After(patience):
		p.t.Fatal("the program does not end")
		return nil
	}
}

// dump logs what the trace has told.
func (p *program) dump() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.t.Logf("keyboard on %q", p.focus)
	p.t.Logf("title %q, preview %q", p.title, p.rows)
	for _, t := range p.targets {
		p.t.Logf("button %+v", t)
	}
	for _, line := range p.log[max(0, len(p.log)-20):] {
		p.t.Log(line)
	}
}

// manifests lists the manifests below a folder: what marks complete exports.
func manifests(t *testing.T, home string) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(home, func(path string, _ os.DirEntry, err error) error {
		if err == nil && filepath.Base(path) == "manifest.json" {
			found = append(found, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
