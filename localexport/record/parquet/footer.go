package parquet

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
)

// trailer is the length of the footer and the mark of the format, at the end of a file.
const trailer = 8

// ending rewrites the end of a file, as the library makes it, for what the library does not
// know: bounds of long texts, cut to boundSize bytes, and pages of giant texts, which lie
// between what it writes and move all behind them.
type ending struct {
	base   int64      // where the library begins the end
	moved  []placed   // pages that were put between, in order; offset is that of the library
	bounds [][]bounds // of each row group, by column; what is not any is left as it is
	long   []bool     // the columns of which the library knows no bounds
	end    []byte
	out    bytes.Buffer
}

// rewrite returns the end of the file.
func (e *ending) rewrite(end []byte) ([]byte, error) {
	if len(end) < trailer {
		return nil, errors.New("the file has no end")
	}
	n := int(binary.LittleEndian.Uint32(end[len(end)-trailer:]))
	at := len(end) - trailer - n
	if at < 0 {
		return nil, fmt.Errorf("the end of the file has %d bytes, its footer %d", len(end), n)
	}
	e.end = end
	var meta format.FileMetaData
	if err := thrift.Unmarshal(new(thrift.CompactProtocol), end[at:len(end)-trailer], &meta); err != nil {
		return nil, fmt.Errorf("read the footer: %w", err)
	}
	// The indexes of bounds of all columns stand before those of offsets.
	for _, rewrite := range []func(g int, group *format.RowGroup) error{e.columnIndexes, e.group} {
		for g := range meta.RowGroups {
			if err := rewrite(g, &meta.RowGroups[g]); err != nil {
				return nil, err
			}
		}
	}
	footer, err := thrift.Marshal(new(thrift.CompactProtocol), meta)
	if err != nil {
		return nil, fmt.Errorf("write the footer: %w", err)
	}
	e.out.Write(footer)
	e.out.Write(binary.LittleEndian.AppendUint32(nil, uint32(len(footer))))
	e.out.WriteString("PAR1")
	return e.out.Bytes(), nil
}

// real is where what the library has put at an offset lies.
func (e *ending) real(offset int64) int64 {
	moved := int64(0)
	for _, p := range e.moved {
		if p.offset <= offset {
			moved += p.packed
		}
	}
	return offset + moved
}

// here is where the next byte of the end lies.
func (e *ending) here() int64 { return e.real(e.base) + int64(e.out.Len()) }

// group rewrites a row group.
func (e *ending) group(g int, group *format.RowGroup) error {
	group.FileOffset = e.real(group.FileOffset)
	for i := range group.Columns {
		c := &group.Columns[i]
		m := &c.MetaData
		c.FileOffset = e.shifted(c.FileOffset)
		m.DataPageOffset, m.DictionaryPageOffset, m.IndexPageOffset = e.shifted(m.DataPageOffset), e.shifted(m.DictionaryPageOffset), e.shifted(m.IndexPageOffset)
		if b := e.bounds[g][i]; b.any {
			m.Statistics.MinValue, m.Statistics.MaxValue = lower(b.low), upper(b.high)
		}
		page, offset, is := e.giant(g, i)
		if is {
			group.TotalByteSize += page.length - m.TotalUncompressedSize
			group.TotalCompressedSize += page.packed - m.TotalCompressedSize
			m.DataPageOffset, m.TotalUncompressedSize, m.TotalCompressedSize = offset, page.length, page.packed
			m.SizeStatistics.UnencodedByteArrayDataBytes = page.text
		}
		if err := e.offsetIndex(c, page, offset, is); err != nil {
			return err
		}
	}
	return nil
}

// shifted is real for an offset that may be none.
func (e *ending) shifted(offset int64) int64 {
	if offset == 0 {
		return 0
	}
	return e.real(offset)
}

// giant is the page of a giant text in a column of a row group, and where it lies.
func (e *ending) giant(group, column int) (p placed, offset int64, ok bool) {
	moved := int64(0)
	for _, p := range e.moved {
		if p.group == group && p.column == column {
			return p, p.offset + moved, true
		}
		moved += p.packed
	}
	return p, 0, false
}

// columnIndexes takes over what the library tells of the pages of a row group. Pages of
// which it knows no bounds have those of the whole row group.
func (e *ending) columnIndexes(g int, group *format.RowGroup) error {
	for i := range group.Columns {
		c := &group.Columns[i]
		raw, err := e.piece(c.ColumnIndexOffset, c.ColumnIndexLength)
		if err != nil || len(raw) == 0 {
			return err
		}
		if e.long[i] {
			if raw, err = e.bounded(raw, e.bounds[g][i]); err != nil {
				return err
			}
		}
		c.ColumnIndexOffset, c.ColumnIndexLength = e.here(), int32(len(raw))
		e.out.Write(raw)
	}
	return nil
}

// bounded puts bounds into the index of a column.
func (e *ending) bounded(raw []byte, b bounds) ([]byte, error) {
	var index format.ColumnIndex
	if err := thrift.Unmarshal(new(thrift.CompactProtocol), raw, &index); err != nil {
		return nil, fmt.Errorf("read the index of a column: %w", err)
	}
	for i, null := range index.NullPages {
		if !null {
			index.MinValues[i], index.MaxValues[i] = lower(b.low), upper(b.high)
		}
	}
	index.BoundaryOrder = format.Unordered
	return thrift.Marshal(new(thrift.CompactProtocol), index)
}

// offsetIndex rewrites where the pages of a column lie.
func (e *ending) offsetIndex(c *format.ColumnChunk, page placed, offset int64, giant bool) error {
	raw, err := e.piece(c.OffsetIndexOffset, c.OffsetIndexLength)
	if err != nil || len(raw) == 0 {
		return err
	}
	var index format.OffsetIndex
	if err := thrift.Unmarshal(new(thrift.CompactProtocol), raw, &index); err != nil {
		return fmt.Errorf("read the index of the pages: %w", err)
	}
	for i := range index.PageLocations {
		l := &index.PageLocations[i]
		l.Offset = e.real(l.Offset)
		if giant {
			l.Offset, l.CompressedPageSize = offset, int32(page.packed)
		}
	}
	if giant && len(index.UnencodedByteArrayDataBytes) == 1 {
		index.UnencodedByteArrayDataBytes[0] = page.text
	}
	if raw, err = thrift.Marshal(new(thrift.CompactProtocol), index); err != nil {
		return fmt.Errorf("write the index of the pages: %w", err)
	}
	c.OffsetIndexOffset, c.OffsetIndexLength = e.here(), int32(len(raw))
	e.out.Write(raw)
	return nil
}

// piece is a part of the end that the library has made.
func (e *ending) piece(offset int64, length int32) ([]byte, error) {
	from := offset - e.base
	switch {
	case length == 0:
		return nil, nil
	case from < 0 || from+int64(length) > int64(len(e.end)):
		return nil, fmt.Errorf("an index of the pages lies at %d, which is not in the end of the file", offset)
	}
	return e.end[from : from+int64(length)], nil
}
