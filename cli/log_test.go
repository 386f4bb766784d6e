package cli

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sluice/secret"
)

func TestLogFile(t *testing.T) {
	isolate(t)
	path := filepath.Join(os.Getenv("XDG_CACHE_HOME"), "sluice", "sluice.log")
	var terminal strings.Builder
	var level slog.LevelVar
	logger, log, closeFile := withLogFile(newLogger(&terminal, false), secret.Redactor{}, &level)
	if log != path {
		t.Errorf("the log lies in %s", log)
	}
	logger.Debug("not yet")
	level.Set(slog.LevelDebug)
	logger.Debug("from now on")
	logger.Info("export ended", "job", 7)
	logger.Warn("the disk is slow")
	closeFile()
	kept, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(kept), "not yet") || !strings.Contains(string(kept), "from now on") {
		t.Errorf("its level does not hold: %q", kept)
	}
	if !strings.Contains(string(kept), "job=7") || !strings.Contains(string(kept), "the disk is slow") {
		t.Errorf("the log file holds %q", kept)
	}
	if strings.Contains(terminal.String(), "job=7") || !strings.Contains(terminal.String(), "the disk is slow") {
		t.Errorf("the terminal shows %q", terminal.String())
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v: only the owner may read the log", info.Mode(), err)
	}
}

func TestLogFileThatCannotBeWritten(t *testing.T) {
	blocked := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("XDG_CACHE_HOME", blocked)
	var terminal strings.Builder
	logger, log, closeFile := withLogFile(newLogger(&terminal, false), secret.Redactor{}, new(slog.LevelVar))
	if log != "" {
		t.Errorf("a log in %s", log)
	}
	defer closeFile()
	logger.Warn("still here")
	if !strings.Contains(terminal.String(), "no log file") || !strings.Contains(terminal.String(), "still here") {
		t.Errorf("the terminal shows %q", terminal.String())
	}
}
