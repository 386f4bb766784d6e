package pgarchive

import (
	"archive/tar"
	"bytes"
	"io"
	"testing"
	"testing/fstest"

	"sluice/takes/feed/feedtest"
)

// folder is the archive as a dump in a folder.
func folder() fstest.MapFS {
	m := custom(16)
	m.format = formatFiles
	all := fstest.MapFS{ContentsFile: {Data: m.contents(make([]int64, len(m.lines)))}}
	for i, l := range m.lines {
		if l.rows != "" {
			all[file(i, l)] = &fstest.MapFile{Data: []byte(l.rows)}
		}
	}
	return all
}

// tarred are files of a folder as a tar file, in this order.
func tarred(t *testing.T, all fstest.MapFS, names ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, name := range names {
		if err := w.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: int64(len(all[name].Data)), Format: tar.FormatUSTAR}); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(all[name].Data); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func same(r io.Reader) io.Reader { return r }

func TestFolders(t *testing.T) {
	m := &feedtest.Memory{}
	if _, err := ReadFolder(folder(), same, m); err != nil || m.Text() != labelRows {
		t.Errorf("%q, %v", m.Lines, err)
	}
	l, err := ListFolder(folder())
	if err != nil || !l.Direct || l.Packed || len(l.Tables) != 2 || l.Tables[1].Name != "label" || l.Tables[1].Bytes != int64(len(label[4].rows)) {
		t.Errorf("listed: %+v, %v", l, err)
	}
	lacks := folder()
	delete(lacks, "5.dat")
	_, err = ReadFolder(lacks, same, &feedtest.Memory{})
	feedtest.Damaged(t, err, "the folder lacks the file 5.dat with the rows of table label")
	_, err = ListFolder(lacks)
	feedtest.Damaged(t, err, "lacks the files 5.dat with the rows of table label")
	empty := folder()
	empty["5.dat"].Data = nil
	_, err = ReadFolder(empty, same, &feedtest.Memory{})
	feedtest.Damaged(t, err, "the file 5.dat with the rows of table label is empty")
}

func TestTarFiles(t *testing.T) {
	whole := tarred(t, folder(), ContentsFile, "4.dat", "5.dat")
	m := &feedtest.Memory{}
	if _, err := ReadTar(bytes.NewReader(whole), m); err != nil || m.Text() != labelRows || !IsTar(whole) {
		t.Errorf("%q, %v", m.Lines, err)
	}
	if l, err := ListTar(bytes.NewReader(whole)); err != nil || len(l.Tables) != 2 || l.Tables[1].Bytes != int64(len(label[4].rows)) {
		t.Errorf("listed: %+v, %v", l, err)
	}
	_, err := ReadTar(bytes.NewReader(whole[:len(whole)-1536-500]), &feedtest.Memory{})
	feedtest.Damaged(t, err, "it was cut, or copied in part")
	_, err = ReadTar(bytes.NewReader(tarred(t, folder(), ContentsFile, "4.dat")), &feedtest.Memory{})
	feedtest.Damaged(t, err, "the archive ends before the rows of label")
	_, err = ReadTar(bytes.NewReader(tarred(t, folder(), "4.dat")), &feedtest.Memory{})
	feedtest.Damaged(t, err, "does not begin with toc.dat")
	_, err = ReadTar(bytes.NewReader(nil), &feedtest.Memory{})
	feedtest.Damaged(t, err, "the tar file is empty")
}

// TestListsOfArchives: what lies behind the end of a cut archive is told.
func TestListsOfArchives(t *testing.T) {
	b := custom(16).bytes(t)
	if l, err := ListCustom(bytes.NewReader(b), int64(len(b))); err != nil || !l.Direct || len(l.Tables) != 2 || l.Tables[0].Cut || l.Tables[0].Bytes <= 0 {
		t.Errorf("%+v, %v", l, err)
	}
	at := bytes.LastIndex(b, []byte{blockRows, 0, 5, 0, 0, 0})
	if l, err := ListCustom(bytes.NewReader(b), int64(at)); err != nil || l.Direct || l.Tables[0].Cut || !l.Tables[1].Cut || l.Tables[1].Bytes != -1 {
		t.Errorf("cut: %+v, %v", l, err)
	}
}
