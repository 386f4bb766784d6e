package zipped

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"strings"
	"testing"

	"sluice/intake/unpack"
)

// archive packs files, each a name and a text.
func archive(t testing.TB, method uint16, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		w, err := z.CreateHeader(&zip.FileHeader{Name: files[i], Method: method})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, files[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func same(r io.Reader) io.Reader { return r }

// read reads the member of a name.
func read(b []byte, name string) (text string, others int, err error) {
	a, err := Open(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return "", 0, err
	}
	m, others, err := a.Pick(name)
	if err != nil {
		return "", 0, err
	}
	r, err := m.Open(same)
	if err != nil {
		return "", 0, err
	}
	all, err := io.ReadAll(r)
	return string(all), others, err
}

func TestMembers(t *testing.T) {
	many := archive(t, zip.Deflate, "readme.md", "read me", "a/users.csv", "id,name\n", "b/users.csv", "ID\n", "pages.CSV", "page\n", "__MACOSX/x.csv", "", ".hidden.csv", "")
	encrypted := bytes.Clone(many)
	for i := 0; ; i++ { // in both headers of each file
		at := bytes.Index(encrypted[i:], []byte("PK"))
		if at < 0 {
			break
		}
		i += at
		switch string(encrypted[i+2 : i+4]) {
		case "\x01\x02":
			encrypted[i+8] |= 1
		case "\x03\x04":
			encrypted[i+6] |= 1
		}
	}
	long := strings.Repeat("1,some text of a row\n", 50_000)
	whole := archive(t, zip.Deflate, "long.csv", long)
	broken := archive(t, zip.Store, "long.csv", long)
	broken[len(broken)/2] ^= 1
	for name, c := range map[string]struct {
		archive      []byte
		member, text string
		others       int
		says         string
		damaged      bool
	}{
		"the first table":      {many, "", "id,name\n", 2, "", false},
		"by its whole name":    {many, "b/users.csv", "ID\n", 0, "", false},
		"by its last name":     {many, "pages.CSV", "page\n", 0, "", false},
		"in other letters":     {many, "Pages.csv", "page\n", 0, "", false},
		"no table":             {many, "readme.md", "read me", 0, "", false},
		"two of a name":        {many, "users.csv", "", 0, "2 files in it are called users.csv", false},
		"none of a name":       {many, "x.csv", "", 0, "it has readme.md, a/users.csv, b/users.csv, pages.CSV", false},
		"not packed":           {archive(t, zip.Store, "a.csv", "x\n"), "", "x\n", 0, "", false},
		"encrypted":            {encrypted, "", "", 0, "encrypted", false},
		"empty":                {archive(t, zip.Store), "", "", 0, "without a file", false},
		"a workbook":           {archive(t, zip.Deflate, "[Content_Types].xml", "", "xl/workbook.xml", ""), "", "", 0, "an Excel workbook", false},
		"a spreadsheet":        {archive(t, zip.Deflate, "mimetype", "", "content.xml", ""), "", "", 0, "OpenDocument", false},
		"wrong checksum":       {broken, "", "", 0, "checksum", true},
		"cut behind its file":  {whole[:len(whole)-30], "", long, 0, "only its first file", true},
		"cut in its file":      {whole[:len(whole)/2], "", "", 0, "too early", true},
		"cut in its name":      {whole[:32], "", "", 0, "before its first file", false},
		"nothing but an end":   {[]byte("PK\x05\x06"), "", "", 0, "no table of contents", false},
		"an unknown method":    {method(archive(t, zip.Store, "a.csv", "x"), 9), "", "", 0, "in a way (9)", false},
		"the method of bzip2":  {method(archive(t, zip.Store, "a.csv", "x"), 12), "", "", 0, "too early", true},
		"the method of Zstd":   {method(archive(t, zip.Store, "a.csv", "x"), 93), "", "", 0, "too early", true},
		"of xz, which is none": {method(archive(t, zip.Store, "a.csv", "x"), 95), "", "", 0, "too early", true},
	} {
		t.Run(name, func(t *testing.T) {
			text, others, err := read(c.archive, c.member)
			if (err != nil) != (c.says != "") || err != nil && !strings.Contains(err.Error(), c.says) {
				t.Fatalf("error %v, want %q", err, c.says)
			}
			if errors.Is(err, unpack.ErrDamaged) != c.damaged {
				t.Errorf("damaged: %v", err)
			}
			if others != c.others || c.text != "" && text != c.text || !strings.HasPrefix(long, text) && c.text == "" && !strings.Contains(name, "checksum") {
				t.Errorf("%d bytes of text, %d others", len(text), others)
			}
			if name == "cut in its file" && len(text) < len(long)/4 {
				t.Errorf("only %d bytes could be read", len(text))
			}
		})
	}
}

// method makes the first file of an archive be packed in another way, by its headers.
func method(b []byte, n uint16) []byte {
	binary.LittleEndian.PutUint16(b[8:], n)
	binary.LittleEndian.PutUint16(b[bytes.Index(b, []byte("PK\x01\x02"))+10:], n)
	return b
}

// TestTextsBeside: a text beside tables is none, and one alone is.
func TestTextsBeside(t *testing.T) {
	for want, members := range map[string][]string{
		"id,name\n": {"README.txt", "read me\n", "data/a.csv", "id,name\n", "z.TXT", "z"},
		"id;name\n": {"readme.md", "x", "a.txt", "id;name\n"},
	} {
		if got, others, err := read(archive(t, zip.Deflate, members...), ""); err != nil || got != want || others != 0 {
			t.Errorf("%q, %d others, %v; want %q", got, others, err, want)
		}
	}
}

// FuzzOpen: anything gives text or an error.
func FuzzOpen(f *testing.F) {
	b := archive(f, zip.Deflate, "a.csv", "id,name\n1,x\n")
	f.Add(b)
	f.Add(b[:40])
	f.Fuzz(func(t *testing.T, b []byte) {
		a, err := Open(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			return
		}
		m, _, err := a.Pick("")
		if err != nil {
			t.Fatal(err)
		}
		if r, err := m.Open(same); err == nil {
			_, _ = io.Copy(io.Discard, io.LimitReader(r, 1<<20))
		}
	})
}
