package takes

import (
	"bufio"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"sluice/intake"
	"sluice/intake/unpack"
	"sluice/takes/dbfile"
	"sluice/takes/feed"
	"sluice/takes/siteconfig"
	"sluice/takes/throttle"
	"sluice/takes/xmlbackup"
	"sluice/wording"
)

// input is a source that was opened and recognised.
type input struct {
	ctx   context.Context
	place string // for people; never with a secret
	kind  kind
	path  string // "" for a stream
	file  *os.File
	// stream is the unpacked content; nil for a folder.
	stream *bufio.Reader
	packed unpack.Form
	closer io.Closer

	limiter *throttle.Limiter
	read    atomic.Int64
	total   int64
	// expected is about how much a running database has to be read of.
	expected  atomic.Int64
	opened    atomic.Int64 // when the transaction was, in Unix nanoseconds; 0 if none is open
	rows      atomic.Int64
	finishing atomic.Bool
	waiting   atomic.Bool
	table     atomic.Pointer[string]
}

// kind is a kind of source that can be read.
type kind struct {
	name string
	// match tells the kind by the first bytes of the unpacked content.
	match func(head []byte) bool
	read  func(in *input, sink feed.Sink) (dbfile.Origin, error)
	// survey tells what there is to read.
	survey func(in *input, s *Survey) error
}

// headSize is how much of a source is looked at to recognise it.
const headSize = 4096

// IsDump reports whether the file or folder at path is a dump or backup of which
// a snapshot has to be taken before it can be exported, or the configuration of a
// Confluence, which names its database.
func IsDump(path string) bool {
	if config, err := siteconfig.Find(path); config != "" || err != nil {
		return true // what is wrong with it, Take says
	}
	r, err := Recognise(context.Background(), path)
	return err == nil && r.Place == "" && !r.Snapshot
}

// open opens and recognises a source. The input that comes with an error has a
// place.
func open(ctx context.Context, source string, o Options) (*input, error) {
	in := &input{ctx: ctx, place: source, limiter: throttle.New(o.limits()), closer: io.NopCloser(nil)}
	if source == "-" {
		in.place = "the standard input"
		if o.Stdin == nil {
			return in, wording.New("there is no standard input to read")
		}
		return in, in.recognise(intake.Silent(ctx, o.Stdin))
	}
	abs, err := filepath.Abs(source)
	if err != nil {
		return in, err
	}
	in.place, in.path = abs, abs
	info, err := os.Stat(abs)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return in, feed.With(wording.New("there is no such file"), fs.ErrNotExist)
	case err != nil:
		return in, err
	case info.IsDir():
		return in, in.recogniseFolder()
	case !info.Mode().IsRegular():
		return in, in.recognisePipe()
	}
	if in.file, err = os.Open(abs); err != nil {
		return in, err
	}
	in.total = info.Size()
	if err := in.recognise(in.file); err != nil {
		return in, errors.Join(err, in.file.Close())
	}
	return in, nil
}

// recognisePipe opens and recognises a named pipe or a device, which is a stream.
func (in *input) recognisePipe() error {
	pipe, err := intake.OpenSilent(in.ctx, in.path)
	if err != nil {
		return err
	}
	in.path = ""
	if err := in.recognise(intake.Silent(in.ctx, pipe)); err != nil {
		return errors.Join(err, pipe.Close())
	}
	in.closer = closers{in.closer, pipe}
	return nil
}

// closers are closed together.
type closers []io.Closer

// Close implements io.Closer.
func (c closers) Close() error {
	var err error
	for _, one := range c {
		err = errors.Join(err, one.Close())
	}
	return err
}

// recognise unpacks the content and finds its kind.
func (in *input) recognise(r io.Reader) error {
	var err error
	in.stream, in.packed, in.closer, err = unpack.Auto(in.counted(r))
	if err != nil {
		return err
	}
	// Peek needs a buffer of that size; Auto's is larger.
	head, err := in.stream.Peek(headSize)
	if err != nil && err != io.EOF {
		return err
	}
	if len(head) == 0 {
		return feed.Damaged("the file is empty")
	}
	if xmlbackup.IsZip(head) {
		return in.recogniseArchive()
	}
	if err := recogniseForeign(head); err != nil {
		return err
	}
	for _, k := range kinds {
		if k.match(head) {
			in.kind = k
			return nil
		}
	}
	return unknown(head)
}

func (in *input) close() {
	in.closer.Close()
	if in.file != nil {
		in.file.Close()
	}
}

// counted counts what is read, keeps to the limits, and ends with the context.
func (in *input) counted(r io.Reader) io.Reader {
	return &throttle.Reader{Context: in.ctx, Reader: r, Limiter: in.limiter, Count: &in.read}
}

// watch calls tell from time to time until the function that it returns is
// called.
func (in *input) watch(tell func(Progress)) (stop func()) {
	if tell == nil {
		return func() {}
	}
	end, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		tick := time.NewTicker(progressInterval)
		defer tick.Stop()
		for {
			select {
			case <-tick.C:
				tell(in.progress())
			case <-end:
				tell(in.progress())
				return
			}
		}
	}()
	return func() { close(end); <-ended }
}

func (in *input) progress() Progress {
	p := Progress{Read: in.read.Load(), Total: in.total, Rows: in.rows.Load(),
		Finishing: in.finishing.Load(), Waiting: in.waiting.Load()}
	if about := in.expected.Load(); about > 0 {
		p.Total, p.About = max(about, p.Read), true
	}
	if t := in.table.Load(); t != nil {
		p.Table = *t
	}
	if opened := in.opened.Load(); opened != 0 {
		p.Open = time.Since(time.Unix(0, opened))
	}
	return p
}

// refuseItself refuses to write the snapshot over its own source.
func (in *input) refuseItself(out string) error {
	if in.file == nil {
		return nil
	}
	source, err := in.file.Stat()
	if err != nil {
		return err
	}
	if there, err := os.Stat(out); err == nil && os.SameFile(source, there) {
		return wording.Errorf("%s is the source itself, which is never written: name another file for the snapshot", out)
	}
	return nil
}
