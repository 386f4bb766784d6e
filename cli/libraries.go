package cli

import (
	"io"
	"log"
	"log/slog"
	"strings"

	"sluice/secret"
)

// libraryLog takes what libraries say through the standard logger, which is the
// standard error otherwise: that a server has sent something without being asked, for
// example, word for word. It is of use with --verbose only, and without the words.
type libraryLog struct{ logger *slog.Logger }

// SilenceLibraries leads the standard logger to nowhere. It is for the beginning of the
// process: what is said before and after a command is of use to nobody.
func SilenceLibraries() { log.SetOutput(io.Discard) }

// hearLibraries leads the standard logger to a logger until release is called.
func hearLibraries(logger *slog.Logger) (release func()) {
	flags, out := log.Flags(), log.Writer()
	log.SetFlags(0)
	log.SetOutput(libraryLog{logger})
	return func() {
		log.SetFlags(flags)
		log.SetOutput(out)
	}
}

// Write implements io.Writer.
func (l libraryLog) Write(p []byte) (int, error) {
	l.logger.Debug("a library says", "text", secret.Unquoted(strings.TrimSpace(string(p))))
	return len(p), nil
}
