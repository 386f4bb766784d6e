package target

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
	"time"

	"sluice/leash"
	"sluice/takes/tunnel"
	"sluice/wording"
)

// Place is a folder that files are read from: one of this computer, or of a server of
// SFTP. Nothing is written to it. Names have slashes between folders. A Place is used by
// one goroutine at a time.
type Place interface {
	// List is what lies in a folder, in the order of names. The error is fs.ErrNotExist,
	// in the sense of errors.Is, if there is no such folder.
	List(ctx context.Context, name string) ([]Entry, error)
	// Open reads a file until ctx ends.
	Open(ctx context.Context, name string) (io.ReadCloser, error)
	// String names the place for people, without a secret.
	String() string
	// Told are sentences about the connection that people should know.
	Told() []string
	Close() error
}

// Entry is what lies in a folder of a Place.
type Entry struct {
	Name     string
	Bytes    int64
	Modified time.Time
	Regular  bool // a file, and no folder, link or device
}

// ErrPlace is wrapped by the errors for addresses that files cannot be read from.
var ErrPlace = wording.New("that is no folder to read from")

// ParsePlace reads the address of a Place: a folder, or sftp://user@host/path. A password
// in it is refused: it would show in the list of processes.
func ParsePlace(text string) (Address, error) {
	a, err := parse(text, ErrPlace, "it is a folder, or sftp://user@host/path,")
	if err == nil && a.url != nil && a.url.Scheme != "sftp" {
		return Address{}, wording.Errorf("%w: it is a folder, or sftp://user@host/path, and not %s://", ErrPlace, a.url.Scheme)
	}
	return a, err
}

// Folder is the folder of this computer that the address names; "" if it is elsewhere.
func (a Address) Folder() string { return a.folder }

// OpenPlace makes the connection, if there is one to make.
func (a Address) OpenPlace(ctx context.Context, o tunnel.Options) (Place, error) {
	if a.url != nil {
		return sftpServer(ctx, a.url, o)
	}
	to, err := Folder(a.folder)
	if err != nil {
		return nil, err
	}
	return to.(folder), nil
}

var (
	_ Place = folder{}
	_ Place = (*server)(nil)
)

// List implements Place.
func (f folder) List(_ context.Context, name string) ([]Entry, error) {
	entries, err := os.ReadDir(f.path(name))
	if err != nil {
		return nil, err
	}
	var all []Entry
	for _, e := range entries {
		info, err := e.Info()
		if errors.Is(err, fs.ErrNotExist) { // removed since
			continue
		}
		if err != nil {
			return nil, err
		}
		all = append(all, entryOf(info))
	}
	return all, nil
}

// Told implements Place.
func (f folder) Told() []string { return nil }

// List implements Place. A name that leads out of the folder is no file: what a server
// says is not trusted.
func (s *server) List(ctx context.Context, name string) ([]Entry, error) {
	infos, err := s.client.ReadDirContext(ctx, s.path(name))
	if err != nil {
		return nil, err
	}
	var all []Entry
	for _, info := range infos {
		e := entryOf(info)
		e.Regular = e.Regular && e.Name != "" && e.Name != "." && e.Name != ".." && !strings.ContainsAny(e.Name, "/\\:\x00") && path.Base(e.Name) == e.Name
		all = append(all, e)
	}
	return all, nil
}

// Told implements Place.
func (s *server) Told() []string { return s.ssh.Notes() }

func entryOf(info fs.FileInfo) Entry {
	return Entry{Name: info.Name(), Bytes: info.Size(), Modified: info.ModTime(), Regular: info.Mode().IsRegular()}
}

// leashed is a file that is read until a context ends.
type leashed struct {
	io.Reader
	io.Closer
}

func leashedFile(ctx context.Context, f io.ReadCloser) io.ReadCloser {
	return leashed{leash.Reader(ctx, f), f}
}

// hung is a file of a server, whose answers are not waited for when a context ends.
type hung struct {
	leashed
	stop func() bool
}

func (h hung) Close() error {
	h.stop()
	return h.leashed.Close()
}
