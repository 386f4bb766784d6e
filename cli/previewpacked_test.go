package cli

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"
)

// packedFile packs a text with gzip and returns the path of a file of it.
func packedFile(t *testing.T, text string, change func([]byte) []byte) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	packed := b.Bytes()
	if change != nil {
		packed = change(packed)
	}
	return fileOf(t, "some.csv.gz", packed)
}

func fileOf(t *testing.T, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func wide(text string) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(text)) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return b
}

// longRows are ten rows of 400 kB, more than is unpacked to open a file.
func longRows() string {
	var b strings.Builder
	b.WriteString("id,body\n")
	for i := range 10 {
		fmt.Fprintf(&b, "%d,\"%s\"\n", i, strings.Repeat("x", 400_000))
	}
	return b.String()
}

// TestPreviewPacked holds that files which are unpacked or decoded to be read give
// all their rows and whole cells, and that what is missing of a damaged one is said.
func TestPreviewPacked(t *testing.T) {
	isolate(t)
	big := strings.Repeat("y", 3_000_000)
	for _, c := range []struct {
		name, path string
		rows       int // all of the file
		cell       string
		says       string // on the standard error, and in the JSON
		damaged    bool
	}{
		{"rows that end behind the first megabyte", packedFile(t, longRows(), nil), 10, strings.Repeat("x", 400_000), "", false},
		{"the same in UTF-16", fileOf(t, "a.csv", wide("\ufeff"+longRows())), 10, strings.Repeat("x", 400_000), "UTF-16", false},
		{"a first row of three megabytes", packedFile(t, "id,body\n1,"+big+"\n2,ok\n", nil), 2, big, "", false},
		{"a first record of three megabytes", packedFile(t, "id,"+big+"\n1,a\n", nil), 2, big, "", false},
		{"UTF-16 without a mark", fileOf(t, "a.csv", wide("id,name\r\n1,Zoe\r\n2,Kay\r\n")), 2, "Zoe", "UTF-16: that is a guess", false},
		{"zeros at the end", packedFile(t, "id,name\n1,x\n", func(b []byte) []byte { return append(b, make([]byte, 500)...) }), 1, "x", "", false},
		{"cut", packedFile(t, "id,name\n1,x\n2,y\n3,z\n", func(b []byte) []byte { return b[:len(b)-8] }), 3, "x", "ends in the middle", true},
		{"wrong checksum", packedFile(t, "id,name\n1,x\n", func(b []byte) []byte { b[len(b)-7] ^= 1; return b }), 1, "x", "checksum", true},
		{"cut behind the first megabyte", packedFile(t, longRows(), func(b []byte) []byte { return b[:len(b)-8] }), 10, strings.Repeat("x", 400_000), "ends in the middle", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			wantCode := exitDone
			if c.damaged {
				wantCode = exitFailed
			}
			code, out, errs := runProgram(t, "preview", c.path, "--json", "--rows", "100")
			var page struct {
				Header   []string
				Rows     [][]string
				Total    *int64
				Complete bool
				Reason   string
				Notes    []string
			}
			if err := json.Unmarshal([]byte(out), &page); err != nil {
				t.Fatalf("%v: %.200s", err, out)
			}
			if code != wantCode || len(page.Rows) != c.rows || len(page.Header) != 2 || page.Rows[0][1] != c.cell {
				t.Errorf("exit code %d, %d rows; %s", code, len(page.Rows), errs)
			}
			if page.Total == nil || *page.Total != int64(c.rows) || page.Complete == c.damaged {
				t.Errorf("total %v, complete %v", page.Total, page.Complete)
			}
			if said := page.Reason + strings.Join(page.Notes, "; "); !strings.Contains(said, c.says) || c.says == "" && said != "" {
				t.Errorf("the JSON says %q, want %q", said, c.says)
			}
			code, out, errs = runProgram(t, "preview", c.path, "--rows", "100")
			if lines := strings.Count(out, "\n"); code != wantCode || lines != 1+c.rows || !strings.Contains(errs, c.says) || c.says == "" && errs != "" {
				t.Errorf("exit code %d, %d lines: %s", code, lines, errs)
			}
			code, out, errs = runProgram(t, "preview", c.path, "--count")
			if code != wantCode || out != fmt.Sprintf("%d\n", c.rows) || c.damaged && !strings.Contains(errs, c.says) {
				t.Errorf("exit code %d, count %q: %s", code, out, errs)
			}
			code, _, errs = runProgram(t, "preview", c.path, "--count", "--find", "nowhere")
			if code != wantCode || c.damaged && !strings.Contains(errs, c.says) {
				t.Errorf("a count of what is found: exit code %d: %s", code, errs)
			}
		})
	}
}

