package cli

import (
	"io"
	"log/slog"
	"os"
	"path/filepath"

	"gopkg.in/natefinch/lumberjack.v2"

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

// logFile is where the window keeps its log: it has no terminal to write to.
func logFile() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "sluice", "sluice.log")
}

// withLogFile adds a log file to a logger, which grows to 5 MB three times at
// most. A file that cannot be written is reported to the logger and left out.
// What r hides is hidden there, too.
func withLogFile(logger *slog.Logger, path string, r secret.Redactor) (with *slog.Logger, closeFile func()) {
	if path == "" {
		return logger, func() {}
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		logger.Warn("no log file is kept", "error", err)
		return logger, func() {}
	}
	file := &lumberjack.Logger{Filename: path, MaxSize: 5, MaxBackups: 2}
	handler := slog.NewTextHandler(r.Writer(file), &slog.HandlerOptions{Level: slog.LevelInfo})
	return slog.New(slog.NewMultiHandler(logger.Handler(), handler)), func() { file.Close() }
}
