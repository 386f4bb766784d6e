package csvfile

import (
	"bufio"
	"context"
	"errors"
	"io"

	"sluice/intake/parquettext"
	"sluice/intake/unpack"
	"sluice/intake/zipped"
	"sluice/wording"
)

// container is what the text of a file lies in: nothing, for the zero value.
type container struct {
	form   unpack.Form    // of a stream, or of what is in a zip archive
	member *zipped.Member // of a zip archive
	// parquet is a Parquet file, of which a text is made.
	parquet *parquettext.File
}

// packed reports whether the file is in any.
func (s stages) packed() bool { return s.container.name() != "" }

// name is what the container is called.
func (c container) name() string {
	if c.parquet != nil {
		return Parquet
	}
	if c.member != nil {
		return "zip"
	}
	return c.form.Name()
}

// recognise finds out what the text lies in, by the first bytes on disk, and returns the
// start of the text.
func (f *File) recognise(ctx context.Context, start []byte) ([]byte, error) {
	c := &f.stages.container
	if zipped.Is(start) || parquettext.Is(start) || unpack.Detect(start) != unpack.None {
		if err := f.refuseFollow(); err != nil {
			return nil, err
		}
	}
	if parquettext.Is(start) {
		if err := f.openParquet(ctx); err != nil {
			return nil, err
		}
		return f.unpackedStart()
	}
	if zipped.Is(start) {
		if err := f.openZip(ctx); err != nil {
			return nil, err
		}
		var err error
		if start, err = f.unpackedStart(); err != nil {
			return nil, err
		}
	}
	if c.form = unpack.Detect(start); c.form != unpack.None {
		return f.unpackedStart()
	}
	return start, nil
}

// openZip chooses the member of a zip archive.
func (f *File) openZip(ctx context.Context) error {
	size, err := f.wholeInput(ctx)
	if err != nil {
		return err
	}
	a, err := zipped.Open(fileData{f.osFile, size}, size)
	if err != nil {
		return &OpenError{Path: f.path, Reason: err.Error(), Err: err}
	}
	member, others, err := a.Pick(f.cfg.reading.Member)
	if err != nil {
		return &OpenError{Path: f.path, Reason: err.Error(), Err: err}
	}
	f.stages.container.member = &member
	f.info.Member = member.Name
	for _, m := range a.Members {
		f.info.Members = append(f.info.Members, m.Name)
	}
	switch {
	case others > 0:
		f.found.say(MemberGuessed, others+1, wording.Of("the archive has %d tables, and its file %s is shown", others+1, member.Name))
	case len(a.Members) > 1:
		f.found.say(MemberTold, 1, wording.Of("the file %s of the archive is shown", member.Name))
	}
	return nil
}

// openParquet reads what a Parquet file is like. Its text is made in one way, whatever was
// said of how to read it.
func (f *File) openParquet(ctx context.Context) error {
	size, err := f.wholeInput(ctx)
	if err != nil {
		return err
	}
	p, err := parquettext.Open(fileData{f.osFile, size}, size)
	if err != nil {
		return &OpenError{Path: f.path, Reason: err.Error(), Err: err}
	}
	if r := f.cfg.reading; !r.Zero() {
		return &OpenError{Path: f.path, Reason: "it is a Parquet file, which tells itself what its columns and cells are; leave out how it is to be read"}
	}
	f.stages.container.parquet = p
	none := 0
	f.cfg.reading = Reading{Encoding: "utf-8", Delimiter: ",", Quote: `"`, Escape: "doubled", Comment: None, Header: "yes", Skip: &none}
	return nil
}

// wholeInput is how large the file is; one that is still coming is waited for.
func (f *File) wholeInput(ctx context.Context) (int64, error) {
	if f.grower == nil {
		return f.info.Size, nil
	}
	for {
		more := f.grower.Grown()
		size, ended, err := f.grower.State()
		switch {
		case ended && err != nil:
			return 0, openError(f.path, err)
		case ended:
			f.info.Size = size
			return size, nil
		}
		select {
		case <-more:
		case <-ctx.Done():
			return 0, openError(f.path, context.Cause(ctx))
		}
	}
}

// unpackedStart returns the start of what a container holds: of one that is still coming, what
// there is of it a while after the first of it has come.
func (f *File) unpackedStart() ([]byte, error) {
	ctx, end := context.WithCancel(f.life)
	defer end()
	text, err := f.unpacked(ctx, &counter{})
	if err != nil {
		return nil, err
	}
	if c, ok := text.(io.Closer); ok {
		defer c.Close()
	}
	start := make([]byte, sampleSize)
	if !f.Coming() {
		n, _ := io.ReadFull(text, start) // an error comes again when the text is read
		return start[:n], nil
	}
	slow := newPatient(text, func() {})
	defer slow.leave()
	defer end() // before that
	n, tired := 0, false
	for n < len(start) && !tired && err == nil {
		var more int
		more, tired, err = slow.within(patience, start[n:])
		n += more
	}
	return start[:n], nil
}

// unpacked reads the file from its start, unpacked. What it returns may have to be closed; ctx
// ends waiting for what has not come yet.
func (f *File) unpacked(ctx context.Context, in *counter) (io.Reader, error) {
	in.n.Store(0)
	c := f.stages.container
	if c.parquet != nil {
		return c.parquet.Text(func(rows int64) {
			in.n.Store(int64(float64(f.info.Size) * float64(rows) / float64(max(1, c.parquet.Rows()))))
		}), nil
	}
	var text io.Reader
	if c.member != nil {
		var err error
		text, err = c.member.Open(func(r io.Reader) io.Reader {
			in.r = r
			return bufio.NewReaderSize(in, 256<<10)
		})
		if damage := new(unpack.Error); err != nil && !errors.As(err, &damage) {
			return nil, &OpenError{Path: f.path, Reason: wording.Of("it is a zip archive, and %s", err).String(), Err: err}
		} else if err != nil {
			return nil, f.unreadable(err)
		}
	} else {
		in.r = f.bytes(ctx)
		text = bufio.NewReaderSize(in, 256<<10)
	}
	if c.form == unpack.None {
		return text, nil
	}
	z, err := unpack.Salvage(text, c.form)
	if err != nil {
		return nil, f.unreadable(err)
	}
	return z, nil
}

// bytes reads what is on disk, or comes until ctx ends, from its start.
func (f *File) bytes(ctx context.Context) io.Reader {
	if f.grower != nil {
		return &stream{ctx: ctx, f: f}
	}
	disk := fileData{f.osFile, f.info.Size} // which knows a file that was cut meanwhile
	return io.NewSectionReader(disk, 0, f.info.Size)
}
