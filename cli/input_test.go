package cli

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
	"github.com/pierrec/lz4/v4"
	"github.com/ulikunitz/xz"
)

// packings are a text packed in each form that can be written here, by the name of a file.
func packings(t *testing.T, text string) map[string][]byte {
	t.Helper()
	var x, l, z, two bytes.Buffer
	xw, err := xz.NewWriter(&x)
	if err != nil {
		t.Fatal(err)
	}
	zw, err := zstd.NewWriter(&z)
	if err != nil {
		t.Fatal(err)
	}
	lw := lz4.NewWriter(&l)
	zipped := zip.NewWriter(&two)
	member, err := zipped.Create("sub/rows.csv")
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range []interface{ Write([]byte) (int, error) }{xw, zw, lw, member} {
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	other, err := zipped.Create("other.csv")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := other.Write([]byte("other\n5\n6\n7\n")); err != nil {
		t.Fatal(err)
	}
	for _, c := range []interface{ Close() error }{xw, zw, lw, zipped} {
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return map[string][]byte{"a.csv.xz": x.Bytes(), "a.csv.zst": z.Bytes(), "a.csv.lz4": l.Bytes(), "a.zip": two.Bytes(),
		"by no name": z.Bytes(), "two frames": append(bytes.Clone(z.Bytes()), z.Bytes()...)}
}

// kindsOf are the kinds of the findings of a preview, and its header and rows.
func kindsOf(t *testing.T, args ...string) (code int, kinds, header []string, rows int, errs string) {
	t.Helper()
	code, out, errs := runProgram(t, append([]string{"preview", "--json", "--rows", "100000"}, args...)...)
	var doc struct {
		Header   []string
		Rows     [][]string
		Findings []struct{ Kind string }
	}
	if err := json.Unmarshal([]byte(out), &doc); err != nil {
		t.Fatalf("%v: %s %s", err, out, errs)
	}
	for _, f := range doc.Findings {
		kinds = append(kinds, f.Kind)
	}
	return code, kinds, doc.Header, len(doc.Rows), errs
}

// TestPreviewOfPackings: files of all packings are read, by their content; what is cut ends
// with exit code 1 after the rows before that; the member of an archive is chosen.
func TestPreviewOfPackings(t *testing.T) {
	isolate(t)
	var b strings.Builder
	b.WriteString("id,name\n")
	for i := range 40_000 {
		fmt.Fprintf(&b, "%d,x\n2,\"y\n%d\"\n", i, i*i%7919)
	}
	text := b.String()
	for name, packed := range packings(t, text) {
		t.Run(name, func(t *testing.T) {
			path := fileOf(t, name, packed)
			want := 80_000
			if name == "two frames" {
				want = 160_001 // the second header is a row
			}
			code, out, errs := runProgram(t, "preview", "--count", path)
			if code != exitDone || strings.TrimSpace(out) != number(int64(want)) && out != strings.ReplaceAll(number(int64(want)), ",", "")+"\n" {
				t.Errorf("exit code %d, %q, %s", code, out, errs)
			}
			cut := fileOf(t, name, packed[:len(packed)*2/3])
			code, _, _, rows, errs := kindsOf(t, cut)
			if code != exitFailed || !strings.Contains(errs, "damaged") && !strings.Contains(errs, "cut") || rows == 0 && filepath.Ext(name) == ".zst" {
				t.Errorf("cut: exit code %d, %d rows, %s", code, rows, errs)
			}
			if name != "a.zip" {
				return
			}
			if code, kinds, header, _, _ := kindsOf(t, path); code != exitDone || header[0] != "id" || !slices.Contains(kinds, "member-guessed") {
				t.Errorf("exit code %d, %v, %v", code, kinds, header)
			}
			if code, kinds, header, rows, _ := kindsOf(t, path, "--member", "other.csv", "--strict"); code != exitDone || header[0] != "other" || rows != 3 || !slices.Equal(kinds, []string{"member"}) {
				t.Errorf("exit code %d, %v, %v", code, kinds, header)
			}
			if code, _, errs := runProgram(t, "preview", path, "--strict"); code != exitFailed || !strings.Contains(errs, "--member") {
				t.Errorf("strict: exit code %d, %s", code, errs)
			}
		})
	}
}

// TestPreviewOfAnAddress: nothing is fetched without a yes, and nothing tells what stands
// behind the path.
func TestPreviewOfAnAddress(t *testing.T) {
	isolate(t)
	asked := 0
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked++
		if r.URL.Path == "/cut.csv" {
			w.Header().Set("Content-Length", "1000")
		}
		w.Write([]byte("id,name\n1,x\n2,y\n"))
	}))
	defer s.Close()
	address := s.URL + "/rows.csv?token=s3cret"
	code, out, errs := runProgram(t, "preview", address)
	if code != exitUsage || asked != 0 || !strings.Contains(errs, "--yes") || strings.Contains(out+errs, "s3cret") {
		t.Errorf("exit code %d, asked %d times, %s", code, asked, errs)
	}
	code, kinds, _, rows, errs := kindsOf(t, address, "--yes")
	if code != exitDone || rows != 2 || !slices.Equal(kinds, []string{"spooled"}) || strings.Contains(errs, "s3cret") || !strings.Contains(errs, "16 B") {
		t.Errorf("exit code %d, %d rows, %v, %s", code, rows, kinds, errs)
	}
	code, _, _, rows, errs = kindsOf(t, s.URL+"/cut.csv", "--yes")
	if code != exitFailed || rows != 2 || !strings.Contains(errs, "broke off") {
		t.Errorf("cut: exit code %d, %d rows, %s", code, rows, errs)
	}
	if code, _, errs := runProgram(t, "preview", "https://u:s3cret@127.0.0.1/x", "--yes"); code != exitUsage || strings.Contains(errs, "s3cret") {
		t.Errorf("a password: exit code %d, %s", code, errs)
	}
}

