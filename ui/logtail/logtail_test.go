package logtail

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"sluice/visible"
)

// logged is what a logger writes.
func logged(log func(*slog.Logger)) string {
	var b bytes.Buffer
	log(slog.New(slog.NewTextHandler(&b, &slog.HandlerOptions{Level: slog.LevelDebug})))
	return b.String()
}

// TestParse reads what the logger has written, and leaves all else as it is.
func TestParse(t *testing.T) {
	line := strings.TrimSuffix(logged(func(l *slog.Logger) { l.Error("read history", "source", "the wiki", "error", errors.New(`it "broke"`)) }), "\n")
	got := Parse(line)
	if got.Level != slog.LevelError || got.Message != "read history" || got.Rest != `source="the wiki" error="it \"broke\""` || got.Time.IsZero() || got.Raw != line {
		t.Errorf("%+v", got)
	}
	for _, other := range []string{"panic: no line of a logger", "time=yesterday level=INFO msg=x", "time=2024-01-02T03:04:05Z level=LOUD msg=x", `time=2024-01-02T03:04:05Z level=INFO msg="half`, ""} {
		if got := Parse(other); got.Message != other || got.Raw != other {
			t.Errorf("%q: %+v", other, got)
		}
	}
	if got := Parse("a\x1b[31mred\u202e"); strings.ContainsAny(got.Message, "\x1b\u202e") {
		t.Errorf("%q would be obeyed", got.Message)
	}
}

// TestRead gives the newest lines first, and of a long log its end only.
func TestRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "sluice.log")
	if lines, cut, err := Read(path); len(lines) != 0 || cut || err != nil {
		t.Errorf("no log yet: %v, %v, %v", lines, cut, err)
	}
	text := logged(func(l *slog.Logger) {
		for i := range 3 {
			l.Info(fmt.Sprint("line ", i))
		}
	})
	put := func(text string) {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	put(text)
	lines, cut, err := Read(path)
	if err != nil || cut || len(lines) != 3 || lines[0].Message != "line 2" || Text(lines) != text {
		t.Errorf("%+v, %v, %v", lines, cut, err)
	}
	put(strings.Repeat(strings.Repeat("x", 1000)+"\n", 2000) + text)
	if lines, cut, err = Read(path); err != nil || !cut || len(lines) > Most/1000+3 || lines[0].Message != "line 2" || len(lines[len(lines)-1].Raw) != 1000 {
		t.Errorf("of a long log: %d lines, %v, %v", len(lines), cut, err)
	}
	put(strings.Repeat("y\n", MostLines+5))
	if lines, cut, err = Read(path); err != nil || !cut || len(lines) != MostLines {
		t.Errorf("of many lines: %d, %v, %v", len(lines), cut, err)
	}
	if _, _, err := Read(filepath.Dir(path)); err == nil {
		t.Error("a folder is no log")
	}
}

func TestFilter(t *testing.T) {
	lines := []Line{{Level: slog.LevelError, Raw: "Disk is full"}, {Level: slog.LevelInfo, Raw: "job ended"}, {Level: slog.LevelWarn, Raw: "disk is slow"}}
	for _, c := range []struct {
		least slog.Level
		text  string
		want  int
	}{{slog.LevelDebug, "", 3}, {slog.LevelWarn, "", 2}, {slog.LevelError, "", 1}, {slog.LevelDebug, " DISK ", 2}, {slog.LevelError, "slow", 0}} {
		if got := Filter(lines, c.least, c.text); len(got) != c.want {
			t.Errorf("%v %q: %d lines", c.least, c.text, len(got))
		}
	}
}

// FuzzParse: whatever stands in a log, a line of it is shown on one line, and as text.
func FuzzParse(f *testing.F) {
	f.Add(`time=2024-01-02T03:04:05.000Z level=WARN msg="a b" k=v`)
	f.Add("time= level= msg=")
	f.Fuzz(func(t *testing.T, raw string) {
		l := Parse(raw)
		for _, s := range []string{l.Message, l.Raw, l.Rest} {
			if !utf8.ValidString(s) || strings.ContainsAny(s, "\n\x1b") || visible.Line(s) != s {
				t.Errorf("%q is shown as %q", raw, s)
			}
		}
	})
}
