package parquet

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
)

// trailer is the length of the footer and the mark of the format, at the end of a file.
const trailer = 8

// shortened is the end of a file with the bounds of row groups cut to boundSize bytes. The
// library cuts those of pages, and writes those of row groups whole: the smallest and the
// largest body of 32 MB of them.
func shortened(end []byte) ([]byte, error) {
	if len(end) < trailer {
		return nil, errors.New("the file has no end")
	}
	n := int(binary.LittleEndian.Uint32(end[len(end)-trailer:]))
	at := len(end) - trailer - n
	if at < 0 {
		return nil, fmt.Errorf("the end of the file has %d bytes, its footer %d", len(end), n)
	}
	var meta format.FileMetaData
	if err := thrift.Unmarshal(new(thrift.CompactProtocol), end[at:len(end)-trailer], &meta); err != nil {
		return nil, fmt.Errorf("read the footer: %w", err)
	}
	for _, group := range meta.RowGroups {
		for i := range group.Columns {
			s := &group.Columns[i].MetaData.Statistics
			s.MinValue, s.MaxValue = lower(s.MinValue), upper(s.MaxValue)
		}
	}
	footer, err := thrift.Marshal(new(thrift.CompactProtocol), meta)
	if err != nil {
		return nil, fmt.Errorf("write the footer: %w", err)
	}
	out := append(bytes.Clone(end[:at]), footer...)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(footer)))
	return append(out, "PAR1"...), nil
}

// lower is a text of at most boundSize bytes that is not larger.
func lower(text []byte) []byte {
	if len(text) <= boundSize {
		return text
	}
	return whole(text[:boundSize])
}

// upper is a text of at most boundSize bytes that is not smaller; the text itself if there
// is none.
func upper(text []byte) []byte {
	if len(text) <= boundSize {
		return text
	}
	short := whole(text[:boundSize])
	for len(short) > 0 {
		// The last character becomes its successor, which must be one of UTF-8.
		r, size := utf8.DecodeLastRune(short)
		short = short[:len(short)-size]
		next := r + 1
		if next == 0xD800 {
			next = 0xE000 // behind the surrogates
		}
		if r != utf8.RuneError && next <= utf8.MaxRune && utf8.RuneLen(next) == size {
			return utf8.AppendRune(bytes.Clone(short), next)
		}
	}
	return text
}

// whole is a text without the part of a character at its end.
func whole(text []byte) []byte {
	for n := len(text); n > 0 && n > len(text)-utf8.UTFMax; n-- {
		if r, _ := utf8.DecodeLastRune(text[:n]); r != utf8.RuneError {
			return text[:n]
		}
	}
	return text
}
