package deliver

import (
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"io/fs"
	"os"
	"runtime"

	"github.com/klauspost/compress/zstd"

	"sluice/leash"
	"sluice/wording"
)

// Pack is how files are packed on their way.
type Pack string

// The ways of packing. Parquet files are packed inside, and go as they are.
const (
	PackNone Pack = "none"
	PackGzip Pack = "gzip"
	PackZstd Pack = "zstd"
)

// ending is what the name of a packed file ends in.
func (p Pack) ending() string {
	switch p {
	case PackGzip:
		return ".gz"
	case PackZstd:
		return ".zst"
	}
	return ""
}

func (p Pack) writer(w io.Writer) (io.WriteCloser, error) {
	if p == PackGzip {
		return gzip.NewWriter(w), nil
	}
	return zstd.NewWriter(w, zstd.WithEncoderConcurrency(2))
}

// packed is a packed file, which is gone when it is closed, or when the process ends in
// whatever way, where the system lets an open file lose its name. Only its owner can read it.
type packed struct {
	*os.File
	bytes  int64
	sha256 string
}

func (p *packed) Close() error {
	err := p.File.Close()
	if gone := os.Remove(p.Name()); !errors.Is(gone, fs.ErrNotExist) {
		err = errors.Join(err, gone)
	}
	return err
}

// file packs what r reads into a temporary file: places want to know how much comes, and
// what it must be.
func (p Pack) file(ctx context.Context, r io.Reader, dir string) (_ *packed, err error) {
	f, err := os.CreateTemp(dir, "sluice-*"+p.ending())
	if err != nil {
		return nil, wording.Errorf("pack: %w", err)
	}
	out := &packed{File: f}
	if runtime.GOOS != "windows" { // which refuses it while the file is open
		if err := os.Remove(f.Name()); err != nil {
			return nil, errors.Join(wording.Errorf("pack: %w", err), out.Close())
		}
	}
	defer func() {
		if err != nil {
			err = errors.Join(wording.Errorf("pack: %w", err), out.Close())
		}
	}()
	sum := sha256.New()
	w, err := p.writer(io.MultiWriter(f, sum))
	if err != nil {
		return nil, err
	}
	if _, err := io.Copy(w, leash.Reader(ctx, r)); err != nil {
		return nil, errors.Join(err, w.Close())
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	if out.bytes, err = f.Seek(0, io.SeekCurrent); err != nil {
		return nil, err
	}
	out.sha256 = hex.EncodeToString(sum.Sum(nil))
	_, err = f.Seek(0, io.SeekStart)
	return out, err
}

// proved reads a file of a job and fails at its end if it is not what the manifest says,
// so that nothing else is delivered under its name.
type proved struct {
	r    io.Reader
	want item
	hash hash.Hash
	read int64
	tell func(n int64)
}

func (p *proved) Read(b []byte) (int, error) {
	n, err := p.r.Read(b)
	p.hash.Write(b[:n])
	p.read += int64(n)
	if n > 0 {
		p.tell(int64(n))
	}
	if err == io.EOF && (p.read != p.want.bytes || hex.EncodeToString(p.hash.Sum(nil)) != p.want.sha256) {
		return n, wording.Errorf("it is not what the manifest says of it (%d bytes and not %d, or another checksum): it was changed since the export", p.read, p.want.bytes)
	}
	return n, err
}
