package cli

import (
	"io"
	"log/slog"
	"os"
	"path/filepath"

	"gopkg.in/natefinch/lumberjack.v2"

	"sluice/places"
	"sluice/secret"
)

// newLogger logs to w: warnings and errors, or everything if verbose.
func newLogger(w io.Writer, verbose bool) *slog.Logger {
	level := slog.LevelWarn
	if verbose {
		level = slog.LevelDebug
	}
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: level}))
}

// withLogFile adds a log file to the logger of the window, which has no terminal
// to write to. It grows to 5 MB three times at most. A file that cannot be written
// is reported to the logger and left out. What r hides is hidden there, too.
func withLogFile(logger *slog.Logger, r secret.Redactor) (with *slog.Logger, closeFile func()) {
	dir, err := places.Cache()
	if err == nil {
		err = os.MkdirAll(dir, 0o700)
	}
	if err != nil {
		logger.Warn("no log file is kept", "error", err)
		return logger, func() {}
	}
	file := &lumberjack.Logger{Filename: filepath.Join(dir, "sluice.log"), MaxSize: 5, MaxBackups: 2}
	handler := slog.NewTextHandler(r.Writer(file), &slog.HandlerOptions{Level: slog.LevelInfo})
	return slog.New(slog.NewMultiHandler(logger.Handler(), handler)), func() { file.Close() }
}
