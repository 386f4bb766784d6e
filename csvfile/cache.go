package csvfile

import (
	"bufio"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"hash"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"sluice/csvfile/internal/block"
	"sluice/fileident"
	"sluice/wholefile"
	"sluice/wording"
)

const (
	cacheMagic = "sluice csv index 3\n"
	// cacheMinSize is the smallest file whose index is kept: smaller ones are
	// indexed faster than the cache is read.
	cacheMinSize = 16 << 20
	// cacheLimit bounds the size of all kept indexes together: those of about
	// a terabyte of files. The ones not used for longest go first.
	cacheLimit = 128 << 20
	cacheExt   = ".csvindex"
)

// cacheHead describes a kept index: the file it belongs to, exactly, and what
// else is known about that file.
type cacheHead struct {
	Path       string
	State      fileident.ID
	Syntax     block.Syntax
	Start      int64
	Entries    int64
	Tail       int64
	Foreign    bool
	Checked    bool
	Widest     int64
	FromIndex  map[FindingKind]Finding
	FromChecks map[FindingKind]Finding
}

var crcTable = crc32.MakeTable(crc32.Castagnoli)

// cachePath returns where the file's index is kept, "" for nowhere.
func (f *File) cachePath() string {
	if f.cfg.cacheDir == "" || f.data().Size() < f.cfg.cacheMin || f.packed != nil {
		return ""
	}
	abs, err := filepath.Abs(f.path)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256([]byte(abs))
	return filepath.Join(f.cfg.cacheDir, hex.EncodeToString(sum[:16])+cacheExt)
}

// cacheKey is the part of the head that must be equal for an index to be used. It
// fails when the file is not in the state any more in which it was opened.
func (f *File) cacheKey() (cacheHead, error) {
	abs, err := filepath.Abs(f.path)
	if err != nil {
		return cacheHead{}, err
	}
	state, err := fileident.Of(f.osFile)
	if err == nil && !state.Agrees(f.state) {
		err = ErrChanged
	}
	return cacheHead{Path: abs, State: state, Syntax: f.syn, Start: f.start}, err
}

func (h cacheHead) sameFile(k cacheHead) bool {
	return h.Path == k.Path && h.State == k.State && h.Syntax == k.Syntax && h.Start == k.Start
}

// loadIndex takes over a kept index. Whatever is wrong with it, it is only
// ignored: the index is then made anew.
func (f *File) loadIndex() bool {
	path := f.cachePath()
	if path == "" {
		return false
	}
	key, err := f.cacheKey()
	if err != nil {
		f.cfg.log.Debug("no CSV index is kept or looked for", "file", f.path, "reason", err)
		return false
	}
	f.key.Store(&key)
	head, slabs, err := f.readCache(path, key)
	if err != nil {
		if !errors.Is(err, os.ErrNotExist) {
			f.cfg.log.Debug("kept CSV index is not used", "file", path, "reason", err)
		}
		return false
	}
	if err := os.Chtimes(path, time.Time{}, time.Now()); err != nil {
		f.cfg.log.Debug("touch kept CSV index", "err", err)
	}
	f.foreign.Store(head.Foreign)
	f.tail.Store(head.Tail)
	f.found.set(head.FromIndex, head.FromChecks)
	f.checkedBefore.Store(head.Checked)
	f.widest.Store(head.Widest)
	f.idx.adopt(slabs)
	return true
}

func (f *File) readCache(path string, key cacheHead) (head cacheHead, slabs [][]entry, err error) {
	file, err := os.Open(path)
	if err != nil {
		return head, nil, err
	}
	defer file.Close()
	r := &sumReader{r: bufio.NewReaderSize(file, 256<<10), sum: crc32.New(crcTable)}
	magic := make([]byte, len(cacheMagic)+4)
	if _, err := io.ReadFull(r, magic); err != nil || string(magic[:len(cacheMagic)]) != cacheMagic {
		return head, nil, wording.Errorf("it is not an index: %w", errors.Join(err, errBadCache))
	}
	text := make([]byte, min(binary.LittleEndian.Uint32(magic[len(cacheMagic):]), 1<<20))
	if _, err := io.ReadFull(r, text); err != nil {
		return head, nil, err
	}
	if err := json.Unmarshal(text, &head); err != nil {
		return head, nil, err
	}
	if !head.sameFile(key) || head.Entries != f.blockCount()+1 {
		return head, nil, wording.Errorf("it is that of another file or another state of the file: %w", errBadCache)
	}
	if slabs, err = readSlabs(r, head.Entries); err != nil {
		return head, nil, err
	}
	want := r.sum.Sum32()
	var got uint32
	if err := binary.Read(r.r, binary.LittleEndian, &got); err != nil {
		return head, nil, err
	}
	if got != want {
		return head, nil, wording.Errorf("it is damaged: %w", errBadCache)
	}
	return head, slabs, nil
}

