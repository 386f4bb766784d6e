package preview

import (
	"archive/zip"
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"

	"sluice/csvfile"
)

// TestAFileOfAnArchiveIsChosen: the first table is shown, said, and another can be chosen.
func TestAFileOfAnArchiveIsChosen(t *testing.T) {
	var packed bytes.Buffer
	z := zip.NewWriter(&packed)
	for _, f := range [][2]string{{"users.csv", "id,name\n1,Zoe\n"}, {"pages.csv", "page;title\n7;first\n8;second\n"}} {
		w, err := z.Create(f[0])
		if err == nil {
			_, err = io.WriteString(w, f[1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	withFile(t, "some.zip", packed.String(), func(b *bench) {
		b.later(watchEvery)
		b.sees("the first of 2 tables of an archive")
		b.sees("zip")
		b.do(func() {
			b.p.read.open()
			if !b.p.read.memberBox.Visible() || b.p.read.following.Visible() {
				t.Error("the files are not offered, or to follow the archive is")
			}
			b.p.read.member.SetSelected("pages.csv")
		})
		b.settle()
		b.later(watchEvery)
		b.sees("of 2 · indexed")
		b.sees("one file of an archive")
		if _, got := b.cell(1, 1); got != "second" {
			t.Errorf("row 2 shows %q", got)
		}
	})
}

// TestAFileIsFollowed: rows appear as they are added, the last stays in sight, and a file
// that is written anew is said to have changed.
func TestAFileIsFollowed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log.csv")
	text := "id,name\n" + strings.Repeat("1,a\n", 200)
	write := func(s string) {
		if err := os.WriteFile(path, []byte(s), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(text)
	withPath(t, path, func(b *bench) {
		b.later(watchEvery)
		b.do(func() { b.p.read.open(); b.p.read.toggleFollow() })
		b.settle()
		b.later(time.Second)
		b.sees("followed as it grows")
		b.do(func() { b.p.grid.ScrollTo(200) })
		b.settle()
		text += strings.Repeat("2,b\n", 100)
		write(text)
		b.later(2 * time.Second)
		b.sees("300 so far")
		b.do(func() {
			if from, n := b.p.grid.InSight(); from+n != 300 {
				t.Errorf("rows %d to %d are in sight", from, from+n)
			}
		})
		if _, got := b.cell(299, 1); got != "b" {
			t.Errorf("the last row shows %q", got)
		}
		write("other,text\n1,2\n")
		b.later(4 * time.Second)
		b.sees("changed")
	})
}

// TestNoValue is told from an empty text, and nothing is asked of how a Parquet file is read.
func TestNoValue(t *testing.T) {
	type row struct {
		ID   int64   `parquet:"id"`
		Name *string `parquet:"name,optional"`
	}
	empty := ""
	var b bytes.Buffer
	if err := parquet.Write(&b, []row{{1, nil}, {2, &empty}}); err != nil {
		t.Fatal(err)
	}
	withFile(t, "some.parquet", b.String(), func(b *bench) {
		b.later(watchEvery)
		b.sees("of 2 · indexed 100 % · Parquet")
		if _, got := b.cell(0, 1); got != noValue {
			t.Errorf("no value shows as %q", got)
		}
		if _, got := b.cell(1, 1); got != "" {
			t.Errorf("an empty text shows as %q", got)
		}
		b.do(func() {
			if b.p.read.button.Visible() {
				t.Error("how it is to be read is asked")
			}
		})
	})
}

// TestAStreamIsTakenInOnce: to be read in another way it does not have to come again; no
// name of it has a secret, and nothing is remembered of it.
func TestAStreamIsTakenInOnce(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	asked := 0
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked++
		io.WriteString(w, "id,na;me\n1,x;y\n")
	}))
	defer s.Close()
	address := s.URL + "/rows.csv?token=s3cret"
	in := new(inputs)
	for delimiter, want := range map[string]string{",": "na;me", ";": "me"} {
		f, err := in.open(t.Context(), address, csvfile.Reading{Delimiter: delimiter}, false)
		if err != nil {
			t.Fatal(err)
		}
		if got := f.Header()[1]; got != want {
			t.Errorf("the second column is %q", got)
		}
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}
	if asked != 1 {
		t.Errorf("the server was asked %d times", asked)
	}
	if _, err := in.open(t.Context(), s.URL+"/x\x7f?token=s3cret", csvfile.Reading{}, false); err == nil || strings.Contains(err.Error(), "s3cret") {
		t.Errorf("error %v", err)
	}
	in.keep("", nil)
	if got := Name(address); got != s.URL+"/rows.csv" || !IsStream(address) || IsStream("rows.csv") || !IsStream("-") {
		t.Errorf("it is called %s", got)
	}
}
