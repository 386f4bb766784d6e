package localexport

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"math"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"sluice/localexport/jobfiles"
	"sluice/localexport/product"
	"sluice/pipeline"
	"sluice/rules"
)

// fakeEngine is a product that writes small files without a snapshot, which is itself.
type fakeEngine struct {
	names      []string // of the files
	table      rules.Table
	mu         sync.Mutex
	rows       int64 // of each file
	consistent bool
	id         string
	from       time.Time // of the default window
	validated  int       // how often
	openErr    error
	planErr    error
	exportErr  error // after the files are written
	// during, if not nil, is called after the records of a file are written and
	// before the file is closed.
	during func(ctx context.Context, name string, w io.Writer) error
	closed int
	// written are the files that the last export has written from their start.
	written map[string]bool
}

var (
	fakeFinding = pipeline.Diagnostic{Key: "fake.index", Message: "Index i of table t lacks 2 of 10 rows."}
	fakeWarning = pipeline.Diagnostic{Key: "fake.build", Message: "Build 1 is not known."}
)

// fakeNames are the files that the tests tell apart.
var fakeNames = []string{"users", "spaces", "pages", "comments", "analytics_events"}

// fakeRules has a rule of each kind.
var fakeRules = rules.Table{
	{Name: "all-events", Field: "AllEvents"},
	{Name: "labels", Field: "Labels", Kind: rules.Choice, Values: []rules.Value{{Name: "json"}, {Name: "commas"}}},
	{Name: "cut-marker", Field: "CutMarker", Kind: rules.Text},
}

var (
	_ product.Product  = (*fakeEngine)(nil)
	_ product.Snapshot = (*fakeEngine)(nil)
)

func newFake() *fakeEngine {
	return &fakeEngine{names: fakeNames, table: fakeRules, rows: 3, consistent: true, id: "a", from: fakeFrom}
}

func (f *fakeEngine) Files() []string { return f.names }

func (f *fakeEngine) Optional() []string { return []string{"rejected"} }

func (f *fakeEngine) Parts() [][]string { return [][]string{f.names[:2], f.names[2:]} }

func (f *fakeEngine) Rules() rules.Table { return f.table }

func (f *fakeEngine) IsNote(pipeline.Diagnostic) bool { return false }

var fakeFrom = time.Date(2020, 3, 3, 0, 0, 0, 0, time.UTC)

func (f *fakeEngine) Open(context.Context, string) (product.Snapshot, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.openErr != nil {
		return nil, f.openErr
	}
	return f, nil
}

func (f *fakeEngine) set(change func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	change()
}

func (f *fakeEngine) Identity() jobfiles.Snapshot {
	f.mu.Lock()
	defer f.mu.Unlock()
	return jobfiles.Snapshot{Path: "/fake.db", Identity: f.id, Content: f.id, Bytes: 1}
}

func (f *fakeEngine) Unchanged() error { return nil }

func (f *fakeEngine) Plan(_ context.Context, o product.Options, _ *product.Counters) (product.Plan, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	from := o.From
	if o.Plan != nil {
		from = o.Plan.From
	}
	if from.IsZero() {
		from = f.from
	}
	return product.Plan{From: from, Location: "UTC"}, f.planErr
}

func (f *fakeEngine) Validate(ctx context.Context, _ product.Options, c *product.Counters) (product.Validation, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.validated++
	c.CheckTotal.Store(10)
	c.Checked.Store(10)
	v := product.Validation{Consistent: f.consistent, Warnings: []pipeline.Diagnostic{fakeWarning}}
	if !f.consistent {
		v.Findings = []pipeline.Diagnostic{fakeFinding}
	}
	return v, ctx.Err()
}

func (f *fakeEngine) Export(ctx context.Context, o product.Options, open product.Sink, c *product.Counters) (product.Result, error) {
	f.mu.Lock()
	rows, during, exportErr := f.rows, f.during, f.exportErr
	f.written = map[string]bool{}
	f.mu.Unlock()
	for i := range c.Files {
		c.Files[i].Ranges.Store(1)
	}
	result := product.Result{From: o.From, Location: "UTC"}
	if o.Redaction != nil {
		result.Redaction = o.Redaction.Rules.Begin(o.Redaction.Key)
	}
	for i, name := range f.names {
		file, err := f.exportFile(ctx, name, rows, open, &c.Files[i], during)
		if err != nil {
			return product.Result{}, fmt.Errorf("export %s: %w", name, err)
		}
		result.Files = append(result.Files, file)
		result.Rows += file.Rows
		result.Entities += file.Rows
	}
	return result, exportErr
}

