package csvfile

import (
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
)

// DefaultCellLimit is the number of bytes of a cell that Rows returns unless
// [WithCellLimit] says otherwise.
const DefaultCellLimit = 16 << 10

// maxWorkers bounds the memory of scans; a few cores keep any disk busy.
const maxWorkers = 8

// Option changes how a file is opened.
type Option func(*config)

type config struct {
	reading   Reading
	cellLimit int
	workers   int
	cacheDir  string
	cacheMin  int64 // size of the smallest file whose index is kept
	mapped    bool
	follow    bool
	made      bool // by makeTable: nothing about it is guessed
	// maxStream is how much of a single record is read to show it.
	maxStream int64
	// chunkBlocks is chunkBlocks, but in tests.
	chunkBlocks int64
	log         *slog.Logger
}

func newConfig(opts []Option) config {
	c := config{
		cellLimit:   DefaultCellLimit,
		workers:     min(runtime.GOMAXPROCS(0), maxWorkers),
		cacheMin:    cacheMinSize,
		mapped:      true,
		chunkBlocks: chunkBlocks,
		maxStream:   maxStream,
		log:         slog.Default(),
	}
	if dir, err := os.UserCacheDir(); err == nil && filepath.IsAbs(dir) { // HOME may be anything
		c.cacheDir = filepath.Join(dir, "sluice", "index")
	}
	for _, o := range opts {
		o(&c)
	}
	return c
}

// WithReading says how the file is to be read; what it leaves open is guessed. A reading
// that makes no sense fails Open.
func WithReading(r Reading) Option { return func(c *config) { c.reading = r } }

// WithDelimiter sets the delimiter instead of guessing it.
func WithDelimiter(d byte) Option { return func(c *config) { c.reading.Delimiter = string(rune(d)) } }

// WithHeader says whether the first record is a header instead of guessing.
func WithHeader(has bool) Option {
	return func(c *config) {
		c.reading.Header = "no"
		if has {
			c.reading.Header = "yes"
		}
	}
}

// WithCellLimit sets how many bytes of a cell Rows returns at most.
func WithCellLimit(n int) Option { return func(c *config) { c.cellLimit = max(n, 0) } }

// WithWorkers sets how many goroutines work at once on indexing, searching and
// the like. The default is GOMAXPROCS, but at most 8: more only cost memory.
func WithWorkers(n int) Option { return func(c *config) { c.workers = max(n, 1) } }

// WithCacheDir sets where indexes are kept for the next time, created when
// needed; "" keeps none. The default is sluice/index in the user's cache folder.
func WithCacheDir(dir string) Option { return func(c *config) { c.cacheDir = dir } }

// WithoutMap reads the file with read calls only, never through a memory map.
func WithoutMap() Option { return func(c *config) { c.mapped = false } }

// WithFollow reads on as the file grows, until it is closed: its rows are never all.
// Filters grow with it; what else looks at all rows looks at those that are there. What
// comes is a row once its line end has come. A file that is cut or replaced gives
// [ErrChanged]. It must be a file on disk, in UTF-8 and not packed.
func WithFollow() Option { return func(c *config) { c.follow = true } }
