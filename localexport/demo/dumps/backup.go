package dumps

import (
	"archive/zip"
	"bufio"
	"bytes"
	"fmt"
	"io"
	"time"

	"sluice/localexport/sqlread"
)

// Files of a backup.
const (
	entitiesFile   = "entities.xml"
	descriptorFile = "exportDescriptor.properties"
)

// modified is when the files of a backup claim to be written: the same demo gives
// the same bytes.
var modified = time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)

// writeBackup writes the zip archive of an XML backup. It holds what such backups
// hold: no analytics events, and no properties of content.
func writeBackup(c *sqlread.Conn, w io.Writer) error {
	build, _, err := c.Int("SELECT max(buildnumber) FROM confversion")
	if err != nil {
		return err
	}
	release, _, err := c.Text("SELECT versiontag FROM confversion ORDER BY buildnumber DESC LIMIT 1")
	if err != nil {
		return err
	}
	z := zip.NewWriter(w)
	entities, err := z.CreateHeader(&zip.FileHeader{Name: entitiesFile, Method: zip.Deflate, Modified: modified})
	if err != nil {
		return err
	}
	if err := writeEntities(c, entities); err != nil {
		return err
	}
	descriptor, err := z.CreateHeader(&zip.FileHeader{Name: descriptorFile, Method: zip.Deflate, Modified: modified})
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(descriptor, "#A demo of Sluice\nexportType=all\nsource=server\nbackupAttachments=false\nbuildNumber=%d\ncreatedByBuildNumber=%d\nversionNumber=%s\n",
		build, build, release); err != nil {
		return err
	}
	return z.Close()
}

// writeEntities writes the objects of the demo.
func writeEntities(c *sqlread.Conn, w io.Writer) error {
	b := bufio.NewWriterSize(w, bufferSize)
	b.WriteString("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<hibernate-generic datetime=\"2025-01-01 00:00:00\">\n") // the buffer keeps the first error
	x := &entities{w: b}
	for _, o := range objects {
		if err := c.Each(o.query, func(s *sqlread.Stmt) error { return x.object(&o, s) }); err != nil {
			return fmt.Errorf("write the objects %s: %w", o.class, err)
		}
	}
	if err := x.applications(c); err != nil {
		return fmt.Errorf("write applications: %w", err)
	}
	b.WriteString("</hibernate-generic>\n")
	return b.Flush()
}

// entities writes objects.
type entities struct {
	w *bufio.Writer
}

// object writes a row as an object. The first column is the id; a class in the
// query comes before it.
func (x *entities) object(o *objectOf, s *sqlread.Stmt) error {
	class, pkg, first := o.class, o.pkg, 0
	if class == "" {
		kind := contents[string(s.Bytes(0))]
		class, pkg, first = kind.class, kind.pkg, 1
	}
	fmt.Fprintf(x.w, "<object class=\"%s\" package=\"%s\">\n<id name=\"%s\">", class, pkg, o.id)
	x.value(s.Bytes(first), o.id == "key")
	x.w.WriteString("</id>\n")
	for i, p := range o.properties {
		x.property(p, s, first+1+i, class)
	}
	_, err := x.w.WriteString("</object>\n")
	return err
}

// property writes a property; a null is an empty element.
func (x *entities) property(p property, s *sqlread.Stmt, i int, class string) {
	if p.name == "parent" && class == "Comment" {
		p.class, p.pkg = "Comment", pagesPackage
	}
	switch {
	case s.IsNull(i) && p.class != "":
	case s.IsNull(i):
		fmt.Fprintf(x.w, "<property name=\"%s\"/>\n", p.name)
	case p.class != "":
		id := "id"
		if p.class == userClass {
			id = "key"
		}
		fmt.Fprintf(x.w, "<property name=\"%s\" class=\"%s\" package=\"%s\"><id name=\"%s\">", p.name, p.class, p.pkg, id)
		x.value(s.Bytes(i), id == "key")
		x.w.WriteString("</id>\n</property>\n")
	default:
		fmt.Fprintf(x.w, "<property name=\"%s\">", p.name)
		x.value(s.Bytes(i), p.text)
		x.w.WriteString("</property>\n")
	}
}

// value writes a value, a text as a CDATA section, which cannot hold "]]>".
func (x *entities) value(value []byte, text bool) {
	if !text {
		x.w.Write(value)
		return
	}
	x.w.WriteString("<![CDATA[")
	x.w.Write(bytes.ReplaceAll(value, []byte("]]>"), []byte("]] >")))
	x.w.WriteString("]]>")
}

// applications writes the applications with the order of their directories.
func (x *entities) applications(c *sqlread.Conn) error {
	const pkg = "com.atlassian.crowd.model.application"
	var ids []int64
	err := c.Each("SELECT id FROM cwd_application ORDER BY id", func(s *sqlread.Stmt) error {
		ids = append(ids, s.Int(0))
		return nil
	})
	if err != nil {
		return err
	}
	for _, id := range ids {
		fmt.Fprintf(x.w, "<object class=\"ApplicationImpl\" package=\"%s\">\n<id name=\"id\">%d</id>\n<collection name=\"directoryMappings\" class=\"java.util.List\">", pkg, id)
		err := c.Each("SELECT id FROM cwd_app_dir_mapping WHERE application_id = ? ORDER BY list_index", func(s *sqlread.Stmt) error {
			_, err := fmt.Fprintf(x.w, "<element class=\"DirectoryMapping\" package=\"%s\"><id name=\"id\">%d</id>\n</element>\n", pkg, s.Int(0))
			return err
		}, id)
		if err != nil {
			return err
		}
		x.w.WriteString("</collection>\n</object>\n")
	}
	return nil
}
