// Package fileident tells one state of a file from another: whether what was once
// found out about a file still holds.
//
// Size and modification time alone do not tell: cp -p and rsync -t give a file new
// content and keep both. So an [ID] has, too, which file it is (on Unix the inode,
// on Windows the file index), when the system last changed anything about it (which
// no program can set), and a digest of blocks spread over the file, for systems and
// network mounts that know none of these.
//
// The cost is bounded whatever the size: at most 256 KB are read. What cannot be
// told is a change, in blocks that are not read, within the same tick of the file
// system's clock (some milliseconds) as the one before.
package fileident

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"sluice/wording"
)

const (
	// blockSize is how much of a file is read at one place.
	blockSize = 4 << 10
	// places is how many blocks are read of a large file, the first and the last
	// among them. A file of fewer blocks is read whole.
	places = 64
)

// ErrChanging says that the file was written to while it was looked at.
var ErrChanging = wording.New("the file is being changed right now; wait until it is complete")

// ID is the state of a file. It is comparable, and equal exactly if nothing tells
// that the file was touched: also a change of its access rights or a further hard
// link makes another ID. The volume is no part of it, since systems number those
// anew when they are mounted.
type ID struct {
	Size     int64  // bytes
	Modified int64  // nanoseconds since 1970
	Changed  int64  // of content or properties, nanoseconds since 1970; 0: the system does not tell
	File     uint64 // inode or file index; 0: the system does not tell
	Digest   Digest // of blocks spread over the file; zero: they were not read
}

// Digest is the start of a SHA-256.
type Digest [16]byte

// Of returns the ID of an open file with the digest of its blocks. It does not
// move the file's position. The error wraps [ErrChanging] if the file was changed
// meanwhile.
func Of(f *os.File) (ID, error) {
	id, err := Quick(f)
	if err != nil {
		return ID{}, err
	}
	if id.Digest, err = digest(f, id.Size); err != nil {
		return ID{}, wording.Errorf("read %s: %w", f.Name(), err)
	}
	now, err := Quick(f)
	if err != nil {
		return ID{}, err
	}
	if !id.Agrees(now) {
		return ID{}, wording.Errorf("read %s: %w", f.Name(), ErrChanging)
	}
	return id, nil
}

// Quick returns the ID of an open file without reading any of it: the digest is
// zero.
func Quick(f *os.File) (ID, error) {
	info, err := f.Stat()
	if err != nil {
		return ID{}, err
	}
	id := ID{Size: info.Size(), Modified: info.ModTime().UnixNano()}
	id.File, id.Changed, err = systemFacts(f, info)
	if err != nil {
		return ID{}, wording.Errorf("look at %s: %w", f.Name(), err)
	}
	return id, nil
}

// OfPath returns the ID of the file that has the name now, or that a symbolic
// link of the name leads to. The error wraps fs.ErrNotExist if there is none.
func OfPath(path string) (ID, error) { return named(path, Of) }

// QuickOfPath is OfPath without reading any of the file.
func QuickOfPath(path string) (ID, error) { return named(path, Quick) }

func named(path string, of func(*os.File) (ID, error)) (ID, error) {
	info, err := os.Stat(path)
	if err != nil {
		return ID{}, err
	}
	if !info.Mode().IsRegular() { // opening a pipe would wait for its writer
		return ID{}, &fs.PathError{Op: "look at", Path: path, Err: wording.New("it is no regular file")}
	}
	f, err := os.Open(path)
	if err != nil {
		return ID{}, err
	}
	defer f.Close()
	return of(f)
}

// Agrees reports whether nothing tells the two states apart. Unlike ==, it leaves
// out the digest where one of them has none.
func (id ID) Agrees(other ID) bool {
	if id.Digest == (Digest{}) || other.Digest == (Digest{}) {
		id.Digest, other.Digest = Digest{}, Digest{}
	}
	return id == other
}

// SameContent reports whether the two have the same size and the same digest of
// blocks, whatever file they are and whenever it was changed: so a copy has the
// content of its original. It is false where one of them was not read.
func (id ID) SameContent(other ID) bool {
	return id.Digest != (Digest{}) && id.Size == other.Size && id.Digest == other.Digest
}

// String is stable: "size-modified-changed-file-digest", the digest in hexadecimal.
// [Parse] reads it.
func (id ID) String() string {
	return fmt.Sprintf("%d-%d-%d-%d-%s", id.Size, id.Modified, id.Changed, id.File, hex.EncodeToString(id.Digest[:]))
}

// digest sums up the blocks at places spread evenly over the file.
func digest(r io.ReaderAt, size int64) (d Digest, err error) {
	sum := sha256.New()
	// The size keeps an empty file from having the digest of one not read.
	sum.Write(binary.LittleEndian.AppendUint64(nil, uint64(size)))
	blocks := (size + blockSize - 1) / blockSize
	n := min(blocks, places)
	buf := make([]byte, blockSize)
	for i := range n {
		at := i * blockSize
		if blocks > places {
			at = int64(float64(blocks-1)*float64(i)/(places-1)) * blockSize
		}
		part := buf[:min(blockSize, size-at)]
		if k, err := r.ReadAt(part, at); k < len(part) {
			if errors.Is(err, io.EOF) {
				err = ErrChanging // it was longer a moment ago
			}
			return Digest{}, err
		}
		sum.Write(part)
	}
	return Digest(sum.Sum(nil)[:len(d)]), nil
}
