package target

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"net/url"
	"os"
	"path"

	"github.com/pkg/sftp"

	"sluice/leash"
	"sluice/takes/feed"
	"sluice/takes/tunnel"
	"sluice/wholefile"
	"sluice/wording"
)

// server is a folder of a server of SFTP.
type server struct {
	ssh    *tunnel.Tunnel
	client *sftp.Client
	root   string
	shown  string
	notes  []string
}

// SFTP is a folder of a server: sftp://[user@]host[:port]/path, where /~/ begins a path in
// the home of the user. It logs in by keys only, and only at hosts whose keys are known:
// see package tunnel. The folder must exist.
func SFTP(ctx context.Context, u *url.URL, o tunnel.Options) (Target, error) {
	s, err := sftpServer(ctx, u, o)
	if err != nil {
		return nil, err
	}
	return s, nil
}

func sftpServer(ctx context.Context, u *url.URL, o tunnel.Options) (*server, error) {
	o.Target = u.Host
	if u.User != nil {
		o.Target = u.User.Username() + "@" + u.Host
	}
	t, err := tunnel.Open(ctx, o)
	if err != nil {
		return nil, err
	}
	// The answers of a server that hangs are not waited for when ctx ends.
	stop := context.AfterFunc(ctx, func() { t.Close() })
	s, err := overSSH(t, u)
	if !stop() && err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return nil, errors.Join(err, t.Close())
	}
	return s, nil
}

func overSSH(t *tunnel.Tunnel, u *url.URL) (*server, error) {
	client, err := sftp.NewClient(t.Client(), sftp.UseConcurrentWrites(true))
	if err != nil {
		return nil, feed.Denied("the server %s offers no SFTP: %s", t, feed.LastPart(err.Error()))
	}
	s := &server{ssh: t, client: client, root: folderOf(u.Path), notes: t.Notes(), shown: fmt.Sprintf("sftp://%s%s", t, u.Path)}
	info, err := client.Stat(s.root)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, wording.Errorf("there is no folder %s on the server %s: make it first", s.root, t)
	case errors.Is(err, fs.ErrPermission):
		return nil, feed.Denied("the folder %s on the server %s must not be read by this user", s.root, t)
	case err != nil:
		return nil, wording.Errorf("folder %s on the server %s: %w", s.root, t, err)
	case !info.IsDir():
		return nil, wording.Errorf("%s on the server %s is no folder", s.root, t)
	}
	if _, ok := client.HasExtension(renames); !ok {
		s.notes = append(s.notes, "The server does not replace files in one step: a file that is delivered again is missing for a moment.")
	}
	return s, nil
}

// renames is the extension by which a server replaces a file in one step.
const renames = "posix-rename@openssh.com"

// folderOf is a path as the server takes it: paths that do not begin with a slash are
// those of the user's home.
func folderOf(p string) string {
	switch {
	case p == "" || p == "/~" || p == "/~/":
		return "."
	case len(p) > 3 && p[:3] == "/~/":
		return path.Clean(p[3:])
	}
	return path.Clean(p)
}

func (s *server) path(name string) string { return path.Join(s.root, name) }

// Put implements Target.
func (s *server) Put(ctx context.Context, name string, r io.Reader, size int64) error {
	target := s.path(name)
	if err := s.makeFolders(path.Dir(target)); err != nil {
		return wording.Errorf("make folder %s: %w", path.Dir(target), err)
	}
	if err := s.removeStale(target); err != nil {
		return err
	}
	partial := fmt.Sprintf("%s.%d%s", target, rand.Uint32(), wholefile.Suffix)
	f, err := s.client.OpenFile(partial, os.O_WRONLY|os.O_CREATE|os.O_EXCL)
	if err != nil {
		return wording.Errorf("write %s: %w", partial, err)
	}
	if err := s.fill(ctx, f, r, size); err != nil {
		return errors.Join(wording.Errorf("write %s: %w", partial, err), s.Remove(ctx, name+partial[len(target):]))
	}
	if err := s.rename(partial, target); err != nil {
		return errors.Join(wording.Errorf("rename %s: %w", partial, err), s.Remove(ctx, name+partial[len(target):]))
	}
	return nil
}

// fill writes a file, and puts it on the server's disk where the server can be asked to.
func (s *server) fill(ctx context.Context, f *sftp.File, r io.Reader, size int64) (err error) {
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := f.Chmod(0o600); err != nil && !errors.Is(err, fs.ErrPermission) && !errors.Is(err, sftp.ErrSSHFxOpUnsupported) {
		return err
	}
	written, err := f.ReadFrom(leash.Reader(ctx, r))
	if err != nil {
		return err
	}
	if written != size {
		return wording.Errorf("%d bytes came, not %d", written, size)
	}
	if _, ok := s.client.HasExtension("fsync@openssh.com"); ok {
		return f.Sync()
	}
	return nil
}

// rename gives a file its name, which another may have.
func (s *server) rename(from, to string) error {
	if _, ok := s.client.HasExtension(renames); ok {
		return s.client.PosixRename(from, to)
	}
	if err := s.client.Remove(to); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return s.client.Rename(from, to)
}

// makeFolders makes the folders of a file, which only their owner can read.
func (s *server) makeFolders(dir string) error {
	if info, err := s.client.Stat(dir); err == nil && info.IsDir() {
		return nil
	}
	if parent := path.Dir(dir); parent != dir {
		if err := s.makeFolders(parent); err != nil {
			return err
		}
	}
	if err := s.client.Mkdir(dir); err != nil {
		if info, statErr := s.client.Stat(dir); statErr == nil && info.IsDir() {
			return nil // another has made it
		}
		return err
	}
	if err := s.client.Chmod(dir, 0o700); err != nil && !errors.Is(err, fs.ErrPermission) && !errors.Is(err, sftp.ErrSSHFxOpUnsupported) {
		return err
	}
	return nil
}

// removeStale removes what earlier runs have left of a file.
func (s *server) removeStale(target string) error {
	entries, err := s.client.ReadDir(path.Dir(target))
	if err != nil {
		return wording.Errorf("look into %s: %w", path.Dir(target), err)
	}
	for _, e := range entries {
		if wholefile.IsPartial(path.Base(target), e.Name()) {
			if err := s.client.Remove(path.Join(path.Dir(target), e.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return wording.Errorf("remove %s: %w", e.Name(), err)
			}
		}
	}
	return nil
}

// Open implements Target and Place. When ctx ends the connection is closed: a server that
// hangs is not waited for.
func (s *server) Open(ctx context.Context, name string) (io.ReadCloser, error) {
	f, err := s.client.Open(s.path(name))
	if err != nil {
		return nil, err
	}
	return hung{leashed{leash.Reader(ctx, f), f}, context.AfterFunc(ctx, func() { s.ssh.Close() })}, nil
}

func (s *server) Size(_ context.Context, name string) (int64, error) {
	info, err := s.client.Stat(s.path(name))
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

func (s *server) Remove(_ context.Context, name string) error {
	if err := s.client.Remove(s.path(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return wording.Errorf("remove %s: %w", s.path(name), err)
	}
	return nil
}

func (s *server) Proves() bool    { return false }
func (s *server) String() string  { return s.shown }
func (s *server) Notes() []string { return s.notes }

func (s *server) Close() error { return errors.Join(s.client.Close(), s.ssh.Close()) }
