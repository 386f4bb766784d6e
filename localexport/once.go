package localexport

import (
	"log/slog"
	"sync"
)

// once logs a trouble that lasts a single time: a program that looks several times
// a second would fill its log otherwise.
type once struct {
	mu   sync.Mutex
	said map[string]string // by message: the error
}

// warn logs that something cannot be done, as say does.
func (o *once) warn(log *slog.Logger, what string, err error, args ...any) {
	o.say(log, "cannot "+what, err, args...)
}

// say logs err under a message, unless it was the last one there. Nil ends the
// trouble.
func (o *once) say(log *slog.Logger, message string, err error, args ...any) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if err == nil {
		delete(o.said, message)
		return
	}
	if o.said[message] == err.Error() {
		return
	}
	if o.said == nil {
		o.said = map[string]string{}
	}
	o.said[message] = err.Error()
	log.Warn(message, append(args, "error", err)...)
}
