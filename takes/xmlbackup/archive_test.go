package xmlbackup

import (
	"archive/zip"
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"sluice/takes/feed"
)

// archive makes a zip archive of files, given as name and content in turn.
func archive(t *testing.T, change func(*zip.FileHeader), files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		h := &zip.FileHeader{Name: files[i], Method: zip.Deflate}
		w, err := z.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(files[i+1])); err != nil {
			t.Fatal(err)
		}
		if change != nil {
			change(h)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func readArchive(b []byte, sink feed.Sink) (*Archive, Backup, error) {
	a, err := OpenArchive(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, Backup{}, err
	}
	backup, err := a.Read(sink)
	return a, backup, err
}

var someEntities = whole(object("Label", `<id name="id">3</id><property name="name">a</property>`))

func TestArchive(t *testing.T) {
	b := archive(t, nil, "attachments/1/entities.xml", "<html/>", "entities.xml", someEntities,
		"exportDescriptor.properties", "#a comment\r\nexportType=space\r\nspaceKey=DOC\r\ncreatedByBuildNumber=9012\r\nversionNumber=8.5.6\r\n")
	m := &memory{}
	a, backup, err := readArchive(b, m)
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"label|3|a|-", "confversion|1|9012"}; !slices.Equal(m.lines, want) {
		t.Errorf("rows %q, want %q", m.lines, want)
	}
	if a.Descriptor.Tool != "Confluence 8.5.6" || !strings.Contains(backup.Lacks[0], "single spaces (DOC)") {
		t.Errorf("tool %q, lacks %q", a.Descriptor.Tool, backup.Lacks)
	}
}

func TestArchivesThatAreRefused(t *testing.T) {
	good := archive(t, nil, "entities.xml", someEntities)
	packed := slices.Clone(good)
	packed[80] ^= 0x55 // in the deflated bytes
	for name, c := range map[string]struct {
		b    []byte
		want string
	}{
		"empty":         {archive(t, nil), "is empty"},
		"cut":           {good[:len(good)-10], "no table of contents"},
		"another":       {archive(t, nil, "a.txt", "x"), "holds no entities.xml"},
		"a newer form":  {archive(t, nil, "exportDescriptor.properties", "x=y"), "not published"},
		"Jira":          {archive(t, nil, "entities.xml", "<entity-engine-xml/>", "activeobjects.xml", "<backup/>"), "backup of Jira"},
		"Jira's XML":    {archive(t, nil, "entities.xml", "<entity-engine-xml/>"), "backup of Jira"},
		"encrypted":     {archive(t, func(h *zip.FileHeader) { h.Flags |= 1 }, "entities.xml", someEntities), "encrypted"},
		"packed unseen": {archive(t, func(h *zip.FileHeader) { h.Method = 9 }, "entities.xml", someEntities), "packed in a way"},
		"damaged":       {packed, "entities.xml"},
	} {
		_, _, err := readArchive(c.b, &memory{})
		if !errors.Is(err, feed.ErrDamaged) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}
