// Package xmlbackup reads Confluence's XML backups and space exports: the file
// entities.xml, alone or in its zip archive. Memory stays flat whatever the
// number of objects.
package xmlbackup

import (
	"io"

	"sluice/takes/feed"
	"sluice/takes/window"
)

// Names of root elements.
const (
	rootElement = "hibernate-generic"
	jiraElement = "entity-engine-xml"
)

// Backup is what a backup tells about itself.
type Backup struct {
	// Lacks says, in sentences, what the backup lacks of what an export gives.
	Lacks []string
}

// Read hands what stands in the entities.xml in r to the sink. The descriptor is
// that of the archive, empty if there is none.
func Read(r io.Reader, d Descriptor, sink feed.Sink) (Backup, error) {
	text, err := utf8Reader(r)
	if err != nil {
		return Backup{}, err
	}
	x := &reader{s: &scanner{w: window.New(text)}, v: newValue(window.DefaultLimit), sink: sink, rows: map[*tableOf]*rows{},
		names: map[string]bool{}, listed: map[string]int{}}
	for _, t := range carried {
		if _, err := x.open(t); err != nil {
			return Backup{}, err
		}
	}
	if err := x.read(); err != nil {
		return Backup{}, err
	}
	if err := x.finish(d); err != nil {
		return Backup{}, err
	}
	x.tell()
	return Backup{Lacks: x.lacks(d)}, nil
}

// reader is a backup that is being read.
type reader struct {
	s    *scanner
	v    *value // of the object that is being read
	sink feed.Sink
	rows map[*tableOf]*rows

	cells    []cell // of the object that is being read
	values   []feed.Value
	names    map[string]bool // of users whom old releases name without a key
	mapped   []mapped        // directories of applications
	listed   map[string]int  // place of each of them in its application
	unstated int64           // pages, blog posts and comments without a status
	controls int64
	settings bool // those of the site were there
}

// rows are those of a table.
type rows struct {
	feed.Rows       // nil if nobody needs them
	n         int64 // handed on
}

// cell is where the value of a column lies.
type cell struct {
	from, to int
	valid    bool
}

// open begins a table.
func (x *reader) open(t *tableOf) (*rows, error) {
	if r := x.rows[t]; r != nil {
		return r, nil
	}
	taken, err := x.sink.Table(feed.Table{Name: t.name, Columns: t.columns, Loose: true})
	if err != nil {
		return nil, err
	}
	r := &rows{Rows: taken}
	x.rows[t] = r
	return r, nil
}

// read reads the file to its end.
func (x *reader) read() error {
	root, err := x.s.next(nil)
	if err == io.EOF {
		return feed.Damaged("the backup holds no XML: entities.xml is empty or of another kind")
	}
	if err != nil {
		return err
	}
	switch string(root.name) {
	case rootElement:
	case jiraElement:
		return feed.Damaged("this is a backup of Jira, of which Confluence's five files cannot be made: give a backup of Confluence")
	default:
		return feed.Damaged("this is no backup of Confluence: its root element is <%.40s>, not <%s>", root.name, rootElement)
	}
	for !root.empty {
		t, err := x.s.next(nil)
		switch {
		case err != nil:
			return x.s.cut(err)
		case t.end:
			return x.s.rest()
		case string(t.name) == "object":
			err = x.object(t)
		default:
			err = x.s.skip(t)
		}
		if err != nil {
			return err
		}
	}
	return x.s.rest()
}

// rest refuses what follows the end of the root element: a file that was written
// over an older one.
func (s *scanner) rest() error {
	_, err := s.next(nil)
	switch {
	case err == io.EOF:
		return nil
	case err != nil:
		return err
	}
	return feed.Damaged("more XML follows the end of the backup at byte %d: entities.xml is damaged, or two of them were joined", s.w.Offset())
}

// emit hands on a row of cells.
func (x *reader) emit(t *tableOf) error {
	r, err := x.open(t)
	if err != nil || r.Rows == nil {
		return err
	}
	x.values = x.values[:0]
	for _, c := range x.cells {
		v := feed.Value{}
		if c.valid {
			v = feed.Value{Text: x.v.buf[c.from:c.to], Valid: true}
			x.controls += controls(v.Text)
		}
		x.values = append(x.values, v)
	}
	r.n++
	return r.Row(x.values)
}