func (f *fakeEngine) exportFile(ctx context.Context, name string, rows int64, open product.Sink, c *product.FileCounter,
	during func(context.Context, string, io.Writer) error) (product.FileResult, error) {
	c.Expected.Store(rows)
	c.State.Store(product.FileWriting)
	w, err := open(name)
	if err != nil {
		return product.FileResult{}, err
	}
	defer w.Close()
	keeper, keeps := w.(product.Keeper)
	if keeps && keeper.From() != nil && keeper.From().Done {
		c.Rows.Store(keeper.From().Rows)
		c.Bytes.Store(keeper.From().Bytes)
		c.State.Store(product.FileDone)
		return product.FileResult{Name: name, Rows: c.Rows.Load(), Bytes: c.Bytes.Load()}, w.Commit()
	}
	f.written[name] = true
	put := func(line string) error {
		n, err := io.WriteString(w, line)
		c.Bytes.Add(int64(n))
		return err
	}
	if err := put("id\r\n"); err != nil {
		return product.FileResult{}, err
	}
	for i := range rows {
		if err := put(fmt.Sprintf("%s-%d\r\n", name, i)); err != nil {
			return product.FileResult{}, err
		}
		c.Rows.Add(1)
	}
	if during != nil {
		if err := during(ctx, name, w); err != nil {
			return product.FileResult{}, err
		}
	}
	if keeps {
		keeper.Keep(product.State{Done: true, Rows: rows, Bytes: c.Bytes.Load()})
	}
	c.State.Store(product.FileDone)
	c.RangesDone.Add(1)
	return product.FileResult{Name: name, Rows: rows, Bytes: c.Bytes.Load()}, w.Commit()
}

func (f *fakeEngine) Close() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.closed++
	return nil
}

// fakeContent is what exportFile writes.
func fakeContent(name string, rows int64) string {
	var b strings.Builder
	b.WriteString("id\r\n")
	for i := range rows {
		fmt.Fprintf(&b, "%s-%d\r\n", name, i)
	}
	return b.String()
}

func plenty(string) (int64, error) { return math.MaxInt64, nil }

// testOptions are options with short intervals and a quiet log.
func testOptions(t *testing.T) Options {
	return Options{
		Home: filepath.Join(t.TempDir(), "home"), Snapshot: "fake.db", Node: "node1", Version: "test",
		Logger: slog.New(slog.DiscardHandler), PollInterval: time.Millisecond, ReportInterval: time.Millisecond,
	}
}

func openFake(t *testing.T, f *fakeEngine, o Options, changes ...func(*Exporter)) *Exporter {
	t.Helper()
	o.Product = f
	e, err := open(t.Context(), o, plenty, changes...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closeExporter(t, e) })
	return e
}

func closeExporter(t *testing.T, e *Exporter) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if err := e.Close(ctx); err != nil {
		t.Error(err)
	}
}

// start starts an export that must start.
func start(t *testing.T, e *Exporter, r pipeline.Request) pipeline.Job {
	t.Helper()
	job, err := e.Start(t.Context(), r)
	if err != nil {
		t.Fatalf("Start: %v", err)
	}
	return job
}

// wait waits for the end of the running job.
func wait(t *testing.T, e *Exporter) pipeline.Job {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	job, err := e.Wait(ctx)
	if err != nil {
		t.Fatalf("Wait: %v", err)
	}
	return job
}

// run starts an export and waits for its end.
func runToEnd(t *testing.T, e *Exporter, r pipeline.Request) pipeline.Job {
	t.Helper()
	start(t, e, r)
	return wait(t, e)
}

// holdPages stops an export in the midst of its pages.
func holdPages(entered chan<- struct{}, hold <-chan struct{}) func(context.Context, string, io.Writer) error {
	return func(ctx context.Context, name string, _ io.Writer) error {
		if name != "pages" {
			return nil
		}
		close(entered)
		select {
		case <-hold:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
