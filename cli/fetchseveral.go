package cli

import (
	"fmt"
	"io"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"sluice/source"
	"sluice/visible"
)

// fetchesAtOnce is from how many servers files are fetched at the same time: what bounds them is
// the network and the disk of this computer, which they share.
const fetchesAtOnce = 4

// each fetches from several servers at the same time, tells of each when it is done, and returns
// the worst error, which is told by then.
func (x *fetchCommand) each(c *call, servers []source.Source) error {
	all := make([]fetched, len(servers))
	line := newFetchLine(c.program.Err, len(servers))
	var group errgroup.Group
	group.SetLimit(fetchesAtOnce)
	for i, s := range servers {
		group.Go(func() error {
			all[i] = x.fromListed(c, s, line)
			if !x.JSON {
				line.between(func() { tellFetched(c, all[i]) })
			}
			return nil
		})
	}
	_ = group.Wait() // no error ends the others
	if x.JSON {
		if err := c.document(struct {
			Servers []fetched `json:"servers"`
		}{all}, nil); err != nil {
			return err
		}
	}
	worst := slices.MinFunc(all, func(a, b fetched) int { return badness(a.err) - badness(b.err) }).err
	if worst != nil {
		return silentError{worst}
	}
	return nil
}

// tellFetched tells people what became of one server of several.
func tellFetched(c *call, done fetched) {
	if done.Fetched != nil {
		describeFetched(c, done)
	}
	if done.err != nil {
		complain(c.program.Err, fmt.Errorf("%s: %w", done.Name, done.err))
	}
}

// fetchLine tells in one line how far fetches are.
type fetchLine struct {
	mu   sync.Mutex
	line *liveLine
	last time.Time
	of   int                        // servers
	now  map[string]source.Fetching // by the names of the servers
}

func newFetchLine(w io.Writer, servers int) *fetchLine {
	return &fetchLine{line: newLiveLine(w), of: servers, now: map[string]source.Fetching{}}
}

// draw tells how far the fetch from a server is.
func (l *fetchLine) draw(server string, p source.Fetching) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.now[server] = p
	if now := time.Now(); l.line.live() && now.Sub(l.last) >= sampleInterval {
		l.last = now
		l.line.draw(l.text(p))
	}
}

// text is the line: about one server the file, about several all that is being fetched.
func (l *fetchLine) text(last source.Fetching) string {
	if l.of == 1 {
		what := "fetching "
		if last.Checking {
			what = "checking "
		}
		return what + visible.Cut(last.File, longestWord) + percent(last.Done, last.Total)
	}
	var done, total int64
	for _, p := range l.now {
		done, total = done+p.Done, total+p.Total
	}
	return fmt.Sprintf("fetching from %d of %d servers", len(l.now), l.of) + percent(done, total)
}

// end says that a fetch has ended.
func (l *fetchLine) end(server string) { l.between(func() { delete(l.now, server) }) }

// between does what must not be drawn over.
func (l *fetchLine) between(do func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.line.wipe()
	do()
}