// TestPreviewFollow prints what is added, and says that the file was cut.
func TestPreviewFollow(t *testing.T) {
	isolate(t)
	path := filepath.Join(t.TempDir(), "log.csv")
	write := func(flags int, s string) {
		f, err := os.OpenFile(path, flags|os.O_WRONLY|os.O_CREATE, 0o600)
		if err == nil {
			_, err = f.WriteString(s)
		}
		if err != nil {
			t.Fatal(err)
		}
		f.Close()
	}
	write(0, "id,name\n1,x\n2,y\n")
	out := &waited{want: []string{"[\"1\",\"x\"]\n[\"2\",\"y\"]\n", "[\"3\",\"z\"]\n"}, then: []func(){
		func() { write(os.O_APPEND, "3,z\n4") },
		func() { write(os.O_TRUNC, "") },
	}}
	var errs bytes.Buffer
	p := &Program{Version: "test", Out: out, Err: &errs}
	if code := p.Run(context.Background(), []string{"preview", "--follow", "--json", path}); code != exitFailed || !strings.Contains(errs.String(), "cut or replaced") {
		t.Errorf("exit code %d, %s, printed %s", code, errs.String(), out.all.String())
	}
	ctx, cancel := context.WithCancel(t.Context())
	write(os.O_TRUNC, "id,name\n1,x\n2,y\n")
	out = &waited{want: []string{"2  2   y\n", "3  3   z\n"}, then: []func(){func() { write(os.O_APPEND, "3,z\n") }, cancel}}
	if code := (&Program{Version: "test", Out: out, Err: &errs}).Run(ctx, []string{"preview", "--follow", "--rows", "1", path}); code != exitDone || strings.Contains(out.all.String(), "x") {
		t.Errorf("exit code %d, printed %s", code, out.all.String())
	}
}

// waited does something whenever what it waits for was printed.
type waited struct {
	all  bytes.Buffer
	want []string
	then []func()
}

func (w *waited) Write(p []byte) (int, error) {
	w.all.Write(p)
	for len(w.want) > 0 && strings.HasSuffix(w.all.String(), w.want[0]) {
		then := w.then[0]
		w.want, w.then = w.want[1:], w.then[1:]
		then()
	}
	return len(p), nil
}
