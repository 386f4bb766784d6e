package xmlbackup

import (
	"archive/zip"
	"bufio"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/klauspost/compress/flate"

	"sluice/intake/unpack"
	"sluice/takes/feed"
	"sluice/wording"
)

// Files of an archive.
const (
	entitiesFile   = "entities.xml"
	descriptorFile = "exportDescriptor.properties"
)

// maxDescriptor is how much of a descriptor is read; they are about 2 kB long.
const maxDescriptor = 1 << 20

// IsZip tells a zip archive by its first bytes, also an empty one.
func IsZip(head []byte) bool {
	return len(head) >= 4 && string(head[:2]) == "PK" &&
		(string(head[2:4]) == "\x03\x04" || string(head[2:4]) == "\x05\x06" || string(head[2:4]) == "\x07\x08")
}

// Archive is the zip archive of a backup.
type Archive struct {
	entities   *zip.File
	Descriptor Descriptor
}

// OpenArchive finds the entities of a backup in a zip archive of so many bytes.
func OpenArchive(r io.ReaderAt, size int64) (*Archive, error) {
	z, err := zip.NewReader(r, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) { // no file is written under its name
		if errors.Is(err, zip.ErrFormat) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
			return nil, feed.Damaged("the zip archive has no table of contents at its end: it was cut, or copied in part")
		}
		return nil, wording.Errorf("open the zip archive: %w", err)
	}
	z.RegisterDecompressor(zip.Deflate, func(r io.Reader) io.ReadCloser { return flate.NewReader(r) })
	if len(z.File) == 0 {
		return nil, feed.Damaged("the zip archive is empty")
	}
	a := &Archive{entities: find(z, entitiesFile)}
	descriptor := find(z, descriptorFile)
	if err := refuse(z, a.entities, descriptor); err != nil {
		return nil, err
	}
	if descriptor != nil {
		if a.Descriptor, err = readDescriptor(descriptor); err != nil {
			return nil, err
		}
	}
	return a, nil
}

// find returns the file of a name, the one that lies in the fewest folders.
func find(z *zip.Reader, name string) *zip.File {
	var found *zip.File
	for _, f := range z.File {
		if path.Base(f.Name) == name && (found == nil || strings.Count(f.Name, "/") < strings.Count(found.Name, "/")) {
			found = f
		}
	}
	return found
}

// refuse says what is wrong with an archive that cannot be read.
func refuse(z *zip.Reader, entities, descriptor *zip.File) error {
	switch {
	case entities == nil && descriptor != nil:
		return feed.Damaged("the zip archive holds %s but no %s: it is a backup in a form that is not published, or of Confluence Cloud: make an XML backup, or a dump of the database", descriptorFile, entitiesFile)
	case entities == nil:
		return feed.Damaged("the zip archive holds no %s: it is no XML backup of Confluence", entitiesFile)
	case find(z, "activeobjects.xml") != nil && descriptor == nil:
		return feed.Damaged("this is a backup of Jira, of which Confluence's five files cannot be made: give a backup of Confluence")
	case entities.Flags&1 != 0:
		return feed.Damaged("the zip archive is encrypted: unpack it with its password, and give the %s from it", entitiesFile)
	}
	return nil
}

// Size is how many bytes of the archive the entities take.
func (a *Archive) Size() int64 { return int64(a.entities.CompressedSize64) }

// Read hands what stands in the archive to the sink. An error of a damaged
// archive wraps feed.ErrDamaged.
func (a *Archive) Read(sink feed.Sink) (Backup, error) {
	f, err := a.entities.Open()
	if err != nil {
		return Backup{}, damaged(entitiesFile, err)
	}
	defer f.Close()
	text := unpack.Ahead(&unzipped{entitiesFile, f})
	defer text.Close()
	return Read(text, a.Descriptor, sink)
}

// unzipped says what is wrong with a file in an archive.
type unzipped struct {
	name string
	r    io.Reader
}

func (u *unzipped) Read(p []byte) (int, error) {
	n, err := u.r.Read(p)
	if err != nil && err != io.EOF {
		err = damaged(u.name, err)
	}
	return n, err
}

func damaged(name string, err error) error {
	var corrupt flate.CorruptInputError
	switch {
	case errors.Is(err, zip.ErrAlgorithm):
		return feed.Damaged("%s is packed in a way that Sluice does not read: unpack the archive, and give the %s from it", name, entitiesFile)
	case errors.Is(err, zip.ErrChecksum), errors.Is(err, zip.ErrFormat), errors.As(err, &corrupt):
		return wording.Errorf("%w: %w", feed.Damaged("%s in the zip archive is damaged", name), err)
	case errors.Is(err, io.ErrUnexpectedEOF):
		return feed.Damaged("%s in the zip archive ends too early: the archive was cut, or copied in part", name)
	}
	return err
}

// Descriptor is what the descriptor of a backup tells.
type Descriptor struct {
	Tool     string // release of Confluence
	TimeZone string // that the site names as its own; "" if none
	Build    string // number of its build, in digits; "" if not known
	Scope    string // a sentence about what a backup is limited to; "" for a whole site
}

// readDescriptor reads a descriptor, a file of Java properties. What is told by
// it is plain text: nothing need be unescaped.
func readDescriptor(f *zip.File) (Descriptor, error) {
	r, err := f.Open()
	if err != nil {
		return Descriptor{}, damaged(descriptorFile, err)
	}
	defer r.Close()
	values := map[string]string{}
	lines := bufio.NewScanner(io.LimitReader(&unzipped{descriptorFile, r}, maxDescriptor))
	lines.Buffer(nil, maxDescriptor)
	for lines.Scan() {
		if key, value, ok := strings.Cut(lines.Text(), "="); ok {
			values[strings.TrimSpace(key)] = strings.TrimSpace(value)
		}
	}
	if err := lines.Err(); err != nil {
		if errors.Is(err, bufio.ErrTooLong) {
			err = feed.Damaged("%s in the zip archive is no file of properties: one of its lines is longer than %d bytes", descriptorFile, maxDescriptor)
		}
		return Descriptor{}, err
	}
	return describe(values), nil
}

func describe(values map[string]string) Descriptor {
	d := Descriptor{Build: values["createdByBuildNumber"], TimeZone: values["timezoneId"]}
	if strings.Trim(d.Build, "0123456789") != "" {
		d.Build = ""
	}
	release := values["versionNumber"]
	if release == "" {
		release = values["createdByVersionNumber"]
	}
	switch {
	case release != "":
		d.Tool = "Confluence " + release
	case d.Build != "":
		d.Tool = "Confluence, build " + d.Build
	}
	spaces := values["spaceKeys"]
	if spaces == "" {
		spaces = values["spaceKey"]
	}
	if strings.EqualFold(values["exportType"], "space") || spaces != "" {
		d.Scope = fmt.Sprintf("It is an export of single spaces (%s): nothing else of the site is in it.", spaces)
		if spaces == "" {
			d.Scope = "It is an export of a space: nothing else of the site is in it."
		}
	}
	return d
}
