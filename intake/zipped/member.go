package zipped

import (
	"archive/zip"
	"compress/flate"
	"encoding/binary"
	"errors"
	"hash"
	"hash/crc32"
	"io"

	"sluice/intake/unpack"
	"sluice/wording"
)

// Form is what errors of damaged archives are about.
const Form unpack.Form = "zip"

// methods are the ways of packing beside those of package zip, by their numbers in the
// format's description (APPNOTE.TXT, 4.4.5).
var methods = map[uint16]unpack.Form{12: unpack.Bzip2, 93: unpack.Zstd, 95: unpack.XZ}

// Open reads the text of a member. Errors are sentences without a subject; those of
// reading are of type *[unpack.Error] where the archive is damaged. count wraps the bytes
// of the archive.
func (m Member) Open(count func(io.Reader) io.Reader) (io.Reader, error) {
	if m.encrypted {
		return nil, wording.Errorf("its file %s is encrypted: unpack the archive with its password first", m.Name)
	}
	packed := &source{r: count(io.NewSectionReader(m.r, m.offset, m.Packed))}
	t := &text{m: m, from: packed, sum: crc32.NewIEEE()}
	switch form, known := methods[m.method]; {
	case m.method == zip.Store:
		t.r = packed
	case m.method == zip.Deflate:
		t.r = flate.NewReader(packed)
	case known:
		r, err := unpack.Salvage(packed, form)
		if err != nil {
			return nil, t.damage(err)
		}
		t.r = r
	default:
		return nil, wording.Errorf("its file %s is packed in a way (%d) that Sluice does not read: unpack the archive first", m.Name, m.method)
	}
	return t, nil
}

// source is the packed bytes. It keeps why they ended, if that is no end.
type source struct {
	r   io.Reader
	err error
}

// Read implements io.Reader.
func (s *source) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	if err != nil && err != io.EOF {
		s.err = err
	}
	return n, err
}

// text is the text of a member, which is held against its size and checksum at the end.
type text struct {
	m    Member
	from *source
	r    io.Reader
	sum  hash.Hash32
	size int64
}

// Read implements io.Reader.
func (t *text) Read(p []byte) (int, error) {
	n, err := t.r.Read(p)
	t.sum.Write(p[:n])
	t.size += int64(n)
	switch {
	case err == nil:
		return n, nil
	case err != io.EOF:
		return n, t.damage(err)
	case t.m.cut:
		return n, &unpack.Error{Form: Form, Reason: "it has no table of contents at its end: it was cut, and only its first file can be read", Err: io.ErrUnexpectedEOF}
	case t.size != t.m.Size:
		return n, &unpack.Error{Form: Form, Reason: "it ends in the middle", Err: io.ErrUnexpectedEOF}
	case t.sum.Sum32() != t.m.sum:
		return n, &unpack.Error{Form: Form, Reason: "its checksum does not fit its text", Err: zip.ErrChecksum}
	}
	return n, io.EOF
}

// damage says what an error of unpacking means.
func (t *text) damage(err error) error {
	var inner *unpack.Error
	switch {
	case t.from.err != nil:
		return t.from.err
	case errors.As(err, &inner):
		return &unpack.Error{Form: Form, Reason: inner.Reason, Err: err}
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return &unpack.Error{Form: Form, Reason: "it ends in the middle", Err: io.ErrUnexpectedEOF}
	}
	return &unpack.Error{Form: Form, Reason: "what is packed makes no sense from some place on", Err: err}
}

// localHead is the length of what stands before each file, without its name.
const localHead = 30

// openCut finds the first file of an archive without a table of contents, by what stands
// before it.
func openCut(r io.ReaderAt, size int64) (*Archive, error) {
	head := make([]byte, localHead)
	if _, err := r.ReadAt(head, 0); err != nil || string(head[:4]) != "PK\x03\x04" {
		return nil, wording.New("it is a damaged zip archive: it has no table of contents at its end; get it again")
	}
	word := func(at int) int64 { return int64(binary.LittleEndian.Uint16(head[at:])) }
	name := make([]byte, word(26))
	if _, err := r.ReadAt(name, localHead); err != nil {
		return nil, wording.New("it is a zip archive that ends before its first file; get it again")
	}
	offset := localHead + word(26) + word(28)
	m := Member{
		Name: string(name), Size: -1, Packed: max(0, size-offset), r: r, offset: offset,
		method: uint16(word(8)), encrypted: word(6)&1 != 0, cut: true,
	}
	if packed := int64(binary.LittleEndian.Uint32(head[18:])); m.method == zip.Store && word(6)&8 == 0 && packed < m.Packed {
		m.Packed = packed // else the end of what is not packed is not known
	}
	return &Archive{Members: []Member{m}, Cut: true}, nil
}