// TestPreviewJSONCells holds that cells come in full and exactly, and that what JSON
// cannot carry is counted.
func TestPreviewJSONCells(t *testing.T) {
	isolate(t)
	odd := "q\"\\/\b\f\n\r\t\x00\x1b]52;\x7f\u0085\u2028\u202e<&>\U0001f642é" + strings.Repeat("plain ", 100)
	text := "id,\"" + strings.ReplaceAll(odd, `"`, `""`) + "\"\n1,\"" + strings.Repeat(strings.ReplaceAll(odd, `"`, `""`), 500) + "\"\n\n3,,x\n4,a\xe9\xf0\x9f\n"
	code, out, errs := runProgram(t, "preview", fileOf(t, "odd.csv", []byte(text)), "--json")
	if code != exitDone {
		t.Fatalf("exit code %d: %s", code, errs)
	}
	var page struct {
		Header []string
		Rows   [][]string
		Notes  []string
	}
	if err := json.Unmarshal([]byte(out), &page); err != nil {
		t.Fatalf("%v: %.300s", err, out)
	}
	want := [][]string{{"1", strings.Repeat(odd, 500)}, {}, {"3", "", "x"}, {"4", "a\ufffd\ufffd\ufffd"}}
	if page.Header[1] != odd || fmt.Sprintf("%q", page.Rows) != fmt.Sprintf("%q", want) {
		t.Errorf("header %q, rows %.300q", page.Header, page.Rows)
	}
	if len(page.Notes) != 1 || !strings.Contains(page.Notes[0], "3 bytes that are not UTF-8") {
		t.Errorf("notes %q", page.Notes)
	}
	if i := strings.IndexAny(out, "\x1b\x7f\x00\u0085\u202e"); i >= 0 {
		t.Errorf("a control stands raw at %d", i)
	}
}

// TestPreviewOfHalfPairs: what is no UTF-16 is said to stand as U+FFFD wherever rows
// are shown, also if the file is not read to its end for them.
func TestPreviewOfHalfPairs(t *testing.T) {
	whole := string(wide("\ufeffid,name\n1,Zoe\n2,Kay\n"))
	for name, c := range map[string]struct {
		content string
		args    []string
		want    string
	}{
		"a half pair":       {whole + "\x00\xd8" + string(wide("\n3,Amy\n")), nil, "1 half of a UTF-16 pair"},
		"half a unit":       {whole[:len(whole)-1], nil, "1 half of a UTF-16 pair"},
		"at the end":        {whole[:len(whole)-1], []string{"--at", "1"}, "1 half of a UTF-16 pair"},
		"two half pairs":    {whole + "\x00\xd8\x00\xd8", []string{"--rows", "1"}, "2 halves of UTF-16 pairs"},
		"nothing to say of": {whole, nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			path := fileOf(t, "a.csv", []byte(c.content))
			code, _, errText := runProgram(t, append([]string{"preview", path}, c.args...)...)
			if code != 0 || strings.Contains(errText, "U+FFFD") != (c.want != "") || !strings.Contains(errText, c.want) {
				t.Errorf("exit %d, %q, want %q", code, errText, c.want)
			}
			var doc struct{ Notes []string }
			code, out, _ := runProgram(t, append([]string{"preview", path, "--json"}, c.args...)...)
			if err := json.Unmarshal([]byte(out), &doc); code != 0 || err != nil || !strings.Contains(strings.Join(doc.Notes, "; "), c.want) {
				t.Errorf("exit %d, %v, notes %q, want %q", code, err, doc.Notes, c.want)
			}
		})
	}
}
