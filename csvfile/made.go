package csvfile

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"

	"sluice/csvfile/internal/block"
	"sluice/csvfile/internal/charset"
	"sluice/csvfile/internal/record"
	"sluice/wording"
)

// madeSyntax is that of the files that tables which were made are written to.
var madeSyntax = block.Syntax{Delimiter: ',', Quote: '"', Terminator: '\n'}

// Made is a table that was made of others. It lies in a file in the cache folder that only
// its owner can read, and that is gone once it is closed.
type Made struct {
	File *File
	path string // "" if it has none any more
}

// Make makes a table of the rows that write adds, in the cache folder of a file that it is made
// of; what names it there. The caller must close it.
func Make(ctx context.Context, of *File, what string, header []string, write func(add func(cells [][]byte) error) error) (Made, error) {
	return makeTable(ctx, of, what, header, func(to io.Writer) error {
		var line []byte
		return write(func(cells [][]byte) error {
			line = line[:0]
			for i, cell := range cells {
				if i > 0 {
					line = append(line, madeSyntax.Delimiter)
				}
				line = record.AppendField(line, cell, madeSyntax, len(cells) == 1)
			}
			_, err := to.Write(append(line, madeSyntax.Terminator))
			return err
		})
	})
}

// makeTable makes a table of the lines that write writes behind the header.
func makeTable(ctx context.Context, of *File, what string, header []string, write func(io.Writer) error) (m Made, err error) {
	dir := of.spoolDir()
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return m, wording.Errorf("make a folder for the %s: %w", what, err)
	}
	file, err := os.CreateTemp(dir, what+"-*.partial") // mode 0600
	if err != nil {
		return m, wording.Errorf("make a file for the %s: %w", what, err)
	}
	if os.Remove(file.Name()) != nil { // whoever is killed leaves nothing, but on Windows
		m.path = file.Name()
	}
	to := bufio.NewWriterSize(file, 64<<10)
	var line []byte
	for i, name := range header {
		if i > 0 {
			line = append(line, madeSyntax.Delimiter)
		}
		line = record.AppendField(line, []byte(name), madeSyntax, len(header) == 1)
	}
	if _, err = to.Write(append(line, madeSyntax.Terminator)); err == nil {
		err = write(to)
	}
	if full := to.Flush(); full != nil { // again, if it was one of writing that ended it
		err = wording.Errorf("the %s cannot be kept in %s; there must be room for all of it there, or TMPDIR or XDG_CACHE_HOME must name a place with more: %w", what, dir, full)
	}
	if err != nil {
		return m, errors.Join(err, file.Close(), m.Close())
	}
	made := func(c *config) { c.made = true }
	m.File, err = open(ctx, file, nil, file.Name(), newConfig([]Option{WithCacheDir(""), WithCellLimit(of.cfg.cellLimit), made}))
	if err != nil {
		return m, errors.Join(err, file.Close(), m.Close())
	}
	return m, nil
}

// takeMade reads a table as makeTable has written it, whatever its first cells look like: they
// may be those of an archive, a byte order mark, or control characters.
func (f *File) takeMade() {
	f.stages.encoding = charset.UTF8
	f.syn = madeSyntax
	i := &f.info
	i.EncodingID, i.Encoding = charset.UTF8.ID(), charset.UTF8.Name
	i.Delimiter, i.Quote, i.LineEnding, i.HasHeader = madeSyntax.Delimiter, madeSyntax.Quote, "LF", true
}

// Close gives the table back.
func (m *Made) Close() error {
	var err error
	if m.File != nil {
		err = m.File.Close()
	}
	if m.path != "" {
		err = errors.Join(err, os.Remove(m.path))
		m.path = ""
	}
	return err
}

// WorkDir is the private folder for what work with the file puts aside for a while. It need
// not be there yet.
func (f *File) WorkDir() string { return f.spoolDir() }
