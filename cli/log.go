package cli

import (
	"io"
	"log/slog"
	"os"
	"path/filepath"

	"gopkg.in/natefinch/lumberjack.v2"

	"sluice/places"
	"sluice/secret"
	"sluice/visible"
)

// newLogger logs to w: warnings and errors, or everything if verbose.
func newLogger(w io.Writer, verbose bool) *slog.Logger { return loggerFrom(w, slog.LevelWarn, verbose) }

// newServerLogger logs to w what a server is to keep of each day, or everything if
// verbose.
func newServerLogger(w io.Writer, verbose bool) *slog.Logger {
	return loggerFrom(w, slog.LevelInfo, verbose)
}

// newDaemonLogger is newServerLogger in a format, text or json.
func newDaemonLogger(w io.Writer, verbose bool, format string) *slog.Logger {
	if format != "json" {
		return newServerLogger(w, verbose)
	}
	return jsonLoggerFrom(w, slog.LevelInfo, verbose)
}

// logAs is the log of a command that works as a service, in a format. What else the
// command logs is written in that format, too.
func (c *call) logAs(format string) *slog.Logger {
	if format == "json" {
		c.logger = jsonLoggerFrom(c.program.Err, slog.LevelWarn, c.verbose)
	}
	return newDaemonLogger(c.program.Err, c.verbose, format)
}

func jsonLoggerFrom(w io.Writer, level slog.Level, verbose bool) *slog.Logger {
	if verbose {
		level = slog.LevelDebug
	}
	return slog.New(slog.NewJSONHandler(w, &slog.HandlerOptions{Level: level, ReplaceAttr: shownAttr}))
}

func loggerFrom(w io.Writer, level slog.Level, verbose bool) *slog.Logger {
	if verbose {
		level = slog.LevelDebug
	}
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: level, ReplaceAttr: shownAttr}))
}

// longestAttr is how many characters of a value are logged.
const longestAttr = 2000

// shownAttr makes what is logged visible on one line: errors and names come from
// outside.
func shownAttr(_ []string, a slog.Attr) slog.Attr {
	switch v := a.Value; v.Kind() {
	case slog.KindString:
		a.Value = slog.StringValue(visible.Cut(v.String(), longestAttr))
	case slog.KindAny:
		if err, ok := v.Any().(error); ok {
			a.Value = slog.StringValue(visible.Cut(err.Error(), longestAttr))
		}
	}
	return a
}

// logName is the file of the log, in the folder of the cache.
const logName = "sluice.log"

// withLogFile adds a log file to the logger of the window, which has no terminal
// to write to. It grows to 5 MB three times at most. A file that cannot be written
// is reported to the logger and left out: its path is "". What r hides is hidden there, too.
// level is what it keeps.
func withLogFile(logger *slog.Logger, r secret.Redactor, level *slog.LevelVar) (with *slog.Logger, path string, closeFile func()) {
	dir, err := places.Cache()
	if err == nil {
		err = os.MkdirAll(dir, 0o700)
	}
	if err != nil {
		logger.Warn("no log file is kept", "error", err)
		return logger, "", func() {}
	}
	file := &lumberjack.Logger{Filename: filepath.Join(dir, logName), MaxSize: 5, MaxBackups: 2}
	handler := slog.NewTextHandler(r.Writer(file), &slog.HandlerOptions{Level: level, ReplaceAttr: shownAttr})
	return slog.New(slog.NewMultiHandler(logger.Handler(), handler)), file.Filename, func() { file.Close() }
}