var errBadCache = wording.New("not usable")

// readSlabs reads n entries.
func readSlabs(r io.Reader, n int64) (slabs [][]entry, err error) {
	buf := make([]byte, 8*slabLen)
	for ; n > 0; n -= slabLen {
		part := buf[:8*min(n, slabLen)]
		if _, err := io.ReadFull(r, part); err != nil {
			return nil, err
		}
		slab := make([]entry, 0, slabLen)
		for ; len(part) > 0; part = part[8:] {
			slab = append(slab, entry(binary.LittleEndian.Uint64(part)))
		}
		slabs = append(slabs, slab)
	}
	return slabs, nil
}

// sumReader sums up what is read through it.
type sumReader struct {
	r   io.Reader
	sum hash.Hash32
}

func (s *sumReader) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	s.sum.Write(p[:n])
	return n, err
}

// keepIndex writes the index to the cache, whole or not at all. That it cannot
// be kept is no error: it is made anew the next time.
// checked says that all rows have been checked, too.
func (f *File) keepIndex(checked bool) {
	path := f.cachePath()
	if path == "" {
		return
	}
	// The state must be that of before the file was read, blocks included.
	before := f.key.Load()
	key, err := f.cacheKey()
	if err != nil || before == nil || !key.sameFile(*before) {
		f.cfg.log.Debug("CSV index is not kept: the file has changed", "file", f.path, "err", err)
		return
	}
	if changed, err := f.Changed(); changed || err != nil {
		return
	}
	if err := f.writeCache(path, key, checked); err != nil {
		f.cfg.log.Debug("CSV index is not kept", "file", path, "err", err)
		return
	}
	if err := pruneCache(f.cfg.cacheDir, cacheLimit, path); err != nil {
		f.cfg.log.Debug("remove old CSV indexes", "dir", f.cfg.cacheDir, "err", err)
	}
}

func (f *File) writeCache(path string, key cacheHead, checked bool) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	file, err := wholefile.Create(path)
	if err != nil {
		return err
	}
	if err := f.encodeCache(file, key, checked); err != nil {
		return errors.Join(err, file.Discard())
	}
	return file.Commit()
}

func (f *File) encodeCache(w io.Writer, head cacheHead, checked bool) error {
	head.Tail, head.Foreign = f.tail.Load(), f.foreign.Load()
	head.FromIndex, head.FromChecks = f.found.get()
	head.Checked, head.Widest = checked, f.widest.Load()
	last, _, _ := f.idx.last()
	head.Entries = last + 1
	text, err := json.Marshal(head)
	if err != nil {
		return err
	}
	sum := crc32.New(crcTable)
	buf := bufio.NewWriterSize(w, 256<<10)
	out := io.MultiWriter(buf, sum)
	top := binary.LittleEndian.AppendUint32([]byte(cacheMagic), uint32(len(text)))
	if _, err := out.Write(append(top, text...)); err != nil {
		return err
	}
	var bytes []byte
	for slab := range f.idx.all() {
		bytes = bytes[:0]
		for _, e := range slab {
			bytes = binary.LittleEndian.AppendUint64(bytes, uint64(e))
		}
		if _, err := out.Write(bytes); err != nil {
			return err
		}
	}
	if err := binary.Write(buf, binary.LittleEndian, sum.Sum32()); err != nil {
		return err
	}
	return buf.Flush()
}

// pruneCache removes the indexes not used for longest until the rest is at most
// limit bytes, and what an ended process has left half-written. keep stays.
func pruneCache(dir string, limit int64, keep string) error {
	list, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	var kept []os.FileInfo
	total := int64(0)
	for _, e := range list {
		info, err := e.Info()
		if err != nil || !info.Mode().IsRegular() {
			continue // gone in the meantime, or not ours
		}
		switch filepath.Ext(e.Name()) {
		case wholefile.Suffix:
			if time.Since(info.ModTime()) > time.Hour {
				err = os.Remove(filepath.Join(dir, e.Name()))
			}
		case cacheExt:
			kept, total = append(kept, info), total+info.Size()
		}
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	slices.SortFunc(kept, func(a, b os.FileInfo) int { return a.ModTime().Compare(b.ModTime()) })
	for _, info := range kept {
		path := filepath.Join(dir, info.Name())
		if total <= limit || path == keep {
			continue
		}
		if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
		total -= info.Size()
	}
	return nil
}
