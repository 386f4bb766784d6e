package csvfile

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"

	"sluice/csvfile/internal/block"
	"sluice/fileident"
	"sluice/intake"
	"sluice/sqliteformat"
	"sluice/wording"
)

// Open opens a CSV file and finds out how it is written. It reads some
// kilobytes, whatever the size. An empty file opens, with no columns. A pipe, or
// another stream that has a name, is waited for, and read as by [OpenSpool]. Errors
// are of type *[OpenError].
func Open(ctx context.Context, path string, opts ...Option) (*File, error) {
	if err := ctx.Err(); err != nil {
		return nil, &OpenError{Path: path, Reason: "it was cancelled", Err: err}
	}
	cfg := newConfig(opts)
	st, err := os.Stat(path) // to open a pipe would wait for who writes it, whatever ctx says
	if err == nil && IsStream(st) {
		return openPipe(ctx, path, cfg)
	}
	if err := unfit(path, st, err); err != nil {
		return nil, err
	}
	osFile, err := os.Open(path)
	if err != nil {
		return nil, openError(path, err)
	}
	f, err := open(ctx, osFile, nil, path, cfg)
	if err != nil {
		osFile.Close()
		return nil, err
	}
	return f, nil
}

// open opens a file on disk, or what comes into a spool.
func open(ctx context.Context, osFile *os.File, spool *intake.Spool, path string, cfg config) (*File, error) {
	st, err := osFile.Stat()
	if err := unfit(path, st, err); err != nil {
		return nil, err
	}
	state, err := fileident.Quick(osFile)
	if err != nil && spool == nil {
		return nil, openError(path, err)
	}
	f := &File{path: path, cfg: cfg, osFile: osFile, spool: spool, opened: st, state: state, idx: newIndex()}
	f.lastRow.Store(-1)
	f.setData(fileData{osFile, st.Size()})
	f.info.Size = st.Size()
	f.life, f.end = context.WithCancel(context.Background())
	f.indexing.init()
	f.checking.init()
	switch {
	case spool != nil:
		f.grower = spool
	case cfg.follow:
		f.grower = follow(f.life, path, osFile, st)
	}
	defer context.AfterFunc(ctx, f.end)() // which ends all waiting
	if err := f.detect(ctx); err != nil {
		f.end()
		if f.packed != nil {
			err = errors.Join(err, f.packed.close())
		}
		return nil, err
	}
	return f, nil
}

// unfit says why what is at path, of which this is known, cannot be read at any place; nil
// if it can.
func unfit(path string, st os.FileInfo, err error) error {
	switch {
	case err != nil:
		return openError(path, err)
	case st.IsDir():
		return &OpenError{Path: path, Reason: "it is a folder; choose a file in it"}
	case !st.Mode().IsRegular():
		return &OpenError{Path: path, Reason: "it is not a regular file, and only those can be read at any place"}
	}
	return nil
}

// detect reads the start of the file and sets its dialect and header.
func (f *File) detect(ctx context.Context) error {
	if f.cfg.made {
		f.takeMade()
		return f.readHeader(ctx)
	}
	sample, err := f.decode(ctx)
	if err != nil {
		return err
	}
	if reason := notCSV(sample); reason != "" {
		return &OpenError{Path: f.path, Reason: reason}
	}
	if err := f.guess(ctx, sample); err != nil {
		return err
	}
	if err := f.wholeHead(ctx); err != nil {
		return err
	}
	return f.readHeader(ctx)
}

func (f *File) readHeader(ctx context.Context) error {
	w := f.window()
	defer f.release(w)
	first, err := f.readRows(ctx, w, f.start, 1, -1)
	var wide *WideError
	if errors.As(err, &wide) {
		return &OpenError{Path: f.path, Reason: fmt.Sprintf("its first record has more than %d columns, which is more than is shown", MaxCells), Err: err}
	}
	if err != nil {
		return openError(f.path, err)
	}
	if len(first) == 0 {
		f.info.HasHeader = false
		return nil
	}
	f.header = first[0].Fields
	f.info.Columns = len(f.header)
	if f.info.HasHeader {
		f.skip = 1
		return nil
	}
	f.header = make([]string, f.info.Columns)
	for i := range f.header {
		f.header[i] = ColumnName(i)
	}
	return nil
}

// knownAs returns what else a file is by its first bytes, and what to do about it; "" if
// it is nothing that is known.
func knownAs(sample []byte) string {
	for _, m := range []struct{ magic, reason string }{
		{sqliteformat.Magic, wording.Format("it is an SQLite database; open it as a snapshot instead")},
		{"%PDF-", wording.Format("it is a PDF document, not CSV")},
		{"7z\xbc\xaf\x27\x1c", wording.Format("it is a 7-Zip archive; unpack it first")},
		{"Rar!\x1a\x07", wording.Format("it is a RAR archive; unpack it first")},
	} {
		if bytes.HasPrefix(sample, []byte(m.magic)) {
			return m.reason
		}
	}
	const tarMagic, tarAt = "ustar", 257 // behind what it says of its first file
	if len(sample) > tarAt && bytes.HasPrefix(sample[tarAt:], []byte(tarMagic)) && bytes.IndexByte(sample[:tarAt], 0) > 0 {
		return wording.Format("it is a tar archive; unpack it first")
	}
	return ""
}

// notCSV returns why the start of a text cannot be that of a CSV file, or "".
func notCSV(sample []byte) string {
	if reason := knownAs(sample); reason != "" {
		return reason
	}
	if text := bytes.TrimRight(sample, "\x00"); bytes.ContainsAny(text, "\r\n") {
		sample = text // a text whose disk failed while it was written ends with zeros
	}
	odd := 0
	for _, c := range sample {
		if c < 0x20 && !bytes.ContainsRune([]byte("\t\n\v\f\r\x1b\x01\x1f"), rune(c)) {
			odd++
		}
	}
	if odd > 8 && odd*20 > len(sample) {
		return wording.Format("it is a binary file, not text")
	}
	return ""
}

// blockStart returns where block b starts.
func (f *File) blockStart(b int64) int64 { return max(b*block.Size, f.start) }
