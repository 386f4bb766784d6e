package localexport

import (
	"log/slog"
	"sync"
)

// once logs a trouble that lasts a single time: a program that looks several times
// a second would fill its log otherwise.
type once struct {
	mu   sync.Mutex
	said map[string]string // by what cannot be done: the error
}

// warn logs err, unless it was the last one of its kind. Nil ends the trouble.
func (o *once) warn(log *slog.Logger, what string, err error, args ...any) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if err == nil {
		delete(o.said, what)
		return
	}
	if o.said[what] == err.Error() {
		return
	}
	if o.said == nil {
		o.said = map[string]string{}
	}
	o.said[what] = err.Error()
	log.Warn("cannot "+what, append(args, "error", err)...)
}
